"""What the doctor says of a mail server that wants a password, and of one whose certificate nobody signed."""

import contextlib
import socket
import ssl
import threading

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.utils import timezone

from innerbalance.operations.findings import Level
from innerbalance.operations.installation.mail_server import conversation
from innerbalance.settings.mail_url import smtp_options
from tests.newsletter.certificates import certificate_of_a_stranger
from tests.newsletter.mail_server import Handler
from tests.operations.installation import free_port


def authenticate(server, session, envelope, mechanism, data):
    right = data.password == b"right-word"
    return AuthResult(success=right, handled=right)


@pytest.fixture
def listening(tmp_path):
    """A function that starts a server with aiosmtpd's `options`; its port."""
    controllers = []

    def start(handler, **options) -> int:
        port = free_port()
        controllers.append(Controller(handler, hostname="127.0.0.1", port=port, **options))
        controllers[-1].start()
        return port

    yield start
    for controller in controllers:
        controller.stop()


@pytest.fixture
def tls(tmp_path):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate_of_a_stranger(tmp_path))
    return context


def ask(settings, url) -> tuple[Level, str]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": smtp_options(url, timeout=3)}}
    settings.DEFAULT_FROM_EMAIL = "office@practice.test"
    *_before, last = conversation(timezone.now())
    return last.level, last.text


@pytest.mark.parametrize(
    ("password", "level", "words"),
    [
        ("right-word", Level.GOOD, "accepts emails from us"),
        ("wrong-word", Level.FAULT, "refuses the name or the password (535)"),
    ],
)
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_is_tried(settings, listening, password, level, words):
    handler = Handler()
    port = listening(handler, authenticator=authenticate, auth_required=True, auth_require_tls=False)
    found = ask(settings, f"smtp://office:{password}@127.0.0.1:{port}")
    assert found[0] is level
    assert words in found[1]
    assert password not in found[1]
    assert handler.received == []


def test_a_certificate_that_nobody_signed_is_not_believed(settings, listening, tls):
    port = listening(Handler(), tls_context=tls)
    assert_refused(ask(settings, f"smtp+starttls://office:right-word@127.0.0.1:{port}"))


def test_nor_where_the_conversation_begins_encrypted(settings, tls):
    def greet():
        with contextlib.suppress(OSError):
            peer, _address = listener.accept()
            tls.wrap_socket(peer, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=greet)
        server.start()
        assert_refused(ask(settings, f"smtps://office:right-word@127.0.0.1:{listener.getsockname()[1]}"))
        server.join()


def assert_refused(found) -> None:
    level, text = found
    assert level is Level.FAULT
    assert "The encrypted connection" in text
    assert "self-signed certificate" in text
    assert "right-word" not in text


def test_a_name_that_nobody_knows(settings):
    level, text = ask(settings, "smtp://mail.invalid")
    assert level is Level.FAULT
    assert "mail.invalid" in text
