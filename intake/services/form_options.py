"""What the form offers right now: which questions, which offices and clinicians, and when the office answers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.http import QueryDict
from django.utils.translation import gettext

from innerbalance.locations.services.directory import Office, office_directory
from innerbalance.pages.models import ClinicianPage
from intake.formats.moments import promise
from intake.formats.questions import DEFAULT_REASONS
from intake.models import ConsultationRequest, IntakeSettings
from intake.rules.questions import QuestionModes
from intake.services import answer_clock

Source = ConsultationRequest.Source
KEEP_RECEIPT = timedelta(hours=1)
"""How long the page after the form shows the reference; after that the address says nothing to anybody."""


@dataclass(frozen=True)
class FormOptions:
    """Plain data for the form, so that it can be drawn again while the database is away."""

    modes: QuestionModes = field(default_factory=QuestionModes)
    reasons: tuple[str, ...] = DEFAULT_REASONS
    offices: dict[str, str] = field(default_factory=dict)
    clinicians: dict[str, str] = field(default_factory=dict)
    promise: str = ""
    introduction: str = ""
    privacy_notice: str = ""
    good_faith_estimate: str = ""


_last_known: list[FormOptions] = []
_post_sources: list[Callable[[str], int | None]] = []


def provide_posts(live_post_id: Callable[[str], int | None]) -> None:
    """Where a post's page id by its slug comes from (None: no public post has it). Said once, at start."""
    _post_sources[:] = [live_post_id]


def last_known_options() -> FormOptions:
    """The options as this process last read it; the bare questions when it never did."""
    return _last_known[-1] if _last_known else FormOptions()


def current_options(*, now: datetime) -> FormOptions:
    """The options as the office set it. Raises DatabaseError."""
    settings = IntakeSettings.load()
    offices = office_directory().offices()
    options = FormOptions(
        modes=settings.modes(),
        reasons=settings.reason_list(),
        offices={str(office.id): office.name for office in offices},
        clinicians={str(page.pk): page.name_with_credential for page in _clinicians()},
        promise=promise(
            due=answer_clock.due_for(office_id=None, received_at=now, settings=settings),
            now=now,
            zone=_zone(offices),
            open_hours=settings.open_hours_for(None),
        ),
        introduction=settings.introduction,
        privacy_notice=settings.privacy_notice,
        good_faith_estimate=settings.good_faith_estimate,
    )
    _last_known[:] = [options]
    return options


@dataclass(frozen=True)
class Origin:
    """Where the reader came from, and what is known by that."""

    source: str = ""
    slug: str = ""
    page_id: int | None = None
    office: str = ""
    clinician: str = ""


def origin_of(*, kind: str, slug: str) -> Origin:
    """What `?post=…`, `?clinician=…`, `?office=…` or `?assessment=…` names; nothing when it names nothing of ours."""
    if kind == Source.ASSESSMENT:
        return Origin(source=Source.ASSESSMENT, slug=slug)
    if kind == Source.OFFICE:
        for office in office_directory().offices():
            if office.slug == slug:
                return Origin(source=Source.OFFICE, slug=slug, page_id=office.id, office=str(office.id))
    elif kind == Source.CLINICIAN:
        page_id = ClinicianPage.objects.live().public().filter(slug=slug).values_list("pk", flat=True).first()
        if page_id:
            return Origin(source=kind, slug=slug, page_id=page_id, clinician=str(page_id))
    elif kind == Source.POST and _post_sources:
        page_id = _post_sources[-1](slug)
        if page_id:
            return Origin(source=kind, slug=slug, page_id=page_id)
    return Origin()


def with_chosen(options: FormOptions, chosen: QueryDict) -> FormOptions:
    """The options with what was chosen from a list that could not be read again, so that no choice is lost."""

    def extra(name: str, known: dict[str, str]) -> dict[str, str]:
        value = chosen.get(name, "")
        return known if value in known or not value.isdigit() else {**known, value: gettext("As you chose before")}

    reasons = dict.fromkeys([*options.reasons, *chosen.getlist("reasons")])
    return replace(
        options,
        offices=extra("office", options.offices),
        clinicians=extra("clinician", options.clinicians),
        reasons=tuple(reasons),
    )


def received_words(*, request: ConsultationRequest, now: datetime) -> dict:
    """What the page after the form says: `promise`, `next_steps`, `offices` (with their hours in words)."""
    settings, directory = IntakeSettings.load(), office_directory()
    offices = answer_clock.clock_offices(directory, request.office_id)
    return {
        "promise": promise(
            due=request.answer_due_at,
            now=now,
            zone=_zone(offices),
            open_hours=settings.open_hours_for(request.office_id),
        ),
        "next_steps": settings.next_steps,
        "offices": [{"office": each, "hours": directory.hours_sentence(each.id, now)} for each in offices],
    }


def _zone(offices: list[Office]) -> ZoneInfo:
    return offices[0].time_zone if offices else ZoneInfo(site.TIME_ZONE)


def _clinicians() -> list[ClinicianPage]:
    return list(ClinicianPage.objects.live().public().filter(accepts_new_clients=True).order_by("title"))
