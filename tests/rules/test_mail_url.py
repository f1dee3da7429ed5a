"""MAIL_URL says the mail server in one line, and an error never repeats it: it holds a password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from innerbalance.settings.mail_url import smtp_options


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp://mail.test", 25, False, False),
        ("smtp://mail.test:2525", 2525, False, False),
        ("smtp+starttls://mail.test", 587, True, False),
        ("smtps://mail.test", 465, False, True),
        ("smtps://mail.test:4650", 4650, False, True),
    ],
)
def test_the_scheme_says_the_encryption(url, port, use_tls, use_ssl):
    options = smtp_options(url, timeout=10)
    assert options["host"] == "mail.test"
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, use_tls, use_ssl)
    assert (options["username"], options["password"], options["timeout"]) == ("", "", 10)


def test_odd_letters():
    options = smtp_options("smtps://office%40practice.test:a%2Fb%3Ac%40@mail.test", timeout=1)
    assert (options["username"], options["password"]) == ("office@practice.test", "a/b:c@")


@pytest.mark.parametrize(
    "url", ["mail.test", "http://n:secret-word@mail.test", "smtp://n:secret-word@", "smtp://h:port"]
)
def test_what_is_none_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="MAIL_URL") as caught:
        smtp_options(url, timeout=1)
    assert "secret-word" not in str(caught.value)
