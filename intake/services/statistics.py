"""Statistics of the requests. Counts only: no query here reads a sealed column or names a person."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intake.formats.labels import OUTCOME_LABELS, STATUS_LABELS
from intake.models import ConsultationRequest
from intake.rules.statistics import AnswerTimes, Period, Share, answer_times, last_weeks, monday_of, shares
from intake.rules.status import Outcome, Status
from intake.services.queue_counts import QueueCounts, queue_counts

SOURCES_SHOWN = 10


@dataclass(frozen=True)
class Week:
    monday: date
    received: int
    times: AnswerTimes

    @property
    def label(self) -> str:
        return dateformat.format(self.monday, pgettext("date format", "M j"))


@dataclass(frozen=True)
class OfficeLine:
    label: str
    count: int
    percent: int
    times: AnswerTimes


@dataclass(frozen=True)
class RequestStatistics:
    period: Period
    now: QueueCounts
    total: int
    unanswered: int
    times: AnswerTimes
    weeks: list[Week]
    sources: list[Share]
    offices: list[OfficeLine]
    outcomes: list[Share]


def request_statistics(*, weeks: int, now: datetime, office_id: int | None = None) -> RequestStatistics:
    """The statistics of the last `weeks` weeks, of one office or all. Two queries, however many requests.

    A percentile needs each time by itself, and SQLite has none: so the rows are read once and everything is
    counted from them.
    """
    # Weeks are those of the practice, whatever zone the person at the screen has chosen.
    zone = timezone.get_default_timezone()
    period = last_weeks(weeks=weeks, now=now, zone=zone)
    everything = ConsultationRequest.objects.all()
    if office_id is not None:
        everything = everything.filter(office=office_id)
    requests = everything.received().filter(received_at__gte=period.start, received_at__lte=period.end).order_by()

    arrivals: Counter[date] = Counter()
    # Counted by code: words are looked up once for each code, not for each request.
    offices: Counter[tuple[str | None, bool]] = Counter()
    sources: Counter[tuple[str, str | None]] = Counter()
    outcomes: Counter[tuple[str, str]] = Counter()
    by_week: dict[date, list[timedelta]] = defaultdict(list)
    by_office: dict[tuple[str | None, bool], list[timedelta]] = defaultdict(list)
    unanswered = 0
    for received_at, office, telehealth, source, page, status, outcome, answered_at, time in requests.values_list(
        "received_at",
        "office__title",
        "telehealth",
        "source",
        "source_page__title",
        "status",
        "outcome",
        "first_answered_at",
        "open_time_to_answer",
    ).iterator(chunk_size=2000):
        monday, place = monday_of(received_at, zone), (office, telehealth)
        arrivals[monday] += 1
        offices[place] += 1
        sources[source, page] += 1
        outcomes[status, outcome] += 1
        if answered_at is None:
            unanswered += 1
        elif time is not None:
            by_week[monday].append(time)
            by_office[place].append(time)
    times_of_office: dict[str, list[timedelta]] = defaultdict(list)
    for place, times in by_office.items():
        times_of_office[_office(*place)] += times
    return RequestStatistics(
        period=period,
        now=queue_counts(requests=everything, now=now),
        total=arrivals.total(),
        unanswered=unanswered,
        times=answer_times(time for times in by_week.values() for time in times),
        weeks=[Week(monday, arrivals[monday], answer_times(by_week[monday])) for monday in period.mondays],
        sources=shares(_by_label(sources, _source), at_most=SOURCES_SHOWN, rest=_("Others")),
        offices=[
            OfficeLine(share.label, share.count, share.percent, answer_times(times_of_office[share.label]))
            for share in shares(_by_label(offices, _office))
        ],
        outcomes=shares(_by_label(outcomes, _outcome)),
    )


def _by_label[Code: tuple](counts: Counter[Code], label: Callable[..., str]) -> Counter[str]:
    """Codes with the same label are one line."""
    found: Counter[str] = Counter()
    for code, count in counts.items():
        found[label(*code)] += count
    return found


def _office(office: str | None, telehealth: bool) -> str:
    return office or (_("Telehealth") if telehealth else _("No preference"))


def _source(source: str, page: str | None) -> str:
    label = str(ConsultationRequest.Source(source).label)
    return _("%(source)s: %(page)s") % {"source": label, "page": page} if page else label


def _outcome(status: str, outcome: str) -> str:
    if status == Status.CLOSED and outcome:
        return str(OUTCOME_LABELS[Outcome(outcome)])
    return str(STATUS_LABELS[Status(status)])
