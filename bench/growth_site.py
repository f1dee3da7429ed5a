"""One of the sites that `bench.growth` compares: fills its database, then asks itself for the pages it is told."""

import sys
import time
from pathlib import Path


def serve(size: dict[str, int]) -> None:
    """Read "<page> <seconds|queries>" lines from standard input and answer each with a number."""
    import django

    django.setup()
    from bench.growth_data import fill

    fill(**size)
    site = Site(size["posts"])
    print("ready", flush=True)
    for line in sys.stdin:
        name, what = line.split()
        try:
            print(getattr(site, what)(name), flush=True)
        except Exception as error:
            print(f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)


class Site:
    def __init__(self, posts: int) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from bench.growth_data import STAFF
        from blog.models import BlogIndexPage, BlogPostPage

        newest = BlogPostPage.objects.order_by("-first_published_at").first().first_published_at
        self.facts = {
            "pages": posts // 10,
            "file": "-7" if posts > 1_000 else "",  # one of many, or the only one
            "blog": BlogIndexPage.objects.get().pk,
            "month": f"{newest.year}/{newest.month}",
        }
        self.reader, self.staff = Client(), Client()
        self.staff.force_login(get_user_model().objects.get(username=STAFF))

    def seconds(self, name: str) -> float:
        """Processor seconds of one answer."""
        act = self._act(name)
        began = _processor_seconds()
        act()
        return _processor_seconds() - began

    def queries(self, name: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self._act(name)()  # the first time fills what is kept for everybody
        act = self._act(name)
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    def _act(self, name: str):
        from bench.growth import PAGES
        from innerbalance.caching import touch_site

        address, who = PAGES[name]
        address = address.format(**self.facts)
        client = self.staff if who == "staff" else self.reader
        if who == "fresh":
            touch_site()

        def act() -> None:
            response = client.get(address)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}")
            b"".join(response) if response.streaming else response.content

        return act


def _processor_seconds() -> float:
    """Of this process and of the database server's process that works for it, where that is on this machine."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return own + int(schedule.read_text().split()[0]) / 1e9
