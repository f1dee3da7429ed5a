"""An appointment as a calendar file (RFC 5545), saying no more than a reference and a place."""

from datetime import UTC, datetime, timedelta

from innerbalance.content_lines import content_lines, escape_text

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
        f"LOCATION:{escape_text(place)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return content_lines(lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
