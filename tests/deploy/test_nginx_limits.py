"""nginx as bin/install-server sets it up: what one address may ask of the application has bounds."""

import http.client
import http.server
import io
import shutil
import socket
import subprocess
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from .server import ROOT, free_port

CONF = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Application(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 4096  # an answer in one piece: the flood has to be quick

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args):
        pass


@pytest.fixture
def folder():
    """One that nginx's own user may read."""
    path = Path(tempfile.mkdtemp(prefix="innerbalance-nginx-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def port(folder, settings):
    settings.KEPT_PAGES_DIR = str(folder / "kept")
    settings.ALLOWED_HOSTS = ["localhost"]
    (folder / "static").mkdir()
    (folder / "static/site.css").write_text("a {}", encoding="utf-8")
    listen, out = free_port(), io.StringIO()
    settings.WAGTAILADMIN_BASE_URL = f"http://localhost:{listen}"
    application = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    call_command(
        "nginx_conf",
        *("--listen", f"127.0.0.1:{listen}", "--app-bind", f"127.0.0.1:{application.server_port}", "--limits"),
        *("--no-brotli", "--static-root", str(folder / "static")),
        stdout=out,
    )
    (folder / "site.conf").write_text(out.getvalue(), encoding="utf-8")
    (folder / "nginx.conf").write_text(CONF.format(folder=folder), encoding="utf-8")
    nginx = subprocess.Popen(
        ["nginx", "-c", folder / "nginx.conf", "-p", folder], env={"PATH": "/usr/sbin:/usr/bin"}, cwd=ROOT
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", listen), timeout=1).close()
            break
        except OSError:
            threading.Event().wait(0.1)
    yield listen
    nginx.terminate()
    nginx.wait(timeout=20)
    application.shutdown()
    application.server_close()


def ask(port: int, path: str, times: int) -> Counter:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    answers: Counter = Counter()
    for _ in range(times):
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        response.read()
        answers[response.status] += 1
    connection.close()
    return answers


def test_a_flood_from_one_address_meets_429_and_a_reader_does_not(port):
    assert ask(port, "/search/?q=rest", 60) == {200: 60}
    flood = ask(port, "/search/?q=rest", 600)
    assert flood[429] > 100
    assert set(flood) == {200, 429}
    assert ask(port, "/static/site.css", 400) == {200: 400}


def test_a_certificate_that_renews_itself_is_named_by_its_link(tmp_path, settings):
    settings.KEPT_PAGES_DIR = str(tmp_path / "kept")
    (tmp_path / "fullchain1.pem").touch()
    link = Path(tmp_path / "fullchain.pem")
    link.symlink_to("fullchain1.pem")
    out = io.StringIO()
    call_command("nginx_conf", "--certificate", str(link), "--key", str(link), "--http2-directive", stdout=out)
    assert f"ssl_certificate {link};" in out.getvalue()
    assert "http2 on;" in out.getvalue()
    assert "ssl http2" not in out.getvalue()
