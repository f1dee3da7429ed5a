"""The vocabulary of every body on the site: one StoryBlock with twelve blocks, each with a template of its own."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from innerbalance import block_previews as previews

RICH_TEXT = ["bold", "italic", "link", "ol", "ul", "document-link"]
INLINE_TEXT = ["bold", "italic", "link"]


class HeadingValue(blocks.StructValue):
    """`anchor` is what a link can point to; the page makes it unique among its headings."""

    @property
    def anchor(self) -> str:
        return getattr(self, "unique_anchor", "") or slugify(self.get("text", "")) or "section"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=200)
    level = blocks.ChoiceBlock(
        choices=[("h2", "Section"), ("h3", "Part of a section"), ("h4", "Detail")],
        default="h2",
        help_text="Go down one step at a time: a part belongs to a section, a detail to a part.",
    )

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = "A heading. Long posts list their headings at the top."
        preview_value = previews.HEADING


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label="Picture")
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label="Description for people who can't see it",
        help_text="Say what the picture shows and why it is here. Leave empty only when it is decoration.",
    )
    decorative = blocks.BooleanBlock(required=False, label="It is only decoration")
    caption = blocks.CharBlock(required=False, max_length=300)
    credit = blocks.CharBlock(
        required=False, max_length=200, help_text="Without one, the picture's own credit is used."
    )

    class Meta:
        icon = "image"
        template = "blocks/image.html"
        description = "A picture with caption and credit."
        preview_value = previews.IMAGE

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["alt"] and not cleaned["decorative"]:
            message = "Describe the picture, or tick that it is only decoration."
            raise StructBlockValidationError({"alt": ValidationError(message)})
        return cleaned


class SignsBlock(blocks.StructBlock):
    lead_in = blocks.TextBlock(required=False, rows=2, label="Lead-in", help_text="The sentence before the list.")
    items = blocks.ListBlock(blocks.CharBlock(max_length=400, label="Sign"), min_num=1, label="Signs")

    class Meta:
        icon = "list-ul"
        template = "blocks/signs.html"
        description = "Signs a reader may recognise, as a list with a lead-in."
        preview_value = previews.SIGNS


class ComparisonRowBlock(blocks.StructBlock):
    topic = blocks.CharBlock(required=False, max_length=200)
    first = blocks.TextBlock(rows=3, label="First side")
    second = blocks.TextBlock(rows=3, label="Second side")

    class Meta:
        icon = "list-ol"
        label_format = "{topic}"


class ComparisonBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        required=False, max_length=200, help_text="What is compared, for people who hear the table."
    )
    first_side = blocks.CharBlock(max_length=80, label="Name of the first side")
    second_side = blocks.CharBlock(max_length=80, label="Name of the second side")
    rows = blocks.ListBlock(ComparisonRowBlock(), min_num=1)

    class Meta:
        icon = "table"
        template = "blocks/comparison.html"
        description = "Two sides compared topic by topic: a table on wide screens, pairs on a phone."
        preview_value = previews.COMPARISON


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=3)
    source = blocks.CharBlock(required=False, max_length=200, help_text="Who said it, and where.")

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = "Someone's words, or a sentence of yours worth a pause."
        preview_value = previews.QUOTE


class LinkValue(blocks.StructValue):
    """`url` is the page's path or the address, so templates have no branches."""

    @property
    def url(self) -> str:
        if page := self.get("page"):
            return page.get_url() or ""
        return self.get("address") or ""


def check_address(address: str) -> None:
    """Only paths of this site, https, mail and phone addresses can be links of a button."""
    if address and not address.startswith(("/", "https://", "http://", "mailto:", "tel:", "#")):
        raise ValidationError("Start with https://, with / for a page of this site, or with tel: or mailto:.")


class ButtonBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, help_text="Say where it leads: “Request a consultation”, not “Click here”.")
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        required=False, max_length=500, validators=[check_address], help_text="When it is not one of the site's pages."
    )

    class Meta:
        icon = "link"
        value_class = LinkValue
        label_format = "{text}"

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(cleaned["address"]):
            message = "Choose a page or write an address, one of the two."
            raise StructBlockValidationError({"page": ValidationError(message)})
        return cleaned


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=200)
    text = blocks.TextBlock(required=False, rows=3)
    buttons = blocks.ListBlock(ButtonBlock(), min_num=0, max_num=2, default=[])

    class Meta:
        icon = "pick"
        template = "blocks/callout.html"
        description = "An invitation with up to two buttons."
        preview_value = previews.CALLOUT


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("information", "Good to know"), ("crisis", "Help in a crisis")], default="information"
    )
    heading = blocks.CharBlock(max_length=200)
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        icon = "warning"
        template = "blocks/notice.html"
        description = "Something a reader must not miss; in a crisis with the numbers to call."
        preview_value = previews.NOTICE


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=250)
    answer = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        icon = "help"
        label_format = "{question}"


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), min_num=1, label="Questions")

    class Meta:
        icon = "help"
        template = "blocks/questions.html"
        description = "Questions and answers that open one by one; search engines are told of them."
        preview_value = previews.QUESTIONS


class ReferenceBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=2, help_text="Author, year, title, publisher.")
    url = blocks.URLBlock(required=False, label="Address")

    class Meta:
        icon = "link-external"
        label_format = "{text}"


class ReferencesBlock(blocks.StructBlock):
    items = blocks.ListBlock(ReferenceBlock(), min_num=1, label="References")

    class Meta:
        icon = "list-ol"
        template = "blocks/references.html"
        description = "Numbered sources with links."
        preview_value = previews.REFERENCES


class NewsletterBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, default="News from the practice")
    text = blocks.TextBlock(required=False, rows=2)

    class Meta:
        icon = "mail"
        template = "newsletter/blocks/sign_up.html"
        description = "The newsletter's sign-up form."
        preview_value = previews.NEWSLETTER


class StoryBlock(blocks.StreamBlock):
    """A body. Twelve blocks at most: who writes must be able to remember them all."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        features=RICH_TEXT,
        icon="pilcrow",
        template="blocks/text.html",
        description="Paragraphs and simple lists.",
        preview_value=previews.TEXT,
    )
    image = ImageBlock(label="Picture")
    signs = SignsBlock()
    comparison = ComparisonBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    notice = NoticeBlock()
    questions = QuestionsBlock(label="Questions and answers")
    references = ReferencesBlock()
    assessment = SnippetChooserBlock(
        "assessment.Assessment",
        icon="form",
        label="Self-assessment",
        template="assessment/blocks/assessment.html",
        description="A self-assessment; the reader's answers stay with the reader.",
        preview_value=None,
    )
    newsletter = NewsletterBlock(label="Newsletter sign-up")

    class Meta:
        required = False

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {
            number: ValidationError("This heading skips a level; make it one step smaller than the heading above.")
            for number in skipped_levels([(child.block_type, child.value) for child in cleaned])
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


def skipped_levels(children: list[tuple[str, dict]]) -> list[int]:
    """Positions of headings that go down by more than one level (a page's title is level 1)."""
    above, found = 1, []
    for number, (block_type, value) in enumerate(children):
        if block_type == "heading":
            level = int(value["level"].removeprefix("h"))
            if level > above + 1:
                found.append(number)
            above = level
    return found
