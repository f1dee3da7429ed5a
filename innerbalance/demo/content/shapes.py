"""How the demo's texts are written down: typed data, with names in place of pictures and pages."""

from __future__ import annotations

from dataclasses import dataclass, field

# (block type, value) as a BodyBlock takes it; a picture is named, and "assessment" has the value None
Body = list[tuple[str, object]]

CONSULTATION = "/request-a-consultation/"


@dataclass(frozen=True, slots=True)
class PageText:
    """A standard page. `menu` puts it into the main menu; other pages stand in the footer."""

    slug: str
    title: str
    intro: str
    body: Body
    menu: bool = False
    children: tuple[PageText, ...] = ()


@dataclass(frozen=True, slots=True)
class ClinicianText:
    slug: str
    name: str
    credential: str
    pronouns: str
    portrait: str
    summary: str
    focus_areas: tuple[str, ...]
    accepts_new_clients: bool
    offices: tuple[str, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class PostText:
    """A post. `weeks_ago` says how long before the loading it was published."""

    slug: str
    title: str
    summary: str
    picture: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    weeks_ago: int
    body: Body
    quick_exit: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class LetterText:
    """An issue of the newsletter; its title is the subject. `weeks_ago` as with posts."""

    slug: str
    title: str
    preview_text: str
    weeks_ago: int
    body: Body


@dataclass(frozen=True, slots=True)
class TopicText:
    slug: str
    name: str
    description: str


def heading(text: str, level: str = "h2") -> tuple[str, dict]:
    return "heading", {"text": text, "level": level}


def text(*paragraphs: str) -> tuple[str, str]:
    """Paragraphs of rich text; a list among them is taken as it is."""
    return "text", "".join(part if part.startswith(("<ul", "<ol", "<p>")) else f"<p>{part}</p>" for part in paragraphs)


def items(*entries: str) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def notice(title: str, *paragraphs: str, kind: str = "information") -> tuple[str, dict]:
    return "notice", {"kind": kind, "heading": title, "text": text(*paragraphs)[1]}


def callout(title: str, words: str, button: str, address: str = CONSULTATION) -> tuple[str, dict]:
    buttons = [{"text": button, "page": None, "address": address}]
    return "callout", {"heading": title, "text": words, "buttons": buttons}


def questions(*pairs: tuple[str, str]) -> tuple[str, dict]:
    found = [{"question": asked, "answer": text(answer)[1]} for asked, answer in pairs]
    return "questions", {"items": found}


def references(*sources: tuple[str, str]) -> tuple[str, dict]:
    return "references", {"items": [{"text": said, "url": url} for said, url in sources]}


@dataclass(frozen=True, slots=True)
class HomeText:
    heading: str
    lead: str
    picture: str
    description: str
    body: Body = field(default_factory=list)
