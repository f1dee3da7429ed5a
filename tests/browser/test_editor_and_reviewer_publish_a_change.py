"""An editor changes the article in the admin, sees it, sends it to review; a clinician approves; the change is live."""

import pytest

from tests.factories import make_blog, make_clinician, make_post, make_team, make_user


@pytest.fixture
def article(home):
    blog, team = make_blog(home), make_team(home)
    reviewer = make_user("Clinical reviewers", "rhea")
    make_clinician(team, "Rhea View", "PhD", user=reviewer)
    return make_post(blog, title="Two ways of leaning", slug="leaning", authors=(make_clinician(team),))


def test_from_edit_to_live(article, signed_in, open_page):
    editor = signed_in(make_user("Editors", "edda"))
    editor.goto(f"/admin/pages/{article.pk}/edit/")
    editor.locator("textarea[name=summary]").fill("A summary that an editor wrote.")
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("#w-preview-iframe")
    preview.get_by_text("A summary that an editor wrote.").first.wait_for()

    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit to Clinical review").click()
    editor.wait_for_url("**/admin/pages/*/")

    reader = open_page(width=360)
    reader.goto("/blog/leaning/")
    assert reader.get_by_text("A summary that an editor wrote.").count() == 0

    reviewer = signed_in(article_reviewer())
    assert reviewer.get_by_role("link", name="Two ways of leaning").first.is_visible()
    reviewer.goto(f"/admin/pages/{article.pk}/edit/")
    reviewer.get_by_role("button", name="More actions").click()
    reviewer.get_by_role("button", name="Approve and Publish", exact=True).click()
    reviewer.wait_for_url("**/admin/pages/*/")

    # Another reader: the first one's browser may keep the page for its minute.
    reader = open_page(width=360)
    reader.goto("/blog/leaning/")
    reader.get_by_text("A summary that an editor wrote.").first.wait_for()
    assert reader.get_by_text("Rhea View, PhD").first.is_visible()


def article_reviewer():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="rhea")
