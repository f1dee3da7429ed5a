"""The admin's screens for self-assessments: the editor and the counts."""

from django.urls import path, reverse
from wagtail.admin.auth import permission_denied
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
from wagtail.snippets.views.snippets import SnippetViewSet

from assessment.forms import AssessmentForm
from assessment.models import Assessment, AssessmentDay

CAN_SEE_COUNTS = "assessment.view_assessmentday"


class AssessmentViewSet(SnippetViewSet):
    model = Assessment
    icon = "form"
    menu_label = "Self-assessments"
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
                heading="Questions",
            ),
            ObjectList([FieldPanel("scales"), FieldPanel("pairs")], heading="Scales"),
            ObjectList(
                [
                    HelpPanel(
                        "Type answers here and choose “Result of the answers to try” in the preview"
                        " to see the result that a reader would get."
                    ),
                    FieldPanel("trial_answers"),
                    FieldPanel("examples"),
                ],
                heading="Try and prove",
            ),
            ObjectList(
                [FieldPanel("next_steps"), FieldPanel("limits"), FieldPanel("references")],
                heading="Closing words",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("origin"),
                            FieldPanel("instrument"),
                            FieldPanel("citation"),
                            FieldPanel("licence"),
                            FieldPanel("permission_document"),
                        ],
                        heading="Where it comes from",
                        help_text="Without this it can’t be published. An instrument needs all of its"
                        " fields: many are under copyright and may not be used without permission.",
                    ),
                    FieldPanel("author"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
                    FieldPanel("counts_runs"),
                    PublishingPanel(),
                ],
                heading="Origin and review",
            ),
        ],
        base_form_class=AssessmentForm,
    )


class CountsReport(ReportView):
    """How often each self-assessment was begun and finished, by day."""

    page_title = "Self-assessment counts"
    header_icon = "form"
    index_url_name = "assessment_counts"
    index_results_url_name = "assessment_counts_results"
    results_template_name = "assessment/admin/counts_results.html"
    is_searchable = False
    columns = [
        Column("day", label="Day"),
        Column("assessment", label="Self-assessment"),
        Column("begun", label="Begun"),
        Column("finished", label="Finished"),
    ]
    list_export = ["day", "assessment", "begun", "finished"]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(CAN_SEE_COUNTS):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return AssessmentDay.objects.select_related("assessment")

    def get_queryset(self):
        return self.get_base_queryset()


class CountsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(CAN_SEE_COUNTS)


def counts_menu_item() -> MenuItem:
    return CountsMenuItem("Self-assessment counts", reverse("assessment_counts"), icon_name="form", order=710)


def counts_urls():
    return [
        path("reports/self-assessments/", CountsReport.as_view(), name="assessment_counts"),
        path(
            "reports/self-assessments/results/",
            CountsReport.as_view(results_only=True),
            name="assessment_counts_results",
        ),
    ]
