"""`make bench`: what a page costs, as ratios within one run, on a database of its own with 20 and with 500 posts."""

import os
import statistics
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ["TEST_DATABASE"] = os.path.join(tempfile.mkdtemp(), "bench.sqlite3")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.runner import DiscoverRunner
from django.test.utils import CaptureQueriesContext

ROUNDS = 40


def median_seconds(act) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(databases)


def measure() -> None:
    from innerbalance.pages.models import HomePage
    from tests.factories import make_blog, make_clinician, make_post, make_team, make_topic

    home = HomePage.objects.get()
    blog, team = make_blog(home), make_team(home)
    ada, topic = make_clinician(team), make_topic()
    body = [("text", "<p>" + "A sentence of some length about rest. " * 20 + "</p>")] * 20
    client = Client()

    def post(number: int) -> None:
        make_post(blog, title=f"Post {number}", slug=f"post-{number}", authors=(ada,), topics=(topic,), body=body)

    rows = []
    made = 0
    for count in (20, 500):
        while made < count:
            made += 1
            post(made)
        for name, address in (
            ("article", "/blog/post-1/"),
            ("list", "/blog/"),
            ("search", "/search/?q=rest"),
            ("feed", "/blog/feed/"),
        ):
            client.get(address)
            etag = client.get(address)["ETag"]
            whole = median_seconds(lambda address=address: client.get(address))
            kept = median_seconds(
                lambda address=address, etag=etag: client.get(address, headers={"if-none-match": etag})
            )
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            rows.append((name, count, whole, kept, len(queries)))
    base = rows[0][2]
    print(f"{'page':<10}{'posts':>6}{'ratio to the article':>22}{'304 to whole':>14}{'queries':>9}")
    for name, count, whole, kept, queries in rows:
        print(f"{name:<10}{count:>6}{whole / base:>22.2f}{kept / whole:>14.2f}{queries:>9}")


if __name__ == "__main__":
    main()
