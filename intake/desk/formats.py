"""The desk's words: the clock of a request, and what happened to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.timesince import timesince

from innerbalance.formats import format_datetime, format_time
from intake.formats.labels import ATTEMPT_LABELS, OUTCOME_LABELS
from intake.formats.moments import moment_words
from intake.formats.questions import topics
from intake.models import ConsultationRequest, Event
from intake.rules.status import Attempt, Attention, Outcome, Status
from intake.services.records import Entry

YEAR = timedelta(days=300)


def practice_zone() -> ZoneInfo:
    """The desk speaks the practice's time, wherever the person who reads it sits."""
    return ZoneInfo(settings.TIME_ZONE)


def at_words(moment: datetime, now: datetime | None) -> str:
    """`today at 2 pm`, `yesterday at noon`, `Monday, November 2 at 11 am`; with the year when it is far away.

    Without `now` the whole date, for paper: there, "today" is soon wrong.
    """
    zone = practice_zone()
    local = moment.astimezone(zone)
    if now is None:
        return format_datetime(moment, zone, weekday=False, year=True)
    if (now.astimezone(zone).date() - local.date()).days == 1:
        return f"yesterday at {format_time(local)}"
    if abs(now - moment) > YEAR:
        return format_datetime(moment, zone, weekday=False, year=True)
    return moment_words(moment, now=now, zone=zone)


def ago_words(moment: datetime, now: datetime) -> str:
    """`3 hours`, `2 days`: the largest unit is enough for a desk."""
    return timesince(moment, now, depth=1).replace("\xa0", " ")


@dataclass(frozen=True)
class Clock:
    """What a request asks of the desk: `late` only adds colour to what `words` say."""

    words: str
    detail: str = ""
    late: bool = False


def clock(request: ConsultationRequest, now: datetime) -> Clock:
    """The clock of one request in words."""
    if request.quarantined:
        return Clock("Held in quarantine", f"since {at_words(request.received_at, now)}")
    if not request.is_open:
        ended = f"on {at_words(request.ended_at, now)}" if request.ended_at else ""
        return Clock(request.get_outcome_display() or request.get_status_display(), ended)
    attention = request.attention(now)
    if attention is Attention.OVERDUE:
        return Clock(
            f"Answer overdue by {ago_words(request.act_by, now)}", f"was due {at_words(request.act_by, now)}", late=True
        )
    if attention is Attention.STUCK:
        return _stuck(request, now)
    if request.status == Status.BOOKED and request.appointment_at:
        return Clock("Booked", f"for {at_words(request.appointment_at, now)}")
    if request.next_step_at:
        return Clock("Next step planned", at_words(request.next_step_at, now))
    if not request.answered:
        due = f"by {at_words(request.act_by, now)}" if request.act_by else "no office has hours to count"
        return Clock("Answer due", due)
    return Clock("Answered", f"next step by {at_words(request.act_by, now)}")


def _stuck(request: ConsultationRequest, now: datetime) -> Clock:
    if request.status == Status.BOOKED and request.appointment_at and request.appointment_at <= request.act_by:
        return Clock("Appointment has passed", f"it was {at_words(request.appointment_at, now)}", late=True)
    if request.next_step_at:
        words = f"Next step overdue by {ago_words(request.next_step_at, now)}"
        return Clock(words, f"was planned for {at_words(request.next_step_at, now)}", late=True)
    return Clock(f"No next step for {ago_words(request.last_step_at, now)}", "plan one, or end it", late=True)


@dataclass(frozen=True, repr=False)
class Line:
    """One line of the timeline, ready to be shown. `note` and `to` are what somebody wrote."""

    what: str
    who: str
    when: str
    note: str = ""
    to: str = ""


def user_name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else "the site"


def event_words(event: Event, people: dict[int, str], now: datetime | None) -> str:
    """What happened, from codes alone."""
    kind, data = Event.Kind(event.kind), event.data
    if kind is Event.Kind.ATTEMPT and data.get("attempt") in ATTEMPT_LABELS:
        return str(ATTEMPT_LABELS[Attempt(data["attempt"])])
    if kind is Event.Kind.BOOK and data.get("appointment_at"):
        return f"Booked for {at_words(datetime.fromisoformat(data['appointment_at']), now)}"
    if kind is Event.Kind.CLOSE and data.get("outcome") in OUTCOME_LABELS:
        return f"Closed: {str(OUTCOME_LABELS[Outcome(data['outcome'])]).lower()}"
    if kind is Event.Kind.ASSIGNED:
        to = data.get("to")
        return f"Assigned to {people.get(to, 'somebody who has left')}" if to else "Assigned to nobody"
    if kind is Event.Kind.PLANNED:
        moment = data.get("next_step_at")
        return f"Next step planned for {at_words(datetime.fromisoformat(moment), now)}" if moment else "Plan removed"
    if kind is Event.Kind.MERGED:
        return f"Joined by its duplicate {data.get('reference', '')}".rstrip()
    if kind is Event.Kind.CORRECTED:
        return f"Corrected: {', '.join(topics(data.get('questions', [])))}"
    return str(kind.label)


def lines(entries: list[Entry], now: datetime | None) -> list[Line]:
    """The timeline in words, oldest first; one query at most for the names."""
    people = names_of(entry.event for entry in entries)
    return [
        Line(
            what=event_words(entry.event, people, now),
            who=_actor(entry.event),
            when=at_words(entry.event.at, now),
            note=entry.words.get("note", ""),
            to=entry.words.get("to", ""),
        )
        for entry in entries
    ]


def since_lines(events: list[Event], now: datetime) -> list[str]:
    """What happened since a screen was drawn: who did what, how long ago."""
    events = list(events)
    people = names_of(events)
    return [f"{_actor(each)}, {ago_words(each.at, now)} ago: {event_words(each, people, now)}" for each in events]


def names_of(events) -> dict[int, str]:
    ids = {event.data["to"] for event in events if event.kind == Event.Kind.ASSIGNED and event.data.get("to")}
    if not ids:
        return {}
    return {user.pk: user_name(user) for user in get_user_model().objects.filter(pk__in=ids)}


def _actor(event: Event) -> str:
    if event.by is None and event.kind in (Event.Kind.RECEIVED, Event.Kind.HELD):
        return "the person who asks"
    return user_name(event.by)
