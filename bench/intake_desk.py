"""What the desk's screens cost with 100 and 10,000 requests: python -m bench.intake_desk (a database of its own)."""

import os
import statistics
import tempfile
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3")

ROUNDS = 5
SEALED = 60
SCREENS = (("list", "/admin/consultations/"), ("numbers", "/admin/consultations/statistics/?weeks=52"))


def main() -> None:
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from tests.intake.factories import make_request

    call_command("migrate", verbosity=0)
    client, now = Client(), timezone.now()
    client.force_login(User.objects.create_superuser("bench", "bench@practice.example"))
    for _ in range(SEALED):
        make_request(now=now)
    print(f"{'screen':<10}{'requests':>9}{'ms':>8}{'queries':>9}")
    for count in (100, 10_000):
        fill(count, now)
        for name, address in SCREENS:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked = len(queries)  # the next request empties the list
            print(f"{name:<10}{count:>9}{1000 * median_seconds(client, address):>8.0f}{asked:>9}")


def fill(count: int, now) -> None:
    """Rows behind those that were really received: the first page of the list shows the latter."""
    from intake.models import ConsultationRequest

    made = ConsultationRequest.objects.count()
    ConsultationRequest.objects.bulk_create(
        ConsultationRequest(
            reference=f"C-{number:08d}",
            received_at=now - timedelta(minutes=50 * number),
            last_step_at=now,
            act_by=now + timedelta(days=90),
            first_answered_at=now,
            open_time_to_answer=timedelta(hours=number % 9),
            sealed=b"",
        )
        for number in range(made, count)
    )


def median_seconds(client, address: str) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
