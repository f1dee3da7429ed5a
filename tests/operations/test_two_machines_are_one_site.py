"""Two application servers on one PostgreSQL and one Redis: readers and staff see one site."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
from http.cookies import SimpleCookie

import pytest

from tests.newsletter.mail_server import Server as MailServer
from tests.operations.installation import free_port, production_environment, run

PASSWORD = "a-password-of-no-use-elsewhere"
READERS = 120
SET_UP = f"""
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.locations.models import LocationIndexPage
from innerbalance.locations.services.hours import weekdays, replace_slots
from innerbalance.locations.models import LocationPage
from datetime import time
get_user_model().objects.create_superuser("staff", "", "{PASSWORD}")
for office in LocationPage.objects.all():
    replace_slots(location=office, slots=weekdays(time(0), time(23, 59), range(7)))
"""
CLOSE = """
from datetime import timedelta
from django.utils import timezone
from innerbalance.locations.models import Closure
from innerbalance.locations.services.hours import save_closure
today = timezone.localdate()
save_closure(closure=Closure(first=today, last=today + timedelta(days=1), reason="Water in the office"))
"""
PLAN = f"""
from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan
from innerbalance.pages.models import HomePage
from newsletter.models import NewsletterIndexPage, Subscriber
from django.utils import timezone
Subscriber.objects.all().delete()
make_subscribers({READERS})
archive = NewsletterIndexPage.objects.first() or make_archive(HomePage.objects.get())
plan(make_issue(archive, title="Of two machines"), now=timezone.now())
"""
COUNT = """
import json
from collections import Counter
from newsletter.models import Delivery
print(json.dumps(Counter(Delivery.objects.values_list("state", flat=True))))
"""


class Redis:
    """A server of the test's own, which keeps nothing on the disk."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is missing: apt-get install redis-server"
        self.port = free_port()
        self.command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)


class Machine:
    def __init__(self, folder, common: dict[str, str]) -> None:
        folder.mkdir()
        self.port = free_port()
        own = {"VAR_DIR": str(folder), "KEPT_PAGES_DIR": "", "BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2"}
        self.env = common | own
        self.process = None

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "deploy/web.py"], env=self.env)
        end = time.monotonic() + 120
        while True:
            try:
                if self.ask("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            assert time.monotonic() < end
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)

    def ask(self, path, fields=None, cookies=None):
        """(status, headers, page); `cookies` are sent, and take in what the answer sets."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            headers |= {"Origin": "https://localhost", "Referer": "https://localhost/admin/login/"}
        connection.request("POST" if fields is not None else "GET", path, body, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        if cookies is not None:
            for line in response.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(line).items():
                    cookies.pop(name, None) if morsel["max-age"] == 0 else cookies.update({name: morsel.value})
        return response.status, response.headers, page

    def shell(self, code) -> str:
        done = run("manage.py", "shell", "--no-imports", "-c", code, env=self.env, seconds=300)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def redis():
    server = Redis()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def mail():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def machines(postgresql, redis, mail, tmp_path_factory):
    ground = tmp_path_factory.mktemp("machines")
    common = production_environment(ground, mail_port=mail.port) | {
        "DATABASE_URL": postgresql.url,
        "CACHE_URL": f"redis://127.0.0.1:{redis.port}/0",
        "MEDIA_ROOT": str(ground / "media"),
        "JOURNAL_DIR": str(ground / "journal"),
        "STATIC_ROOT": str(ground / "static"),
        "DEMO_PASSWORD": PASSWORD,
        "NEWSLETTER_MESSAGES_PER_MINUTE": "0",
    }
    both = Machine(ground / "one", common), Machine(ground / "two", common)
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"], ["load_demo"]):
        done = run("manage.py", *command, env=both[0].env, seconds=400)
        assert done.returncode == 0, done.stderr
    both[0].shell(SET_UP)
    for machine in both:
        machine.start()
    yield both
    for machine in both:
        machine.stop()


def sign_in(machine, cookies) -> int:
    page = machine.ask("/admin/login/", cookies=cookies)[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "username": "staff", "password": PASSWORD, "next": "/admin/"}
    return machine.ask("/admin/login/", fields, cookies)[0]


def test_who_signs_in_at_one_is_signed_in_at_the_other_and_out_at_both(machines):
    one, two = machines
    cookies: dict[str, str] = {}
    assert sign_in(one, cookies) == 302
    for machine in (one, two, one):
        assert machine.ask("/admin/", cookies=cookies)[0] == 200
    kept = dict(cookies)
    page = two.ask("/admin/", cookies=cookies)[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    token = token[1] if token else cookies["__Host-csrf"]
    assert two.ask("/admin/logout/", {"csrfmiddlewaretoken": token}, cookies)[0] == 302
    for machine in (one, two):
        assert machine.ask("/admin/", cookies=dict(kept))[0] == 302


def test_a_closure_is_seen_at_once_at_both(machines):
    one, two = machines
    for machine in machines:
        assert "badge--open" in machine.ask("/locations/mesa/")[2]
    one.shell(CLOSE)
    for machine in (two, one):
        page = machine.ask("/locations/mesa/")[2]
        assert "badge--open" not in page
        assert "Water in the office" in page


def test_limits_count_both(machines):
    answers = []
    for number in range(22):
        machine = machines[number % 2]
        page = machine.ask("/newsletter/sign-up/")[2]
        made = re.search(r'name="made" value="([^"]+)"', page)[1]
        fields = {"address": f"person{number}@example.com", "made": made, "website": ""}
        answers.append(machine.ask("/newsletter/sign-up/", fields)[0])
    assert answers == [303] * 20 + [429] * 2


def test_the_cache_is_one(machines):
    one, two = machines
    one.shell("from django.core.cache import cache; cache.set('said', 'by one', 60)")
    assert two.shell("from django.core.cache import cache; print(cache.get('said'))").strip() == "by one"


def test_two_housekeepings_at_once_send_each_copy_once(machines, mail):
    one, two = machines
    one.shell(PLAN)
    mail.handler.sent_to.clear()
    processes = [
        subprocess.Popen([sys.executable, "manage.py", "housekeeping"], env=machine.env, stdout=subprocess.DEVNULL)
        for machine in machines
    ]
    for process in processes:
        assert process.wait(timeout=300) == 0
    of_the_issue = {name: number for name, number in mail.handler.sent_to.items() if name.startswith("reader")}
    assert len(of_the_issue) == READERS
    assert set(of_the_issue.values()) == {1}
    assert json.loads(two.shell(COUNT)) == {"sent": READERS}


def test_a_cache_that_is_away_is_no_reason_to_stop(machines, redis):
    redis.stop()
    try:
        for machine in machines:
            status, _headers, page = machine.ask("/locations/mesa/")
            assert (status, "Water in the office" in page) == (200, True)
            assert machine.ask("/readyz")[:1] == (503,)
    finally:
        redis.start()
    end = time.monotonic() + 20
    while any(machine.ask("/readyz")[0] != 200 for machine in machines):
        assert time.monotonic() < end
        time.sleep(0.5)
