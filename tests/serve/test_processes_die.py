"""Any process of a machine may die while people read: no reader meets an error, nothing gets stale, it comes back."""

import json
import os
import shutil
import signal
import threading
import time

import pytest

from .readers import Readers, ask
from .stack import ROOT, Stack, wait_for

PATHS = ["/", "/blog/", "/team/", "/services/?fresh=1"]
TOUCH = """
from innerbalance.practice.models import PracticeSettings
practice = PracticeSettings.load(); practice.announcement = words; practice.save()
"""


@pytest.fixture
def say(stack):
    """Publish words that stand on the home page; when that had returned."""

    def publish(words):
        stack.do(TOUCH, words=words)
        return time.monotonic()

    return publish


def _pid(stack, name):
    return stack.workers()[0] if name == "worker" else stack.children()[name]


def _is_back(stack, name, pid):
    if name == "worker":
        return len(stack.workers()) >= int(stack.env["WEB_WORKERS"]) and pid not in stack.workers()
    return stack.children().get(name, pid) != pid


@pytest.mark.parametrize("name", ["worker", "web", "housekeeping", "companion"])
def test_killed_under_load(stack, say, name):
    pid = _pid(stack, name)
    # Kept pages go on without the application; what only the application answers is a 503 until it is back.
    paths = PATHS[:3] if name == "web" else PATHS
    with Readers(stack.port, paths, count=16) as readers:
        readers.wait_for_answers()
        os.kill(pid, signal.SIGKILL)
        readers.wait_for_answers()
        wait_for(lambda: _is_back(stack, name, pid), what=f"{name} to be started again")
        wait_for(lambda: ask(stack.port, "/readyz")[0] == 200, what="the application to answer")
        returned = say(f"Said after {name}")
        readers.wait_for_answers()
    assert not readers.bad()
    after = readers.between(returned, time.monotonic(), "/")
    assert after
    assert all(f"Said after {name}" in answer.text for answer in after)


def test_a_change_is_seen_while_the_application_and_the_companion_are_dead(stack, say):
    """Whoever changes the site closes the pages; nobody else needs to be there."""
    pids = [_pid(stack, "companion"), *stack.workers()]
    ask(stack.port, "/")
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        say("Said in silence")
        assert not (stack.kept / "open").exists()
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    wait_for(lambda: b"Said in silence" in ask(stack.port, "/")[2], what="the words")


def test_a_form_whose_worker_dies_is_answered_with_the_phone_number(stack):
    """It can't be sent again by the web server: it may have been received."""
    with Readers(stack.port, ["/services/?fresh=1"], count=8) as readers:
        readers.wait_for_answers()  # so that connections to the workers are open
    workers, answers = stack.workers(), []
    body = "name=" + "x" * 2000
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    sender = threading.Thread(
        target=lambda: answers.append(ask(stack.port, "/request-a-consultation/", method="POST", body=body))
    )
    sender.start()
    time.sleep(1)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    sender.join()
    status, headers, content = answers[0]
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "30", "no-store")
    assert b"tel:" in content
    wait_for(lambda: ask(stack.port, "/readyz")[0] == 200, what="the application to be back")


def test_a_reload_loses_neither_readers_nor_posts(stack):
    old = stack.workers()
    sent, stop = [], threading.Event()

    def post():
        while not stop.is_set():
            body = "address=nobody&made=x&website="
            kind = {"Content_Type": "application/x-www-form-urlencoded", "Sec_Fetch_Site": "same-origin"}
            try:
                sent.append(ask(stack.port, "/newsletter/sign-up/", method="POST", body=body, **kind)[0])
            except OSError as error:
                sent.append(repr(error))

    posters = [threading.Thread(target=post) for _ in range(2)]
    with Readers(stack.port, PATHS, count=12) as readers:
        for thread in posters:
            thread.start()
        readers.wait_for_answers()
        stack.process.send_signal(signal.SIGHUP)
        wait_for(lambda: (now := stack.workers()) and not set(now) & set(old), seconds=60, what="new workers")
        wait_for(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in old), seconds=60, what="old ones to end")
        readers.wait_for_answers()
        stop.set()
        for thread in posters:
            thread.join()
    assert not readers.bad()
    assert sent
    assert set(sent) <= {200, 303, 400, 422, 429}, json.dumps(sorted(map(str, set(sent))))


def test_a_broken_version_leaves_the_old_one_running(ground):
    """The tree that is served is a copy, which somebody breaks."""
    tree, folder = ground / "tree", ground / "broken"
    ignored = shutil.ignore_patterns(".git", ".venv", "var", "tests", "bench", "__pycache__", "staticfiles")
    shutil.copytree(ROOT, tree, ignore=ignored)
    (tree / ".venv").symlink_to(os.path.realpath(ROOT / ".venv"))
    stack = Stack(folder, root=tree).start()
    try:
        old = stack.workers()
        urls = tree / "innerbalance" / "urls.py"
        good = urls.read_text()
        wsgi = tree / "innerbalance" / "wsgi.py"
        good_wsgi = wsgi.read_text()
        for broken, whole in ((wsgi, good_wsgi), (urls, good)):
            broken.write_text("def broken(:\n" + whole)
            before = stack.said().count("The new version does not start")
            stack.process.send_signal(signal.SIGHUP)
            wait_for(
                lambda before=before: stack.said().count("The new version does not start") > before,
                what=f"the log to say so of {broken.name}",
            )
            assert stack.workers() == old
            assert ask(stack.port, "/services/?fresh=1")[0] == 200
            broken.write_text(whole)
        stack.process.send_signal(signal.SIGHUP)
        wait_for(lambda: (now := stack.workers()) and not set(now) & set(old), seconds=60, what="new workers")
        wait_for(lambda: ask(stack.port, "/services/?fresh=1")[0] == 200, what="the new version to answer")
    finally:
        stack.stop()
