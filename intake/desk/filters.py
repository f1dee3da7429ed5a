"""What the list shows: a filter that never holds anything about a person, so that it may stand in an address."""

from datetime import datetime, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.desk import choices
from intake.desk.fields import set_choices
from intake.formats.labels import STATUS_LABELS
from intake.models import ConsultationRequest
from intake.rules.questions import TELEHEALTH
from intake.rules.status import ENDED, OPEN, Status

QUEUE, ENDED_LIST, HELD, ALL = "open", "ended", "held", "all"
LISTS = {QUEUE: _("To do"), ENDED_LIST: _("Completed"), HELD: _("Spam"), ALL: _("All")}
LATE = "late"
NOBODY = "nobody"
AGES = {
    "1": _("Received within 24 hours"),
    "7": _("Received within 7 days"),
    "-7": _("Older than 7 days"),
    "-30": _("Older than 30 days"),
}


class QueueFilter(forms.Form):
    """`show` is the list, the others narrow it down. Each field may be empty; what makes no sense is left aside."""

    show = forms.ChoiceField(choices=list(LISTS.items()), required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(required=False, label=_("Status"))
    office = forms.ChoiceField(required=False, label=_("Office"))
    clinician = forms.ChoiceField(required=False, label=_("Clinician"))
    assigned = forms.ChoiceField(required=False, label=_("Assigned to"))
    age = forms.ChoiceField(required=False, label=_("Age"), choices=[("", _("Any age")), *AGES.items()])

    def __init__(self, data, *, people: choices.Choices):
        super().__init__(data)
        show = data.get("show", QUEUE)
        statuses = {ENDED_LIST: ENDED, QUEUE: OPEN}.get(show, frozenset(Status))
        late = [(LATE, gettext("Late: overdue, or no next step"))] if show in (QUEUE, "") else []
        named = [(each.value, STATUS_LABELS[each]) for each in Status if each in statuses]
        set_choices(self, "status", [("", gettext("Any status")), *late, *named])
        offices, clinicians = choices.pages_named_by_requests()
        set_choices(self, "office", [("", gettext("Any office")), *offices, (TELEHEALTH, gettext("Telehealth"))])
        set_choices(self, "clinician", [("", gettext("Any clinician")), *clinicians])
        set_choices(self, "assigned", [("", gettext("Anybody")), (NOBODY, gettext("Nobody yet")), *people])

    @property
    def chosen(self) -> dict[str, str]:
        """The valid values alone, by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def list_name(self) -> str:
        return self.chosen.get("show", QUEUE)

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen.keys() - {"show"})

    def apply(self, now: datetime) -> QuerySet[ConsultationRequest]:
        """The requests in the order the list shows them."""
        found, chosen = _list(self.list_name), self.chosen
        if status := chosen.get("status"):
            found = found.filter(act_by__lt=now) if status == LATE else found.filter(status=status)
        if office := chosen.get("office"):
            found = found.filter(telehealth=True) if office == TELEHEALTH else found.filter(office_id=office)
        if clinician := chosen.get("clinician"):
            found = found.filter(clinician_id=clinician)
        if assigned := chosen.get("assigned"):
            found = found.filter(assigned_to=None if assigned == NOBODY else int(assigned))
        if age := chosen.get("age"):
            border = now - timedelta(days=abs(int(age)))
            found = found.filter(received_at__lt=border) if age[0] == "-" else found.filter(received_at__gte=border)
        return found


def _list(name: str) -> QuerySet[ConsultationRequest]:
    requests = ConsultationRequest.objects
    if name == QUEUE:
        return requests.queue()
    if name == HELD:
        return requests.held().order_by("-received_at", "-pk")
    if name == ENDED_LIST:
        return requests.ended().order_by("-received_at", "-pk")
    return requests.received().order_by("-received_at", "-pk")
