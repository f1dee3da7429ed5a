import pytest

from tests.newsletter.factories import make_archive, make_issue
from tests.newsletter.mail_server import Server


@pytest.fixture
def archive(home):
    return make_archive(home)


@pytest.fixture
def issue(archive):
    return make_issue(archive)


@pytest.fixture
def mail_server(settings):
    """A real SMTP server that the newsletter's mailer talks to; gives its handler (mode and record)."""
    with Server() as server:
        settings.NEWSLETTER_MAILER = "newsletter"
        settings.NEWSLETTER_ANSWER_SECONDS = 1
        settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
        settings.MAILERS = {
            **settings.MAILERS,
            "newsletter": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": server.port, "timeout": 2},
            },
        }
        yield server.handler
