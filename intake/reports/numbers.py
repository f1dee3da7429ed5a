"""What the dashboard counts. Counts only: no query here reads a sealed column or names a person."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from wagtail.models import Page

from intake.models import ConsultationRequest
from intake.reports.figures import AnswerTimes, Period, Share, answer_times, last_weeks, monday_of, shares
from intake.services.standing import Standing, standing
from intake.status import LABELS, OUTCOME_LABELS, Outcome, Status

Source = ConsultationRequest.Source
SOURCES_SHOWN = 10
NO_OFFICE = "No preference"
TELEHEALTH = "Telehealth"
GONE = "A page that is gone"


@dataclass(frozen=True)
class Week:
    monday: date
    received: int
    times: AnswerTimes

    @property
    def label(self) -> str:
        return f"{self.monday:%b} {self.monday.day}"


@dataclass(frozen=True)
class OfficeLine:
    label: str
    count: int
    percent: int
    times: AnswerTimes


@dataclass(frozen=True)
class Numbers:
    period: Period
    now: Standing
    total: int
    unanswered: int
    times: AnswerTimes
    weeks: list[Week]
    sources: list[Share]
    offices: list[OfficeLine]
    outcomes: list[Share]


def practice_zone() -> ZoneInfo:
    """Weeks are the practice's, whatever zone the person at the screen has chosen."""
    return ZoneInfo(settings.TIME_ZONE)


def numbers(*, weeks: int, now: datetime, office_id: int | None = None) -> Numbers:
    """The dashboard's numbers of the last `weeks` weeks, of one office or all. Five queries, however many requests."""
    zone = practice_zone()
    period = last_weeks(weeks=weeks, now=now, zone=zone)
    everything = ConsultationRequest.objects.all()
    if office_id is not None:
        everything = everything.filter(office=office_id)
    requests = everything.received().filter(received_at__gte=period.start, received_at__lte=period.end).order_by()

    arrivals = _arrivals(requests, zone)
    by_week, by_office, every = _answer_times(requests, zone)
    groups = list(
        requests.values_list("office_id", "telehealth", "source", "source_page_id", "status", "outcome").annotate(
            number=Count("pk"), unanswered=Count("pk", filter=Q(first_answered_at=None))
        )
    )
    titles = _titles({each for group in groups for each in (group[0], group[3]) if each})
    offices, sources, outcomes, unanswered = Counter(), Counter(), Counter(), 0
    for office, telehealth, source, source_page, status, outcome, number, silent in groups:
        offices[_office(office, telehealth, titles)] += number
        sources[_source(source, source_page, titles)] += number
        outcomes[_outcome(status, outcome)] += number
        unanswered += silent
    return Numbers(
        period=period,
        now=standing(requests=everything, now=now),
        total=sum(arrivals.values()),
        unanswered=unanswered,
        times=answer_times(every),
        weeks=[Week(monday, arrivals.get(monday, 0), answer_times(by_week[monday])) for monday in period.mondays],
        sources=shares(sources, at_most=SOURCES_SHOWN),
        offices=_office_lines(offices, by_office, titles),
        outcomes=shares(outcomes),
    )


def _arrivals(requests: QuerySet, zone: ZoneInfo) -> dict[date, int]:
    weeks = requests.annotate(week=TruncWeek("received_at", tzinfo=zone)).values_list("week").annotate(Count("pk"))
    return {week.date(): number for week, number in weeks}


def _answer_times(requests: QuerySet, zone: ZoneInfo):
    by_week: dict[date, list[timedelta]] = defaultdict(list)
    by_office: dict[tuple, list[timedelta]] = defaultdict(list)
    every = []
    answered = requests.filter(open_time_to_answer__isnull=False)
    for received_at, office, telehealth, time in answered.values_list(
        "received_at", "office_id", "telehealth", "open_time_to_answer"
    ):
        by_week[monday_of(received_at, zone)].append(time)
        by_office[office, telehealth].append(time)
        every.append(time)
    return by_week, by_office, every


def _titles(pages: set[int]) -> dict[int, str]:
    return dict(Page.objects.filter(pk__in=pages).values_list("pk", "title"))


def _office(office: int | None, telehealth: bool, titles: dict[int, str]) -> str:
    if office:
        return titles.get(office, GONE)
    return TELEHEALTH if telehealth else NO_OFFICE


def _source(source: str, page: int | None, titles: dict[int, str]) -> str:
    words = Source(source).label
    return f"{words}: {titles.get(page, GONE)}" if page else words


def _outcome(status: str, outcome: str) -> str:
    if status == Status.CLOSED and outcome:
        return OUTCOME_LABELS[Outcome(outcome)]
    return LABELS[Status(status)]


def _office_lines(counts: Counter, by_office: dict, titles: dict[int, str]) -> list[OfficeLine]:
    times: dict[str, list[timedelta]] = defaultdict(list)
    for (office, telehealth), found in by_office.items():
        times[_office(office, telehealth, titles)] += found
    return [
        OfficeLine(share.label, share.count, share.percent, answer_times(times[share.label]))
        for share in shares(counts)
    ]
