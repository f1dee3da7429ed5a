"""An appointment as a calendar file (RFC 5545), saying no more than a reference and a place."""

from datetime import UTC, datetime, timedelta

LENGTH = timedelta(minutes=50)


def appointment_file(*, reference: str, starts_at: datetime, place: str, version: int, made_at: datetime) -> str:
    """One VEVENT, with CRLF line ends. Moments are aware; a later `version` replaces an earlier file in a calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Consultation requests//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{reference}@consultation-requests",
        f"SEQUENCE:{version}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(starts_at + LENGTH)}",
        f"SUMMARY:Consultation {reference}",
        f"LOCATION:{_escaped(place)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    """At most 75 octets a line (section 3.1), never through a character."""
    rows, row = [], ""
    for sign in line:
        if len((row + sign).encode()) > 74:
            rows.append(row)
            row = " "
        row += sign
    return "\r\n".join([*rows, row])
