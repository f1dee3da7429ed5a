"""The application server alone: slow clients stop nobody, and no header of theirs moves the site."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREADS = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def port():
    number = free_port()
    environment = os.environ | {
        "BIND": f"127.0.0.1:{number}",
        "WEB_WORKERS": "1",
        "WEB_THREADS": str(THREADS),
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test",
    }
    command = [sys.executable, "deploy/web.py"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                assert get(number)[0] == 200
                break
            time.sleep(0.2)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=60)


def get(port: int, path: str = "/healthz", **headers) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


@contextlib.contextmanager
def slow_clients(port: int, number: int):
    """Clients that began a request and do not go on."""
    with contextlib.ExitStack() as stack:
        clients = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _ in range(number)
        ]
        for client in clients:
            client.sendall(b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        yield clients


def test_readers_are_served_beside_many_slow_clients(port):
    """Headers are read without a thread of Python's, however many clients send theirs slowly."""
    with slow_clients(port, 20 * THREADS):
        assert [get(port)[0] for _ in range(20)] == [200] * 20


@pytest.mark.parametrize(
    "name", ["SCRIPT_NAME", "Script-Name", "PATH_INFO", "X-Original-URL", "X-HTTP-Method-Override"]
)
def test_a_clients_header_is_no_part_of_the_address(port, name):
    assert get(port, **{name: "/elsewhere"}) == (200, b"ok\n")


def test_a_request_of_too_many_headers_is_refused(port):
    assert get(port, **{f"X-{number}": "x" for number in range(200)})[0] in {400, 431}
