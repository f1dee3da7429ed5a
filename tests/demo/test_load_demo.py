"""Somebody starts an empty site: the demo is loaded once, is whole, is ours, and is never loaded over anyone's work."""

import io
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page, PageLogEntry, Revision, Site, WorkflowPage

from blog.models import BlogIndexPage, BlogPostPage
from blog.panels import draft_of
from innerbalance.blocks import BodyBlock
from innerbalance.demo import load
from innerbalance.demo.content import article, home, newsletter, people, posts, services, small_print, topics
from innerbalance.demo.content import assessment as assessment_text
from innerbalance.demo.content import offices as office_text
from innerbalance.pages.models import ClinicianPage, HomePage
from innerbalance.practice.models import PracticeSettings
from innerbalance.security.grants import has_role
from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from newsletter.models import Campaign, NewsletterIssuePage

REAL = Path(__file__).parents[2].parent / "shared" / "article" / "codependency-vs-interdependency.txt"
CONTENT = (article, assessment_text, home, newsletter, office_text, people, posts, services, small_print, topics)
ROLES = {"editor": EDITORS, "reviewer": REVIEWERS, "office": OFFICE, "owner": OWNERS}


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def printed(db) -> str:
    return load_demo()


def load_demo() -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def password_in(printed: str) -> str:
    return re.search(r"editor +(\S+)", printed)[1]


def bodies():
    return [page.body for page in Page.objects.live().specific() if hasattr(page, "body")]


class TestTheFirstTime:
    def test_the_menu_and_the_small_print_are_in_their_order(self, printed):
        in_home = HomePage.objects.get().get_children().live()
        menu = in_home.filter(show_in_menus=True).values_list("title", flat=True)
        assert list(menu) == ["Services", "Team", "Locations", "Articles", "Questions"]
        small_print = in_home.filter(show_in_menus=False).values_list("slug", flat=True)
        assert list(small_print) == ["newsletter", "good-faith-estimate", "privacy"]

    def test_every_public_page_answers(self, printed, client):
        pages = Page.objects.descendant_of(HomePage.objects.get(), inclusive=True)
        assert pages.count() > 20
        assert list(pages.filter(live=False).values_list("slug", flat=True)) == [newsletter.DRAFT.slug]
        pages = pages.live()
        listings = ["/blog/topic/relationships/", "/blog/feed/", "/blog/feed/rss/", "/sitemap.xml"]
        for path in [*(re.sub(r"^/home/", "/", page.url_path) for page in pages), *listings]:
            assert client.get(path).status_code == 200, path

    def test_every_block_is_used_and_every_body_would_pass_the_editor(self, printed):
        used = set()
        for body in bodies():
            body.stream_block.clean(body)
            used |= {block.block_type for block in body}
        assert used == set(BodyBlock.base_blocks)

    def test_the_posts_have_nothing_to_mend_before_publishing(self, printed):
        from blog.rules.content_checks import findings

        for post in BlogPostPage.objects.all():
            assert findings(draft_of(post)) == [], post.title

    def test_links_between_pages_lead_to_pages(self, printed, client):
        for body in bodies():
            html = body.render_as_block()
            assert 'href="None"' not in html
            assert "<a>" not in html
            for path in re.findall(r'href="(/[^"#?]*)"', html):
                if path != "/request-a-consultation/":
                    assert client.get(path).status_code == 200, path

    def test_posts_came_out_one_by_one_on_past_mornings(self, printed):
        dates = list(BlogPostPage.objects.values_list("first_published_at", flat=True))
        assert len({moment.date() for moment in dates}) == len(dates) == 5
        assert max(dates) < timezone.now() - timedelta(days=7)
        assert {timezone.localtime(moment).hour for moment in dates} == {9}
        assert all(post.updated_at is None for post in BlogPostPage.objects.all())

    def test_two_posts_are_reviewed_by_the_clinician_of_the_reviewers_account(self, printed):
        reviews = [post.review for post in BlogPostPage.objects.all() if post.review]
        assert len(reviews) == 2
        for review in reviews:
            assert review.reviewer_name == ClinicianPage.objects.get(user__username="reviewer").name_with_credential
            assert review.reviewed_at < review.page.first_published_at
            assert not review.updated_since
            assert review.next_due > timezone.localdate()

    def test_past_letters_are_in_the_archive_and_nothing_says_that_they_were_sent(self, printed, client):
        past = list(NewsletterIssuePage.objects.live().values_list("first_published_at", flat=True))
        assert len(past) == 2
        assert max(past) < timezone.now() - timedelta(days=7)
        assert not Campaign.objects.exists()
        page = client.get("/newsletter/").content.decode()
        assert all(letter.title in page and letter.preview_text in page for letter in newsletter.LETTERS)
        assert newsletter.DRAFT.title not in page

    def test_a_letter_waits_for_the_office_with_nothing_missing_on_its_check_list(self, printed, client):
        client.login(username="office", password=password_in(printed))
        page = NewsletterIssuePage.objects.get(live=False)
        answer = client.get(reverse("newsletter_desk:prepare", args=[page.pk]))
        assert answer.context["ready"]
        assert all(check["ok"] for check in answer.context["checks"])
        assert [post["title"] for post in page.get_latest_revision_as_object().posts()][:2] == [
            article.ARTICLE.title,
            posts.POSTS[0].title,
        ]

    def test_posts_go_through_review(self, printed):
        assert WorkflowPage.objects.get().page.specific == BlogIndexPage.objects.get()

    def test_addresses_are_where_the_site_is_served(self, db, settings):
        settings.WAGTAILADMIN_BASE_URL = "http://localhost:8123"
        load_demo()
        assert Site.objects.get().root_url == "http://localhost:8123"

    def test_it_is_all_or_nothing(self, db, monkeypatch):
        def fail(site):
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(load, "review_posts", fail)
        with pytest.raises(RuntimeError):
            load_demo()
        assert not HomePage.objects.get().get_children().exists()
        assert not get_user_model().objects.exists()


class TestTheSecondTime:
    def test_nothing_changes_even_after_an_edit(self, printed):
        post = BlogPostPage.objects.get(slug=article.ARTICLE.slug)
        post.title = "Our own title"
        post.save_revision().publish()
        BlogPostPage.objects.get(slug="video-or-in-person").delete()
        practice = PracticeSettings.load()
        practice.phone = "+14805550199"
        practice.save()
        before = self.state()
        assert "loaded" not in load_demo()
        assert self.state() == before

    def test_nothing_is_loaded_over_a_site_that_has_pages_but_no_blog(self, printed):
        BlogIndexPage.objects.get().delete()
        before = self.state()
        load_demo()
        assert self.state() == before

    def test_deleted_demo_pages_do_not_come_back(self, printed):
        for page in HomePage.objects.get().get_children():
            page.specific.delete()
        before = self.state()
        assert "loaded" not in load_demo()
        assert self.state() == before
        # Without its log, as when the pages were removed from the database itself: nothing is met twice.
        PageLogEntry.objects.all().delete()
        assert "loaded" in load_demo()

    def state(self):
        pages = list(Page.objects.order_by("path").values_list("path", "title", "url_path", "last_published_at"))
        counts = [model.objects.count() for model in (Revision, PageLogEntry, get_user_model())]
        return pages, counts, PracticeSettings.load().phone


class TestAccounts:
    def test_each_signs_in_with_its_role(self, printed, client):
        for username, role in ROLES.items():
            client.logout()
            answer = client.post("/admin/login/", {"username": username, "password": password_in(printed)})
            assert answer.status_code == 302
            assert client.get("/admin/").status_code == 200
            user = get_user_model().objects.get(username=username)
            assert has_role(user, role)
            assert not user.is_superuser

    def test_the_password_is_made_once_and_printed_again(self, printed, var_dir):
        kept = var_dir / "demo-password"
        assert kept.read_text().strip() == password_in(printed) == password_in(load_demo())
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    def test_a_given_password_is_taken_and_kept_nowhere(self, db, var_dir, monkeypatch):
        monkeypatch.setenv("DEMO_PASSWORD", "given-by-someone")
        assert password_in(load_demo()) == "given-by-someone"
        assert get_user_model().objects.get(username="owner").check_password("given-by-someone")
        assert not (var_dir / "demo-password").exists()

    def test_a_long_password_stands_apart_from_the_role(self, db, monkeypatch):
        monkeypatch.setenv("DEMO_PASSWORD", "a-password-of-more-than-twenty-letters")
        lines = [line.split() for line in load_demo().splitlines() if "a-password" in line]
        assert ["owner", "a-password-of-more-than-twenty-letters", "Owners"] in lines

    def test_a_password_that_was_changed_is_not_printed_as_if_it_worked(self, printed):
        editor = get_user_model().objects.get(username="editor")
        editor.set_password("something of my own")
        editor.save()
        again = load_demo()
        assert password_in(printed) not in next(line for line in again.splitlines() if " editor " in line)
        assert password_in(printed) in next(line for line in again.splitlines() if " owner " in line)

    def test_a_site_without_them_says_so(self, printed):
        get_user_model().objects.all().delete()
        assert "no demo accounts" in load_demo()


def test_no_sentence_is_taken_from_the_practices_own_article():
    """Where the article lies beside the project; the file is not part of it."""
    words = re.compile(r"[\w’']+")

    def plain(text: str) -> str:
        return " ".join(words.findall(strip_tags(text).replace("’", "'").lower()))

    ours = " | ".join(plain(path.read_text(encoding="utf-8")) for path in map(Path, (m.__file__ for m in CONTENT)))
    assert plain("We are born unable to lift our own heads") in ours
    lines = REAL.read_text(encoding="utf-8").splitlines() if REAL.exists() else []
    sentences = [plain(part) for line in lines for part in re.split(r"(?<=[.?!])\s+", line)]
    long_enough = [sentence for sentence in sentences if sentence.count(" ") >= 5]
    # The offices' addresses are facts that the demo shows.
    assert [sentence for sentence in long_enough if sentence in ours and "suite" not in sentence] == []
