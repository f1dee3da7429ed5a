"""`python tests/bench_intake.py`: what the desk's screens cost with 100 and 10,000 requests, and form posts a second.

Posts go through the service that the form's view calls, with encryption, indexes and limits.
"""

import os
import statistics
import tempfile
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ["TEST_DATABASE"] = os.path.join(tempfile.mkdtemp(), "bench.sqlite3")

import django

django.setup()

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.runner import DiscoverRunner
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

POSTS, ROUNDS = 200, 5
SCREENS = (("list", "/admin/consultations/"), ("numbers", "/admin/consultations/numbers/?weeks=52"))


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(databases)


def measure() -> None:
    from tests.intake.factories import make_request

    client = Client()
    client.force_login(User.objects.create_superuser("bench", "bench@practice.example"))
    now = timezone.now()
    start = time.perf_counter()
    for _ in range(POSTS):
        make_request(now=now)
    print(f"{POSTS / (time.perf_counter() - start):.0f} requests a second are kept")
    print(f"{'screen':<10}{'requests':>9}{'ms':>8}{'queries':>9}")
    for count in (POSTS, 10_000):
        fill(count, now)
        for name, address in SCREENS:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            print(f"{name:<10}{count:>9}{1000 * median_seconds(client, address):>8.0f}{len(queries):>9}")


def fill(count: int, now) -> None:
    """More rows like the first one, under references of their own; the list shows the sealed ones among them."""
    from intake.models import ConsultationRequest

    first, made = ConsultationRequest.objects.first(), ConsultationRequest.objects.count()
    ConsultationRequest.objects.bulk_create(
        ConsultationRequest(
            reference=f"C-{number:08d}",
            received_at=now - timedelta(minutes=50 * number),
            last_step_at=now,
            act_by=now + timedelta(days=9),
            first_answered_at=now,
            open_time_to_answer=timedelta(hours=number % 9),
            sealed=first.sealed,
        )
        for number in range(made, count)
    )


def median_seconds(client: Client, address: str) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
