"""A real SMTP server for the tests, which keeps a record of its own and can be made to misbehave."""

import asyncio
import email
import socket
from collections import Counter
from email import policy

from aiosmtpd.controller import Controller


class Handler:
    def __init__(self):
        self.mode = "ok"
        self.after = 0  # how many messages are taken before the mode begins
        self.received: list[bytes] = []
        self.sent_to: Counter[str] = Counter()
        self.return_paths: list[str] = []

    def _on(self) -> bool:
        return len(self.received) >= self.after

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if self._on() and self.mode in {"421 at MAIL", "451 at MAIL"}:
            return self.mode[:3] + " 4.3.2 not now"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self._on() and self.mode == "drop at RCPT":
            server.transport.abort()
        if self._on() and (self.mode == "refuse" or address.startswith("gone")):
            return "550 5.1.1 <" + address + ">: no such user"
        if self._on() and self.mode == "policy":
            return "550 5.7.1 not welcome here"
        if self._on() and self.mode == "451":
            return "451 4.3.0 try again later"
        if self._on() and self.mode == "421":
            return "421 4.7.0 too many messages, slow down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self._on() and self.mode == "hang":
            await asyncio.sleep(30)
        if self._on() and self.mode == "552":
            return "552 5.3.4 message too big"
        if self._on() and self.mode in {"421 after DATA", "451 after DATA"}:
            return self.mode[:3] + " 4.3.0 not now"
        if self._on() and self.mode == "lose":
            server.transport.abort()
            return "250 2.0.0 nobody reads this"
        # Before it is kept: "after" counts what was there when the message came.
        on = self._on()
        self._keep(envelope)
        if on and self.mode == "drop":
            server.transport.abort()
        if on and self.mode == "nonsense":
            return "what"
        if on and self.mode == "close after each":
            asyncio.get_running_loop().call_soon(server.transport.close)
        return "250 2.0.0 queued"

    def _keep(self, envelope) -> None:
        self.received.append(envelope.content)
        self.return_paths.append(envelope.mail_from)
        for address in envelope.rcpt_tos:
            self.sent_to[address] += 1

    # No property: aiosmtpd reads every attribute of its handler at each connection.
    def messages(self):
        return [email.message_from_bytes(raw, policy=policy.default) for raw in self.received]


class Server:
    """`with Server() as server:` listens on `server.port`; `server.handler` has the record."""

    def __init__(self, handler: Handler | None = None):
        self.handler = handler or Handler()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self.handler, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *exc):
        self.controller.stop()
