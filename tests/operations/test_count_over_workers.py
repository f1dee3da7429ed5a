"""The real application server: /metrics sums what all of its workers counted, and a start begins at 0."""

import http.client
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.operations.installation import Installation, free_port, production_environment

TOKEN = "a-token-for-tests-alone-0123456789"
NAME = 'innerbalance_requests_total{route="search",status="2xx"}'


@pytest.fixture
def server(template, tmp_path):
    """(port, process) of three workers that count."""
    port = free_port()
    env = production_environment(tmp_path / "var", mail_port=1) | {
        "STATIC_ROOT": str(template / "static"),
        "METRICS_TOKEN": TOKEN,
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "3",
    }
    Installation(template / "var", tmp_path / "var", env)
    process = subprocess.Popen([sys.executable, "deploy/web.py"], env=env)
    wait_until_healthy(port)
    yield port, process
    process.terminate()
    process.wait(timeout=20)


def wait_until_healthy(port) -> None:
    end = time.monotonic() + 90
    while True:
        try:
            if ask(port, "/healthz")[0] == 200:
                return
        except OSError:
            pass
        assert time.monotonic() < end
        time.sleep(0.1)


def ask(port, path, token="") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Authorization": f"Bearer {token}"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def count(port) -> float:
    status, text = ask(port, "/metrics", TOKEN)
    assert status == 200
    found = re.findall(rf"^{re.escape(NAME)} (\S+)$", text, flags=re.MULTILINE)
    return float(found[0]) if found else 0.0


def test_every_worker_knows_what_all_counted(server):
    port, process = server
    for _ in range(30):
        assert ask(port, "/search/?q=private-words")[0] == 200
    # Each connection may meet another worker.
    assert [count(port) for _ in range(10)] == [30] * 10
    assert "private-words" not in ask(port, "/metrics", TOKEN)[1]
    assert ask(port, "/metrics", "wrong")[0] == 404
    assert ask(port, "/metrics")[0] == 404
    process.send_signal(signal.SIGHUP)
    end = time.monotonic() + 90
    while count(port) >= 30:
        assert time.monotonic() < end
        time.sleep(0.3)
    wait_until_healthy(port)
    assert ask(port, "/search/")[0] == 200
