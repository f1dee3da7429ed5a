"""Who looked at what: the audit log's lines about consultation requests. It can be read and nothing else."""

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import ModelLogEntry

from intake.models import ConsultationRequest, Event
from intake.reports.permissions import DeskOnly
from intake.rules.reference import read_reference
from intake.services.audit import ACTIONS

WHY = {
    "retention": "Past its retention period",
    "erasure": "At the person's wish",
    "discarded": "Discarded from quarantine",
}
ALONE = {
    "person": "All that is kept about one person",
    "print": "Printed",
    "letter": "Letter of referral",
    "calendar": "Appointment as a file",
}
FOUND_BY = {"name": "name", "phone": "phone number", "mail": "e-mail address", "reference": "reference"}
REFERENCES_SHOWN = 5


def details(data: dict) -> str:
    """What the codes of a line say, in words."""
    if "step" in data:
        return dict(Event.Kind.choices).get(data["step"], data["step"])
    if "why" in data:
        return WHY.get(data["why"], data["why"])
    if "found" in data:
        return f"By {FOUND_BY.get(data.get('by'), 'words that name nothing')}: {data['found']} found"
    if "references" in data:
        named = data["references"][:REFERENCES_SHOWN]
        count = len(data["references"])
        more = f" and {count - len(named)} more" if count > len(named) else ""
        return f"{count} in a list: {', '.join(named)}{more}" if named else "An empty list"
    return ALONE.get(data.get("what"), data.get("error", ""))


class ReferenceFilter(django_filters.CharFilter):
    """By one reference, however spaced; what is none finds nothing."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        reference = read_reference(value)
        if reference is None:
            return queryset.none()
        # A page of the list and an export are one line with many references.
        return queryset.filter(Q(label=reference) | Q(data__icontains=reference))


def _lines():
    return ModelLogEntry.objects.filter(action__in=list(ACTIONS)).order_by("-timestamp", "-pk")


def _people(request):
    return get_user_model().objects.filter(pk__in=_lines().order_by().values("user"))


class LooksFilterSet(WagtailFilterSet):
    label = ReferenceFilter(label="Reference")
    action = django_filters.ChoiceFilter(label="What", choices=[(name, words[0]) for name, words in ACTIONS.items()])
    user = django_filters.ModelChoiceFilter(label="Who", queryset=_people)
    timestamp = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields = []


class LinesPaginator(WagtailPaginator):
    verbose_name = "line"
    verbose_name_plural = "lines"


class LooksReport(DeskOnly, ReportView):
    """Each look, search, change, export and deletion: who, when, which reference."""

    http_method_names = ["get", "head", "options"]
    page_title = "Who looked at what"
    header_icon = "view"
    index_url_name = "intake_looks"
    index_results_url_name = "intake_looks_results"
    results_template_name = "intake/admin/reports/looks_results.html"
    filterset_class = LooksFilterSet
    is_searchable = False
    paginator_class = LinesPaginator
    paginate_by = 50
    columns = [
        Column("timestamp", label="When", accessor=lambda line: line.timestamp),
        Column("user", label="Who", accessor=lambda line: _who(line)),
        Column("action", label="What", accessor=lambda line: ACTIONS[line.action][1]),
        Column("reference", label="Reference", accessor=lambda line: _reference(line)),
        Column("details", label="Details", accessor=lambda line: details(line.data)),
    ]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Taking the log away is not offered, whatever the address says.
        self.is_export = False

    def get_base_queryset(self):
        return _lines().select_related("content_type").prefetch_related("user__wagtail_userprofile")

    def get_queryset(self):
        return self.get_base_queryset()


def _who(line: ModelLogEntry) -> str:
    return line.user_display_name if line.user_id else "The site itself"


def _reference(line: ModelLogEntry) -> str:
    about = ContentType.objects.get_for_model(ConsultationRequest)
    return line.label if line.content_type_id == about.pk else ""
