"""Who viewed which request: the audit log's entries about consultation requests, to be read and nothing else."""

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import ModelLogEntry

from innerbalance.admin_access import PrivateAdminMixin
from innerbalance.formats import format_datetime
from intake.desk.access import VIEW
from intake.models import ConsultationRequest, Event
from intake.rules.reference import read_reference
from intake.services.audit import ACTIONS

REASONS = {
    "retention": _("Past its retention period"),
    "erasure": _("At the person’s request"),
    "discarded": _("Deleted as spam"),
}
EXPORTS = {
    "person": _("Everything on file about one person"),
    "print": _("Printed"),
    "letter": _("Referral letter"),
    "calendar": _("Appointment as a calendar file"),
}
SEARCHES = {
    "name": _("Search by name: %(count)s found"),
    "phone": _("Search by phone number: %(count)s found"),
    "mail": _("Search by email address: %(count)s found"),
    "reference": _("Search by reference: %(count)s found"),
}
OTHER_SEARCH = _("Search by something else: %(count)s found")
REFERENCES_SHOWN = 5


def details(data: dict) -> str:
    """What the codes of an entry mean, in words."""
    if "step" in data:
        return dict(Event.Kind.choices).get(data["step"], data["step"])
    if "why" in data:
        return REASONS.get(data["why"], data["why"])
    if "found" in data:
        return SEARCHES.get(data.get("by", ""), OTHER_SEARCH) % {"count": data["found"]}
    if "references" in data:
        listed = _list_of(data["references"])
        return gettext("About one person: %(list)s") % {"list": listed} if data.get("what") == "person" else listed
    return EXPORTS.get(data.get("what", ""), data.get("error", ""))


def _list_of(references: list[str]) -> str:
    if not references:
        return gettext("An empty list")
    shown = ", ".join(references[:REFERENCES_SHOWN])
    more = len(references) - REFERENCES_SHOWN
    if more > 0:
        return gettext("%(count)d in a list: %(references)s, and %(more)d more") % {
            "count": len(references),
            "references": shown,
            "more": more,
        }
    return gettext("%(count)d in a list: %(references)s") % {"count": len(references), "references": shown}


class ReferenceFilter(django_filters.CharFilter):
    """By one reference, however spaced; what is none finds nothing."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        reference = read_reference(value)
        if reference is None:
            return queryset.none()
        # A page of the list and an export are one entry with many references.
        return queryset.filter(Q(label=reference) | Q(data__icontains=reference))


def _entries():
    return ModelLogEntry.objects.filter(action__in=list(ACTIONS)).order_by("-timestamp", "-pk")


def _people(request):
    return get_user_model().objects.filter(pk__in=_entries().order_by().values("user"))


class AccessLogFilterSet(WagtailFilterSet):
    label = ReferenceFilter(label=_("Reference"))
    action = django_filters.ChoiceFilter(label=_("What"), choices=[(name, words[0]) for name, words in ACTIONS.items()])
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=_people)
    timestamp = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields: tuple[str, ...] = ()


class EntriesPaginator(WagtailPaginator):
    verbose_name = _("entry")
    verbose_name_plural = _("entries")


class AccessLog(PrivateAdminMixin, ReportView):
    """Each view, search, change, export and deletion: who, when, which reference."""

    private_permission = VIEW
    http_method_names = ["get", "head", "options"]
    page_title = _("Consultation access log")
    header_icon = "view"
    index_url_name = "intake_access_log"
    index_results_url_name = "intake_access_log_results"
    results_template_name = "intake/admin/reports/access_log_results.html"
    filterset_class = AccessLogFilterSet
    is_searchable = False
    paginator_class = EntriesPaginator
    paginate_by = 50
    columns = [
        Column(
            "timestamp",
            label=_("When"),
            accessor=lambda entry: format_datetime(entry.timestamp, weekday=False, year=True),
        ),
        Column("user", label=_("Who"), accessor=lambda entry: _who(entry)),
        Column("action", label=_("What"), accessor=lambda entry: ACTIONS[entry.action][1]),
        Column("reference", label=_("Reference"), accessor=lambda entry: _reference(entry)),
        Column("details", label=_("Details"), accessor=lambda entry: details(entry.data)),
    ]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Taking the log away is not offered, whatever the address says.
        self.is_export = False

    def get_base_queryset(self):
        return _entries().select_related("content_type").prefetch_related("user__wagtail_userprofile")

    def get_queryset(self):
        return self.get_base_queryset()


def _who(entry: ModelLogEntry) -> str:
    return entry.user_display_name if entry.user_id else gettext("The site itself")


def _reference(entry: ModelLogEntry) -> str:
    about = ContentType.objects.get_for_model(ConsultationRequest)
    return entry.label if entry.content_type_id == about.pk else ""
