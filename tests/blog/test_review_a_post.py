"""A clinician reviews a post: approval in the workflow sets the date, nothing else moves it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import BlogPostPage, ClinicalReview
from blog.models.reviews import posts_due
from tests.factories import make_clinician, make_post, make_user


@pytest.fixture
def reviewer(team):
    user = make_user("Clinical reviewers")
    make_clinician(team, "Rhea View", "PhD", user=user)
    return user


def submit_and_approve(post, editor, reviewer):
    post.save_revision(user=editor)
    state = post.get_workflow().start(post, editor)
    state.current_task_state.approve(user=reviewer)
    post.refresh_from_db()


def approve(post, reviewer):
    editor = make_user("Editors")
    post.save_revision(user=editor)
    state = post.get_workflow().start(post, editor)
    task = state.current_task_state.task.specific
    task.on_action(state.current_task_state, reviewer, "approve")
    post.refresh_from_db()


def test_approval_publishes_and_stamps(client, blog, reviewer):
    post = make_post(blog, slug="p", live=False)
    approve(post, reviewer)
    assert post.live
    review = post.review
    assert review.reviewer_name == "Rhea View, PhD"
    assert review.next_due > timezone.localdate() + timedelta(days=360)
    assert not review.updated_since
    text = client.get("/blog/p/").text
    assert "Rhea View, PhD" in text
    assert "eviewed by" in text


def test_a_later_edit_shows_to_staff_and_moves_no_date(blog, reviewer):
    post = make_post(blog)
    approve(post, reviewer)
    before = post.review
    post.summary = "Changed."
    post.save_revision().publish()
    post.refresh_from_db()
    assert post.review.reviewed_at == before.reviewed_at
    assert post.review.updated_since
    assert post in posts_due(timezone.localdate())


def test_asking_for_changes_is_no_review(blog, reviewer):
    post = make_post(blog, live=False)
    editor = make_user("Editors")
    state = post.get_workflow().start(post, editor)
    state.current_task_state.task.specific.on_action(state.current_task_state, reviewer, "reject", comment="Shorter.")
    assert not ClinicalReview.objects.exists()


def test_what_is_due_and_what_is_not(blog, reviewer):
    never, fresh, old = make_post(blog), make_post(blog), make_post(blog)
    approve(fresh, reviewer)
    approve(old, reviewer)
    ClinicalReview.objects.filter(page=old).update(next_due=timezone.localdate() + timedelta(days=10))
    assert set(posts_due(timezone.localdate())) == {never, old}


def test_an_editor_cannot_publish_past_the_review(client, blog):
    post = make_post(blog, live=False)
    editor, owner = make_user("Editors"), make_user("Owners")
    assert not post.permissions_for_user(editor).can_publish()
    assert post.permissions_for_user(editor).can_edit()
    assert not post.permissions_for_user(make_user("Clinical reviewers")).can_publish()
    assert post.permissions_for_user(owner).can_publish()
    assert blog.permissions_for_user(editor).can_publish()


def test_a_blog_made_in_the_admin_starts_under_review(client, home):
    client.force_login(make_user("Owners"))
    data = {
        "title": "Articles", "slug": "blog", "intro": "", "seo_title": "", "search_description": "",
        "share_image": "", "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    response = client.post(f"/admin/pages/add/blog/blogindexpage/{home.pk}/", data)
    assert response.status_code == 302, response.text[:500]
    from blog.models import BlogIndexPage

    assert BlogIndexPage.objects.get().get_workflow().name == "Clinical review"


@pytest.mark.parametrize("role", ["Editors", "Clinical reviewers", "Owners"])
def test_report_and_home_panel_list_what_is_due(client, blog, role):
    post = make_post(blog, title="Never read by a clinician")
    client.force_login(make_user(role))
    assert post.title in client.get("/admin/").text
    assert post.title in client.get("/admin/reports/reviews-due/").text
    assert client.get("/admin/reports/reviews-due/?export=csv").status_code == 200


def test_the_office_has_no_part_in_it(client, blog):
    make_post(blog, title="Never read by a clinician")
    client.force_login(make_user("Office"))
    assert "Never read" not in client.get("/admin/").text
    assert client.get("/admin/reports/reviews-due/").status_code in {302, 403}


def test_the_editor_is_told_what_to_fix(client, blog):
    post = make_post(blog, body=[("text", '<p><a href="https://x.org/">click here</a></p>')])
    client.force_login(make_user("Editors"))
    text = client.get(f"/admin/pages/{post.pk}/edit/").text
    assert "say where it leads" in text
    assert "No author is named" in text


def test_posts_have_a_type_of_their_own_in_the_workflow(blog):
    assert BlogPostPage(title="x").review is None
