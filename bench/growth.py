"""How much more a page costs when the practice has grown: python -m bench.growth [--json FILE] [--quick].

Three sites stand beside each other, with 100, 1,000 and 10,000 posts (and subscribers and requests to match). Each page
is asked for at all three in turn, many times, so that whatever else the machine does meets all alike; what counts is
the ratio of the medians. Measured is processor time: this process's and, on PostgreSQL, that of its server process.
Databases of its own in a temporary folder, or beside the one that DATABASE_URL names on a PostgreSQL server.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

SITES = {
    100: {"posts": 100, "subscribers": 100, "requests": 100},
    1_000: {"posts": 1_000, "subscribers": 10_000, "requests": 2_000},
    10_000: {"posts": 10_000, "subscribers": 100_000, "requests": 20_000},
}
SMALLEST, LARGEST = min(SITES), max(SITES)
ROUNDS = 15

# name: (address, who asks). "fresh" stands for the first reader after a change, whom nothing kept helps.
PAGES = {
    "home": ("/", "reader"),
    "home_fresh": ("/", "fresh"),
    "post": ("/blog/post-5/", "reader"),
    "post_fresh": ("/blog/post-5/", "fresh"),
    "list": ("/blog/", "reader"),
    "list_fresh": ("/blog/", "fresh"),
    "list_last_fresh": ("/blog/?page={pages}", "fresh"),
    "list_last": ("/blog/?page={pages}", "reader"),
    "topic": ("/blog/topic/topic-1/", "reader"),
    "topic_fresh": ("/blog/topic/topic-1/", "fresh"),
    "author": ("/blog/author/clinician-1/", "reader"),
    "author_fresh": ("/blog/author/clinician-1/", "fresh"),
    "month": ("/blog/{month}/", "reader"),
    "month_fresh": ("/blog/{month}/", "fresh"),
    "clinician": ("/team/clinician-1/", "reader"),
    "feed": ("/blog/feed/", "reader"),
    "sitemap": ("/sitemap.xml", "reader"),
    "sitemap_fresh": ("/sitemap.xml", "fresh"),
    "sitemap_file": ("/sitemap{file}.xml", "reader"),
    "search": ("/search/?q=rest", "reader"),
    "search_two_words": ("/search/?q=sentence+rest", "reader"),
    "search_rare": ("/search/?q=tortoise", "reader"),
    "search_last": ("/search/?q=rest&page=10", "reader"),
    "admin_home": ("/admin/", "staff"),
    "admin_explorer": ("/admin/pages/{blog}/", "staff"),
    "admin_search": ("/admin/pages/search/?q=rest", "staff"),
    "admin_reviews": ("/admin/reports/reviews-due/", "staff"),
    "desk": ("/admin/consultations/", "staff"),
    "desk_completed": ("/admin/consultations/?show=ended", "staff"),
    "desk_statistics": ("/admin/consultations/statistics/", "staff"),
    "subscribers": ("/admin/newsletter/subscribers/", "staff"),
    "subscribers_left": ("/admin/newsletter/subscribers/?state=unsubscribed", "staff"),
    "subscribers_growth": ("/admin/newsletter/subscribers/growth/", "staff"),
}


def measure(*, rounds: int = ROUNDS, sites: tuple[int, ...] = tuple(SITES)) -> dict[str, float]:
    """Ratios by name, `list_10000_to_100` and so on: what a page costs there as a multiple of what it costs here.

    Beside them `<page>_queries_<posts>`. About four minutes on two processors. Raises RuntimeError when a page fails.
    """
    with ExitStack() as stack:
        servers = {count: stack.enter_context(Server(count, url)) for count, url in _databases(stack, sites).items()}
        for server in servers.values():  # they fill their databases side by side
            server.wait()
        times = {name: {count: [] for count in servers} for name in PAGES}
        queries = {name: {count: server.ask(name, "queries") for count, server in servers.items()} for name in PAGES}
        for number in range(rounds):
            order = list(servers) if number % 2 else list(reversed(servers))
            for name in PAGES:
                for count in order:
                    times[name][count].append(servers[count].ask(name, "seconds"))
    medians = {name: {count: statistics.median(found) for count, found in by.items()} for name, by in times.items()}
    found = {}
    for name, by in medians.items():
        for count in sites[1:]:
            found[f"{name}_{count}_to_{sites[0]}"] = round(by[count] / by[sites[0]], 3)
        found |= {f"{name}_queries_{count}": int(queries[name][count]) for count in sites}
        found[f"{name}_ms_{sites[0]}"] = round(1000 * by[sites[0]], 2)
    return found


class Server:
    """One site in a process of its own, which asks itself for pages and says what they cost."""

    def __init__(self, count: int, url: str) -> None:
        self.count = count
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test"}
        command = [sys.executable, "-m", "bench.growth", "--site", str(count)]
        self.process = subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error) -> None:
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(60)

    def wait(self) -> None:
        if (said := self.process.stdout.readline().strip()) != "ready":
            raise RuntimeError(f"The site with {self.count} posts did not start: {said}")

    def ask(self, name: str, what: str) -> float:
        print(name, what, file=self.process.stdin, flush=True)
        said = self.process.stdout.readline().strip()
        try:
            return float(said)
        except ValueError:
            raise RuntimeError(f"{name} with {self.count} posts: {said}") from None


def _databases(stack: ExitStack, sites: tuple[int, ...]) -> dict[int, str]:
    """The address of an empty database with all tables for each site; they are gone when `stack` ends."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        first = folder / "empty.sqlite3"
        _migrate(f"sqlite:///{first}")
        return {count: f"sqlite:///{shutil.copy(first, folder / f'{count}.sqlite3')}" for count in sites}
    import psycopg

    base = f"innerbalance_growth_{os.getpid()}"
    names = {count: f"{base}_{count}" for count in sites}
    admin = stack.enter_context(psycopg.connect(server, autocommit=True))
    for name in (base, *names.values()):
        stack.callback(admin.execute, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    address = server.rsplit("/", 1)[0]
    admin.execute(f'CREATE DATABASE "{base}"')
    _migrate(f"{address}/{base}")
    for name in names.values():
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{base}"')
    return {count: f"{address}/{name}" for count, name in names.items()}


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=environment, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the ratios to this file")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no site of 1,000")
    parser.add_argument("--site", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.site:
        from bench.growth_site import serve

        serve(SITES[chosen.site])
        return
    sites = (SMALLEST, LARGEST) if chosen.quick else tuple(SITES)
    found = measure(rounds=5 if chosen.quick else ROUNDS, sites=sites)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n")
    heads = "".join(f"{f'{count:,} to {sites[0]}':>15}" for count in sites[1:])
    print(f"{'page':<20}{'ms':>8}{heads}{'queries':>16}")
    for name in PAGES:
        ratios = "".join(f"{found[f'{name}_{count}_to_{sites[0]}']:>15.2f}" for count in sites[1:])
        asked = " / ".join(str(found[f"{name}_queries_{count}"]) for count in sites)
        print(f"{name:<20}{found[f'{name}_ms_{sites[0]}']:>8.1f}{ratios}{asked:>16}")


if __name__ == "__main__":
    main()
