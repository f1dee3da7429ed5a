"""A flood of spam over HTTP: python -m bench.intake_spam [count] [port] [before] (a database of its own).

A server (gunicorn) takes `count` forms from many networks by several connections at once, with a person's form among
every hundred, beside `before` rows of spam that came earlier. Then: were all answered alike, what does the desk's list
cost, how many mails does the office get.
"""

import http.client
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

from bench.intake_desk import fill, median_seconds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3")
os.environ["TRUSTED_PROXIES"] = "1"

SERVER = "--no-control-socket --workers 2 --threads 4 --log-level error"
CONNECTIONS = 8
NETWORKS = 400
ADDRESS = "/request-a-consultation/"
LISTS = (("to do", ""), ("quarantine", "?show=held"), ("everything", "?show=all"))
TRICKS = itertools.cycle(
    [
        {"website": "https://spam.example"},
        {"note": "cheap pills at https://spam.example now"},
        {"made": ""},
        {"name": "<a href=//spam.example>Rich</a>"},
    ]
)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 8099
    call_command("migrate", verbosity=0)
    if len(sys.argv) > 3:
        from django.utils import timezone

        from intake.models import ConsultationRequest

        fill(int(sys.argv[3]), timezone.now())
        ConsultationRequest.objects.update(quarantined=True)
    forms = list(_forms(count))
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", *SERVER.split(), "--bind", f"127.0.0.1:{port}", "innerbalance.wsgi"]
    )
    try:
        _wait_for(port)
        start = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            answers = list(pool.map(lambda form: _post(port, *form), forms))
        seconds = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()
    _tell(forms, answers, seconds)
    _desk()
    _mails()


def _forms(count: int):
    """(whether it is spam, network, fields)"""
    from django.utils import timezone

    from innerbalance.security.public_forms import FormStamp
    from intake.views import PURPOSE

    made = FormStamp.issue(PURPOSE, timezone.now() - timedelta(minutes=5))
    for number in range(count):
        spam = bool(number % 100)
        network = number % NETWORKS if spam else NETWORKS + number // 100
        fields = {
            "name": f"Person {number}",
            "phone": f"480 {200 + number // 10_000 % 700} {number % 10_000:04d}",
            "voicemail_safe": "no",
            "text_safe": "no",
            "practice_named": "no",
            "who_for": "me",
            "note": f"number {number}",
            "made": made,
        }
        yield spam, f"10.{network // 256}.{network % 256}.7", {**fields, **(next(TRICKS) if spam else {})}


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start.")


def _post(port: int, spam: bool, network: str, fields: dict) -> tuple[tuple, float]:
    """(the answer without what differs by chance: its moment and its token; seconds)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": network,
    }
    start = time.perf_counter()
    connection.request("POST", ADDRESS, urlencode(fields), headers)
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - start
    connection.close()
    shown = {name: value for name, value in response.getheaders() if name not in ("Date", "Location")}
    location = response.headers.get("Location", "")
    alike = (response.status, len(location), location.split(":")[0][:33], tuple(sorted(shown.items())), body)
    return alike, seconds


def _tell(forms, answers, seconds: float) -> None:
    from intake.models import ConsultationRequest

    kinds = Counter(answer for answer, _ in answers)
    print(f"{len(forms)} posts in {seconds:.0f} s, {len(forms) / seconds:.0f} a second by {CONNECTIONS} connections")
    print(f"{len(kinds)} kind(s) of answer: {[(kind[0], count) for kind, count in kinds.items()]}")
    for name, wanted in (("spam", True), ("people", False)):
        times = sorted(took for (spam, *_), (_, took) in zip(forms, answers, strict=True) if spam is wanted)
        print(f"{name:<7} median {times[len(times) // 2] * 1000:.0f} ms")
    requests = ConsultationRequest.objects
    print(f"kept {requests.count()}, of them in quarantine {requests.held().count()}")


def _desk() -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(User.objects.create_superuser("bench", "bench@practice.example"))
    print(f"{'list':<12}{'ms':>6}{'queries':>9}")
    for name, query in LISTS:
        address = "/admin/consultations/" + query
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked = len(queries)
        print(f"{name:<12}{1000 * median_seconds(client, address):>6.0f}{asked:>9}")


def _mails() -> None:
    from django.utils import timezone

    from innerbalance.practice.services import practice
    from intake.models import OutgoingEmail
    from intake.services import digest, emails

    settings = practice()
    settings.email = "office@practice.example"
    settings.save()
    morning = timezone.localtime().replace(hour=7, minute=0) + timedelta(days=1)
    for minute in range(60 * 24):
        now = morning + timedelta(minutes=minute)
        emails.tell_the_office(now=now)
        digest.owe_digest(now=now)
    print(
        f"mails of a whole day of housekeeping: {dict(Counter(OutgoingEmail.objects.values_list('kind', flat=True)))}"
    )


if __name__ == "__main__":
    main()
