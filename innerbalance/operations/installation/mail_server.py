"""A real conversation with the mail server, up to the point where a message would be sent; none is."""

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from innerbalance.operations.findings import Finding, fault, good, not_checked, warning

SECONDS = 3
"""For each answer."""

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
NOT_SENT = ("filebased", "console", "locmem", "dummy")


def sender(now: datetime) -> Iterator[Finding]:
    address = sender_address()
    domain = address.rpartition("@")[2]
    if not domain or "." not in domain or domain.endswith((".example", "example.org", "example.com", "example.net")):
        text = _("Emails come from %(address)s, which nobody can answer: set DEFAULT_FROM_EMAIL.")
        yield fault(text % {"address": address or "?"})
    else:
        yield good(_("Emails come from %(address)s.") % {"address": address})


def sender_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def conversation(now: datetime) -> Iterator[Finding]:
    mailer = settings.MAILERS["default"]
    backend = mailer["BACKEND"]
    if backend.rpartition(".")[0].endswith(NOT_SENT):
        yield fault(_("Emails reach nobody: they are put into files or thrown away. Set MAIL_URL."))
        return
    if not backend.startswith("django.core.mail.backends.smtp."):
        yield not_checked(_("Emails go through a provider (%(name)s), which is not asked.") % {"name": backend})
        return
    options = mailer["OPTIONS"]
    yield from _unsafe(options)
    try:
        _speak(options)
    except _Refused as refused:
        yield fault(str(refused))
    else:
        text = _("The mail server %(server)s accepts emails from us. Nothing was sent.")
        yield good(text % {"server": _server(options)})


def _unsafe(options: dict) -> Iterator[Finding]:
    encrypted = options.get("use_tls") or options.get("use_ssl")
    if not encrypted and options["host"] not in OWN_MACHINE:
        text = _("Emails and the password go to %(server)s in the clear: use smtp+starttls:// or smtps:// in MAIL_URL.")
        yield warning(text % {"server": _server(options)})


class _Refused(Exception):
    """`str()` is a sentence for people, without the server's own words: they could hold an address."""


def _speak(options: dict) -> None:
    """Raises _Refused."""
    server = _connect(options)
    try:
        if options.get("use_tls"):
            _start_tls(server, options)
        _sign_in(server, options)
        _offer(server, options)
    except (OSError, smtplib.SMTPException) as error:
        raise _Refused(
            _("The mail server %(server)s broke off the conversation (%(error)s).")
            % {"server": _server(options), "error": type(error).__name__}
        ) from None
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connect(options: dict) -> smtplib.SMTP:
    try:
        if options.get("use_ssl"):
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(options["host"], options["port"], timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(options["host"], options["port"], timeout=SECONDS)
    except ssl.SSLError as error:
        raise _Refused(_tls_words(options, error)) from None
    except socket.gaierror:
        text = _("The mail server's name %(host)s is not known. Is MAIL_URL right?")
        raise _Refused(text % {"host": options["host"]}) from None
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            text = _("The mail server %(server)s does not answer. Is MAIL_URL right, and the port open?")
        else:
            text = _("The mail server %(server)s can't be reached (%(error)s).")
        raise _Refused(text % {"server": _server(options), "error": type(error).__name__}) from None
    return server


def _start_tls(server: smtplib.SMTP, options: dict) -> None:
    try:
        server.starttls(context=ssl.create_default_context())
    except ssl.SSLError as error:
        raise _Refused(_tls_words(options, error)) from None
    except smtplib.SMTPNotSupportedError:
        text = _("The mail server %(server)s offers no encryption (STARTTLS). Is the port right?")
        raise _Refused(text % {"server": _server(options)}) from None
    server.ehlo()


def _tls_words(options: dict, error: ssl.SSLError) -> str:
    why = getattr(error, "verify_message", "") or error.reason or type(error).__name__
    text = _("The encrypted connection to the mail server %(server)s failed: %(why)s.")
    return text % {"server": _server(options), "why": why}


def _sign_in(server: smtplib.SMTP, options: dict) -> None:
    if not options.get("username"):
        return
    try:
        server.login(options["username"], options["password"])
    except smtplib.SMTPAuthenticationError as error:
        text = _("The mail server %(server)s refuses the name or the password (%(code)s).")
        raise _Refused(text % {"server": _server(options), "code": error.smtp_code}) from None
    except smtplib.SMTPNotSupportedError:
        text = _("The mail server %(server)s takes no password here. Is the port right?")
        raise _Refused(text % {"server": _server(options)}) from None


def _offer(server: smtplib.SMTP, options: dict) -> None:
    """Says who would write to whom, and then takes it back (RFC 5321 section 4.1.1.5)."""
    address = sender_address()
    server.ehlo_or_helo_if_needed()
    code, _answer = server.mail(address)
    if code != 250:
        text = _("The mail server %(server)s refuses %(address)s as the sender (%(code)s).")
        raise _Refused(text % {"server": _server(options), "address": address, "code": code})
    code, _answer = server.rcpt(address)
    if code not in (250, 251):
        text = _("The mail server %(server)s refuses to deliver to %(address)s (%(code)s).")
        raise _Refused(text % {"server": _server(options), "address": address, "code": code})
    server.rset()


def _server(options: dict) -> str:
    return f"{options['host']}:{options['port']}"
