"""From bytes to numbered lines, and from lines to paragraphs and lists."""

import re
from dataclasses import dataclass
from typing import TypeGuard

from blog.rules.article.parts import ArticleError, Decision, Fault, Guess, ItemList, Paragraph

BULLET = re.compile(r"^[•·◦▪▫●○‣⁃∙*\-–]\s+(?=\S)")
NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
OTHER_ENCODINGS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00\x00\xfe\xff": "UTF-32",
}
# PDF, ZIP (and so .docx, .odt), PNG, JPEG, GIF, GZIP, old Word
BINARY_STARTS = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8", b"GIF8", b"\x1f\x8b", b"\xd0\xcf")
TEXT_CONTROLS = "\t\n\r\f\v"
NEWLINES = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
INVISIBLE = "\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. `text` is without the blanks around it, `raw` with them."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip().strip(INVISIBLE).strip()


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, newlines as "\\n".

    Raises ArticleError when the file is empty, is not text, or has another encoding.
    """
    if not data.strip():
        raise ArticleError(Fault.EMPTY)
    for mark, name in OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise ArticleError(Fault.OTHER_ENCODING, encoding=name)
    if data.startswith(BINARY_STARTS) or b"\x00" in data:
        raise ArticleError(Fault.NOT_TEXT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(Fault.NOT_UTF8, byte=data[error.start], line=number) from error
    if any(ord(letter) < 32 and letter not in TEXT_CONTROLS for letter in text):
        raise ArticleError(Fault.CONTROL_CHARACTERS)
    if not text.strip().strip(INVISIBLE):
        raise ArticleError(Fault.EMPTY)
    return NEWLINES.sub("\n", text)


def split_lines(text: str) -> list[Line]:
    return [Line(number, raw) for number, raw in enumerate(text.split("\n"), start=1)]


def to_parts(lines: list[Line]) -> tuple[list[Paragraph | ItemList], list[Decision]]:
    """Paragraphs and lists. `lines` may have gaps where other parts were taken out."""
    parts: list[Paragraph | ItemList] = []
    decisions: list[Decision] = []
    for chunk in _chunks(lines):
        for part in _parts_of(chunk, decisions):
            before = parts[-1] if parts else None
            if _bulleted(before) and _bulleted(part):
                # items set apart by blank lines are one list; numbers that start again are not
                parts[-1] = ItemList(before.line, (*before.items, *part.items), ordered=False)
            else:
                parts.append(part)
    return parts, decisions


def _bulleted(part: Paragraph | ItemList | None) -> TypeGuard[ItemList]:
    return isinstance(part, ItemList) and not part.ordered


def _chunks(lines: list[Line]) -> list[list[Line]]:
    """Lines between blank lines; a jump in the numbers counts as a blank line."""
    chunks: list[list[Line]] = []
    last = None
    for line in lines:
        if not line.text:
            continue
        if last is None or line.number != last + 1:
            chunks.append([])
        chunks[-1].append(line)
        last = line.number
    return chunks


def _parts_of(chunk: list[Line], decisions: list[Decision]) -> list[Paragraph | ItemList]:
    for pattern, ordered in ((BULLET, False), (NUMBER, True)):
        starts = [index for index, line in enumerate(chunk) if pattern.match(line.text)]
        if starts and (not ordered or _counts_up(chunk, starts)):
            break
    else:
        return [*_paragraphs(chunk, decisions)]
    before = _paragraphs(chunk[: starts[0]], decisions) if starts[0] else []
    items: list[Paragraph] = []
    for index in range(starts[0], len(chunk)):
        line = chunk[index]
        if pattern.match(line.text):
            items.append(Paragraph(line.number, pattern.sub("", line.text, count=1)))
        elif _continues(chunk[index - 1], line):
            items[-1] = Paragraph(items[-1].line, f"{items[-1].text} {line.text}")
        else:
            after = _parts_of(chunk[index:], decisions)
            return [*before, ItemList(items[0].line, tuple(items), ordered), *after]
    return [*before, ItemList(items[0].line, tuple(items), ordered)]


def _counts_up(chunk: list[Line], starts: list[int]) -> bool:
    """Only 1, 2, 3 … is a list that will be numbered again as it was; "2. More" alone is not."""
    matches = [NUMBER.match(chunk[index].text) for index in starts]
    numbers = [int(match[1]) for match in matches if match]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _continues(item: Line, line: Line) -> bool:
    """A list item broken over two lines: the second is indented or goes on in lower case."""
    indent = len(line.raw) - len(line.raw.lstrip())
    item_indent = len(item.raw) - len(item.raw.lstrip())
    return indent > item_indent or (len(item.text) >= 50 and line.text[:1].islower())


def _paragraphs(chunk: list[Line], decisions: list[Decision]) -> list[Paragraph]:
    lengths = [len(line.text) for line in chunk]
    longest = max(lengths)
    # Mail and terminal programs break text at 60 to 100 characters; browsers don't break it.
    if len(chunk) > 1 and 50 <= longest <= 110 and min(lengths[:-1]) >= 0.75 * longest:
        decisions.append(Decision(chunk[0].number, Guess.BROKEN_PARAGRAPH, count=len(chunk)))
        return [Paragraph(chunk[0].number, " ".join(line.text for line in chunk))]
    return [Paragraph(line.number, line.text) for line in chunk]
