"""`bin/bench search`: a search for a word that is in every post, as readers and editors search, by the number of posts.

A word in every post is the worst there is: every match is ranked. The times' growth is what counts: from one row to the
next there are ten times the posts, so a ratio near ten is linear and one near a hundred is quadratic.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ["TEST_DATABASE"] = os.path.join(tempfile.mkdtemp(), "bench.sqlite3")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.runner import DiscoverRunner
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from blog.models import BlogIndexPage, BlogPostPage
from innerbalance.pages.models import HomePage

COUNTS = (100, 1_000, 10_000)
ROUNDS = 3
TEXT = "A sentence of some length about rest, and one more about work, sleep and the people around us. "
ADDRESSES = {"public search": "/search/?q=post", "admin's page search": "/admin/pages/search/?q=post"}


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(databases)


def measure() -> None:
    home = HomePage.objects.get()
    blog = home.add_child(instance=BlogIndexPage(title="Blog", slug="blog"))
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench", "bench@example.org"))
    made, before = 0, dict.fromkeys(ADDRESSES)
    print(f"{'':<22}{'posts':>8}{'seconds':>10}{'times as long':>16}")
    for count in COUNTS:
        add_posts(blog, made, count)
        made = count
        for name, address in ADDRESSES.items():
            reader = client if address.startswith("/admin/") else Client()
            seconds = median_seconds(lambda reader=reader, address=address: check(reader.get(address)))
            ratio = f"{seconds / before[name]:.1f}" if before[name] else ""
            print(f"{name:<22}{count:>8,}{seconds:>10.3f}{ratio:>16}")
            before[name] = seconds


def median_seconds(act: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def check(response: HttpResponse) -> None:
    if response.status_code != 200:
        raise SystemExit(f"The search answered {response.status_code}.")


@transaction.atomic
def add_posts(blog: BlogIndexPage, first: int, last: int) -> None:
    """Live posts, written past the forms and revisions, which take longer than all searches."""
    now = timezone.now()
    post_type = ContentType.objects.get_for_model(BlogPostPage)
    posts = []
    for number in range(first, last):
        fields = {"title": f"Post {number}", "draft_title": f"Post {number}", "slug": f"post-{number}"}
        posts.append(
            BlogPostPage(
                **fields,
                path=blog._get_path(blog.path, blog.depth + 1, number + 1),
                depth=blog.depth + 1,
                url_path=f"{blog.url_path}post-{number}/",
                content_type=post_type,
                locale=blog.locale,
                live=True,
                first_published_at=now,
                last_published_at=now,
                summary=f"What post {number} says.",
                body=[("text", f"<p>{TEXT * (1 + number % 5)}</p>")],
            )
        )
    for post in posts:
        post.save_base(raw=False, force_insert=True)
    Page.objects.filter(pk=blog.pk).update(numchild=last)
    backend = get_search_backend()
    backend.get_index_for_model(BlogPostPage).add_items(BlogPostPage, posts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
