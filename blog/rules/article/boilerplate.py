"""What belongs to the site and not to the article: share links, addresses, hours, copyright."""

import re

from blog.rules.article.parts import Boilerplate, BoilerplateKind, Byline, Decision, Guess
from blog.rules.article.source import Line

LONG_TEXT = 20  # words; a line of the site's boilerplate is shorter

_DAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_STREET = (
    r"(?:st|street|rd|road|ave|avenue|blvd|boulevard|dr|drive|ln|lane|way|pkwy|parkway|"
    r"ct|court|pl|place|hwy|highway|cir|circle|suite|ste|unit)"
)
_BOX = r"(?:newsletters?|mailing list|e-?mail list|subscribers?|unsubscribe|inbox)"
_POST = r"(?:posts?|articles?|pages?|story|stories|entry|blog)"

# The first kind whose pattern covers the whole line names the line. All are case-insensitive.
PATTERNS: tuple[tuple[BoilerplateKind, str], ...] = (
    ("navigation", r"skip to (main )?content|(open|close|toggle)? ?menu|back to (top|blog)|search"),
    ("share", rf"(share|tweet|pin|print|e-?mail) this( {_POST})?( (on|via|with) .{{1,20}})?:?"),
    ("share", rf"share( {_POST})?:?|share on .{{1,20}}|pin it|copy link"),
    ("share", r"(facebook|twitter|linkedin|pinterest|instagram|whatsapp|reddit)( \d+)?"),
    ("newsletter", rf"(sign up|subscribe|join)\b.*\b({_BOX}|updates)\b.{{0,40}}"),
    ("newsletter", rf"(get|receive)\b.*\b{_BOX}\b.{{0,40}}|subscribe|e-?mail address|sign up"),
    ("newsletter", r"we respect your privacy\..{0,60}|thank you!|you can unsubscribe .{0,40}"),
    ("copyright", r"(©|\(c\) |copyright\b).*|.{0,60}all rights? reserved\.?|powered by .{1,40}"),
    ("hours", rf"(.{{1,30}}:\s*|open )?{_DAY}\b.*\d ?(am|pm|a\.m\.|p\.m\.)(\b.{{0,30}})?"),
    ("hours", r".{0,20}by appointment only\.?"),
    ("hours", r"(front )?(office )?hours:?"),
    ("address", rf"\d+\s+[\w.'’ ]*\b{_STREET}\b\.?[\w#., -]*"),
    ("address", r"[\w.'’ -]{2,40},\s*[A-Z]{2}\.?\s+\d{5}(-\d{4})?"),
    ("contact", r"((tel|phone|call|text|fax|office)[.:]?\s*)?\+?[\d()][\d() .–-]{8,18}\d"),
    ("contact", r"(e-?mail:?\s*)?[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    ("comments", r"leave a (comment|reply)|(\d+ )?comments?( \(\d+\))?|add a comment.{0,10}"),
    ("related", rf"(related|recent|previous|next|older|newer|more)( {_POST}| reading)?:?"),
    ("tags", r"(tags?|categor(y|ies))(:.{0,80})?|(tagged|filed under|posted in)\b.{0,80}"),
    ("date", rf"((published|posted|updated|written)( on)?:? )?{_MONTH} \d{{1,2}},? \d{{4}}"),
    ("date", rf"((published|posted|updated|written)( on)?:? )?(\d{{1,2}} {_MONTH} \d{{4}})"),
    ("date", r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}"),
    ("reading time", r"\d+[ -]min(ute)?s?( read(ing)?( time)?)?"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in PATTERNS)

# Lines that the foot of a page may begin with.
FOOT = {"share", "newsletter", "copyright", "hours", "address", "byline", "comments", "related"}
FOOT |= {"tags"}
# Lines that no article has, wherever they stand.
ANYWHERE = {"share", "navigation"}
HEAD = {"navigation", "share", "date", "reading time", "tags"}


def kind_of(text: str) -> BoilerplateKind | None:
    """The kind of a line of the site's boilerplate, or None for a line that may be the article's."""
    if len(text.split()) > LONG_TEXT:
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.fullmatch(text)), None)


def cut_boilerplate(
    lines: list[Line], bylines: tuple[Byline, ...]
) -> tuple[list[Line], list[Boilerplate], list[Decision]]:
    """Part the lines after title and byline into article and boilerplate.

    The foot is what follows the first boilerplate line after which no long text comes. What is not
    recognized there is reported as "other", never dropped silently.
    """
    kinds = {line.number: _kind(line, bylines) for line in lines if line.text}
    start = _foot_start(lines, kinds)
    decisions: list[Decision] = []
    body: list[Line] = []
    outside: list[Line] = lines[start:]
    for line in lines[:start]:
        if line.text and kinds[line.number] in ANYWHERE:
            outside.append(line)
            decisions.append(Decision(line.number, Guess.BOILERPLATE_INSIDE, line.text))
        else:
            body.append(line)
    name = _name_above_address(body, outside, kinds)
    if name:
        body = [line for line in body if line is not name]
        outside.append(name)
        kinds[name.number] = "name"
        decisions.append(Decision(name.number, Guess.PRACTICE_NAME, name.text))
    outside = sorted((line for line in outside if line.text), key=lambda line: line.number)
    return body, _group(outside, kinds, decisions), decisions


def _kind(line: Line, bylines: tuple[Byline, ...]) -> BoilerplateKind | None:
    text = re.sub(r"^(written )?by\s+", "", line.text, flags=re.IGNORECASE)
    if any(text in (f"{by.name}, {by.credential}", by.name) for by in bylines):
        return "byline"
    return kind_of(line.text)


def _foot_start(lines: list[Line], kinds: dict[int, BoilerplateKind | None]) -> int:
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not line.text:
            continue
        kind = kinds[line.number]
        if kind is None and len(line.text.split()) >= LONG_TEXT:
            break
        if kind in FOOT:
            start = index
    return start


def _name_above_address(body: list[Line], foot: list[Line], kinds: dict[int, BoilerplateKind | None]) -> Line | None:
    """Without a share link the foot begins at the address, below the practice's own name."""
    last = next((line for line in reversed(body) if line.text), None)
    if last is None:
        return None
    after = [line for line in foot if line.text and line.number > last.number]
    if not after or kinds[after[0].number] != "address":
        return None
    return last if len(last.text.split()) <= 6 and last.text[-1] not in ".!?:" else None


def _group(
    outside: list[Line], kinds: dict[int, BoilerplateKind | None], decisions: list[Decision]
) -> list[Boilerplate]:
    """Lines that follow each other and are of one kind (an address) become one."""
    groups: list[Boilerplate] = []
    for index, line in enumerate(outside):
        kind = kinds[line.number]
        if kind is None:
            following = outside[index + 1 :]
            above_address = following and kinds[following[0].number] == "address"
            kind = "name" if above_address else "other"
        if kind == "other":
            decisions.append(Decision(line.number, Guess.UNKNOWN_AT_FOOT, line.text))
        last = groups[-1] if groups else None
        if last and last.kind == kind and last.line + len(last.lines) == line.number:
            groups[-1] = Boilerplate(kind, last.line, (*last.lines, line.text))
        else:
            groups.append(Boilerplate(kind, line.number, (line.text,)))
    return groups
