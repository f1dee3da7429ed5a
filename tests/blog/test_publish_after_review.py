"""No post reaches readers without a clinical review, whichever way it is tried, and none is taken from them lightly."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogPostPage
from tests.factories import make_post, make_user

WRITERS = ["Editors", "Clinical reviewers"]


def payload(**changes) -> dict[str, str]:
    values = {
        "title": "Unread by a clinician", "slug": "unread", "summary": "S.", "seo_title": "", "search_description": "",
        "share_image": "", "hero_image": "", "hero_alt": "",
        "body": streamfield([("text", rich_text("<p>Words.</p>"))]),
        "post_authors": inline_formset([]), "comments": inline_formset([]), "go_live_at": "", "expire_at": "",
    }  # fmt: skip
    return nested_form_data({**values, **changes})


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def publish(client, address: str, **changes):
    return client.post(address, payload(**{"action-publish": "1", **changes}))


def live_titles() -> set[str]:
    return set(BlogPostPage.objects.live().values_list("title", flat=True))


@pytest.fixture
def writer(request, blog):
    return make_user(request.param)


@pytest.fixture
def admin(writer):
    return signed_in(writer)


@pytest.fixture
def draft(blog):
    return make_post(blog, title="Draft", slug="draft", live=False)


@pytest.fixture
def reviewed(blog):
    return make_post(blog, title="Reviewed", slug="reviewed")


@pytest.mark.parametrize("writer", WRITERS, indirect=True)
class TestNobodyWithoutTheRightPublishes:
    def test_by_creating(self, admin, blog):
        publish(admin, f"/admin/pages/add/blog/blogpostpage/{blog.pk}/")
        assert BlogPostPage.objects.get().title == "Unread by a clinician", "the draft is kept"
        assert live_titles() == set()

    def test_by_creating_for_a_later_time(self, admin, blog):
        soon = timezone.localtime() + timedelta(hours=2)
        publish(admin, f"/admin/pages/add/blog/blogpostpage/{blog.pk}/", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
        post = BlogPostPage.objects.get()
        assert not post.live
        assert not post.approved_schedule

    def test_by_editing(self, admin, draft):
        publish(admin, f"/admin/pages/{draft.pk}/edit/", slug="draft")
        assert live_titles() == set()

    def test_by_scheduling(self, admin, draft):
        soon = timezone.localtime() + timedelta(hours=2)
        publish(admin, f"/admin/pages/{draft.pk}/edit/", slug="draft", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
        draft.refresh_from_db()
        assert not draft.approved_schedule
        assert not draft.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_by_changing_what_is_live(self, admin, reviewed):
        publish(admin, f"/admin/pages/{reviewed.pk}/edit/", title="Changed", slug="reviewed")
        assert live_titles() == {"Reviewed"}

    def test_by_going_back_to_an_older_version(self, admin, reviewed):
        older = reviewed.revisions.order_by("pk").first()
        publish(admin, f"/admin/pages/{reviewed.pk}/edit/", title="Older", slug="reviewed", revision=str(older.pk))
        assert live_titles() == {"Reviewed"}

    def test_by_copying(self, admin, blog, reviewed):
        admin.post(
            f"/admin/pages/{reviewed.pk}/copy/",
            {"new_title": "Copied", "new_slug": "copied", "new_parent_page": blog.pk, "publish_copies": "on"},
        )
        assert live_titles() == {"Reviewed"}

    def test_by_an_alias(self, admin, blog, reviewed):
        admin.post(
            f"/admin/pages/{reviewed.pk}/copy/",
            {"new_title": "Alias", "new_slug": "alias", "new_parent_page": blog.pk, "alias": "on"},
        )
        assert BlogPostPage.objects.live().count() == 1

    @pytest.mark.parametrize("chosen", ["the post", "the blog with what is under it"])
    def test_in_bulk(self, admin, blog, draft, chosen):
        page = draft if chosen == "the post" else blog
        admin.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}", {"include_descendants": "on"})
        assert live_titles() == set()

    def test_by_wagtails_actions(self, writer, blog, draft, reviewed):
        revision = draft.get_latest_revision()
        attempts = [
            PublishPageRevisionAction(revision, user=writer),
            CopyPageAction(reviewed, to=blog, user=writer, update_attrs={"slug": "c"}, keep_live=True),
            CreatePageAliasAction(reviewed, parent=blog, user=writer, update_slug="a"),
            MovePageAction(reviewed, blog, pos="first-child", user=writer),
        ]
        for attempt in attempts:
            with pytest.raises(PermissionDenied):
                attempt.execute()
        assert live_titles() == {"Reviewed"}


def test_an_editor_does_not_approve_what_was_sent_to_review(draft):
    editor = make_user("Editors")
    state = draft.get_workflow().start(draft, editor)
    task = state.current_task_state.pk
    signed_in(editor).post(f"/admin/pages/{draft.pk}/workflow/action/approve/{task}/", {"comment": ""})
    assert live_titles() == set()


def test_nothing_else_makes_pages_live(client, home):
    for address in ("/api/v2/pages/", "/api/v3/pages/", "/admin/api/v3/pages/"):
        assert client.post(address, {}).status_code in {302, 404}, address


def test_an_owner_publishes_at_once(blog):
    publish(signed_in(make_user("Owners")), f"/admin/pages/add/blog/blogpostpage/{blog.pk}/")
    assert live_titles() == {"Unread by a clinician"}


def user_with(*codenames: str):
    """Somebody who may enter the admin and edit pages, and has of the blog's own rights only those named."""
    user = get_user_model().objects.create_user("one-right", password="a quiet desert morning")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    group = user.groups.create(name="Page editors")
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    return get_user_model().objects.get(pk=user.pk)


class TestOneRightDoesNotBringTheOther:
    def test_neither(self, reviewed, blog):
        rights = reviewed.permissions_for_user(user_with())
        assert not rights.can_publish()
        assert not rights.can_unpublish()
        assert not rights.can_delete()
        assert not rights.can_move()
        assert not blog.permissions_for_user(rights.user).can_publish_subpage()

    def test_publishing_is_not_withdrawing(self, reviewed, blog):
        rights = reviewed.permissions_for_user(user_with("publish_without_review"))
        assert rights.can_publish()
        assert not rights.can_unpublish()
        assert not rights.can_delete()
        assert not rights.can_move()
        assert blog.permissions_for_user(rights.user).can_publish_subpage()
        assert not blog.permissions_for_user(rights.user).can_unpublish()

    def test_withdrawing_is_not_publishing(self, reviewed, blog):
        rights = reviewed.permissions_for_user(user_with("withdraw_post"))
        assert not rights.can_publish()
        assert rights.can_unpublish()
        assert rights.can_delete()
        assert not blog.permissions_for_user(rights.user).can_publish_subpage()
        assert blog.permissions_for_user(rights.user).can_unpublish()

    def test_an_account_that_is_closed_has_neither(self, reviewed):
        user = user_with("publish_without_review", "withdraw_post")
        user.is_active = False
        rights = reviewed.permissions_for_user(user)
        assert not rights.can_publish()
        assert not rights.can_unpublish()
        assert not rights.can_delete()


WITHDRAW = {
    "unpublish": "/admin/pages/{post}/unpublish/",
    "delete": "/admin/pages/{post}/delete/",
    "unpublish in bulk": "/admin/bulk/wagtailcore/page/unpublish/?next=/admin/&id={post}",
    "delete in bulk": "/admin/bulk/wagtailcore/page/delete/?next=/admin/&id={post}",
    "unpublish the blog and all": "/admin/bulk/wagtailcore/page/unpublish/?next=/admin/&id={blog}",
    "delete the blog and all": "/admin/bulk/wagtailcore/page/delete/?next=/admin/&id={blog}",
}


@pytest.mark.parametrize("way", WITHDRAW)
def test_an_editor_takes_no_live_post_away(blog, reviewed, way):
    admin = signed_in(make_user("Editors"))
    admin.post(WITHDRAW[way].format(post=reviewed.pk, blog=blog.pk), {"include_descendants": "on"})
    assert live_titles() == {"Reviewed"}


@pytest.mark.parametrize("role", ["Clinical reviewers", "Owners"])
@pytest.mark.parametrize("way", ["unpublish", "delete", "unpublish in bulk", "delete in bulk"])
def test_reviewers_and_owners_take_a_live_post_away(blog, reviewed, role, way):
    signed_in(make_user(role)).post(WITHDRAW[way].format(post=reviewed.pk, blog=blog.pk))
    assert live_titles() == set()


def test_an_editor_deletes_a_draft(draft):
    signed_in(make_user("Editors")).post(f"/admin/pages/{draft.pk}/delete/")
    assert not BlogPostPage.objects.exists()
