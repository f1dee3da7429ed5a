"""`make serve` itself: what it keeps, what it says when it can't, https, and that Ctrl+C leaves nothing behind."""

import os
import re
import signal
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from .readers import ask
from .stack import ROOT, Stack, clean_environment, wait_for

SECRETS = ("SECRET_KEY", "HASH_KEYS", "INTAKE_KEYS", "DEMO_PASSWORD", "DATABASE_URL", "MEDIA_ROOT")


def _refused(**env: str) -> str:
    done = subprocess.run(
        [ROOT / "bin" / "serve"], env=clean_environment(**env), capture_output=True, text=True, timeout=200
    )
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def secure(ground):
    """A second stack, by https; its folder is started twice."""
    running = Stack(ground / "secure", TLS="1").start()
    yield running
    if running.process.poll() is None:
        running.stop()


def _tls(port: int, request: str, *protocols: str) -> tuple[str | None, bytes]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(list(protocols))
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as client,
    ):
        chosen, got = client.selected_alpn_protocol(), b""
        if chosen != "h2":
            client.sendall(request.encode())
            while part := client.recv(65536):
                got += part
        return chosen, got


def test_https_with_http_2_and_secure_cookies(secure):
    assert _tls(secure.port, "", "h2", "http/1.1")[0] == "h2"
    line = "GET /{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n"
    _, page = _tls(secure.port, line.format("", secure.host), "http/1.1")
    assert page.startswith(b"HTTP/1.1 200")
    _, login = _tls(secure.port, line.format("admin/login/", secure.host), "http/1.1")
    cookies = re.findall(rb"(?im)^set-cookie: (.*)$", login)
    assert cookies
    assert all(b"__Host-" in cookie and b"secure" in cookie.lower() for cookie in cookies)
    # A port that speaks https answers http with a refusal, never with a page.
    assert ask(secure.port, "/")[0] == 400
    # The application's own address sends who came by http to https.
    status, headers, _ = ask(secure.app_port, "/services/", host=secure.host)
    assert (status, headers["location"]) == (301, f"https://{secure.host}/services/")


def test_names_that_are_not_ours_get_no_page(secure, stack):
    with pytest.raises(OSError, match=r"\w"):
        ask(stack.port, "/", host="evil.example")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", secure.port), timeout=20) as plain, pytest.raises(OSError, match=r"\w"):
        context.wrap_socket(plain, server_hostname="evil.example")


def test_ctrl_c_leaves_no_process_and_a_second_start_keeps_secrets_and_data(secure):
    everybody, before = secure.everybody(), dict(secure.env)
    secure.do("from blog.models import Topic; Topic.objects.create(name='Stays', slug='stays')")
    secure.staff.leave()
    secure.staff = None
    # As a terminal does it: to all of them at once.
    os.killpg(secure.process.pid, signal.SIGINT)
    assert secure.process.wait(timeout=25) == 0
    wait_for(lambda: not [pid for pid in everybody if Path(f"/proc/{pid}").exists()], seconds=5, what="all to be gone")
    assert "Traceback" not in secure.said()

    secure.start()
    assert {name: secure.env[name] for name in SECRETS} == {name: before[name] for name in SECRETS}
    assert secure.do("from blog.models import Topic; result = Topic.objects.filter(slug='stays').exists()")
    assert oct((secure.folder / "env").stat().st_mode)[-3:] == "600"


def test_a_killed_supervisor_takes_all_with_it(secure):
    everybody = secure.everybody()
    if secure.staff:
        secure.staff.leave()
        secure.staff = None
    secure.process.kill()
    secure.process.wait()
    wait_for(lambda: not [pid for pid in everybody if Path(f"/proc/{pid}").exists()], seconds=40, what="all to be gone")


def test_a_taken_port_is_named(stack, ground):
    said = _refused(SERVE_DIR=str(ground / "taken"), PORT=str(stack.port))
    assert str(stack.port) in said
    assert "Traceback" not in said


def test_a_missing_nginx_is_named(ground):
    done = subprocess.run(
        [ROOT / ".venv/bin/python", "-c", NO_NGINX], cwd=ROOT, capture_output=True, text=True,
        env=clean_environment(SERVE_DIR=str(ground / "no-nginx")), timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "nginx is missing" in done.stderr
    assert "apt-get install" in done.stderr


NO_NGINX = """
import runpy, shutil, sys
shutil.which = lambda *args, **kwargs: None
runpy.run_path('deploy/prepare.py', run_name='__main__')
"""
