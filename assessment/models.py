"""An assessment as its authors write it, and how often it is begun and finished."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.fields import RichTextField, StreamField
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
from assessment.definition import Definition
from assessment.drafts import Draft
from assessment.problems import Problem
from assessment.soundness import INSTRUMENT, OWN, definition_of, publishing_problems


class NotPublishable(PermissionDenied):
    """An unsound assessment was about to be published past its editing form."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def live(self) -> "AssessmentQuerySet":
        return self.filter(live=True)

    def due_for_review(self, today: date) -> "AssessmentQuerySet":
        return self.live().filter(review_due__lte=today)


class Assessment(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    class Layout(models.TextChoices):
        STEPS = "steps", "One question at a time"
        PAGE = "page", "All questions on one page"

    class Origin(models.TextChoices):
        OWN = OWN, "Own reflection, not a validated scale"
        INSTRUMENT = INSTRUMENT, "A named instrument, used with permission"

    title = models.CharField(max_length=200)
    slug = models.SlugField(
        unique=True,
        max_length=100,
        help_text="The last part of its address, /self-assessment/…/.",
    )
    introduction = RichTextField(
        blank=True,
        features=TEXT_FEATURES,
        help_text="What it is and what it looks at. That it is neither a test nor a diagnosis, and"
        " that answers stay with the reader, is said for you.",
    )
    minutes = models.PositiveSmallIntegerField(
        "minutes it takes", default=5, help_text="As the reader is told before beginning."
    )
    layout = models.CharField("shown as", max_length=10, choices=Layout.choices, default=Layout.STEPS)
    labels = StreamField(
        [("label", LabelBlock())],
        blank=True,
        verbose_name="answers to choose from",
        help_text="The same for every question, from the lowest value to the highest.",
    )
    scales = StreamField([("scale", ScaleBlock())], blank=True)
    items = StreamField([("item", ItemBlock())], blank=True, verbose_name="questions")
    pairs = StreamField(
        [("pair", PairBlock())],
        blank=True,
        verbose_name="pairs of ranges",
        help_text="Words for two scales together. Optional.",
    )
    examples = StreamField(
        [("example", ExampleBlock())],
        blank=True,
        verbose_name="worked examples",
        help_text="Answers with the result you expect, at least one for each range. They are"
        " scored whenever you publish, and must come out as you say.",
    )
    next_steps = RichTextField("what one can do next", blank=True, features=TEXT_FEATURES)
    limits = RichTextField("what it can't tell", blank=True, features=TEXT_FEATURES)
    references = StreamField([("reference", ReferenceBlock())], blank=True)

    origin = models.CharField("where it comes from", max_length=12, choices=Origin.choices)
    instrument = models.CharField("name of the instrument", max_length=200, blank=True)
    citation = models.TextField(blank=True)
    licence = models.CharField("licence or permission", max_length=300, blank=True)
    permission_document = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="proof of permission",
    )

    author = models.ForeignKey(
        "pages.ClinicianPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_on = models.DateField("last reviewed on", null=True, blank=True)
    review_due = models.DateField("next review due on", null=True, blank=True)
    counts_runs = models.BooleanField(
        "count how often it is begun and finished",
        default=True,
        help_text="Two totals a day and nothing else: nothing about the reader or the answers.",
    )
    trial_answers = models.CharField(
        "answers to try",
        max_length=600,
        blank=True,
        help_text="One value for each question, apart by spaces, a dash for no answer: the preview"
        " “Result of the answers to try” then shows their result. Readers never see this.",
    )

    objects = AssessmentQuerySet.as_manager()

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]
    preview_modes = [("", "What the reader sees"), ("result", "Result of the answers to try")]

    class Meta:
        ordering = ("title",)
        verbose_name = "self-assessment"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessment:take", args=[self.slug])

    def draft(self) -> Draft:
        """What has been written so far, as the rules read it."""
        return {
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
                "licence": self.licence,
                "has_permission_document": self.permission_document_id is not None,
            },
            "reviewed_on": self.reviewed_on,
            "review_due": self.review_due,
        }

    @cached_property
    def definition(self) -> Definition:
        """What the scorers read. Raises soundness.Unsound for a draft that can't be scored."""
        return definition_of(self.draft())

    def publishing_problems(self) -> list[Problem]:
        return publishing_problems(self.draft())

    def publish(self, revision, *args, **kwargs):
        """Raises NotPublishable for an unsound revision, whichever way it was to be published."""
        if problems := revision.as_object().publishing_problems():
            raise NotPublishable(f"This self-assessment isn't sound yet: {problems[0].message}")
        return super().publish(revision, *args, **kwargs)

    def get_preview_template(self, request, mode_name):
        return "assessment/preview.html"


class AssessmentDay(models.Model):
    """How often an assessment was begun and finished on one day of the practice's time zone."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(db_index=True)
    begun = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(fields=["assessment", "day"], name="one_row_a_day"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.assessment} on {self.day:%Y-%m-%d}"
