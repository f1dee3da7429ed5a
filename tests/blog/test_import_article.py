"""An article copied off a site becomes a draft post, word for word."""

from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from blog.models import BlogPostPage, Topic
from blog.rules.article import read_article
from innerbalance.pages.models import ClinicianPage
from tests.factories import make_clinician, make_image, make_user

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "article" / "codependency-vs-interdependency.txt"
OURS = ROOT / "tests" / "rules" / "fixtures" / "overcommitment-vs-commitment.txt"
FILES = [path for path in (OURS, REAL) if path.exists()]

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(blog, team):
    """A site that is ready for an import."""


def run(file=OURS, **options) -> str:
    out = StringIO()
    call_command("import_article", str(file), stdout=out, **options)
    return out.getvalue()


def counts() -> tuple[int, ...]:
    return Page.objects.count(), Revision.objects.count(), Topic.objects.count()


def write(folder, text: str | bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def shown_words(html: str) -> list[str]:
    """The words of a page's body as a reader meets them, without the repeated names of a table's sides."""
    story = BeautifulSoup(html, "html.parser").select_one(".prose")
    for heads in story.select("thead"):
        heads.decompose()
    return story.get_text(" ").split()


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
class TestWholeFiles:
    def test_a_published_page_shows_every_word_of_the_article(self, client, site, file):
        run(file, publish=True)
        post = BlogPostPage.objects.get()
        html = client.get(post.url).text
        article = read_article(file.read_bytes())
        assert shown_words(html) == article.body_words()
        assert f"<h1>{article.title}</h1>" in html
        assert article.bylines[0].name in html

    def test_makes_a_draft_of_ordinary_blocks(self, site, file):
        run(file)
        post = BlogPostPage.objects.get()
        assert not post.live
        kinds = [block.block_type for block in post.body]
        assert kinds.count("heading") == 6
        assert kinds.count("signs") == 2
        assert kinds.count("comparison") == 1
        assert kinds[-2:] == ["image", "callout"]
        button = post.body[-1].value["buttons"][0]
        assert button.url == "/request-a-consultation/"
        assert [block.block_type for block in post.get_latest_revision_as_object().body] == kinds

    def test_opens_and_saves_in_the_editor(self, client, site, file):
        run(file)
        post = BlogPostPage.objects.get()
        client.force_login(make_user("Owners"))
        response = client.get(f"/admin/pages/{post.pk}/edit/")
        assert response.status_code == 200
        assert post.body[-2].value["alt"] in response.text
        assert client.get(f"/admin/pages/{post.pk}/edit/preview/?mode=").status_code == 200


def test_report_names_what_was_made_and_what_was_left_out(site):
    told = run(topic=["Rest", "rest"])
    assert "Made a draft: “Overcommitment vs Commitment”" in told
    assert "made author Jordan Example-Reyes, LMFT" in told
    assert "made topic Rest" in told
    assert "line 75: a hand drawing one circel" in told
    assert "line 92, address: 500 N Example Ave Suite 9 / Mesa, AZ 85201" in told
    assert "line 98, hours: Front office: Monday - Thursday 8am-4pm / By appointment only." in told
    assert "line 65: this pair has no heading of its own; chosen: a row with a blank topic" in told
    assert "The summary is empty" in told


def test_byline_makes_a_draft_clinician_once(site):
    run()
    page = ClinicianPage.objects.get()
    assert (page.title, page.credential, page.live) == ("Jordan Example-Reyes", "LMFT", False)
    run(update=True)
    assert ClinicianPage.objects.count() == 1


def test_byline_finds_the_clinician_and_says_when_credentials_differ(site, team):
    page = make_clinician(team, "Jordan Example-Reyes", "LPC")
    told = run()
    assert BlogPostPage.objects.get().authors == [page]
    assert "The byline says “LMFT”" in told
    page.refresh_from_db()
    assert page.credential == "LPC"


def test_authors_and_topics_can_be_given(site, team):
    ada = make_clinician(team)
    run(author=["Ada Sample", "Bo Other, LCSW"], topic=["Everyday Calm"])
    post = BlogPostPage.objects.get()
    assert [author.name_with_credential for author in post.authors] == [str(ada), "Bo Other, LCSW"]
    assert [topic.slug for topic in post.topics.all()] == ["everyday-calm"]


def test_second_run_changes_nothing_and_offers_to_update(site):
    run()
    before = counts()
    with pytest.raises(CommandError, match=r"A post made from this file exists(.|\n)*--update"):
        run()
    assert counts() == before


def test_changed_file_of_the_same_name_is_no_twin(site, tmp_path):
    run(write(tmp_path, "A Title\n\nFirst text."))
    with pytest.raises(CommandError, match="another text in a file named"):
        run(write(tmp_path, "A Title\n\nSecond text."))
    assert BlogPostPage.objects.count() == 1


def test_update_is_a_new_revision_and_keeps_what_editors_did(site, tmp_path):
    file = write(tmp_path, "A Title\n\nFirst text.\n\na picture of a quiet room\n\nEnd of it.")
    run(file, publish=True)
    post = BlogPostPage.objects.get()
    post.summary, post.slug = "By an editor.", "kept"
    image = make_image()
    post.body[1].value["image"] = image
    edited = post.save_revision()
    edited.publish()

    write(tmp_path, "A Better Title\n\nSecond text.\n\na picture of a quiet room\n\nEnd of it.")
    told = run(file, update=True)

    assert "Made a new revision" in told
    post.refresh_from_db()
    assert post.title == "A Title", "what readers see waits for someone to publish"
    draft = post.get_latest_revision_as_object()
    assert (draft.title, draft.summary, draft.slug) == ("A Better Title", "By an editor.", "kept")
    assert "Second text." in str(draft.body)
    assert draft.body[1].value["image"] == image
    assert post.revisions.filter(pk=edited.pk).exists()
    assert post.revisions.count() == 3
    run(file, update=True, publish=True)
    post.refresh_from_db()
    assert post.title == "A Better Title"
    assert BlogPostPage.objects.count() == 1


def test_post_under_review_is_left_alone(site):
    run()
    post = BlogPostPage.objects.get()
    post.get_workflow().start(post, make_user("Editors"))
    before = counts()
    with pytest.raises(CommandError, match="locked or under review"):
        run(update=True)
    assert counts() == before


def test_invitation_without_a_heading_is_a_link_in_the_text(client, site, tmp_path):
    file = write(tmp_path, "A Title\n\nSome text.\n\nBook your first session today")
    run(file, publish=True)
    html = client.get(BlogPostPage.objects.get().url).text
    assert '<a href="/request-a-consultation/">Book your first session today</a>' in html


def test_marks_of_html_are_text(client, site, tmp_path):
    run(write(tmp_path, "A Title\n\nLess < more & <b>bold</b> “quotes” it’s.\n\nEnd."), publish=True)
    html = client.get(BlogPostPage.objects.get().url).text
    assert shown_words(html) == ["Less", "<", "more", "&", "<b>bold</b>", "“quotes”", "it’s.", "End."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "not plain text"),
        ("Título\n\nIt’s".encode("utf-16"), "UTF-16"),
        ("A Title\n\nIt’s".encode("cp1252"), "line 3"),
        (b"A sentence is no title.\n\nMore.", "No title"),
        (b"A Title\n\n" + b"words " * 400_000, "more than 2 MB"),
    ],
)
def test_bad_files_change_nothing(site, tmp_path, content, message):
    before = counts()
    with pytest.raises(CommandError, match=message):
        run(write(tmp_path, content))
    assert counts() == before


def test_missing_file_and_folder(site, tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(CommandError, match="can't be read"):
            run(path)


def test_unusable_author_and_topic_change_nothing(site):
    before = counts()
    with pytest.raises(CommandError, match="no name with a credential"):
        run(author=["somebody"])
    with pytest.raises(CommandError, match="can't be the name of a topic"):
        run(topic=["!!"])
    assert counts() == before


def test_site_without_blog_or_team_says_so(home, tmp_path):
    with pytest.raises(CommandError, match="no blog yet"):
        run()


def test_without_team_page_nothing_is_left_behind(blog):
    before = counts()
    with pytest.raises(CommandError, match="no team page"):
        run()
    assert counts() == before
