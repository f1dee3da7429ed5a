"""Handing one message over, with an exact answer to "may it have arrived?".

`hand_over` is called at the last moment before content leaves. It says in the
database that it leaves now, and may refuse (unsubscribed, paused, ...).
"""

import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from email import policy
from email.utils import parseaddr
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend

from newsletter.rules.smtp_outcome import Outcome, TransportUnavailable, Verdict, clean_detail, judge
from newsletter.services.provider_transport import BackendTransport

HandOver = Callable[[], bool]


class Transport(Protocol):
    def send(self, message: EmailMultiAlternatives, *, hand_over: HandOver) -> Verdict | None: ...
    def close(self) -> None: ...


class SmtpTransport:
    """Over one connection of Django's SMTP backend (its host, TLS and login), kept open between messages."""

    def __init__(self, backend: EmailBackend):
        self.backend = backend
        self.on_this_connection = 0

    def send(self, message: EmailMultiAlternatives, *, hand_over: HandOver) -> Verdict | None:
        """What became of it; None when `hand_over` refused. Raises TransportUnavailable."""
        content = message.message(policy=policy.SMTP).as_bytes()
        smtp = self._begin(getattr(message, "envelope_from", "") or parseaddr(message.from_email)[1])
        try:
            code, text = smtp.rcpt(message.to[0])
            if code not in {250, 251}:
                return self._refused(code, text)
            if not hand_over():
                smtp.rset()
                return None
            smtp.putcmd("data")
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            # No content has left yet: the server can't have the message.
            self.close()
            raise TransportUnavailable(_why(error)) from error
        if code != 354:
            return self._refused(code, text)
        return self._content(smtp, content)

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.backend.close()
        self.backend.connection = None
        self.on_this_connection = 0

    def _content(self, smtp: smtplib.SMTP, content: bytes) -> Verdict:
        # RFC 5321 section 4.5.2 (dots) and 4.5.3.2.6 (waiting longer for this answer than for others).
        stuffed = _stuffed(content)
        try:
            sock = _socket(smtp)
            timeout = sock.gettimeout()
            smtp.send(stuffed)
            sock.settimeout(settings.NEWSLETTER_ANSWER_SECONDS)
            code, text = smtp.getreply()
            sock.settimeout(timeout)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Verdict(Outcome.UNCERTAIN, clean_detail(_why(error)))
        self.on_this_connection += 1
        if not 200 <= code < 600:
            self.close()
            return Verdict(Outcome.UNCERTAIN, "The mail server answered nonsense")
        if code >= 400:
            return self._refused(code, text)
        return judge(code, _decoded(text))

    def _begin(self, envelope_from: str) -> smtplib.SMTP:
        if self.on_this_connection >= settings.NEWSLETTER_MESSAGES_PER_CONNECTION:
            self.close()
        reused = self.backend.connection is not None
        try:
            self.backend.open()
            smtp = self._connection()
            smtp.ehlo_or_helo_if_needed()
            code, text = smtp.mail(envelope_from)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            if reused:  # Servers close idle lines; that is no fault yet.
                return self._begin(envelope_from)
            raise TransportUnavailable(_why(error), slow_down=_said(error) == 421) from error
        if code != 250:
            self.close()
            # It says no to us, not to a recipient.
            raise TransportUnavailable(clean_detail(f"{code} {_decoded(text)}"), slow_down=code == 421)
        return smtp

    def _connection(self) -> smtplib.SMTP:
        if self.backend.connection is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        return self.backend.connection

    def _refused(self, code: int, text: bytes) -> Verdict:
        verdict = judge(code, _decoded(text))
        try:
            if verdict.outcome is Outcome.SLOW_DOWN or self._connection().rset()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()
        return verdict


def open_transport() -> Transport:
    """For settings.NEWSLETTER_MAILER; nothing is connected yet."""
    backend = mailers[settings.NEWSLETTER_MAILER]
    return SmtpTransport(backend) if isinstance(backend, EmailBackend) else BackendTransport(backend)


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("no connection")
    return smtp.sock


def _stuffed(content: bytes) -> bytes:
    """With leading dots doubled and the end mark (RFC 5321 section 4.5.2). `content` has CRLF line ends."""
    body = content.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _said(error: Exception) -> int | None:
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return clean_detail(f"{error.smtp_code} {_decoded(said) if isinstance(said, bytes) else said}")
    return clean_detail(f"{type(error).__name__}: {error}")
