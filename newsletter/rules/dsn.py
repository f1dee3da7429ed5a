"""Reading what comes back: delivery reports and complaints.

Delivery status notifications (RFC 3464), abuse reports (RFC 5965), and the
older free-text bounces as far as they name the message. Everything else, most
of all an out-of-office answer, is no report.

Anybody can send a report. So the input is cut before it is parsed, headers are
read as they stand (Python's structured header parser takes minutes for a long
one), and no expression here can backtrack.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum

from newsletter.rules.smtp_outcome import clean_detail, enhanced_status, is_gone

LARGEST_REPORT = 1_000_000
# Of that, when long lines are cut: returned headers come first, and what a report says stands in far less.
MOST_PARSED = 250_000
# RFC 5322 section 2.1.1; and how many lines one folded header may have.
LONGEST_LINE = 998
LONGEST_FOLD = 20
MOST_PARTS = 50
MESSAGE_ID = re.compile(r"<([^\s<>@]++@[^\s<>@]++)>")
QUOTED_MESSAGE_ID = re.compile(r"^Message-ID:[ \t]*+<([^\s<>]++)>", re.IGNORECASE | re.MULTILINE)
BOUNCE_SENDER = re.compile(r"mailer-daemon|postmaster", re.IGNORECASE)


class ReportKind(StrEnum):
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Report:
    """`message_id`: of the message it speaks of, without angle brackets, "" when unknown.
    `recipient`: the address the report came back to, for return paths that name the
    delivery. `detail`: one line without email addresses."""

    kind: ReportKind
    message_id: str
    recipient: str
    detail: str


def read_report(raw: bytes) -> Report | None:
    """The report in a raw message; None where it is none, or no final one. Never raises."""
    try:
        return _read(message_from_bytes(_bounded(raw), policy=policy.compat32))
    except Exception:
        # The parser raises many things for what is broken, and one message must not keep the others from being read.
        return None


def _bounded(raw: bytes) -> bytes:
    """What may be parsed: long lines cut, long folded headers ended, and MOST_PARSED bytes of the rest."""
    lines = []
    folded = 0
    for line in raw[:LARGEST_REPORT].splitlines():
        folded = folded + 1 if line[:1] in {b" ", b"\t"} else 0
        if folded <= LONGEST_FOLD:
            lines.append(line[:LONGEST_LINE])
    return b"\n".join(lines)[:MOST_PARSED]


def _read(message: Message) -> Report | None:
    returned_to = _header(message, "Delivered-To") or _header(message, "To")
    parts = [part for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False)]
    kinds = {part.get_content_type() for part in parts}
    if "message/feedback-report" in kinds:
        return _complaint(parts, returned_to)
    if "message/delivery-status" in kinds:
        return _status(parts, returned_to)
    answers_itself = _header(message, "Auto-Submitted").lower().startswith("auto-replied")
    if not answers_itself and BOUNCE_SENDER.search(_header(message, "From")):
        return _free_text(message, parts, returned_to)
    return None


def _complaint(parts: list[Message], returned_to: str) -> Report | None:
    fields = _fields(parts, "message/feedback-report")
    if not any(group.get("feedback-type") in {"abuse", "fraud"} for group in fields):
        return None
    return Report(ReportKind.COMPLAINT, _original_id(parts), returned_to, "Reported as spam")


def _status(parts: list[Message], returned_to: str) -> Report | None:
    for group in _fields(parts, "message/delivery-status"):
        # `delayed`, `relayed`, `delivered` and `expanded` are no bounces.
        if group.get("action") != "failed":
            continue
        diagnostic = group.get("diagnostic-code", "")
        status = enhanced_status(group.get("status", "")) or enhanced_status(diagnostic)
        # "5.0.0" says nothing: then the server's own words may say more.
        if status and status[1:] == (0, 0):
            status = enhanced_status(diagnostic) or status
        gone = status is not None and (is_gone(status) or status == (5, 0, 0))
        kind = ReportKind.HARD_BOUNCE if gone else ReportKind.SOFT_BOUNCE
        detail = clean_detail(f"{group.get('status', '')} {diagnostic}")
        return Report(kind, _original_id(parts), returned_to, detail)
    return None


def _free_text(message: Message, parts: list[Message], returned_to: str) -> Report | None:
    text = "\n".join(_text(part) for part in parts if part.get_content_maintype() == "text")
    status = enhanced_status(text)
    if not status or status[0] not in {4, 5}:
        return None
    quoted = QUOTED_MESSAGE_ID.search(text)
    message_id = quoted[1] if quoted else _original_id(parts)
    kind = ReportKind.HARD_BOUNCE if is_gone(status) else ReportKind.SOFT_BOUNCE
    return Report(kind, message_id, returned_to, clean_detail(_header(message, "Subject")))


def _fields(parts: list[Message], content_type: str) -> list[dict[str, str]]:
    """The header groups of a machine-readable part, names and enumerated values in lower case."""
    groups: list[dict[str, str]] = []
    for part in parts:
        if part.get_content_type() != content_type:
            continue
        payload = part.get_payload()
        # `email` parses delivery-status into one message per group of headers.
        blocks = payload if isinstance(payload, list) else [_parse_headers(_text(part))]
        for block in blocks:
            if not isinstance(block, Message):
                continue
            # An abuse report is parsed as one body without headers.
            body = block.get_payload()
            if not block.keys() and isinstance(body, str):
                block = _parse_headers(body)
            groups.append({name.lower(): _header(block, name) for name in set(block.keys())})
    for group in groups:
        for name in ("action", "feedback-type"):
            if name in group:
                group[name] = group[name].split()[0].lower() if group[name] else ""
    return groups


def _header(message: Message, name: str) -> str:
    """The header on one line; "" where there is none."""
    return " ".join(str(message.get(name, "")).split())


def _parse_headers(text: str) -> Message:
    return message_from_bytes(text.strip().encode("utf-8", "replace"), policy=policy.compat32)


def _original_id(parts: list[Message]) -> str:
    """The Message-ID of the returned message or of its returned headers, "" where there is none."""
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            found = QUOTED_MESSAGE_ID.search(_text(part))
            if found:
                return found[1]
        # walk() also yields the message inside a message/rfc822 part.
        found = MESSAGE_ID.search(_header(part, "Message-ID"))
        if found:
            return found[1]
    return ""


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
