"""The parts of an assessment as its editor fills them in.

Hardly anything is required here: a draft may be saved half-written, and AssessmentForm says at the same fields what is
missing for publication.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from assessment.rules.definition import Method, SafetyWhen

LETTERS = [(letter, format_lazy(_("Scale {letter}"), letter=letter)) for letter in "ABCDEF"]
TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class LabelBlock(blocks.StructBlock):
    text = blocks.CharBlock(required=False, max_length=80, label=_("Answer"))
    value = blocks.IntegerBlock(
        required=False,
        min_value=-1000,
        max_value=1000,
        help_text=_("A whole number. Values rise from the first answer to the last."),
    )

    class Meta:
        icon = "radio-empty"
        label = _("Answer")
        label_format = "{value}: {text}"


class RangeBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Name"),
        help_text=_("A calm word or two for the reader, not a grade."),
    )
    low = blocks.DecimalBlock(required=False, label=_("From"), max_digits=8)
    high = blocks.DecimalBlock(required=False, label=_("Up to and including"), max_digits=8)
    text = blocks.RichTextBlock(
        required=False,
        features=TEXT_FEATURES,
        label=_("What it may mean"),
        help_text=_("A low result deserves a kind word too."),
    )

    class Meta:
        icon = "order"
        label = _("Range")
        label_format = "{name}: {low}–{high}"


class ScaleBlock(blocks.StructBlock):
    letter = blocks.ChoiceBlock(
        choices=LETTERS,
        required=False,
        label=_("Letter"),
        help_text=_("Questions, pairs and examples refer to this scale by its letter."),
    )
    name = blocks.CharBlock(required=False, max_length=120, label=_("Name"))
    low_end = blocks.CharBlock(required=False, max_length=60, label=_("Low end"))
    high_end = blocks.CharBlock(required=False, max_length=60, label=_("High end"))
    ranges = blocks.ListBlock(
        RangeBlock(),
        default=[],
        label=_("Ranges"),
        help_text=_(
            "From lowest to highest, each starting right after the one before: 0 to 8, 9 to 16."
            " A mean has two decimals: 0 to 1.50, 1.51 to 3."
        ),
    )
    method = blocks.ChoiceBlock(
        choices=[(Method.SUM.value, _("Sum of the answers")), (Method.MEAN.value, _("Mean of the answers"))],
        default=Method.SUM.value,
        required=False,
        label=_("How answers are added up"),
    )
    missing_percent = blocks.IntegerBlock(
        default=20,
        required=False,
        label=_("Percentage of answers that may be missing"),
        help_text=_(
            "If more of this scale's questions are unanswered, readers are told that there aren't enough answers."
            " Otherwise the score is calculated from the rest."
        ),
    )

    class Meta:
        icon = "sliders"
        label = _("Scale")
        label_format = "{letter}: {name}"
        form_layout = BlockGroup(
            ["letter", "name", "low_end", "high_end", "ranges"],
            settings=["method", "missing_percent"],
        )


class ItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(required=False, max_length=300, label=_("Question or statement"))
    scale = blocks.ChoiceBlock(choices=LETTERS, required=False, label=_("Counts for"))
    reversed = blocks.BooleanBlock(
        required=False,
        label=_("Reverse-keyed"),
        help_text=_("The higher the answer, the lower the score."),
    )
    safety = blocks.ChoiceBlock(
        choices=[
            (SafetyWhen.FROM.value, _("this answer or a higher one is given")),
            (SafetyWhen.UP_TO.value, _("this answer or a lower one is given")),
        ],
        required=False,
        label=_("Show the crisis line when"),
        help_text=_("Leave empty unless this is a safety question."),
    )
    safety_value = blocks.IntegerBlock(
        required=False,
        label=_("Value of this answer"),
        help_text=_("The answer as given, even if the question is reverse-keyed."),
    )

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{scale}: {text}"
        form_layout = BlockGroup(["text", "scale", "reversed"], settings=["safety", "safety_value"])


class PairBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Name"),
        help_text=_("What to call this combination, such as “Middle ground”."),
    )
    first_scale = blocks.ChoiceBlock(choices=LETTERS, required=False, label=_("First scale"))
    first_range = blocks.CharBlock(required=False, max_length=80, label=_("Name of the range on the first scale"))
    second_scale = blocks.ChoiceBlock(choices=LETTERS, required=False, label=_("Second scale"))
    second_range = blocks.CharBlock(required=False, max_length=80, label=_("Name of the range on the second scale"))
    text = blocks.RichTextBlock(required=False, features=TEXT_FEATURES, label=_("What they may mean together"))

    class Meta:
        icon = "link"
        label = _("Pair of ranges")
        label_format = "{name}"


class ExpectedBlock(blocks.StructBlock):
    scale = blocks.ChoiceBlock(choices=LETTERS, required=False, label=_("Scale"))
    range = blocks.CharBlock(required=False, max_length=80, label=_("Name of the range"))
    score = blocks.DecimalBlock(
        required=False, max_digits=8, label=_("Score"), help_text=_("Optional. Checked if you enter it.")
    )

    class Meta:
        icon = "check"
        label = _("Expected result")
        label_format = "{scale}: {range}"


class ExampleBlock(blocks.StructBlock):
    answers = blocks.CharBlock(
        required=False,
        label=_("Answers"),
        max_length=600,
        help_text=_("The value of each answer in order, separated by spaces: 0 3 1 2. Use a dash (-) for no answer."),
    )
    expected = blocks.ListBlock(ExpectedBlock(), default=[], label=_("Expected results"))

    class Meta:
        icon = "tasks"
        label = _("Worked example")
        label_format = "{answers}"


class ReferenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=400, label=_("Text"))
    url = blocks.URLBlock(required=False, label=_("Web address"))

    class Meta:
        icon = "openquote"
        label = _("Reference")
        label_format = "{text}"
