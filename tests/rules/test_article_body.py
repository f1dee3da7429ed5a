"""The blocks made from an article hold its words, and no others."""

import re
from html import unescape

import pytest
from hypothesis import given

from blog.rules.article.blocks import LONGEST_BUTTON, to_blocks
from blog.rules.article.parts import (
    Article,
    Callout,
    Comparison,
    Heading,
    ItemList,
    Paragraph,
    Picture,
    Row,
    Signs,
    Text,
)
from tests.rules.test_article_text import FILES, body, headline, parse, read_article

REPEATED = {"first_side", "second_side", "level", "address", "alt"}


def words_of(value) -> list[str]:
    """All words of a block's value in order, without those that name or point to something."""
    if isinstance(value, dict):
        return [word for key, part in value.items() if key not in REPEATED for word in words_of(part)]
    if isinstance(value, list | tuple):
        return [word for part in value for word in words_of(part)]
    return unescape(re.sub(r"</?[a-z][^>]*>", " ", value)).split() if isinstance(value, str) else []


def block_words(article) -> list[str]:
    return [word for _kind, value in to_blocks(article) for word in words_of(value)]


@given(title=headline, text=body)
def test_generated_article_keeps_every_word(title, text):
    article = parse(f"{title}\n\n{text}")
    assert block_words(article) == article.body_words()


def test_whole_files_keep_every_word():
    for path in FILES:
        article = read_article(path.read_bytes())
        assert block_words(article) == article.body_words()


def test_numbered_list_and_marks_of_html():
    article = parse("A Title\n\nDo this:\n1. Read <b>.\n2. Rest & eat.\n\nThen “it’s” done.")
    ((_kind, html),) = to_blocks(article)
    assert html == ("<p>Do this:</p><ol><li>Read &lt;b&gt;.</li><li>Rest &amp; eat.</li></ol><p>Then “it’s” done.</p>")


def test_long_link_text_becomes_a_link_in_the_text():
    words = (
        "Request a consultation and discover comfortable, straightforward, considerate conversations about "
        "relationships, understanding yourselves together"
    )
    article = parse(f"A Title\n\nSome text.\n\nTalk to Us\n\nWe listen.\n\n{words}")
    assert block_words(article) == article.body_words()
    callout, (kind, html) = to_blocks(article)[-2:]
    assert callout[1]["buttons"] == []
    assert (kind, html) == ("text", f'<p><a href="/request-a-consultation/">{words}</a></p>')


def said(text: str) -> Paragraph:
    return Paragraph(1, text)


def blocks_of(part) -> list:
    return to_blocks(Article("T", (), (), (part,), (), ()))


@pytest.mark.parametrize(
    ("part", "block"),
    [
        (Heading(1, "Rest", "h3"), ("heading", {"text": "Rest", "level": "h3"})),
        (
            Text(1, (said("One “a” < b."), ItemList(1, (said('"x"'), said("y")), ordered=False))),
            ("text", '<p>One “a” &lt; b.</p><ul><li>"x"</li><li>y</li></ul>'),
        ),
        (Text(1, (ItemList(1, (said("x"),), ordered=True),)), ("text", "<ol><li>x</li></ol>")),
        (Text(1, (said('Its "own" words'),)), ("text", '<p>Its "own" words</p>')),
        (Signs(1, said("Often:"), (said("a"), said("b"))), ("signs", {"lead_in": "Often:", "items": ["a", "b"]})),
        (Signs(1, None, (said("a"),)), ("signs", {"lead_in": "", "items": ["a"]})),
        (
            Comparison(
                1,
                "Calm",
                "Worry",
                (Row(1, said("Sleep"), (said("a"), said("b")), (said("c"),)), Row(1, None, (said("d"),), (said("e"),))),
            ),
            (
                "comparison",
                {
                    "caption": "",
                    "first_side": "Calm",
                    "second_side": "Worry",
                    "rows": [
                        {"topic": "Sleep", "first": "a\n\nb", "second": "c"},
                        {"topic": "", "first": "d", "second": "e"},
                    ],
                },
            ),
        ),
        (
            Picture(1, "a cup"),
            ("image", {"image": None, "alt": "a cup", "decorative": False, "caption": "", "credit": ""}),
        ),
        (
            Callout(1, said("Talk to Us"), (said("We"), said("listen.")), said("Call us")),
            (
                "callout",
                {
                    "heading": "Talk to Us",
                    "text": "We\n\nlisten.",
                    "buttons": [{"text": "Call us", "page": None, "address": "/request-a-consultation/"}],
                },
            ),
        ),
        (Callout(1, said("Talk to Us"), (), None), ("callout", {"heading": "Talk to Us", "text": "", "buttons": []})),
        (
            Callout(1, None, (), said('Call "us" now')),
            ("text", '<p><a href="/request-a-consultation/">Call "us" now</a></p>'),
        ),
    ],
)
def test_each_part_becomes_the_block_that_the_editor_knows(part, block):
    assert blocks_of(part) == [block]


@pytest.mark.parametrize(
    ("letters", "blocks"), [(LONGEST_BUTTON, ["callout"]), (LONGEST_BUTTON + 1, ["callout", "text"])]
)
def test_a_button_holds_so_many_letters(letters, blocks):
    part = Callout(1, said("Talk to Us"), (), said("x" * letters))
    assert [kind for kind, _value in blocks_of(part)] == blocks
