"""What the desk says about a request: its clock, and what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from innerbalance.formats import format_datetime, format_list, format_time
from intake.formats.labels import ATTEMPT_LABELS, OUTCOME_LABELS, move_refused
from intake.formats.moments import moment_words
from intake.formats.questions import topics
from intake.models import ConsultationRequest, Event
from intake.rules.status import Attempt, Attention, MoveNotAllowed, Outcome, Status
from intake.services.records import Entry
from intake.services.transitions import Held

FAR_AWAY = timedelta(days=300)


def moment_text(moment: datetime, now: datetime | None) -> str:
    """`today at 2 pm`, `yesterday at noon`, `Monday, November 2 at 11 am`; with the year when it is far away.

    In the practice's time, wherever the person who reads it sits. Without `now` the whole date, for paper: there,
    "today" is soon wrong.
    """
    zone = timezone.get_default_timezone()
    if now is None or abs(now - moment) > FAR_AWAY:
        return format_datetime(moment, zone, weekday=False, year=True)
    local = moment.astimezone(zone)
    if (now.astimezone(zone).date() - local.date()).days == 1:
        return _("yesterday at %(time)s") % {"time": format_time(local)}
    return moment_words(moment, now=now, zone=zone)


def age_text(moment: datetime, now: datetime) -> str:
    """`3 hours`, `2 days`: the largest unit is enough for a desk."""
    return timesince(moment, now, depth=1).replace("\xa0", " ")


@dataclass(frozen=True)
class Clock:
    """What a request asks of the desk: `late` only adds color to what `text` says."""

    text: str
    detail: str = ""
    late: bool = False


def clock(request: ConsultationRequest, now: datetime) -> Clock:
    if request.quarantined:
        return Clock(_("Possible spam"), _("since %(moment)s") % {"moment": moment_text(request.received_at, now)})
    if not request.is_open:
        ended = moment_text(request.ended_at, now) if request.ended_at else ""
        return Clock(request.get_outcome_display() or request.get_status_display(), ended)
    attention = request.attention(now)
    if request.act_by is None:
        return Clock(_("Answer due"), _("no office has hours to count"))
    if attention is Attention.OVERDUE:
        return Clock(
            _("Answer overdue by %(age)s") % {"age": age_text(request.act_by, now)},
            _("was due %(moment)s") % {"moment": moment_text(request.act_by, now)},
            late=True,
        )
    if attention is Attention.STUCK:
        return _stuck(request, request.act_by, now)
    if request.status == Status.BOOKED and request.appointment_at:
        return Clock(_("Booked"), _("for %(moment)s") % {"moment": moment_text(request.appointment_at, now)})
    if request.next_step_at:
        return Clock(_("Next step planned"), moment_text(request.next_step_at, now))
    if request.answered:
        return Clock(_("Answered"), _("next step by %(moment)s") % {"moment": moment_text(request.act_by, now)})
    return Clock(_("Answer due"), _("by %(moment)s") % {"moment": moment_text(request.act_by, now)})


def _stuck(request: ConsultationRequest, act_by: datetime, now: datetime) -> Clock:
    if request.status == Status.BOOKED and request.appointment_at and request.appointment_at <= act_by:
        detail = _("it was %(moment)s") % {"moment": moment_text(request.appointment_at, now)}
        return Clock(_("Appointment has passed"), detail, late=True)
    if request.next_step_at:
        return Clock(
            _("Next step overdue by %(age)s") % {"age": age_text(request.next_step_at, now)},
            _("was planned for %(moment)s") % {"moment": moment_text(request.next_step_at, now)},
            late=True,
        )
    text = _("No next step for %(age)s") % {"age": age_text(request.last_step_at, now)}
    return Clock(text, _("plan one, or close it"), late=True)


@dataclass(frozen=True, repr=False)
class TimelineLine:
    """One event, ready to be shown. `note` and `to` are what somebody wrote."""

    what: str
    who: str
    when: str
    note: str = ""
    to: str = ""


def user_name(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else _("the site")


def event_text(event: Event, people: dict[int, str], now: datetime | None) -> str:
    """What happened, from codes alone; `people` names the users that events point to."""
    kind, data = Event.Kind(event.kind), event.data
    if kind is Event.Kind.ATTEMPT and data.get("attempt") in ATTEMPT_LABELS:
        return str(ATTEMPT_LABELS[Attempt(data["attempt"])])
    if kind is Event.Kind.BOOK and data.get("appointment_at"):
        return _("Booked for %(moment)s") % {"moment": _stored(data["appointment_at"], now)}
    if kind is Event.Kind.CLOSE and data.get("outcome") in OUTCOME_LABELS:
        return _("Closed: %(outcome)s") % {"outcome": str(OUTCOME_LABELS[Outcome(data["outcome"])]).lower()}
    if kind is Event.Kind.ASSIGNED:
        if not data.get("to"):
            return _("Assigned to nobody")
        return _("Assigned to %(person)s") % {"person": people.get(data["to"], _("somebody who has left"))}
    if kind is Event.Kind.PLANNED:
        if not data.get("next_step_at"):
            return _("Plan removed")
        return _("Next step planned for %(moment)s") % {"moment": _stored(data["next_step_at"], now)}
    if kind is Event.Kind.MERGED:
        return _("Merged with its duplicate %(reference)s") % {"reference": data.get("reference", "")}
    if kind is Event.Kind.CORRECTED:
        changed = [topic.lower() for topic in topics(data.get("questions", []))]
        return _("Corrected: %(questions)s") % {"questions": format_list(changed)}
    return str(kind.label)


def _stored(moment: str, now: datetime | None) -> str:
    return moment_text(datetime.fromisoformat(moment), now)


def timeline(entries: list[Entry], now: datetime | None) -> list[TimelineLine]:
    """Oldest first; one query at most for the names."""
    people = _named_in(entry.event for entry in entries)
    return [
        TimelineLine(
            what=event_text(entry.event, people, now),
            who=_actor(entry.event),
            when=moment_text(entry.event.at, now),
            note=entry.words.get("note", ""),
            to=entry.words.get("to", ""),
        )
        for entry in entries
    ]


def changes_since(events: Iterable[Event], now: datetime) -> list[str]:
    """What happened since a screen was drawn: who did what, how long ago."""
    events = list(events)
    people = _named_in(events)
    return [
        _("%(who)s, %(age)s ago: %(what)s")
        % {"who": _actor(each), "age": age_text(each.at, now), "what": event_text(each, people, now)}
        for each in events
    ]


def refusal(error: MoveNotAllowed | Held) -> str:
    """Why a step is not possible."""
    return (
        move_refused(error)
        if isinstance(error, MoveNotAllowed)
        else _("It is held as possible spam. Mark it as not spam first.")
    )


def _named_in(events: Iterable[Event]) -> dict[int, str]:
    ids = {event.data["to"] for event in events if event.kind == Event.Kind.ASSIGNED and event.data.get("to")}
    if not ids:
        return {}
    return {user.pk: user_name(user) for user in get_user_model().objects.filter(pk__in=ids)}


def _actor(event: Event) -> str:
    if event.by is None and event.kind in (Event.Kind.RECEIVED, Event.Kind.HELD):
        return _("the person who asks")
    return user_name(event.by)
