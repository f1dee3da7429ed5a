"""How many requests came, how soon they were answered, where from, and how they ended. Counts only."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innerbalance import charts
from innerbalance.admin_access import PrivateAdminMixin
from intake.desk.access import VIEW
from intake.desk.choices import Choices, offices
from intake.desk.fields import set_choices
from intake.rules.statistics import WEEKS, WEEKS_OFFERED
from intake.services.statistics import request_statistics


class ReportView(PrivateAdminMixin, WagtailAdminTemplateMixin):
    """A report with its title in the breadcrumbs."""

    private_permission: tuple[str, ...] = (VIEW,)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class PeriodForm(forms.Form):
    """Which weeks and which office the statistics are about. What it can't read falls back to the default."""

    weeks = forms.TypedChoiceField(label=gettext_lazy("Weeks"), coerce=int, required=False)
    office = forms.TypedChoiceField(label=gettext_lazy("Office"), coerce=int, required=False, empty_value=None)

    def __init__(self, data) -> None:
        super().__init__({"weeks": data.get("weeks") or WEEKS, "office": data.get("office", "")}, label_suffix="")
        set_choices(self, "weeks", _weeks_offered())
        set_choices(self, "office", [("", _("All offices")), *offices()])

    def chosen(self) -> tuple[int, int | None]:
        self.is_valid()
        return self.cleaned_data.get("weeks") or WEEKS, self.cleaned_data.get("office")


class Statistics(ReportView, TemplateView):
    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Consultation statistics")
    header_icon = "order-down"
    template_name = "intake/admin/reports/statistics.html"

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm(self.request.GET)

    def get_context_data(self, **kwargs):
        weeks, office_id = self.form.chosen()
        counted = request_statistics(weeks=weeks, now=timezone.now(), office_id=office_id)
        labels = [week.label for week in counted.weeks]
        return super().get_context_data(
            form=self.form,
            statistics=counted,
            arrivals=charts.columns(
                labels, [week.received for week in counted.weeks], words=_("Week of {label}: {value}")
            ),
            answers=charts.lines(
                labels,
                [week.times.median for week in counted.weeks],
                [week.times.ninetieth for week in counted.weeks],
                solid_words=_("Week of {label}: median {value} h"),
                dashed_words=_("Week of {label}: 90th percentile {value} h"),
            ),
            offices=charts.rows(counted.offices),
            sources=charts.rows(counted.sources),
            outcomes=charts.rows(counted.outcomes),
            **kwargs,
        )


def _weeks_offered() -> Choices:
    return [(str(each), _("Last %(weeks)d weeks") % {"weeks": each}) for each in WEEKS_OFFERED]
