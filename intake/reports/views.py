"""The screens of the reports in the admin."""

from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innerbalance import charts
from intake.desk import choices
from intake.desk.filters import LISTS, QueueFilter
from intake.reports import permissions
from intake.reports.charts import lines
from intake.reports.export import FORMATS, export
from intake.reports.forms import FileForm, PeriodForm
from intake.reports.looks import LooksReport
from intake.reports.numbers import numbers, practice_zone
from intake.reports.permissions import DeskOnly


class Screen(DeskOnly, WagtailAdminTemplateMixin):
    """A screen of its own in the admin, with its name in the breadcrumbs."""

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class Dashboard(Screen, TemplateView):
    """How many requests came, how soon they were answered, where from, and how they ended. Counts only."""

    http_method_names = ["get", "head", "options"]
    page_title = "Consultation numbers"
    header_icon = "order-down"
    template_name = "intake/admin/reports/dashboard.html"

    def get_context_data(self, **kwargs):
        form = PeriodForm(self.request.GET)
        weeks, office_id = form.chosen()
        counted = numbers(weeks=weeks, now=timezone.now(), office_id=office_id)
        labels = [week.label for week in counted.weeks]
        return super().get_context_data(
            form=form,
            numbers=counted,
            arrivals=charts.columns(
                labels, [week.received for week in counted.weeks], words="Week of {label}: {value}"
            ),
            answers=lines(
                labels,
                [week.times.median for week in counted.weeks],
                [week.times.ninetieth for week in counted.weeks],
            ),
            offices=charts.rows(counted.offices),
            sources=charts.rows(counted.sources),
            outcomes=charts.rows(counted.outcomes),
            **kwargs,
        )


class Export(Screen, FormView):
    """The list as the desk has filtered it, taken away by a POST: a link or a prefetch exports nothing.

    The filter stands in the address, as on the list: it holds nothing about a person.
    """

    permissions_required = (permissions.VIEW, permissions.EXPORT)
    page_title = "Export consultation requests"
    header_icon = "download"
    template_name = "intake/admin/reports/export.html"
    form_class = FileForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def filter(self) -> QueueFilter:
        return QueueFilter(self.request.GET, people=choices.people())

    def form_valid(self, form):
        if not self.filter.is_valid():
            # What the list leaves aside would be more than was asked for: nothing leaves the house by mistake.
            return self.form_invalid(form)
        return export_response(
            requests=self.filter.apply(self.now), file_format=form.cleaned_data["file_format"], user=self.request.user
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter=self.filter,
            lists=LISTS,
            count=self.filter.apply(self.now).count(),
            query=urlencode(self.filter.chosen),
            **kwargs,
        )


def export_response(*, requests, file_format: str, user) -> StreamingHttpResponse:
    """The file as an attachment; the name says the day and nothing else."""
    media_type, _ = FORMATS[file_format]
    day = timezone.now().astimezone(practice_zone())
    return StreamingHttpResponse(
        export(requests=requests, file_format=file_format, user=user),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="requests-{day:%Y-%m-%d}.{file_format}"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )


class ReportMenuItem(MenuItem):
    def __init__(self, *args, permissions_required: tuple[str, ...], **kwargs) -> None:
        self.permissions_required = permissions_required
        super().__init__(*args, **kwargs)

    def is_shown(self, request) -> bool:
        return request.user.has_perms(self.permissions_required)


def urls():
    return [
        path("consultations/numbers/", Dashboard.as_view(), name="intake_numbers"),
        path("consultations/export/", Export.as_view(), name="intake_export"),
        path("consultations/looks/", LooksReport.as_view(), name="intake_looks"),
        path("consultations/looks/results/", LooksReport.as_view(results_only=True), name="intake_looks_results"),
    ]
