"""A proxy that TRUSTED_PROXIES does not count is named in the log when it forwards its first request."""

import pytest
from django.conf import settings as project_settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("well"))]


@pytest.mark.parametrize(
    ("peer", "proxies", "forwarded", "warned"),
    [
        ("127.0.0.1", 0, "192.0.2.9", True),
        ("::1", 0, "192.0.2.9", True),
        ("10.0.0.5", 0, "192.0.2.9", True),
        ("127.0.0.1", 1, "192.0.2.9", False),
        ("127.0.0.1", 0, "", False),
        ("8.8.8.8", 0, "192.0.2.9", False),
        ("", 0, "192.0.2.9", False),
    ],
)
def test_it_is_logged_once(settings, caplog, tmp_path, peer, proxies, forwarded, warned):
    settings.TRUSTED_PROXIES, settings.ROOT_URLCONF = proxies, __name__
    settings.MIDDLEWARE = [name for name in project_settings.MIDDLEWARE if name.startswith("innerbalance.security")]
    settings.UNKNOWN_PROXY_FILE = tmp_path / "var" / "unknown-proxy"
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    reader = Client(REMOTE_ADDR=peer, headers=headers)
    for _ in range(2):
        reader.get("/")
    assert sum("TRUSTED_PROXIES" in line for line in caplog.messages) == warned
    assert "192.0.2" not in caplog.text
    # The doctor finds it there.
    assert settings.UNKNOWN_PROXY_FILE.exists() is warned
