"""The demo content fills an empty site once, and never touches what people made of it."""

import re
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from blog.content_checks import findings
from blog.content_checks_panel import draft_of
from blog.models import BlogPostPage, ClinicalReview
from innerbalance.blocks import StoryBlock
from innerbalance.demo.pictures import PICTURES
from innerbalance.demo.pictures.draw import DRAWN_BY
from innerbalance.images.models import PracticeImage
from innerbalance.pages.models import ClinicianPage, HomePage, PracticeSettings, StandardPage

pytestmark = pytest.mark.django_db

REAL = Path(__file__).parents[3] / "shared" / "article" / "codependency-vs-interdependency.txt"
OWN_LINK = re.compile(r'href="(/[^"#?]*)')


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    """A folder of the test's own for the password, and no password from outside."""
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return settings.VAR_DIR


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=out)
    return out.getvalue()


def password_in(told: str) -> str:
    return re.search(r"Password: (.+)", told)[1]


def bodies() -> list:
    models = (HomePage, StandardPage, ClinicianPage, BlogPostPage)
    return [page for model in models for page in model.objects.all()]


def test_site_is_complete_and_every_page_answers(client):
    load()
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() > 18
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert not response.cookies
    for path in ("/blog/topic/relationships/", "/blog/author/katy-kandaris-weiner/", "/blog/feed/", "/search/?q=sleep"):
        assert client.get(path).status_code == 200, path
    home = client.get("/").text
    for address in ("1234 S Power Rd, Suite 252", "1414 W Broadway Rd, Suite 122"):
        assert address in home


def test_bodies_are_what_the_editor_would_accept():
    load()
    for page in bodies():
        if page.body:
            StoryBlock().clean(page.body)
        page.full_clean()
    for post in BlogPostPage.objects.all():
        assert findings(draft_of(post)) == [], post.title


def test_article_uses_every_block_but_no_other_page_has_to():
    load()
    article = BlogPostPage.objects.get(slug="leaning-without-losing-yourself")
    assert {block.block_type for block in article.body} == set(StoryBlock().child_blocks)


def test_links_between_our_pages_lead_somewhere(client):
    load()
    found = {link for page in bodies() for link in OWN_LINK.findall(str(page.body))}
    # the request form is another app's and has tests of its own
    for link in found - {"/request-a-consultation/"}:
        assert client.get(link).status_code == 200, link
    assert "/good-faith-estimate/" in found


def test_posts_were_published_in_the_past_by_their_authors():
    load()
    now = timezone.now()
    for post in BlogPostPage.objects.all():
        assert post.live
        assert not post.has_unpublished_changes
        assert post.first_published_at < now
        assert post.updated_at is None
        assert post.authors
        assert post.hero_image
        assert post.hero_alt
    assert BlogPostPage.objects.filter(authors_named("Katy Kandaris-Weiner")).count() >= 2


def authors_named(name: str):
    from django.db.models import Q

    return Q(post_authors__clinician__title=name)


def test_one_article_went_through_the_clinical_review():
    load()
    review = ClinicalReview.objects.get()
    assert review.reviewer_name == "June Abara, PsyD"
    assert review.page.slug == "leaning-without-losing-yourself"
    assert not review.updated_since


def test_licence_numbers_are_plainly_placeholders():
    load()
    assert {page.licence_number for page in ClinicianPage.objects.all()} == {"Demo 00000"}


def test_accounts_have_their_roles_and_one_password(var):
    told = load()
    password = password_in(told)
    roles = dict.fromkeys(("editor", "reviewer", "office", "owner"), "")
    for username in roles:
        user = authenticate(username=username, password=password)
        assert user, username
        assert not user.is_superuser
        roles[username] = user.groups.get().name
    assert roles == {"editor": "Editors", "reviewer": "Clinical reviewers", "office": "Office", "owner": "Owners"}
    file = var / "demo-password"
    assert file.read_text() == f"{password}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_second_run_changes_nothing_and_tells_the_password_again():
    first = load()
    page = HomePage.objects.get()
    page.heading = "Changed by a person"
    page.save_revision().publish()
    Page.objects.get(slug="video-or-in-person").delete()
    before = (Page.objects.count(), Revision.objects.count(), PracticeImage.objects.count())
    told = load()
    assert "not loaded again" in told
    assert password_in(told) == password_in(first)
    assert (Page.objects.count(), Revision.objects.count(), PracticeImage.objects.count()) == before
    assert HomePage.objects.get().heading == "Changed by a person"


def test_password_from_the_environment_is_used_and_written_nowhere(var, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "saguaro in bloom")
    told = load()
    assert "saguaro" not in told
    assert authenticate(username="owner", password="saguaro in bloom")
    assert not (var / "demo-password").exists()
    assert "saguaro" not in load()


def test_short_password_is_taken_with_a_warning(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "short")
    assert "DEMO_PASSWORD is short" in load()


def test_changed_password_is_not_told_any_more():
    load()
    owner = get_user_model().objects.get(username="owner")
    owner.set_password("something of my own")
    owner.save()
    assert password_in(load()) == "the one it was loaded with"


def test_site_with_pages_of_its_own_is_left_alone(team):
    told = load()
    assert "not loaded again" in told
    assert "Password" not in told
    assert not get_user_model().objects.exists()


def test_account_of_that_name_stops_it(home):
    get_user_model().objects.create_user("editor", password="x")
    with pytest.raises(CommandError, match="editor"):
        load()
    assert Page.objects.count() == 2
    assert PracticeSettings.load().phone == ""


def test_failure_half_way_leaves_nothing(home, monkeypatch, var):
    monkeypatch.setattr("innerbalance.demo.loading.Loader.blog", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load()
    assert Page.objects.count() == 2
    assert not get_user_model().objects.exists()
    assert not (var / "demo-password").exists()


def test_pictures_are_small_files_that_a_module_draws():
    assert set(DRAWN_BY) == set(PICTURES)
    for picture in PICTURES.values():
        assert 20_000 < picture.path.stat().st_size < 150_000, picture.name


@pytest.mark.parametrize("source", [REAL] if REAL.exists() else [], ids=["real"])
def test_nothing_is_copied_from_the_practices_article(source):
    load()
    ours = " ".join(words(" ".join(str(page.body) for page in bodies())))
    theirs = words(source.read_text("utf-8").split("Share this post")[0])
    for place in range(len(theirs) - 6):
        phrase = " ".join(theirs[place : place + 7])
        assert phrase not in ours


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).lower().replace("’", ""))
