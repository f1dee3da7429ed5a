"""A mailbox on an IMAP server (RFC 3501), as far as reading reports needs it; every wait has an end."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT = 20  # seconds for each answer
# Marks what was looked at and is no report, so that it stays unread for whoever reads this mailbox.
LOOKED_AT = "NewsletterLookedAt"


class MailboxUnavailable(Exception):
    """The mailbox can't be read; `str()` says why in plain words, without name, password or content."""


class Mailbox:
    """An opened folder. Messages are named by UID, which stays the same whatever others delete meanwhile."""

    def __init__(self, box: imaplib.IMAP4):
        self._box = box
        self._deleted: list[str] = []
        allowed = b" ".join(box.response("PERMANENTFLAGS")[1] or [b""])
        self._keywords = rb"\*" in allowed or LOOKED_AT.encode() in allowed

    def new(self) -> list[str]:
        """UIDs of what was not looked at yet, oldest first."""
        unknown = f"UNKEYWORD {LOOKED_AT}" if self._keywords else "UNSEEN"
        found = self._ask("SEARCH", f"(UNDELETED {unknown})")
        # Some servers answer an empty search with nothing at all.
        return (found[0] or b"").decode().split() if found else []

    def fetch(self, uid: str, *, at_most: int) -> bytes:
        """The first `at_most` bytes; empty where the message is gone. Not marked as seen by this."""
        parts = self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{at_most}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def delete(self, uid: str) -> None:
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)")
        self._deleted.append(uid)

    def leave(self, uid: str) -> None:
        """Don't look at it again. Where the server keeps no marks of ours this makes it look read."""
        self._ask("STORE", uid, "+FLAGS.SILENT", f"({LOOKED_AT if self._keywords else '\\Seen'})")

    def remove_deleted(self) -> None:
        """Remove for good what `delete` marked; without UIDPLUS (RFC 4315) also what others marked so."""
        if self._deleted and "UIDPLUS" in self._box.capabilities:
            self._ask("EXPUNGE", ",".join(self._deleted))
        elif self._deleted:
            self._box.expunge()

    def _ask(self, command: str, *arguments: str) -> list:
        status, answer = self._box.uid(command, *arguments)
        if status != "OK":
            raise MailboxUnavailable(f"The mailbox's server refused the command {command}.")
        return answer


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    """The folder of imaps://name:password@host:port/folder; `imap` takes TLS where the server offers it.

    Raises MailboxUnavailable, also for what goes wrong inside the `with`.
    """
    parts, port = _parts(address)
    try:
        box = _connected(parts, port)
    except ssl.SSLCertVerificationError as error:
        raise MailboxUnavailable("The mailbox's server shows a certificate that can't be verified.") from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxUnavailable(f"The mailbox's server can't be reached ({type(error).__name__}).") from error
    try:
        _log_in(box, parts)
        yield Mailbox(box)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxUnavailable("The line to the mailbox's server broke. The rest is read next time.") from error
    else:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
    finally:
        with suppress(OSError):
            box.shutdown()


def _parts(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port or {"imaps": 993, "imap": 143}[parts.scheme]
    except (ValueError, KeyError):
        # The error would quote the address, and that has the password in it.
        parts = None
    if not parts or not parts.hostname:
        raise MailboxUnavailable("NEWSLETTER_BOUNCE_MAILBOX is no address like imaps://name:password@host/INBOX.")
    return parts, port


def _connected(parts: SplitResult, port: int) -> imaplib.IMAP4:
    # imaplib's own default verifies no certificate.
    context = ssl.create_default_context()
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(parts.hostname, port, ssl_context=context, timeout=TIMEOUT)
    box = imaplib.IMAP4(parts.hostname, port, timeout=TIMEOUT)
    if "STARTTLS" in box.capabilities:
        try:
            box.starttls(ssl_context=context)
        except BaseException:
            box.shutdown()
            raise
    return box


def _log_in(box: imaplib.IMAP4, parts: SplitResult) -> None:
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        # `from None`: some servers' words, and Python's, quote what was sent.
        raise MailboxUnavailable("The mailbox's server refused the name or the password.") from None
    folder = unquote(parts.path.strip("/")) or "INBOX"
    status, _ = box.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"')
    if status != "OK":
        raise MailboxUnavailable(f"The mailbox has no folder “{folder}” that can be opened.")
