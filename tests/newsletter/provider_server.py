"""A mail provider's HTTP interface (Postmark's), on loopback, which keeps a record and can be made to misbehave."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Provider:
    """`with Provider() as provider:` answers at `provider.url`; `mode` is "ok", a status, or a name below."""

    def __init__(self):
        self.mode: str | int = "ok"
        self.after = 0  # how many messages are taken before the mode begins
        self.requests: list[dict] = []
        self.sent_to: Counter[str] = Counter()
        self.closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.answer(self, message)

            def log_message(self, *args):
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler: BaseHTTPRequestHandler, message: dict) -> None:
        self.requests.append(message)
        mode = self.mode if sum(self.sent_to.values()) >= self.after else "ok"
        if mode == "hang":
            self._take(message)
            self.closing.wait(30)
            handler.close_connection = True
        elif mode == "drop":
            self._take(message)
            handler.close_connection = True
        elif mode == "nonsense":
            self._take(message)
            _say(handler, 200, b"<html>a proxy's own page</html>")
        elif mode == "invalid":
            _say_json(handler, 422, {"ErrorCode": 300, "Message": f"Invalid 'To' address: '{message['To']}'."})
        elif mode == "inactive":
            words = (
                "You tried to send to a recipient that has been marked as inactive.\n"
                f"Found inactive addresses: {message['To']}.\nInactive recipients are ones that have generated a "
                "hard bounce or a spam complaint. "
            )
            _say_json(handler, 422, {"ErrorCode": 406, "Message": words})
        elif isinstance(mode, int):
            _say_json(handler, mode, {"ErrorCode": 100, "Message": "Not now, reader@example.org"})
        else:
            self._take(message)
            number = len(self.requests)
            _say_json(
                handler,
                200,
                {"ErrorCode": 0, "Message": "OK", "MessageID": f"provider-{number}", "To": message["To"]},
            )

    def _take(self, message: dict) -> None:
        self.sent_to[message["To"]] += 1


def _say_json(handler: BaseHTTPRequestHandler, status: int, body: dict) -> None:
    _say(handler, status, json.dumps(body).encode())


def _say(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
