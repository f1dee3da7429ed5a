"""The parts of an assessment as its editor fills them in.

Hardly anything is required here: a draft may be saved half-written, and what is missing for
publication is told by assessment.soundness, at the same fields and in plainer words.
"""

from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from assessment.definition import Method, SafetyWhen

LETTERS = [(letter, f"Scale {letter}") for letter in "ABCDEF"]
TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class LabelBlock(blocks.StructBlock):
    text = blocks.CharBlock(required=False, max_length=80, label="Answer")
    value = blocks.IntegerBlock(
        required=False,
        min_value=-1000,
        max_value=1000,
        help_text="A whole number. Values rise from the first answer to the last.",
    )

    class Meta:
        icon = "radio-empty"
        label = "Answer"
        label_format = "{value}: {text}"


class RangeBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        required=False,
        max_length=80,
        help_text="A calm word or two that the reader sees, not a grade.",
    )
    low = blocks.DecimalBlock(required=False, label="From", max_digits=8)
    high = blocks.DecimalBlock(required=False, label="Up to and including", max_digits=8)
    text = blocks.RichTextBlock(
        required=False,
        features=TEXT_FEATURES,
        label="What it may mean",
        help_text="A low result deserves a kind word too.",
    )

    class Meta:
        icon = "order"
        label = "Range"
        label_format = "{name}: {low} to {high}"


class ScaleBlock(blocks.StructBlock):
    letter = blocks.ChoiceBlock(
        choices=LETTERS,
        required=False,
        label="Letter",
        help_text="Questions, pairs and examples name this scale by its letter.",
    )
    name = blocks.CharBlock(required=False, max_length=120)
    low_end = blocks.CharBlock(required=False, max_length=60, label="Low end in words")
    high_end = blocks.CharBlock(required=False, max_length=60, label="High end in words")
    ranges = blocks.ListBlock(
        RangeBlock(),
        default=[],
        help_text="From the lowest to the highest, each beginning where the one before ended:"
        " 0 to 8, 9 to 16. A mean is counted in hundredths: 0 to 1.50, 1.51 to 3.",
    )
    method = blocks.ChoiceBlock(
        choices=[(Method.SUM, "Sum of the answers"), (Method.MEAN, "Mean of the answers")],
        default=Method.SUM,
        required=False,
        label="How answers are added up",
    )
    missing_percent = blocks.IntegerBlock(
        default=20,
        required=False,
        label="Answers that may be missing, in percent",
        help_text="With more of this scale's questions unanswered, the reader is told that there"
        " are not enough answers. Up to it, the score is worked out from the rest.",
    )

    class Meta:
        icon = "sliders"
        label = "Scale"
        label_format = "{letter}: {name}"
        form_layout = BlockGroup(
            ["letter", "name", "low_end", "high_end", "ranges"],
            settings=["method", "missing_percent"],
        )


class ItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(required=False, max_length=300, label="Question or statement")
    scale = blocks.ChoiceBlock(choices=LETTERS, required=False, label="Counts for")
    reversed = blocks.BooleanBlock(
        required=False,
        label="Reverse-keyed",
        help_text="The higher the answer, the lower the score.",
    )
    safety = blocks.ChoiceBlock(
        choices=[
            (SafetyWhen.FROM, "the answer below or a higher one is given"),
            (SafetyWhen.UP_TO, "the answer below or a lower one is given"),
        ],
        required=False,
        label="Show the crisis line when",
        help_text="Leave empty unless this is a safety question.",
    )
    safety_value = blocks.IntegerBlock(
        required=False,
        label="Value of that answer",
        help_text="Compared with the answer as given, also where the question is reverse-keyed.",
    )

    class Meta:
        icon = "help"
        label = "Question"
        label_format = "{scale}: {text}"
        form_layout = BlockGroup(["text", "scale", "reversed"], settings=["safety", "safety_value"])


class PairBlock(blocks.StructBlock):
    name = blocks.CharBlock(required=False, max_length=80, help_text="What this place is called, as “Middle ground”.")
    first_scale = blocks.ChoiceBlock(choices=LETTERS, required=False)
    first_range = blocks.CharBlock(required=False, max_length=80, label="Range of the first scale, by its name")
    second_scale = blocks.ChoiceBlock(choices=LETTERS, required=False)
    second_range = blocks.CharBlock(required=False, max_length=80, label="Range of the second scale, by its name")
    text = blocks.RichTextBlock(required=False, features=TEXT_FEATURES, label="What both together may mean")

    class Meta:
        icon = "link"
        label = "Pair of ranges"
        label_format = "{name}"


class ExpectedBlock(blocks.StructBlock):
    scale = blocks.ChoiceBlock(choices=LETTERS, required=False)
    range = blocks.CharBlock(required=False, max_length=80, label="Range, by its name")
    score = blocks.DecimalBlock(required=False, max_digits=8, label="Score", help_text="If you want it checked too.")

    class Meta:
        icon = "check"
        label = "Expected result"
        label_format = "{scale}: {range}"


class ExampleBlock(blocks.StructBlock):
    answers = blocks.CharBlock(
        required=False,
        max_length=600,
        help_text="The value of the answer to each question in turn, apart by spaces: 0 3 1 2."
        " A dash (-) is no answer.",
    )
    expected = blocks.ListBlock(ExpectedBlock(), default=[], label="Expected results")

    class Meta:
        icon = "tasks"
        label = "Worked example"
        label_format = "{answers}"


class ReferenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=400)
    url = blocks.URLBlock(required=False, label="Address")

    class Meta:
        icon = "openquote"
        label = "Reference"
        label_format = "{text}"
