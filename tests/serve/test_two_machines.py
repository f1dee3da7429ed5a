"""Two machines on one PostgreSQL: each sees what the other publishes, and one that can't hear serves nothing old."""

import os
import signal
import statistics
import time

import pytest

from .database import Server
from .forms import sign_up
from .readers import Readers, ask
from .stack import Stack, wait_for

LEASE_SECONDS = 10
SAY = """
from innerbalance.practice.models import PracticeSettings
practice = PracticeSettings.load(); practice.announcement = words; practice.save()
"""
LISTENERS = "application_name LIKE 'innerbalance-kept-pages %'"


@pytest.fixture(scope="module")
def server(ground):
    running = Server(ground / "postgresql")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def one(ground, server):
    running = Stack(ground / "one", DATABASE_URL=server.url, PRACTICE_PHONE="+14805550100").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def machines(one, ground, server):
    second = Stack(ground / "two", DATABASE_URL=server.url, PRACTICE_PHONE="+14805550100")
    second.folder.mkdir()
    # The same keys; folders and addresses of its own.
    own = ("KEPT_PAGES_DIR", "BIND", "APP_BIND", "PORT", "STATIC_ROOT")
    lines = (one.folder / "env").read_text().splitlines(keepends=True)
    (second.folder / "env").write_text("".join(line for line in lines if line.split("=")[0] not in own))
    second.start()
    yield one, second
    second.stop()


@pytest.fixture
def both(machines):
    """Both serve kept pages at this moment."""
    for machine in machines:
        wait_for(lambda machine=machine: _keeps(machine), what="pages to be kept on both")
    return machines


def _keeps(machine) -> bool:
    ask(machine.port, "/")
    return "index.html" in machine.kept_files()


def _words_on(machine) -> bytes:
    return ask(machine.port, "/", Accept_Encoding="identity")[2]


def test_a_machine_that_is_alone_goes_on_without_its_database(one, server):
    """First, before it has met another: nobody else can change the site, so what is kept stays true."""
    wait_for(lambda: _keeps(one), what="a page to be kept")
    kept = [ask(port, "/", host=one.host)[2] for port in (one.port, one.app_port)]
    server.stop()
    try:
        time.sleep(LEASE_SECONDS + 2)
        for port, before in zip((one.port, one.app_port), kept, strict=True):
            status, _, content = ask(port, "/", host=one.host)
            assert (status, content) == (200, before)
            assert ask(port, "/services/?fresh=1", host=one.host)[0] == 503
        assert b"tel:+1480" in ask(one.port, "/services/?fresh=1", Accept_Encoding="identity")[2]
    finally:
        server.start()
    wait_for(lambda: ask(one.port, "/services/?fresh=1")[0] == 200, what="the site to be back by itself")
    wait_for(lambda: _keeps(one), what="pages to be kept again")


def test_a_change_is_seen_on_the_other_machine(both):
    one, other = both
    delays = []
    for number in range(12):
        words = f"Said for both, {number}"
        wait_for(lambda: _keeps(other), what="pages to be kept")
        one.do(SAY, words=words)
        returned = time.monotonic()
        wait_for(lambda words=words: words.encode() in _words_on(other), seconds=1, what="the other to see it")
        delays.append(time.monotonic() - returned)
    print(f"Seen on the other machine after {statistics.median(delays) * 1000:.0f} ms (median)")


def test_a_lost_connection_closes_the_pages_and_comes_back(both, server):
    one, other = both
    server.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {LISTENERS}")
    one.do(SAY, words="Said to the deaf")
    end = time.monotonic() + LEASE_SECONDS
    while b"Said to the deaf" not in _words_on(other):
        assert time.monotonic() < end
        time.sleep(0.05)
    for machine in both:
        wait_for(lambda machine=machine: _keeps(machine), what="pages to be kept again")


@pytest.mark.parametrize("kill", [signal.SIGSTOP, signal.SIGKILL])
def test_a_companion_that_is_gone_serves_nothing_old_after_its_lease(both, kill):
    one, other = both
    companion = other.children()["companion"]
    os.kill(companion, kill)
    try:
        with Readers(other.port, ["/"], count=6, host=other.host, rest=0.02) as readers:
            one.do(SAY, words=f"Said without it, {kill}")
            returned = time.monotonic()
            time.sleep(LEASE_SECONDS + 2)
            late = time.monotonic()
            readers.wait_for_answers(20)
    finally:
        if kill == signal.SIGSTOP:
            os.kill(companion, signal.SIGCONT)
    assert not readers.bad()
    after = [answer for answer in readers.answers if answer.began > returned + LEASE_SECONDS + 1]
    assert [answer for answer in after if answer.began > late]
    assert all(f"Said without it, {kill}" in answer.text for answer in after)
    wait_for(lambda: _keeps(other), what="pages to be kept again")


def test_limits_are_shared(both):
    """Who signs up again and again gets no more tries at two machines than at one."""
    answers = [sign_up(both[number % 2], f"person{number}@example.com")[0] for number in range(22)]
    assert answers == [303] * 20 + [429] * 2


def test_the_database_is_stopped_and_started(both, server):
    """Last, for it is the rudest. A machine that knows of others closes its pages: it could not hear of a change."""
    server.stop()
    try:
        for machine in both:
            status, headers, body = ask(machine.port, "/services/?fresh=1", Accept_Encoding="identity")
            assert status == 503
            assert b"480" in body
            assert headers["retry-after"]
    finally:
        server.start()
    for machine in both:
        wait_for(lambda machine=machine: ask(machine.port, "/")[0] == 200, what="the site to be back by itself")
        wait_for(lambda machine=machine: _keeps(machine), what="pages to be kept again")
