"""The body of a page: twelve blocks at most, since who writes must be able to remember them all."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from innerbalance.blocks.actions import CalloutBlock, NewsletterBlock, NoticeBlock
from innerbalance.blocks.outputs import BlockOutputs, BodyOutputs, absolute
from innerbalance.blocks.text import (
    RICH_TEXT,
    ComparisonBlock,
    HeadingBlock,
    ImageBlock,
    QuestionsBlock,
    QuoteBlock,
    ReferencesBlock,
    SignsBlock,
    TextBlock,
)


class AssessmentBlock(BlockOutputs, SnippetChooserBlock):
    """A self-assessment on a page; in plain text and in emails a link to it. A migration sees Wagtail's own block."""

    class Meta:
        icon = "form"
        label = _("Self-assessment")
        template = "assessment/blocks/assessment.html"
        email_template = "assessment/blocks/assessment_email.html"
        description = _("A self-assessment; the reader's answers stay with the reader.")
        preview_value = None

    def deconstruct(self):
        return ("wagtail.snippets.blocks.SnippetChooserBlock", *self._constructor_args)

    def plain_text(self, value, context=None):
        return f"{value.title}: {absolute(value.get_absolute_url(), context)}" if value and value.live else ""


class BodyBlock(BodyOutputs, blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock(features=RICH_TEXT)
    image = ImageBlock()
    signs = SignsBlock()
    comparison = ComparisonBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    notice = NoticeBlock()
    questions = QuestionsBlock()
    references = ReferencesBlock()
    assessment = AssessmentBlock("assessment.Assessment")
    newsletter = NewsletterBlock()

    class Meta:
        required = False

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        message = gettext("This heading skips a level. Make it one level smaller than the heading above it.")
        errors = {number: ValidationError(message) for number in skipped_levels(cleaned)}
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


def skipped_levels(body: blocks.StreamValue) -> list[int]:
    """Positions of headings that go down by more than one level (a page's title is level 1)."""
    above, found = 1, []
    for number, child in enumerate(body):
        for level in child.block.heading_levels(child.value):
            if level > above + 1:
                found.append(number)
            above = level
    return found
