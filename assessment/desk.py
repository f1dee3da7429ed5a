"""The admin's screens for self-assessments: the editor and the counts."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from assessment.forms import AssessmentForm
from assessment.models import Assessment, AssessmentDay
from innerbalance.admin_access import PrivateAdminMixin

CAN_SEE_COUNTS = "assessment.view_assessmentday"


class AddAssessment(CreateView):
    """Saves by its buttons alone.

    Wagtail's autosave makes the row by itself; who presses Publish while that is under way is told that the slug
    exists already, and finds a second draft. The editor of a row that exists goes on saving by itself.
    """

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.autosave_interval, self.autosave_enabled = 0, False


class AssessmentViewSet(SnippetViewSet):
    model = Assessment
    add_view_class = AddAssessment
    icon = "form"
    menu_label = _("Self-assessments")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["title", "review_due"]
    search_fields = ["title"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("slug"),
                    FieldPanel("introduction"),
                    FieldRowPanel([FieldPanel("minutes"), FieldPanel("layout")]),
                    FieldPanel("labels"),
                    FieldPanel("items"),
                ],
                heading=_("Questions"),
            ),
            ObjectList([FieldPanel("scales"), FieldPanel("pairs")], heading=_("Scales")),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Enter answers here and choose “Result of the trial answers” in the preview to see"
                            " the result that a reader would get."
                        )
                    ),
                    FieldPanel("trial_answers"),
                    FieldPanel("examples"),
                ],
                heading=_("Test"),
            ),
            ObjectList(
                [FieldPanel("next_steps"), FieldPanel("limits"), FieldPanel("references")],
                heading=_("Closing"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("origin"),
                            FieldPanel("instrument"),
                            FieldPanel("citation"),
                            FieldPanel("license"),
                            FieldPanel("permission_document"),
                        ],
                        heading=_("Where it comes from"),
                        help_text=_(
                            "Required to publish. An instrument needs all of these fields: many are under"
                            " copyright and may not be used without permission."
                        ),
                    ),
                    FieldPanel("author"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
                    FieldPanel("counts_runs"),
                    PublishingPanel(),
                ],
                heading=_("Source and review"),
            ),
        ],
        base_form_class=AssessmentForm,
    )


class CountsReport(PrivateAdminMixin, ReportView):
    """How often each self-assessment was started and finished, by day."""

    private_permission = CAN_SEE_COUNTS
    page_title = _("Self-assessment counts")
    header_icon = "form"
    index_url_name = "assessment_counts"
    index_results_url_name = "assessment_counts_results"
    results_template_name = "assessment/admin/counts_results.html"
    is_searchable = False
    columns = [
        Column("day", label=_("Day")),
        Column("assessment", label=_("Self-assessment")),
        Column("started", label=_("Started")),
        Column("finished", label=_("Finished")),
    ]
    list_export = ["day", "assessment", "started", "finished"]

    def get_base_queryset(self):
        return AssessmentDay.objects.select_related("assessment")

    def get_queryset(self):
        return self.get_base_queryset()


class CountsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(CAN_SEE_COUNTS)


def counts_menu_item() -> MenuItem:
    return CountsMenuItem(_("Self-assessment counts"), reverse("assessment_counts"), icon_name="form", order=710)


def counts_urls():
    return [
        path("reports/self-assessments/", CountsReport.as_view(), name="assessment_counts"),
        path(
            "reports/self-assessments/results/",
            CountsReport.as_view(results_only=True),
            name="assessment_counts_results",
        ),
    ]
