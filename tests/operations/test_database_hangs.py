"""PostgreSQL that is slow, locked, gone or back: a page that tells readers to call, and never a worker that waits."""

import http.client
import re
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from tests.operations.installation import free_port, production_environment, run

PHONE = "(480) 555-0100"
OURS = "application_name = 'innerbalance'"
LIMIT = 2
"""Seconds for a statement, in these tests."""


@pytest.fixture(scope="module")
def site(postgresql, tmp_path_factory):
    """(port, process) of the real application server with pool and limits, on a migrated database."""
    var = tmp_path_factory.mktemp("hangs") / "var"
    var.mkdir()
    port = free_port()
    env = production_environment(var, mail_port=1) | {
        "DATABASE_URL": postgresql.url,
        "DATABASE_STATEMENT_SECONDS": str(LIMIT),
        "PRACTICE_PHONE": "+14805550100",
        "KEPT_PAGES_DIR": "",
        "STATIC_ROOT": str(var / "static"),
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "WEB_THREADS": "5",
    }
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        done = run("manage.py", *command, "--verbosity", "0", env=env, seconds=300)
        assert done.returncode == 0, done.stderr
    server = subprocess.Popen([sys.executable, "deploy/web.py"], env=env)
    end = time.monotonic() + 90
    while ask(port, "/healthz")[0] != 200:
        assert time.monotonic() < end
        time.sleep(0.1)
    site_environment.update(env)
    yield port
    server.terminate()
    server.wait(timeout=20)


site_environment: dict[str, str] = {}


def ask(port, path="/search/?q=sleep") -> tuple[int, str, float]:
    """(status, page, seconds); status 0 when nobody listens."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        return response.status, response.read().decode(), time.monotonic() - began
    except ConnectionError:
        return 0, "", time.monotonic() - began
    finally:
        connection.close()


def assert_told_to_call(answer, *, within: float) -> None:
    status, page, seconds = answer
    assert status == 503
    assert PHONE in page
    assert seconds < within


def comes_back(port, *, within: float = 15) -> float:
    began = time.monotonic()
    while ask(port)[0] != 200:
        assert time.monotonic() - began < within
        time.sleep(0.2)
    return time.monotonic() - began


def test_connections_are_shared_and_bounded(site, postgresql):
    """Forty readers at once: no more connections than the pools of two workers may have."""
    threads = [threading.Thread(target=ask, args=(site,)) for _ in range(40)]
    for thread in threads:
        thread.start()
    most = 0
    while any(thread.is_alive() for thread in threads):
        query = f"SELECT count(*) FROM pg_stat_activity WHERE {OURS}"
        most = max(most, postgresql.ask(query)[0][0])
        time.sleep(0.02)
    assert 1 <= most <= 2 * 5


def test_a_statement_that_hangs_is_ended(site, postgresql):
    """A lock that nobody gives back: all of the application's threads meet it, and are free again."""
    with psycopg.connect(postgresql.url) as holder:
        holder.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(ask(site))) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for answer in answers:
            assert_told_to_call(answer, within=5 * LIMIT + 3)
        assert ask(site, "/healthz")[0] == 200
        holder.rollback()
    assert comes_back(site) < 5


def test_commands_have_no_such_limit(postgresql, tmp_path):
    """Only who answers readers: a migration may take its time."""
    code = "from innerbalance.settings.base import DATABASES as d; print(d['default']['OPTIONS'], d['default'])"
    done = run("-c", code, env=production_environment(tmp_path, mail_port=1) | {"DATABASE_URL": postgresql.url})
    assert "statement_timeout" not in done.stdout
    assert "pool" not in done.stdout
    assert "connect_timeout" in done.stdout


@pytest.mark.parametrize(
    ("ahead", "words"), [(100, r"(99|100|101) seconds ahead of"), (-100, r"(99|100|101) seconds behind")]
)
def test_the_doctor_sees_a_clock_that_is_wrong(site, ahead, words):
    """Beside the database server's, and beside the web server's that answers at the site's own address."""
    env = site_environment | {"CLOCK_AHEAD": str(ahead), "BASE_URL": f"http://localhost:{site}"}
    said = run("tests/operations/doctor_process.py", env=env).stdout
    for whose in ("the database server's", "the site's web server's"):
        assert any(re.search(words, line) and whose in line and "FAULT" in line for line in said.splitlines()), said
    assert "PostgreSQL 1" in said


def test_connections_that_were_cut_are_replaced(site, postgresql):
    query = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {OURS}"
    for _ in range(3):
        postgresql.ask(query)
        assert ask(site)[0] == 200


def test_a_server_that_is_gone_and_back(site, postgresql):
    """Connections are refused."""
    postgresql.stop()
    try:
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(ask(site))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for answer in answers:
            assert_told_to_call(answer, within=12)
        assert ask(site, "/healthz")[0] == 200
        assert ask(site, "/readyz")[:2] == (503, "not ready\n")
        time.sleep(20)
    finally:
        postgresql.start()
    seconds = comes_back(site)
    print(f"back {seconds:.1f} s after the database")
