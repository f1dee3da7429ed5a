"""A block owns all that is made of it: page, email, plain text, preview, and what checks look at."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from wagtail.blocks import StreamValue

from innerbalance.blocks import BlockOutputs, BodyBlock, BodyOutputs, ButtonBlock
from newsletter.blocks.issue import IssueBlock
from tests.factories import make_image

BASE = "https://www.example.org/"
LINKED = '<p>See <a href="/team/">our <b>team</b></a> or <a href="tel:988">988</a>.</p>'
POST = {"title": "Rest well", "url": f"{BASE}blog/rest-well/", "summary": "About sleep.", "published": "2026-05-01"}
CONTEXT = {"base_url": BASE, "posts": [POST]}
BLOCKS = {
    f"{body.__name__}.{name}": block for body in (BodyBlock, IssueBlock) for name, block in body.base_blocks.items()
}


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text))


def body(*children) -> tuple[BodyBlock, StreamValue]:
    block = BodyBlock()
    return block, block.to_python([{"type": kind, "value": value} for kind, value in children])


@pytest.mark.parametrize("stream", [BodyBlock, IssueBlock])
def test_a_body_asks_its_blocks(stream):
    assert issubclass(stream, BodyOutputs)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
class TestEveryBlock:
    def test_explains_itself_in_the_picker(self, name):
        block = BLOCKS[name]
        assert isinstance(block, BlockOutputs)
        assert block.meta.description
        assert block.meta.icon != "placeholder"
        assert hasattr(block.meta, "preview_value")

    def test_has_a_template_for_the_page_and_one_for_emails(self, name):
        meta = BLOCKS[name].meta
        assert meta.template != meta.email_template
        for template in (meta.template, meta.email_template):
            assert get_template(template)

    def test_says_the_same_in_an_email_and_in_its_plain_text(self, name):
        block = BLOCKS[name]
        value = block.get_preview_value()
        html, text = block.email_html(value, CONTEXT), block.plain_text(value, CONTEXT)
        assert "<" not in text
        assert words(re.sub(r"<[^>]*>|&nbsp;", " ", html)) <= words(text)
        if value is not None:
            assert text.strip()

    def test_answers_every_question_of_the_checks(self, name):
        block = BLOCKS[name]
        value = block.get_preview_value()
        if value is None:
            return
        assert all(isinstance(text, str) for text in block.link_texts(value))
        assert all(isinstance(text, str) for text in block.picture_descriptions(value))
        assert all(2 <= level <= 4 for level in block.heading_levels(value))
        assert all(len(pair) == 2 for pair in block.questions(value))

    def test_leaves_no_class_of_ours_in_a_migration(self, name):
        path = BLOCKS[name].deconstruct()[0]
        assert path.startswith("wagtail.")


def test_a_block_without_a_plain_text_says_so_at_once():
    with pytest.raises(NotImplementedError, match="BlockOutputs"):
        BlockOutputs().plain_text({})


@pytest.mark.django_db
def test_a_body_gathers_what_its_blocks_say_in_their_order():
    picture = {"alt": "A path", "decorative": False, "caption": "", "credit": "", "image": make_image().pk}
    block, value = body(
        ("heading", {"text": "Rest", "level": "h2"}),
        ("text", LINKED),
        ("image", picture),
        ("heading", {"text": "Sleep", "level": "h3"}),
        ("callout", {"heading": "Talk", "text": "", "buttons": [{"text": "Ask us", "page": None, "address": "/ask/"}]}),
        ("notice", {"kind": "crisis", "heading": "Now", "text": '<p><a href="tel:988">Call 988</a></p>'}),
        ("questions", {"items": [{"question": "How long?", "answer": '<p><a href="/faq/">Fifty</a></p>'}]}),
    )
    assert block.link_texts(value) == ["our team", "988", "Ask us", "Call 988", "Fifty"]
    assert block.picture_descriptions(value) == ["A path"]
    assert block.heading_levels(value) == [2, 3]
    assert block.questions(value) == [("How long?", '<p><a href="/faq/">Fifty</a></p>')]
    texts = block.plain_text(value, CONTEXT)
    assert texts[1] == f"See our team ({BASE}team/) or 988."
    assert texts[2] == "[Picture: A path]"
    assert texts[4] == f"Talk\n----\nAsk us: {BASE}ask/"
    assert len(block.email_html(value, CONTEXT)) == len(value)


def test_blocks_that_say_nothing_leave_no_gap_in_the_text():
    block, value = body(("image", {"image": None, "decorative": True, "alt": "", "caption": "", "credit": ""}))
    assert block.plain_text(value, CONTEXT) == []


def test_an_email_shows_as_many_posts_as_asked_for_and_nothing_without_any():
    block = IssueBlock.base_blocks["latest_posts"]
    value = block.normalize({"heading": "New", "most": 1})
    assert "Rest well" in block.plain_text(value, CONTEXT)
    assert block.plain_text(value, CONTEXT | {"posts": [POST | {"title": "First"}, POST]}).count("About sleep.") == 1
    assert block.plain_text(value, CONTEXT | {"posts": []}) == ""
    assert block.email_html(value, CONTEXT | {"posts": []}).strip() == ""


def test_what_is_made_for_an_email_leaves_the_context_alone():
    context = dict(CONTEXT)
    block, value = body(("heading", {"text": "Rest", "level": "h2"}))
    block.email_html(value, context)
    assert context == CONTEXT


class TestButton:
    def clean(self, **button):
        block = ButtonBlock()
        return block.clean(block.to_python({"text": "Go", "page": None, "address": ""} | button))

    @pytest.mark.parametrize(
        "address",
        [
            "/request-a-consultation/",
            "/",
            "https://example.org/a?b=1#c",
            "http://example.org",
            "tel:+14805550100",
            "mailto:office@example.org",
            "#top",
        ],
    )
    def test_leads_to_this_site_or_says_its_scheme(self, address):
        assert self.clean(address=address)["address"] == address

    @pytest.mark.parametrize(
        "address",
        [
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "evil.example",
            "https:evil.example",
            "/a b",
            "ftp://evil.example",
        ],
    )
    def test_never_leads_elsewhere_in_disguise(self, address):
        with pytest.raises(ValidationError) as caught:
            self.clean(address=address)
        assert list(caught.value.block_errors) == ["address"]

    def test_leads_to_one_place(self):
        with pytest.raises(ValidationError) as caught:
            self.clean()
        assert list(caught.value.block_errors) == ["page"]
