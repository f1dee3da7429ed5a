"""The blocks that hold what an author writes: headings, text, pictures, lists, tables, quotes, questions, sources."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from innerbalance.blocks.outputs import BlockOutputs, lines, rich_as_text, rich_link_texts, underlined

RICH_TEXT = ["bold", "italic", "link", "ol", "ul", "document-link"]


class HeadingValue(blocks.StructValue):
    """`anchor` is what a link can point to; the page makes it unique among its headings."""

    @property
    def anchor(self) -> str:
        return getattr(self, "unique_anchor", "") or slugify(self.get("text", "")) or "section"

    @property
    def level_number(self) -> int:
        """2 to 4: a page's title is level 1."""
        return int(self["level"].removeprefix("h"))


class HeadingBlock(BlockOutputs, blocks.StructBlock):
    text = blocks.CharBlock(max_length=200, label=_("Text"))
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Part of a section")), ("h4", _("Detail"))],
        default="h2",
        label=_("Level"),
        help_text=_("Go down one step at a time: a part belongs to a section, a detail to a part."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        email_template = "blocks/email/heading.html"
        value_class = HeadingValue
        description = _("A heading. Long posts list their headings at the top.")
        preview_value = {"text": _("What helps on a hard day"), "level": "h2"}

    def plain_text(self, value, context=None):
        return underlined(value["text"])

    def heading_levels(self, value):
        return [value.level_number]


class TextBlock(BlockOutputs, blocks.RichTextBlock):
    """Paragraphs. To a migration it is Wagtail's own block, so that none depends on this class."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        email_template = "blocks/email/text.html"
        description = _("Paragraphs and simple lists.")
        preview_value = _("<p>A short walk, a call to a friend, <b>ten slow breaths</b>: small things count.</p>")

    def deconstruct(self):
        return ("wagtail.blocks.RichTextBlock", *self._constructor_args)

    def plain_text(self, value, context=None):
        return rich_as_text(value, context)

    def link_texts(self, value):
        return rich_link_texts(value)


class ImageBlock(BlockOutputs, blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Description for people who can't see it"),
        help_text=_("Say what the picture shows and why it is here. Leave empty only when it is decoration."),
    )
    decorative = blocks.BooleanBlock(required=False, label=_("It is only decoration"))
    caption = blocks.CharBlock(required=False, max_length=300, label=_("Caption"))
    credit = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Credit"),
        help_text=_("If you leave this empty, the picture's own credit is used."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"
        email_template = "blocks/email/image.html"
        description = _("A picture with caption and credit.")
        preview_value = {
            "image": None,
            "alt": "",
            "decorative": True,
            "caption": _("Morning light on the Superstition Mountains"),
            "credit": "",
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["alt"] and not cleaned["decorative"]:
            message = gettext("Describe the picture, or check that it is only decoration.")
            raise StructBlockValidationError({"alt": ValidationError(message)})
        return cleaned

    def plain_text(self, value, context=None):
        shown = value["caption"] or ("" if value["decorative"] else value["alt"])
        described = gettext("[Picture: %(description)s]") % {"description": shown} if shown else ""
        return " ".join(filter(None, [described, value["credit"]]))

    def picture_descriptions(self, value):
        return [value["alt"]]

    def pictures(self, value):
        return [value["image"]]


class SignsBlock(BlockOutputs, blocks.StructBlock):
    lead_in = blocks.TextBlock(required=False, rows=2, label=_("Lead-in"), help_text=_("The sentence before the list."))
    items = blocks.ListBlock(blocks.CharBlock(max_length=400, label=_("Sign")), min_num=1, label=_("Signs"))

    class Meta:
        icon = "list-ul"
        label = _("Signs")
        template = "blocks/signs.html"
        email_template = "blocks/email/signs.html"
        description = _("Signs a reader may recognize, as a list with a lead-in.")
        preview_value = {
            "lead_in": _("You may notice that"),
            "items": [_("you sleep less than you need"), _("small things feel large")],
        }

    def plain_text(self, value, context=None):
        return lines([value["lead_in"], *(f"- {item}" for item in value["items"])])


class ComparisonRowBlock(blocks.StructBlock):
    topic = blocks.CharBlock(required=False, max_length=200, label=_("Topic"))
    first = blocks.TextBlock(rows=3, label=_("First side"))
    second = blocks.TextBlock(rows=3, label=_("Second side"))

    class Meta:
        icon = "list-ol"
        label_format = "{topic}"


class ComparisonBlock(BlockOutputs, blocks.StructBlock):
    caption = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Caption"),
        help_text=_("What is compared, for people who listen to the table."),
    )
    first_side = blocks.CharBlock(max_length=80, label=_("Name of the first side"))
    second_side = blocks.CharBlock(max_length=80, label=_("Name of the second side"))
    rows = blocks.ListBlock(ComparisonRowBlock(), min_num=1, label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Comparison")
        template = "blocks/comparison.html"
        email_template = "blocks/email/comparison.html"
        description = _("Two sides compared topic by topic: a table on wide screens, pairs on a phone.")
        preview_value = {
            "caption": _("Stress and burnout"),
            "first_side": _("Stress"),
            "second_side": _("Burnout"),
            "rows": [{"topic": _("Energy"), "first": _("Too much of everything"), "second": _("Nothing left")}],
        }

    def plain_text(self, value, context=None):
        rows = [
            lines([row["topic"], f"{value['first_side']}: {row['first']}", f"{value['second_side']}: {row['second']}"])
            for row in value["rows"]
        ]
        return "\n\n".join(filter(None, [value["caption"], *rows]))


class QuoteBlock(BlockOutputs, blocks.StructBlock):
    text = blocks.TextBlock(rows=3, label=_("Text"))
    source = blocks.CharBlock(required=False, max_length=200, label=_("Source"), help_text=_("Who said it, and where."))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        email_template = "blocks/email/quote.html"
        description = _("Someone's words, or a sentence of your own worth a pause.")
        preview_value = {"text": _("Rest is not a reward for finishing."), "source": _("An old saying")}

    def plain_text(self, value, context=None):
        quoted = [f"> {line}" for line in value["text"].splitlines()]
        return lines([*quoted, f"> ({value['source']})" if value["source"] else ""])


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=250, label=_("Question"))
    answer = blocks.RichTextBlock(features=RICH_TEXT, label=_("Answer"))

    class Meta:
        icon = "help"
        label_format = "{question}"


class QuestionsBlock(BlockOutputs, blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "blocks/questions.html"
        email_template = "blocks/email/questions.html"
        description = _("Questions and answers that open one by one; search engines are told of them.")
        preview_value = {"items": [{"question": _("How long is a session?"), "answer": _("<p>Fifty minutes.</p>")}]}

    def plain_text(self, value, context=None):
        return "\n\n".join(f"{item['question']}\n{rich_as_text(item['answer'], context)}" for item in value["items"])

    def link_texts(self, value):
        return [text for item in value["items"] for text in rich_link_texts(item["answer"])]

    def questions(self, value):
        return [(item["question"], str(item["answer"])) for item in value["items"]]


class ReferenceBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=2, label=_("Text"), help_text=_("Author, year, title, publisher."))
    url = blocks.URLBlock(required=False, label=_("Web address"))

    class Meta:
        icon = "link-external"
        label_format = "{text}"


class ReferencesBlock(BlockOutputs, blocks.StructBlock):
    items = blocks.ListBlock(ReferenceBlock(), min_num=1, label=_("References"))

    class Meta:
        icon = "list-ol"
        label = _("References")
        template = "blocks/references.html"
        email_template = "blocks/email/references.html"
        description = _("Numbered sources with links.")
        preview_value = {
            "items": [
                {
                    "text": _("National Institute of Mental Health: Caring for Your Mental Health"),
                    "url": "https://www.nimh.nih.gov/",
                }
            ]
        }

    def plain_text(self, value, context=None):
        numbered = (lines([f"{number}. {item['text']}", item["url"]]) for number, item in enumerate(value["items"], 1))
        heading = underlined(gettext("References"))
        return lines([heading, *numbered])
