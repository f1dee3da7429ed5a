"""A small IMAP server for the tests: one folder, the few commands that reading reports needs, and a record of them."""

import re
import socketserver
import threading
from dataclasses import dataclass, field

PASSWORD = "a secret of the tests"  # noqa: S105


@dataclass
class Message:
    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer:
    """`with ImapServer() as server:` `server.add(raw)` puts a message in; `server.messages` is the folder by UID."""

    def __init__(self, *, keywords: bool = True, uidplus: bool = True, tls=None):
        self.keywords = keywords
        self.capabilities = "IMAP4rev1" + (" UIDPLUS" if uidplus else "")
        self.tls = tls
        self.messages: dict[int, Message] = {}
        self.next_uid = 100
        self.commands: list[str] = []  # with their UIDs, without what was logged in with
        self.break_at = ""  # the line is cut when this command comes, before it is answered
        self.hang_at = ""
        self.closing = threading.Event()
        outer = self

        class Connection(socketserver.StreamRequestHandler):
            def handle(self):
                if outer.tls:
                    try:
                        self.request = outer.tls.wrap_socket(self.request, server_side=True)
                    except OSError:
                        return
                    self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
                outer.serve(self.rfile, self.wfile)

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Listener(("127.0.0.1", 0), Connection)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def address(self, *, password: str = PASSWORD, folder: str = "INBOX", scheme: str = "imap") -> str:
        port = self.server.server_address[1]
        return f"{scheme}://bounces%40example.org:{password.replace(' ', '%20')}@127.0.0.1:{port}/{folder}"

    def add(self, raw: bytes, *flags: str) -> int:
        self.next_uid += 7
        self.messages[self.next_uid] = Message(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), set(flags))
        return self.next_uid

    def serve(self, lines, out) -> None:
        out.write(b"* OK ready\r\n")
        for line in lines:
            tag, _, command = line.decode().strip().partition(" ")
            words = command.upper().removeprefix("UID ").split()
            self.commands.append("LOGIN" if words[0] == "LOGIN" else command)
            if self.break_at and command.startswith(self.break_at):
                self.break_at = ""
                return
            if self.hang_at and command.startswith(self.hang_at):
                self.closing.wait(30)
                return
            answer = getattr(self, f"on_{words[0].lower()}")(command)
            *untagged, last = answer
            out.write(b"".join(b"* " + each + b"\r\n" for each in untagged) + f"{tag} {last}\r\n".encode())
            if words[0] == "LOGOUT":
                return

    def on_capability(self, command):
        return [f"CAPABILITY {self.capabilities}".encode(), "OK done"]

    def on_login(self, command):
        if command.partition(" ")[2] == f'bounces@example.org "{PASSWORD}"':
            return ["OK welcome"]
        return [f"NO [AUTHENTICATIONFAILED] not with {command}"]

    def on_select(self, command):
        if command != 'SELECT "INBOX"':
            return ["NO no such folder"]
        allowed = rb"(\Seen \Deleted" + (rb" \*)" if self.keywords else b")")
        return [
            f"{len(self.messages)} EXISTS".encode(),
            b"OK [PERMANENTFLAGS " + allowed + b"]",
            "OK [READ-WRITE] done",
        ]

    def on_search(self, command):
        found = [uid for uid, one in self.messages.items() if self._matches(one, command)]
        return [("SEARCH " + " ".join(map(str, found))).encode(), "OK done"]

    def _matches(self, one: Message, command: str) -> bool:
        unknown = re.search(r"UNKEYWORD (\w+)", command)
        return not (
            ("UNDELETED" in command and r"\Deleted" in one.flags)
            or ("UNSEEN" in command and r"\Seen" in one.flags)
            or (unknown and unknown[1] in one.flags)
        )

    def on_fetch(self, command):
        uid, limit = map(int, re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command).groups())
        one = self.messages.get(uid)
        if one is None:
            return ["OK done"]
        raw = one.raw[:limit]
        return [b"1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (uid, len(raw), raw), "OK done"]

    def on_store(self, command):
        uid, flags = re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \((.*)\)", command).groups()
        if int(uid) in self.messages:
            self.messages[int(uid)].flags |= set(flags.split())
        return ["OK done"]

    def on_expunge(self, command):
        named = set(map(int, command.split()[-1].split(","))) if command.startswith("UID") else set(self.messages)
        for uid in [uid for uid, one in self.messages.items() if uid in named and r"\Deleted" in one.flags]:
            del self.messages[uid]
        return ["OK done"]

    def on_logout(self, command):
        return [b"BYE", "OK done"]
