"""What is made of a block, asked of the block itself: no code elsewhere lists blocks by name.

The web page comes from `Meta.template`, the email from `Meta.email_template`, the picker's preview from
`Meta.preview_value`; plain text and what checks look at are methods. `context` is what Wagtail calls the parent's
context; emails put into it `base_url`, the absolute address of the site, and `posts`, the blog posts to announce.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.utils.functional import Promise
from wagtail.rich_text import RichText, expand_db_html

from innerbalance.blocks import plain_text

Context = dict[str, Any] | None


class BlockOutputs:
    """Stands first among the bases of every block of a body. A block overrides what it has more of."""

    meta: Any
    get_context: Callable[..., dict[str, Any]]

    def email_html(self, value, context: Context = None) -> str:
        """Its HTML in an email, made for mail programs: no classes of the site, no scripts, tables for boxes."""
        return render_to_string(self.meta.email_template, self.get_context(value, parent_context=dict(context or {})))

    def plain_text(self, value, context: Context = None) -> str:
        """All of it as text, empty when there is nothing to say."""
        raise NotImplementedError(f"{type(self).__name__} has no plain text")

    def link_texts(self, value) -> list[str]:
        """The words of its links as a reader meets them."""
        return []

    def picture_descriptions(self, value) -> list[str]:
        """One for each picture in it; empty for decoration."""
        return []

    def pictures(self, value) -> list:
        """The stored images that its template shows, so that a page can read all of their sizes at once."""
        return []

    def heading_levels(self, value) -> list[int]:
        """Those of the headings that an author chose."""
        return []

    def questions(self, value) -> list[tuple[str, str]]:
        """(question, answer in HTML), for search engines."""
        return []

    def get_preview_value(self):
        if not hasattr(self.meta, "preview_value"):
            return super().get_preview_value()
        return self.normalize(_translated(self.meta.preview_value))


class BodyOutputs:
    """Stands first among the bases of a StreamBlock whose children all have BlockOutputs; asks them in their order."""

    def email_html(self, value, context: Context = None) -> list[str]:
        return [child.block.email_html(child.value, context) for child in value]

    def plain_text(self, value, context: Context = None) -> list[str]:
        """The texts of its blocks, without those that have nothing to say."""
        return list(filter(None, (child.block.plain_text(child.value, context) for child in value)))

    def link_texts(self, value) -> list[str]:
        return [text for child in value for text in child.block.link_texts(child.value)]

    def picture_descriptions(self, value) -> list[str]:
        return [text for child in value for text in child.block.picture_descriptions(child.value)]

    def pictures(self, value) -> list:
        return [picture for child in value for picture in child.block.pictures(child.value)]

    def heading_levels(self, value) -> list[int]:
        return [level for child in value for level in child.block.heading_levels(child.value)]

    def questions(self, value) -> list[tuple[str, str]]:
        return [question for child in value for question in child.block.questions(child.value)]


def underlined(heading: str) -> str:
    """A heading in plain text."""
    return f"{heading}\n{'-' * min(len(heading), 60)}"


def rich_as_text(value: RichText, context: Context) -> str:
    return plain_text.plain_text(expand_db_html(value.source), base_url(context))


def rich_link_texts(value: RichText) -> list[str]:
    reader = _LinkTexts()
    reader.feed(value.source)
    reader.close()
    return ["".join(parts) for parts in reader.links]


def absolute(url: str, context: Context) -> str:
    return urljoin(base_url(context), url)


def base_url(context: Context) -> str:
    return (context or {}).get("base_url", "")


def lines(parts: Iterable[str]) -> str:
    """`parts` one below the other, without those that are empty."""
    return "\n".join(filter(None, parts))


class _LinkTexts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "a":
            self.inside = True
            self.links.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.links[-1].append(data)


def _translated(value: Any) -> Any:
    """`value` with its lazy texts in the language of now."""
    if isinstance(value, dict):
        return {key: _translated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_translated(inner) for inner in value]
    return str(value) if isinstance(value, Promise) else value
