"""Everything one request's screen and its forms need to know, read once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from innerbalance.formats import format_phone
from intake.desk import choices, formats
from intake.formats import safety
from intake.formats.questions import desk_facts, desk_texts
from intake.models import ConsultationRequest, Event, IntakeSettings
from intake.rules.questions import Answers
from intake.services import records
from intake.services.records import Opened


@dataclass(frozen=True, repr=False)
class RequestDetails:
    """An opened request at a moment."""

    opened: Opened
    user: User
    now: datetime

    @property
    def request(self) -> ConsultationRequest:
        return self.opened.request

    @property
    def answers(self) -> Answers:
        return self.opened.answers

    @cached_property
    def people(self) -> choices.Choices:
        return choices.people()

    @cached_property
    def places(self) -> choices.Choices:
        return choices.places()

    @cached_property
    def clinicians(self) -> choices.Choices:
        return choices.clinicians(self.request.clinician)

    @cached_property
    def attempts(self) -> int:
        return sum(entry.event.kind == Event.Kind.ATTEMPT for entry in self.opened.timeline)

    @cached_property
    def attempts_before_close(self) -> int:
        return IntakeSettings.load().attempts_before_close

    @cached_property
    def duplicates(self) -> list[ConsultationRequest]:
        """Every other request with the same phone number or email address, the latest first."""
        same = records.same_person(phone=self.answers.phone, email=self.answers.email)
        return list(same.exclude(pk=self.request.pk).order_by("-received_at", "-pk"))

    @cached_property
    def referred_to(self) -> str:
        """To whom the person was referred last."""
        found = [entry.words.get("to", "") for entry in self.opened.timeline if entry.event.kind == Event.Kind.REFER]
        return found[-1] if found else ""

    @property
    def place(self) -> str:
        """Where the consultation is, or is wished for."""
        return place_of(self.request)

    @property
    def phone(self) -> str:
        return format_phone(self.answers.phone) if self.answers.phone else ""

    @property
    def warnings(self) -> list[str]:
        return safety.warnings(self.answers)

    @property
    def permissions(self) -> list[str]:
        return safety.permissions(self.answers)

    @property
    def clock(self) -> formats.Clock:
        return formats.clock(self.request, self.now)

    @property
    def timeline(self) -> list[formats.TimelineLine]:
        return formats.timeline(self.opened.timeline, self.now)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the person told us, question by question, in the order of the form."""
        came = self.request.get_source_display()
        if self.request.source_page:
            came = _("%(source)s: %(page)s") % {"source": came, "page": self.request.source_page.title}
        return [*desk_facts(self.answers), (_("Came from"), came)]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What they wrote in their own words."""
        return desk_texts(self.answers)


def place_of(request: ConsultationRequest) -> str:
    if request.telehealth:
        return _("Telehealth")
    return request.office.title if request.office else ""


def load_details(*, reference: str, user: User, now: datetime) -> RequestDetails:
    """Opens a request, with its entry in the audit log. Raises DoesNotExist, SealError."""
    return RequestDetails(opened=records.open_request(reference=reference, user=user), user=user, now=now)
