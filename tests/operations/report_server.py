"""What Sentry is to the site: takes reports over HTTP, and keeps every byte that came."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class ReportServer:
    """`with ReportServer() as server:`; `dsn` is what the site is told, `bodies` what came, unpacked."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                unpack = UNPACK[self.headers.get("Content-Encoding", "")]
                outer.bodies.append(unpack(body))
                outer.headers.append(f"{self.path}\n{self.headers}")
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def dsn(self) -> str:
        return f"http://publickey@127.0.0.1:{self._server.server_port}/1"

    def __enter__(self) -> "ReportServer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc) -> None:
        self._server.shutdown()
        self._server.server_close()
