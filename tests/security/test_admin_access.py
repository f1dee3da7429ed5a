"""Our own admin views: only for those with the permission, kept nowhere, refusals logged."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.views import View

from innerbalance.admin_access import CHANGING, PrivateAdminMixin, private_admin_view, require
from tests.factories import make_user_with

SEE, CHANGE, OTHER = "locations.view_closure", "locations.change_closure", "locations.delete_closure"


def ask(view, user, method="get", path="/admin/x/"):
    request = getattr(RequestFactory(), method)(path, {"note": "private words"})
    request.user = user
    return view(request)


def content(request, *args, **kwargs):
    return HttpResponse("content")


class ContentView(PrivateAdminMixin, View):
    def get(self, request):
        return HttpResponse("content")


@pytest.mark.parametrize("needed", [{"permission": SEE}, {"any_of": [SEE, OTHER]}, {"permission": [SEE, CHANGE]}])
@pytest.mark.parametrize("kind", ["function", "class"])
class TestWhoMayOpenIt:
    def view(self, kind, permission=(), any_of=()):
        if kind == "function":
            return private_admin_view(permission, any_of=any_of)(content)
        return ContentView.as_view(private_permission=permission, private_any_of=any_of)

    def test_who_has_what_it_needs(self, db, needed, kind):
        permissions = [SEE, CHANGE] if needed.get("permission") == [SEE, CHANGE] else [SEE]
        assert ask(self.view(kind, **needed), make_user_with(*permissions)).content == b"content"

    def test_nobody_else(self, db, needed, kind):
        others = make_user_with(CHANGE)
        with pytest.raises(PermissionDenied):
            ask(self.view(kind, **needed), others)

    def test_nobody_who_left(self, db, needed, kind):
        gone = make_user_with(SEE, CHANGE, is_active=False)
        with pytest.raises(PermissionDenied):
            ask(self.view(kind, **needed), gone)

    def test_it_is_kept_nowhere(self, db, needed, kind):
        response = ask(self.view(kind, **needed), make_user_with(SEE, CHANGE))
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex, noarchive"


def test_all_of_the_permissions_and_one_of_the_others_are_needed(db):
    view = private_admin_view(SEE, any_of=[CHANGE, OTHER])(content)
    for too_little in ([SEE], [CHANGE, OTHER]):
        with pytest.raises(PermissionDenied):
            ask(view, make_user_with(*too_little))
    assert ask(view, make_user_with(SEE, OTHER)).status_code == 200


def test_a_view_without_a_permission_cannot_be_made(db):
    with pytest.raises(ValueError, match="at least one permission"):
        private_admin_view()
    with pytest.raises(ValueError, match="at least one permission"):
        ask(ContentView.as_view(), make_user_with(SEE))


def test_only_the_methods_that_it_names(db):
    user = make_user_with(CHANGE)
    reading, changing = private_admin_view(CHANGE)(content), private_admin_view(CHANGE, methods=CHANGING)(content)
    assert [ask(reading, user, method).status_code for method in ("get", "head", "post")] == [200, 200, 405]
    assert [ask(changing, user, method).status_code for method in ("get", "head", "post")] == [405, 405, 200]
    assert ask(changing, user)["Cache-Control"] == "private, no-store"


def test_a_refusal_is_logged_by_id_and_view_alone(db, caplog):
    nobody = make_user_with()
    with caplog.at_level(logging.WARNING), pytest.raises(PermissionDenied):
        ask(private_admin_view(SEE)(content), nobody, path="/admin/secret-reference/")
    assert [record.getMessage() for record in caplog.records] == [f"Refused: user {nobody.pk}, view content"]


def test_a_question_inside_a_view(db):
    request = RequestFactory().get("/admin/x/")
    request.user = make_user_with(SEE)
    require(request, SEE)
    with pytest.raises(PermissionDenied):
        require(request, [SEE, CHANGE])
    with pytest.raises(PermissionDenied):
        require(request, SEE, any_of=[CHANGE])


def test_what_was_posted_stands_in_no_error_report(db):
    def look(request):
        return HttpResponse(request.sensitive_post_parameters)

    assert ask(private_admin_view(SEE)(look), make_user_with(SEE)).content == b"__ALL__"
