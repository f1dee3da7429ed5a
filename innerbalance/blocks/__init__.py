"""The vocabulary of every body on the site. Each block owns all that is made of it (`outputs`)."""

from .actions import ButtonBlock, CalloutBlock, NewsletterBlock, NoticeBlock
from .body import AssessmentBlock, BodyBlock
from .outputs import BlockOutputs, BodyOutputs
from .text import (
    RICH_TEXT,
    ComparisonBlock,
    HeadingBlock,
    HeadingValue,
    ImageBlock,
    QuestionsBlock,
    QuoteBlock,
    ReferencesBlock,
    SignsBlock,
    TextBlock,
)

__all__ = [
    "RICH_TEXT",
    "AssessmentBlock",
    "BlockOutputs",
    "BodyBlock",
    "BodyOutputs",
    "ButtonBlock",
    "CalloutBlock",
    "ComparisonBlock",
    "HeadingBlock",
    "HeadingValue",
    "ImageBlock",
    "NewsletterBlock",
    "NoticeBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "ReferencesBlock",
    "SignsBlock",
    "TextBlock",
]
