"""The blocks made from an article hold its words, and no others."""

import re
from html import unescape

from hypothesis import given

from blog.rules.article.blocks import to_blocks
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
