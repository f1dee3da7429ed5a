"""A mailbox on an IMAP server (RFC 3501), as far as reading reports needs it; every wait has an end."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote, urlsplit

from django.utils.translation import gettext as _
from imapclient import DELETED, SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

TIMEOUT = 20  # seconds for each answer
# Marks what was looked at and is no report, so that it stays unread for whoever reads this mailbox.
LOOKED_AT = "NewsletterLookedAt"


class MailboxUnavailable(Exception):
    """The mailbox can't be read; `str()` says why in plain words, without name, password or content."""


class Mailbox:
    """An opened folder. Messages are named by UID, which stays the same whatever others delete meanwhile."""

    def __init__(self, client: IMAPClient, allowed_flags: tuple[bytes, ...]):
        self._client = client
        self._deleted: list[int] = []
        self._keywords = rb"\*" in allowed_flags or LOOKED_AT.encode() in allowed_flags

    def new(self) -> list[int]:
        """UIDs of what was not looked at yet, oldest first."""
        unknown = ["UNKEYWORD", LOOKED_AT] if self._keywords else ["UNSEEN"]
        return sorted(self._client.search(["UNDELETED", *unknown]))

    def fetch(self, uid: int, *, at_most: int) -> bytes:
        """The first `at_most` bytes; empty where the message is gone. Not marked as seen by this."""
        parts = self._client.fetch([uid], [f"BODY.PEEK[]<0.{at_most}>"]).get(uid, {})
        return parts.get(b"BODY[]<0>") or b""

    def delete(self, uid: int) -> None:
        self._client.add_flags([uid], [SEEN, DELETED], silent=True)
        self._deleted.append(uid)

    def leave(self, uid: int) -> None:
        """Don't look at it again. Where the server keeps no marks of ours this makes it look read."""
        self._client.add_flags([uid], [LOOKED_AT if self._keywords else SEEN], silent=True)

    def remove_deleted(self) -> None:
        """Remove for good what `delete` marked; without UIDPLUS (RFC 4315) also what others marked so."""
        if self._deleted and self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(self._deleted)
        elif self._deleted:
            self._client.expunge()


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    """The folder of imaps://name:password@host:port/folder; `imap` takes TLS where the server offers it.

    Raises MailboxUnavailable, also for what goes wrong inside the `with`.
    """
    parts, port = _parts(address)
    try:
        client = _connected(parts, port)
    except ssl.SSLCertVerificationError as error:
        raise MailboxUnavailable(_("The mailbox’s server shows a certificate that can’t be verified.")) from error
    except (OSError, IMAPClientError) as error:
        text = _("The mailbox’s server can’t be reached (%(error)s).") % {"error": type(error).__name__}
        raise MailboxUnavailable(text) from error
    try:
        yield Mailbox(client, _log_in(client, parts))
    except (OSError, IMAPClientError) as error:
        text = _("The connection to the mailbox’s server broke. The rest is read next time.")
        raise MailboxUnavailable(text) from error
    else:
        with suppress(OSError, IMAPClientError):
            client.logout()
    finally:
        with suppress(OSError):
            client.shutdown()


def _parts(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port or {"imaps": 993, "imap": 143}[parts.scheme]
        if parts.hostname:
            return parts, port
    except (ValueError, KeyError):
        # The error would quote the address, and that has the password in it.
        pass
    raise MailboxUnavailable(
        _("NEWSLETTER_BOUNCE_MAILBOX is not an address like imaps://name:password@host/INBOX.")
    ) from None


def _connected(parts: SplitResult, port: int) -> IMAPClient:
    context = ssl.create_default_context()
    tls = parts.scheme == "imaps"
    client = IMAPClient(parts.hostname, port, ssl=tls, ssl_context=context if tls else None, timeout=TIMEOUT)
    try:
        if not tls and client.has_capability("STARTTLS"):
            client.starttls(context)
    except BaseException:
        client.shutdown()
        raise
    return client


def _log_in(client: IMAPClient, parts: SplitResult) -> tuple[bytes, ...]:
    """The flags that the opened folder lets us set."""
    try:
        client.login(unquote(parts.username or ""), unquote(parts.password or ""))
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, UnicodeEncodeError):
        # `from None`: some servers' words, and Python's, quote what was sent.
        raise MailboxUnavailable(_("The mailbox’s server refused the name or the password.")) from None
    folder = unquote(parts.path.strip("/")) or "INBOX"
    try:
        return client.select_folder(folder).get(b"PERMANENTFLAGS", ())
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        text = _("The mailbox has no folder “%(folder)s” that can be opened.") % {"folder": folder}
        raise MailboxUnavailable(text) from None
