"""Public forms take posts of our own pages only, without a token and without a cookie."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from modern_csrf.decorators import csrf_protect as modern_csrf_protect

from innerbalance.security.public_forms import FormStamp, public_form


def answer(request):
    return HttpResponse("ok")


urlpatterns = [
    path("form/", public_form(answer)),
    path("wrong-order/", modern_csrf_protect(csrf_exempt(answer))),
    path("plain/", answer),
]
pytestmark = pytest.mark.urls(__name__)
NOW = datetime(2026, 3, 4, 16, 0, 30, tzinfo=UTC)


@pytest.fixture
def browser(db):
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"}],
)
def test_our_own_pages_may_post(browser, headers):
    response = browser.post("/form/", headers=headers)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_others_may_not(browser, headers):
    assert browser.post("/form/", headers=headers).status_code == 403


def test_the_order_of_the_two_decorators_is_the_protection(browser):
    """The trap this project must not fall into: the other order lets everything through."""
    assert browser.post("/wrong-order/", headers={"sec-fetch-site": "cross-site"}).status_code == 200
    assert browser.post("/form/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_other_views_keep_djangos_protection(browser):
    assert browser.post("/plain/", headers={"sec-fetch-site": "same-origin"}).status_code == 403


class TestFormStamp:
    def test_tells_the_age(self):
        stamp = FormStamp.issue("intake", NOW)
        assert FormStamp.age("intake", stamp, NOW + timedelta(minutes=5)) == timedelta(minutes=5, seconds=30)

    @pytest.mark.parametrize("value", ["", "1234", "1772640000:forged", "\x00"])
    def test_forged_stamps_have_no_age(self, value):
        assert FormStamp.age("intake", value, NOW) is None

    def test_a_stamp_of_another_form_has_no_age(self):
        assert FormStamp.age("newsletter", FormStamp.issue("intake", NOW), NOW) is None
