"""What an article is made of. Every part knows the line of the file it starts on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# (line number, text of the file on or from that line)
Source = tuple[int, str]


class Fault(StrEnum):
    """Why a file can't be read as an article."""

    EMPTY = "empty"
    OTHER_ENCODING = "other_encoding"
    NOT_UTF8 = "not_utf8"
    NOT_TEXT = "not_text"
    CONTROL_CHARACTERS = "control_characters"
    TITLE_IS_LIST_ITEM = "title_is_list_item"
    TITLE_TOO_LONG = "title_too_long"
    TITLE_IS_SENTENCE = "title_is_sentence"
    NO_TITLE = "no_title"
    NO_TEXT = "no_text"


class ArticleError(ValueError):
    """The file can't be read as an article. `details` are the values that the fault's message names."""

    def __init__(self, fault: Fault, **details: int | str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.details = details


class Guess(StrEnum):
    """What the text left open, by what was chosen."""

    BOILERPLATE_INSIDE = "boilerplate_inside"
    PRACTICE_NAME = "practice_name"
    UNKNOWN_AT_FOOT = "unknown_at_foot"
    ROW_WITHOUT_TOPIC = "row_without_topic"
    SIDE_NAME = "side_name"
    NO_CREDENTIAL = "no_credential"
    TOO_LONG_FOR_HEADING = "too_long_for_heading"
    SHORT_HEADING = "short_heading"
    NO_CAPITALS = "no_capitals"
    FOLLOWS_HEADING = "follows_heading"
    BUILT_ALIKE = "built_alike"
    NUMBERED = "numbered"
    SAME_SUBJECT = "same_subject"
    BROKEN_PARAGRAPH = "broken_paragraph"
    PICTURE = "picture"
    SIGNS = "signs"
    CALLOUT = "callout"
    BUTTON = "button"
    NO_BUTTON = "no_button"


@dataclass(frozen=True, slots=True)
class Decision:
    """A guess about the line it names. `text` is that line or the words that told; `above` another line's number."""

    line: int
    guess: Guess
    text: str = ""
    subject: str = ""
    above: int = 0
    level: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Byline:
    """An author. `credential` is what follows the name ("LPC"), or "" when nothing does."""

    line: int
    name: str
    credential: str


BoilerplateKind = Literal[
    "address",
    "byline",
    "comments",
    "contact",
    "copyright",
    "date",
    "hours",
    "name",
    "navigation",
    "newsletter",
    "other",
    "reading time",
    "related",
    "share",
    "tags",
]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Text of the site around the article. `lines` are the lines as found."""

    kind: BoilerplateKind
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def sources(self) -> Iterator[Source]:
        for offset, text in enumerate(self.lines):
            yield self.line + offset, text


@dataclass(frozen=True, slots=True)
class Heading:
    line: int
    text: str
    level: Literal["h2", "h3", "h4"]

    def sources(self) -> Iterator[Source]:
        yield self.line, self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: int
    text: str

    def sources(self) -> Iterator[Source]:
        yield self.line, self.text


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bulleted or numbered list; bullets and numbers are not part of `items`."""

    line: int
    items: tuple[Paragraph, ...]
    ordered: bool

    def sources(self) -> Iterator[Source]:
        for item in self.items:
            yield from item.sources()


@dataclass(frozen=True, slots=True)
class Text:
    """Running text: paragraphs, and lists that are not signs."""

    line: int
    parts: tuple[Paragraph | ItemList, ...]

    def sources(self) -> Iterator[Source]:
        for part in self.parts:
            yield from part.sources()


@dataclass(frozen=True, slots=True)
class Signs:
    """A list of signs to look out for, under the sentence that leads into it."""

    line: int
    lead_in: Paragraph | None
    items: tuple[Paragraph, ...]

    def sources(self) -> Iterator[Source]:
        if self.lead_in:
            yield from self.lead_in.sources()
        for item in self.items:
            yield from item.sources()


@dataclass(frozen=True, slots=True)
class Row:
    """One topic seen from two sides. `topic` is None where the file has no heading for it."""

    line: int
    topic: Paragraph | None
    first: tuple[Paragraph, ...]
    second: tuple[Paragraph, ...]

    def sources(self) -> Iterator[Source]:
        if self.topic:
            yield from self.topic.sources()
        for paragraph in (*self.first, *self.second):
            yield from paragraph.sources()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of paragraphs. The names of the sides are repeated from the heading above."""

    line: int
    first_side: str
    second_side: str
    rows: tuple[Row, ...]

    def sources(self) -> Iterator[Source]:
        for row in self.rows:
            yield from row.sources()


@dataclass(frozen=True, slots=True)
class Callout:
    """An invitation to act. `button` is the text of the link that the site made of it."""

    line: int
    heading: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    button: Paragraph | None

    def sources(self) -> Iterator[Source]:
        for part in (self.heading, *self.paragraphs, self.button):
            if part:
                yield from part.sources()


@dataclass(frozen=True, slots=True)
class Picture:
    """The description of a picture that the text file could not carry."""

    line: int
    description: str

    def sources(self) -> Iterator[Source]:
        yield self.line, self.description


Part = Heading | Text | Signs | Comparison | Callout | Picture


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed article. `head` holds title and byline as they stand in the file."""

    title: str
    bylines: tuple[Byline, ...]
    head: tuple[Source, ...]
    body: tuple[Part, ...]
    boilerplate: tuple[Boilerplate, ...]
    decisions: tuple[Decision, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(part for part in self.body if isinstance(part, Picture))

    def body_words(self) -> list[str]:
        """The words a reader meets in the body, in order; descriptions of pictures are not."""
        parts = (part for part in self.body if not isinstance(part, Picture))
        return _words(source for part in parts for source in part.sources())

    def all_words(self) -> list[str]:
        """Every word kept, in the order of the file: the file's own words, without bullets."""
        sources = list(self.head)
        for part in (*self.body, *self.boilerplate):
            sources.extend(part.sources())
        return _words(sorted(sources, key=lambda source: source[0]))


def _words(sources: Iterable[Source]) -> list[str]:
    return [word for _line, text in sources for word in text.split()]
