"""An assessment as its authors write it, and how often it is started and finished."""

from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from assessment.blocks import (
    TEXT_FEATURES,
    ExampleBlock,
    ItemBlock,
    LabelBlock,
    PairBlock,
    ReferenceBlock,
    ScaleBlock,
)
from assessment.formats.problems import problem_text
from assessment.formats.results import ResultTexts
from assessment.rules import definition as rules
from assessment.rules.definition import Definition
from assessment.rules.problems import Problem
from assessment.rules.schema import Draft
from assessment.rules.validation import definition_of, publishing_problems
from innerbalance.caching.whole_changes import ShownToReaders
from innerbalance.fields import StreamField


class NotPublishable(PermissionDenied):
    """An assessment with problems was about to be published past its editing form."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def live(self) -> "AssessmentQuerySet":
        return self.filter(live=True)

    def due_for_review(self, today: date) -> "AssessmentQuerySet":
        return self.live().filter(review_due__lte=today)


class Assessment(
    ShownToReaders,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    class Layout(models.TextChoices):
        STEPS = "steps", _("One question at a time")
        PAGE = "page", _("All questions on one page")

    class Origin(models.TextChoices):
        OWN = rules.Origin.OWN.value, _("Our own reflection, not a validated scale")
        INSTRUMENT = rules.Origin.INSTRUMENT.value, _("A published instrument, used with permission")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=100,
        help_text=_("The last part of its web address, /self-assessment/…/."),
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_(
            "What this self-assessment looks at. You don't need to say that it isn't a test or a diagnosis,"
            " or that answers stay with the reader: the page says so."
        ),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=5, help_text=_("Readers see this before they begin.")
    )
    layout = models.CharField(_("layout"), max_length=10, choices=Layout.choices, default=Layout.STEPS)
    labels = StreamField(
        [("label", LabelBlock())],
        blank=True,
        verbose_name=_("answers to choose from"),
        help_text=_("The same for every question, from the lowest value to the highest."),
    )
    scales = StreamField([("scale", ScaleBlock())], blank=True, verbose_name=_("scales"))
    items = StreamField([("item", ItemBlock())], blank=True, verbose_name=_("questions"))
    pairs = StreamField(
        [("pair", PairBlock())],
        blank=True,
        verbose_name=_("pairs of ranges"),
        help_text=_("What results on two scales mean together. Optional."),
    )
    examples = StreamField(
        [("example", ExampleBlock())],
        blank=True,
        verbose_name=_("worked examples"),
        help_text=_(
            "Answers with the result you expect, at least one for each range. They are scored whenever you"
            " publish, and must come out as you say."
        ),
    )
    next_steps = RichTextField(_("what readers can do next"), blank=True, features=TEXT_FEATURES)
    limits = RichTextField(_("what it can't tell"), blank=True, features=TEXT_FEATURES)
    references = StreamField([("reference", ReferenceBlock())], blank=True, verbose_name=_("references"))

    origin = models.CharField(_("where it comes from"), max_length=12, choices=Origin.choices)
    instrument = models.CharField(_("name of the instrument"), max_length=200, blank=True)
    citation = models.TextField(_("citation"), blank=True)
    license = models.CharField(_("license or permission"), max_length=300, blank=True)
    permission_document = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proof of permission"),
    )

    author = models.ForeignKey(
        "pages.ClinicianPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    review_due = models.DateField(_("next review due on"), null=True, blank=True)
    counts_runs = models.BooleanField(
        _("count how often it is started and finished"),
        default=True,
        help_text=_("Two totals a day, and nothing about readers or their answers."),
    )
    trial_answers = models.CharField(
        _("trial answers"),
        max_length=600,
        blank=True,
        help_text=_(
            "One value for each question, separated by spaces, with a dash for no answer. The preview"
            " “Result of the trial answers” shows their result. Readers never see this."
        ),
    )

    objects = AssessmentQuerySet.as_manager()

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]
    preview_modes = [("", _("What readers see")), ("result", _("Result of the trial answers"))]

    class Meta:
        ordering = ("title",)
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessment:take", args=[self.slug])

    def draft(self) -> Draft:
        """What has been written so far, as the rules read it."""
        written = {
            "title": self.title,
            "labels": [dict(each.value) for each in self.labels],
            "scales": [{**each.value, "ranges": [dict(one) for one in each.value["ranges"]]} for each in self.scales],
            "items": [dict(each.value) for each in self.items],
            "pairs": [dict(each.value) for each in self.pairs],
            "examples": [
                {**each.value, "expected": [dict(one) for one in each.value["expected"]]} for each in self.examples
            ],
            "origin": {
                "kind": self.origin,
                "instrument": self.instrument,
                "citation": self.citation,
                "license": self.license,
                "has_permission_document": self.permission_document_id is not None,
            },
            "reviewed_on": self.reviewed_on,
            "review_due": self.review_due,
        }
        return cast(Draft, written)  # blocks give their values untyped

    @cached_property
    def definition(self) -> Definition:
        """What the scorers read. Raises NotScorable for a draft that can't be scored."""
        return definition_of(self.draft())

    @property
    def result_texts(self) -> ResultTexts:
        return ResultTexts(
            ranges=[[each["text"] for each in scale.value["ranges"]] for scale in self.scales],
            pairs=[pair.value["text"] for pair in self.pairs],
        )

    def publishing_problems(self) -> list[Problem]:
        return publishing_problems(self.draft())

    def publish(self, revision, *args, **kwargs):
        """Raises NotPublishable for a revision with problems, whichever way it was to be published."""
        if problems := revision.as_object().publishing_problems():
            message = gettext("This self-assessment can't be published yet: %(problem)s")
            raise NotPublishable(message % {"problem": problem_text(problems[0])})
        return super().publish(revision, *args, **kwargs)

    def get_preview_template(self, request, mode_name):
        return "assessment/preview.html"


class AssessmentDay(models.Model):
    """How often an assessment was started and finished on one day of the practice's time zone."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"), db_index=True)
    started = models.PositiveIntegerField(_("started"), default=0)
    finished = models.PositiveIntegerField(_("finished"), default=0)

    class Meta:
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(fields=["assessment", "day"], name="one_row_a_day"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.assessment} on {self.day:%Y-%m-%d}"
