"""A reader opens a post."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from blog.models import BlogPostPage
from innerbalance.blocks import BodyBlock
from innerbalance.images.jobs import make_sizes
from tests.factories import make_clinician, make_image, make_post, make_topic

LONG = [("heading", {"text": text, "level": "h2"}) for text in ("One", "Two", "Two", "Three")]


def graph(response) -> dict[str, dict]:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL).group(1)
    return {thing["@type"]: thing for thing in json.loads(data)["@graph"]}


def test_says_who_wrote_it_and_what_it_is_about(client, blog, team):
    make_post(blog, slug="p", title="P", authors=(make_clinician(team),), topics=(make_topic(),))
    text = client.get("/blog/p/").text
    assert "Ada Sample, LPC" in text
    assert "../topic/relationships/" in text
    assert "2026" in text


def test_a_long_post_lists_its_headings_with_unique_anchors(client, blog):
    make_post(blog, slug="p", body=LONG)
    text = client.get("/blog/p/").text
    for anchor in ("one", "two", "two-2", "three"):
        assert f'id="{anchor}"' in text
        assert f'href="#{anchor}"' in text


def test_times_in_the_markup_are_valid_dates_in_the_practices_zone(client, blog):
    # 1 June, 3 am UTC is still 31 May in Phoenix; a moment's microseconds are no valid time in HTML.
    make_post(blog, slug="p", published=datetime(2026, 6, 1, 3, 0, 0, 123456, tzinfo=UTC))
    for address in ("/blog/p/", "/blog/", "/"):
        times = re.findall(r'<time datetime="([^"]*)">([^<]*)</time>', client.get(address).text)
        assert ("2026-05-31", "May 31, 2026") in times, address


def test_updated_is_said_from_the_next_day_on(blog):
    post = make_post(blog, published=datetime(2026, 6, 1, 3, 0, tzinfo=UTC))
    post.last_published_at = datetime(2026, 6, 1, 6, 59, tzinfo=UTC)  # still 31 May in Phoenix
    assert post.updated_at is None
    post.last_published_at = datetime(2026, 6, 1, 7, 1, tzinfo=UTC)
    assert post.updated_at == post.last_published_at


def test_related_posts_share_a_topic_first_then_are_new(blog):
    topic, other = make_topic("Couples"), make_topic("Sleep")
    old_same = make_post(blog, topics=(topic,), published=datetime(2025, 1, 1, tzinfo=UTC))
    new_other = make_post(blog, topics=(other,), published=datetime(2026, 6, 1, tzinfo=UTC))
    new_none = make_post(blog, published=datetime(2026, 7, 1, tzinfo=UTC))
    post = make_post(blog, topics=(topic,))
    make_post(blog, topics=(topic,), live=False)
    assert [one.pk for one in post.related(3)] == [old_same.pk, new_none.pk, new_other.pk]


def test_json_ld_is_true(client, blog, team):
    make_post(
        blog,
        slug="p",
        title="P </script>",
        authors=(make_clinician(team),),
        hero_image=make_image(),
        hero_alt="A path",
        body=[("questions", {"items": [{"question": "Why?", "answer": "<p>Because.</p>"}]})],
    )
    things = graph(client.get("/blog/p/"))
    posting = things["BlogPosting"]
    assert posting["headline"] == "P </script>"
    assert posting["author"][0]["name"] == "Ada Sample"
    assert posting["datePublished"].startswith("2026-03-04")
    assert posting["image"].startswith("http")
    assert things["FAQPage"]["mainEntity"][0]["name"] == "Why?"
    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]] == ["Home", "Articles", "P </script>"]
    assert "reviewedBy" not in things["WebPage"]


def test_a_preview_relates_by_the_topics_of_the_draft(blog):
    rest, work = make_topic("Rest"), make_topic("Work")
    at_work = make_post(blog, topics=(work,), published=datetime(2026, 1, 1, tzinfo=UTC))
    at_rest = make_post(blog, topics=(rest,))
    post = make_post(blog, topics=(rest,))
    assert post.related(3)[0] == at_rest
    assert [topic.name for topic in post.topic_list] == ["Rest"]
    draft = BlogPostPage.objects.get(pk=post.pk)
    draft.topics.set([work])
    assert draft.related(3)[0] == at_work
    assert [topic.name for topic in draft.topic_list] == ["Work"]


@pytest.mark.parametrize(("posts", "pictures"), [(2, 0), (30, 0), (2, 1), (4, 5)])
def test_costs_at_most_12_queries_however_many_posts_and_pictures(
    client, blog, team, posts, pictures, django_assert_max_num_queries
):
    ada, topic = make_clinician(team), make_topic()
    for _ in range(posts):
        make_post(blog, authors=(ada,), topics=(topic,))
    words = {"alt": "A path", "decorative": False, "caption": "", "credit": ""}
    body = [*LONG, *(("image", {"image": make_image(f"Path {number}"), **words}) for number in range(pictures))]
    make_post(blog, slug="p", authors=(ada,), topics=(topic,), hero_image=make_image(), hero_alt="A path", body=body)
    while make_sizes(timezone.now()):
        pass
    for _ in range(2):  # keeps where the files are, and the menu until the next change
        client.get("/blog/p/")
    with django_assert_max_num_queries(12):
        client.get("/blog/p/")


def test_a_picture_needs_a_description_or_is_decoration(blog):
    post = make_post(blog)
    post.hero_image = make_image()
    with pytest.raises(ValidationError, match="Describe the picture"):
        post.full_clean()
    post.hero_decorative = True
    post.full_clean()


class TestBody:
    def clean(self, *children):
        block = BodyBlock()
        return block.clean(block.to_python([{"type": kind, "value": value} for kind, value in children]))

    def test_has_at_most_twelve_blocks(self):
        assert len(BodyBlock().child_blocks) <= 12

    def test_every_block_explains_itself(self):
        for name, block in BodyBlock().child_blocks.items():
            assert block.meta.icon, name
            assert block.meta.description, name
            assert block.meta.template.endswith(".html"), name

    def test_a_skipped_heading_level_is_an_error_at_that_heading(self):
        with pytest.raises(ValidationError) as caught:
            self.clean(("heading", {"text": "A", "level": "h2"}), ("heading", {"text": "B", "level": "h4"}))
        assert list(caught.value.block_errors) == [1]

    def test_a_button_leads_somewhere_safe(self, db):
        def callout(**button):
            button = {"text": "Go", "page": None, "address": "", **button}
            return ("callout", {"heading": "H", "text": "", "buttons": [button]})

        self.clean(callout(address="/request-a-consultation/"))
        with pytest.raises(ValidationError):
            self.clean(callout(address="javascript:alert(1)"))
        with pytest.raises(ValidationError):
            self.clean(callout())
