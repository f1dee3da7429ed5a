"""How long a big list takes: `python bench/newsletter_list.py [ADDRESSES] [SUBSCRIBERS]`.

The dry run and the import of a CSV, with and without confirmation, and the growth screen's numbers. Uses a database of
its own in a temporary folder, or DATABASE_URL.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
ADDRESSES = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
SUBSCRIBERS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
        import django

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from newsletter.models import Subscriber, SubscriberEvent, SubscriberImport
    from newsletter.rules.address_lists import read_list
    from newsletter.rules.subscriber_states import SubscriberState
    from newsletter.services import growth, importing

    call_command("migrate", verbosity=0)
    print(f"memory: {memory():.0f} MB at most before")
    lines = "".join(f"reader{number}@mail{number % 400}.example.org\n" for number in range(ADDRESSES))
    for confirmed in (True, False):
        begin = time.monotonic()
        job = importing.look(
            listed=read_list("address\n" + lines),
            confirmed=confirmed,
            consent_note="Bench",
            file_name="bench.csv",
            user=None,
            now=timezone.now(),
        )
        dry = time.monotonic() - begin
        importing.start(import_id=job.pk, user=None, now=timezone.now())
        begin = time.monotonic()
        importing.work(import_id=job.pk, seconds=3600, now=timezone.now())
        took = time.monotonic() - begin
        job = SubscriberImport.objects.get(pk=job.pk)
        kind = "on the list at once" if confirmed else "asked to confirm"
        print(f"{kind}: dry run {dry:.1f} s, {job.new} imported in {took:.1f} s ({job.new / took:.0f} a second)")
        print(f"memory: {memory():.0f} MB at most")
        SubscriberEvent.objects.all().delete()
        Subscriber.objects.all().delete()

    now = timezone.now()
    Subscriber.objects.bulk_create(
        [
            Subscriber(
                address=f"reader{number}@example.org",
                address_key=f"reader{number}@example.org",
                state=SubscriberState.UNSUBSCRIBED if number % 5 == 0 else SubscriberState.CONFIRMED,
                created_at=now,
                confirmed_at=now - timedelta(days=number % 700),
                left_at=now - timedelta(days=number % 300) if number % 5 == 0 else None,
            )
            for number in range(SUBSCRIBERS)
        ],
        batch_size=2000,
    )
    for _ in range(2):
        begin = time.monotonic()
        grown = growth.growth(now=now)
        print(f"growth of {SUBSCRIBERS} subscribers: {1000 * (time.monotonic() - begin):.0f} ms, {grown.total} now")


if __name__ == "__main__":
    main()
