"""What a person at the office may choose on the screens of the reports."""

from datetime import datetime, timedelta

from django import forms
from django.db.models import QuerySet
from wagtail.models import Page

from innerbalance.offices import office_directory
from intake.models import ConsultationRequest
from intake.models.settings_screen import people_of_the_desk
from intake.questions import TELEHEALTH
from intake.reports.figures import WEEKS, WEEKS_OFFERED
from intake.status import LABELS


def office_choices(*first: tuple[str, str]) -> list[tuple[str, str]]:
    return [*first, *((str(office.id), office.name) for office in office_directory().offices())]


class PeriodForm(forms.Form):
    """Which weeks and which office the dashboard speaks of. What it can't read falls back to the usual."""

    weeks = forms.TypedChoiceField(
        label="Weeks", choices=[(each, f"Last {each} weeks") for each in WEEKS_OFFERED], coerce=int, required=False
    )
    office = forms.TypedChoiceField(label="Office", coerce=int, required=False, empty_value=None)

    def __init__(self, data) -> None:
        super().__init__({"weeks": data.get("weeks") or WEEKS, "office": data.get("office", "")})
        self.fields["office"].choices = office_choices(("", "All offices"))

    def chosen(self) -> tuple[int, int | None]:
        self.is_valid()
        return self.cleaned_data.get("weeks") or WEEKS, self.cleaned_data.get("office")


class ExportForm(forms.Form):
    """Which requests to take away: the fields and values of the desk's list, so that its address fills them in."""

    LATE, NOBODY = "late", "nobody"
    LISTS = {
        "open": lambda requests: requests.queue(),
        "ended": lambda requests: requests.ended().order_by("-received_at", "-pk"),
        "held": lambda requests: requests.held().order_by("-received_at", "-pk"),
        "all": lambda requests: requests.received().order_by("-received_at", "-pk"),
    }

    show = forms.ChoiceField(
        label="List",
        choices=[("open", "To do"), ("ended", "Ended"), ("held", "Quarantine"), ("all", "Everything but quarantine")],
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Any status"),
            (LATE, "Late: overdue, or no next step"),
            *((each.value, words) for each, words in LABELS.items()),
        ],
    )
    office = forms.ChoiceField(label="Office", required=False)
    clinician = forms.ChoiceField(label="Clinician", required=False)
    assigned = forms.ChoiceField(label="Assigned to", required=False)
    age = forms.ChoiceField(
        label="Age",
        required=False,
        choices=[
            ("", "Any age"),
            ("1", "Received today or yesterday"),
            ("7", "Received within 7 days"),
            ("-7", "Older than 7 days"),
            ("-30", "Older than 30 days"),
        ],
    )
    file_format = forms.ChoiceField(
        label="File", choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV")], widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        clinicians = Page.objects.filter(
            pk__in=ConsultationRequest.objects.exclude(clinician=None).order_by().values("clinician")
        )
        people = [(str(user.pk), user.get_full_name() or user.get_username()) for user in people_of_the_desk()]
        self.fields["office"].choices = office_choices(("", "Any office"), (TELEHEALTH, "Telehealth"))
        self.fields["clinician"].choices = [
            ("", "Any clinician"),
            *((str(page.pk), page.title) for page in clinicians.order_by("title")),
        ]
        self.fields["assigned"].choices = [("", "Anybody or nobody"), (self.NOBODY, "Nobody yet"), *people]

    def requests(self, now: datetime) -> QuerySet[ConsultationRequest]:
        """The chosen requests, in the order of the desk's list. Only after `is_valid()`."""
        chosen = self.cleaned_data
        found = self.LISTS[chosen["show"]](ConsultationRequest.objects)
        if status := chosen["status"]:
            found = found.filter(act_by__lt=now) if status == self.LATE else found.filter(status=status)
        if office := chosen["office"]:
            found = found.filter(telehealth=True) if office == TELEHEALTH else found.filter(office=office)
        if clinician := chosen["clinician"]:
            found = found.filter(clinician=clinician)
        if assigned := chosen["assigned"]:
            found = found.filter(assigned_to=None if assigned == self.NOBODY else assigned)
        if age := chosen["age"]:
            border = now - timedelta(days=abs(int(age)))
            found = found.filter(received_at__lt=border) if age[0] == "-" else found.filter(received_at__gte=border)
        return found
