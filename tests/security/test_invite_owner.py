"""The first owner is invited from the command line: a link that sets the password, once."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
PASSWORD = "a-walk-by-the-river-46"


@pytest.fixture(autouse=True)
def address(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"


def invite(*arguments: str) -> str:
    out = io.StringIO()
    call_command("invite_owner", *arguments, stdout=out)
    return out.getvalue()


def link_in(text: str) -> str:
    return re.search(r"http://testserver(\S+)", text)[1]


def set_password(client, link: str, password: str = PASSWORD):
    form = client.get(link, follow=True)
    if not form.redirect_chain:
        return form
    fields = {"new_password1": password, "new_password2": password}
    return client.post(form.redirect_chain[-1][0], fields, follow=True)


def test_the_link_sets_a_password_once_and_the_owner_signs_in(client):
    link = link_in(invite("Dana@Example.org"))
    user = get_user_model().objects.get()
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["Owners"]
    set_password(client, link)
    assert client.login(username="dana@example.org", password=PASSWORD)
    assert client.get("/admin/").status_code == 200
    client.logout()
    set_password(client, link, "another-password-77")
    assert not client.login(username="dana@example.org", password="another-password-77")


def test_by_email_the_link_stands_only_there():
    printed = invite("dana@example.org", "--send")
    (message,) = mail.outbox
    assert message.to == ["dana@example.org"]
    assert link_in(message.body) not in printed


def test_asked_again_before_the_password_is_set_there_is_one_account():
    invite("dana@example.org")
    assert "/admin/password_reset/" in invite("DANA@example.org")
    assert get_user_model().objects.count() == 1


def test_an_account_in_use_gets_no_link(client):
    set_password(client, link_in(invite("dana@example.org")))
    with pytest.raises(CommandError, match="has an account already"):
        invite("dana@example.org")


def test_an_account_that_was_closed_is_not_opened_again():
    invite("dana@example.org")
    get_user_model().objects.update(is_active=False)
    with pytest.raises(CommandError):
        invite("dana@example.org")


def test_what_is_no_address_makes_no_account():
    with pytest.raises(CommandError, match="no email address"):
        invite("dana")
    assert not get_user_model().objects.exists()


def test_a_mail_server_that_refuses_is_named(settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 2},
        }
    }
    with pytest.raises(CommandError, match="without --send"):
        invite("dana@example.org", "--send")
