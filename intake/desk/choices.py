"""What the desk's forms offer to choose from."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from innerbalance.locations.services.directory import office_directory
from innerbalance.pages.models import ClinicianPage
from innerbalance.security.roles import OFFICE, OWNERS
from intake.desk.formats import user_name
from intake.models import ConsultationRequest
from intake.rules.questions import TELEHEALTH

Choices = list[tuple[str, str]]


def people() -> Choices:
    """Who can take care of a request: everybody with access to the desk."""
    users = get_user_model().objects.filter(Q(groups__name__in=[OFFICE, OWNERS]) | Q(is_superuser=True), is_active=True)
    return [(str(user.pk), user_name(user)) for user in users.distinct().order_by("first_name", "username")]


def offices() -> Choices:
    return [(str(each.id), each.name) for each in office_directory().offices()]


def places() -> Choices:
    """Where a consultation can be: each office, or telehealth."""
    return [*offices(), (TELEHEALTH, _("Telehealth"))]


def clinicians(current: Page | None = None) -> Choices:
    """Every published clinician, and the one a request already names."""
    pages = ClinicianPage.objects.live().order_by("title")
    found = [(str(page.pk), page.name_with_credential) for page in pages]
    if current is not None and str(current.pk) not in dict(found):
        found.append((str(current.pk), current.title))
    return found


def pages_named_by_requests() -> tuple[Choices, Choices]:
    """The offices and the clinicians that requests name, also those no longer published: for the filters."""
    named = ConsultationRequest.objects.order_by().values_list(
        "office_id", "office__title", "clinician_id", "clinician__title"
    )
    offices: dict[str, str | None] = {}
    clinicians: dict[str, str | None] = {}
    for office_id, office, clinician_id, clinician in named.distinct():
        offices[str(office_id)], clinicians[str(clinician_id)] = office, clinician
    return _by_title(offices), _by_title(clinicians)


def _by_title(titles: dict[str, str | None]) -> Choices:
    return sorted(((pk, title) for pk, title in titles.items() if title), key=lambda pair: pair[1])
