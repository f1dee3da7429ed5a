"""The text mail: HTML of the editor, readable without any."""

import html
import re
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.blocks.plain_text import WIDTH, plain_text, wrapped

BASE = "https://www.example.org/"

words = st.text(alphabet=st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=20)
marks = st.sampled_from(["<", "&", "&amp;", "2 < 3", "<b>", "“", "—"])
sentences = st.lists(words | marks, min_size=1, max_size=30).map(" ".join)
addresses = st.sampled_from(
    ["/team/", "https://example.com/a?b=1&c=2", "mailto:office@example.org", "https://example.com/" + "x" * 90]
)


@st.composite
def editors_html(draw):
    """(html, its texts in order, its links) as the rich text editor makes it."""
    out, texts, links = [], [], []

    def inline() -> str:
        text = draw(sentences)
        texts.append(text)
        shown = html.escape(text)
        kind = draw(st.sampled_from(["plain", "b", "i", "a"]))
        if kind == "a":
            links.append(draw(addresses))
            return f'<a href="{html.escape(links[-1])}">{shown}</a>'
        return shown if kind == "plain" else f"<{kind}>{shown}</{kind}>"

    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            out.append(f"<p>{inline()}{draw(st.sampled_from(['<br/>', ' ', chr(10)]))}{inline()}</p>")
        else:
            tag = draw(st.sampled_from(["ul", "ol"]))
            items = "".join(f"<li>{inline()}</li>" for _ in range(draw(st.integers(1, 3))))
            out.append(f"<{tag}>{items}</{tag}>")
    return "".join(out), texts, links


@given(editors_html())
def test_no_text_is_lost_and_all_of_it_is_in_its_order(made):
    source, texts, _ = made
    seen, place = wrapped(plain_text(source, BASE)).split(), 0
    for text in texts:
        for word in text.split():
            place = next((n for n in range(place, len(seen)) if seen[n].startswith(word)), None)
            assert place is not None, f"{word!r} is lost"
            place += 1


@given(editors_html())
def test_every_link_is_kept_whole_and_absolute(made):
    source, _, links = made
    seen = wrapped(plain_text(source, BASE)).split()
    for link in links:
        assert f"({urljoin(BASE, link).removeprefix('mailto:')})" in seen


@given(st.lists(words, min_size=1, max_size=20))
def test_no_markup_is_left(texts):
    source = "".join(f'<p class="x"><b>{text}</b> <a href="/y/">{text}</a></p>' for text in texts)
    assert not re.search(r"[<>]|&\w+;|class=", plain_text(source, BASE))


@given(editors_html())
def test_no_line_is_too_long_but_for_a_word_that_is(made):
    for line in wrapped(plain_text(made[0], BASE)).split("\n"):
        assert len(line) <= WIDTH or not re.search(r"\S {1,}\S", re.sub(r"^(- |\d+\. )", "", line)), line


@given(st.lists(sentences, max_size=8).map("\n".join))
def test_wrapping_changes_nothing_but_spaces_and_is_done_once(text):
    once = wrapped(text)
    assert once.split() == text.split()
    assert wrapped(once).split() == once.split()
    assert all(len(line) <= WIDTH for line in once.split("\n") if line.count(" "))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>Two<br/>lines</p>", "One\n\nTwo\nlines"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", "1. a\n2. b\n\n1. c"),
        ('<p><a href="/team/">Us</a>.</p>', "Us (https://www.example.org/team/)."),
        ('<p><a href="https://example.com/">https://example.com/</a></p>', "https://example.com/"),
        ('<p><a href="mailto:a@example.org">a@example.org</a></p>', "a@example.org"),
        ('<p><a href="mailto:a@example.org">Write</a></p>', "Write (a@example.org)"),
        ('<p><a href="tel:988">988</a></p>', "988"),
        ('<p><a href="tel:+18007997233">1-800-799-7233</a></p>', "1-800-799-7233"),
        ('<p><a href="tel:+14805550142">Call us</a></p>', "Call us (tel:+14805550142)"),
        ('<p><a href=" /a b/ ">x</a></p>', "x (https://www.example.org/a%20b/)"),
        ("<p>Tom &amp; 2 &lt; 3&nbsp;x</p>", "Tom & 2 < 3 x"),
        ("", ""),
    ],
)
def test_what_comes_out(source, text):
    assert plain_text(source, BASE) == text


def test_items_and_quotations_stay_in_their_place_over_several_lines():
    item, quote = "- " + "word " * 20, "> " + "word " * 20
    assert wrapped(item).split("\n")[1].startswith("  word")
    assert wrapped(quote).split("\n")[1].startswith("> word")


def test_the_mark_above_the_signature_keeps_its_space():
    assert wrapped("a\n-- \nb") == "a\n-- \nb"
