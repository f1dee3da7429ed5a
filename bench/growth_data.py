"""A practice that has grown: posts, subscribers and requests by the thousand, written past forms and revisions.

What a page or a list reads is there and fits together (the page tree, the search index, authors, topics, revisions,
reviews); what only forms and workflows would have left behind is not.
"""

import random
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.search.backends import get_search_backend

from blog.models import BlogIndexPage, BlogPostPage, ClinicalReview, PostAuthor
from blog.models.post_counts import count_posts
from innerbalance.pages.models import HomePage
from intake.models import ConsultationRequest
from intake.rules.reference import new_reference
from newsletter.models import Subscriber, SubscriberEvent
from newsletter.rules.subscriber_states import EventKind, SubscriberState
from tests.factories import make_blog, make_clinician, make_team, make_topic
from tests.intake.factories import make_request

STAFF = "bench"
SEALED = 100
"""Really received, half of them completed: the first page of each of the desk's lists opens these."""

A_PAGE = 60
"""More rows than a page of any list of the admin has: the first page of each is full, however small the site."""

TEXT = "A sentence of some length about rest, and one more about work, sleep and the people around us. "
WORDS = [f"{stem}{end}" for stem in ("calm", "fear", "home", "loss", "care") for end in ("ing", "ly", "ful", "less")]
MONTHS = 24
"""Over which the posts are spread, however many they are: the list of months is the same for all."""


def fill(*, posts: int, subscribers: int, requests: int) -> None:
    """Fill a migrated, otherwise empty database. The same numbers give the same site."""
    now = timezone.now()
    user = get_user_model().objects.create_superuser(STAFF, "bench@practice.example")
    with transaction.atomic():
        _posts(posts, user, now)
        _subscribers(subscribers, now)
        _requests(requests, now)
        count_posts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _posts(count: int, user, now: datetime) -> None:
    home = HomePage.objects.get()
    blog, team = make_blog(home), make_team(home)
    authors = [make_clinician(team, f"Clinician {number}") for number in range(6)]
    topics = [make_topic(f"Topic {number}") for number in range(8)]
    posts = [_post(blog, number, count, now) for number in range(count)]
    Page.objects.bulk_create([_base(post) for post in posts], batch_size=500)
    ids = dict(Page.objects.filter(slug__startswith="post-").values_list("path", "pk"))
    for post in posts:
        post.pk = post.page_ptr_id = ids[post.path]
    # Django refuses bulk_create for a model with a parent table; the rows of the child's own table are plain rows.
    QuerySet(BlogPostPage)._batched_insert(posts, BlogPostPage._meta.local_concrete_fields, 500)
    Page.objects.filter(pk=blog.pk).update(numchild=count)
    PostAuthor.objects.bulk_create(
        [PostAuthor(post=post, clinician=authors[n % 6], sort_order=0) for n, post in enumerate(posts)], batch_size=500
    )
    tagged = BlogPostPage.topics.through
    tagged.objects.bulk_create(
        [
            tagged(blogpostpage_id=post.pk, topic_id=topics[(n + step) % 8].pk)
            for n, post in enumerate(posts)
            for step in (0, 3)
        ],
        batch_size=500,
    )
    _reviews(posts, user, now)
    index = get_search_backend().get_index_for_model(BlogPostPage)
    for start in range(0, count, 500):
        index.add_items(BlogPostPage, posts[start : start + 500])


def _post(blog: BlogIndexPage, number: int, count: int, now: datetime) -> BlogPostPage:
    """One of two years. Each has the word "rest", every hundredth "tortoise", and some words of its own."""
    words = random.Random(number)  # noqa: S311
    title = f"Notes on {words.choice(WORDS)} and rest, part {number}"
    rare = " A tortoise is never late." if number % 100 == 7 else ""
    paragraphs = [
        ("text", f"<p>{TEXT * words.randint(1, 4)}{' '.join(words.choices(WORDS, k=12))}.{rare}</p>") for _ in range(5)
    ]
    moment = now - timedelta(days=MONTHS * 30 * number / count + 1)
    return BlogPostPage(
        title=title,
        draft_title=title,
        slug=f"post-{number}",
        path=blog._get_path(blog.path, blog.depth + 1, number + 1),
        depth=blog.depth + 1,
        url_path=f"{blog.url_path}post-{number}/",
        content_type=ContentType.objects.get_for_model(BlogPostPage),
        locale=blog.locale,
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        latest_revision_created_at=moment,
        summary=f"What post {number} says about rest.",
        body=paragraphs,
    )


def _base(post: BlogPostPage) -> Page:
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return Page(**{name: getattr(post, name) for name in names})


def _reviews(posts: list[BlogPostPage], user, now: datetime) -> None:
    """Each post was reviewed, and some and then each tenth are due; what is live is the revision that was approved."""
    page_type = ContentType.objects.get_for_model(Page)
    own_type = ContentType.objects.get_for_model(BlogPostPage)
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=own_type,
                base_content_type=page_type,
                object_id=str(post.pk),
                created_at=post.first_published_at,
                object_str=post.title,
                content={},
            )
            for post in posts
        ],
        batch_size=500,
    )
    pages = []
    for post, revision in zip(posts, revisions, strict=True):
        pages.append(Page(pk=post.pk, live_revision_id=revision.pk, latest_revision_id=revision.pk))
    Page.objects.bulk_update(pages, ["live_revision", "latest_revision"], batch_size=200)
    ClinicalReview.objects.bulk_create(
        [
            ClinicalReview(
                page=post,
                revision=revision,
                reviewer=user,
                reviewer_name="Ada Sample, LPC",
                reviewed_at=post.first_published_at,
                next_due=(now + timedelta(days=-20 if number < A_PAGE or number % 10 == 0 else 200)).date(),
            )
            for number, (post, revision) in enumerate(zip(posts, revisions, strict=True))
        ],
        batch_size=500,
    )


def _subscribers(count: int, now: datetime) -> None:
    """Over seven hundred days; some and then each fifth left, each ninth never confirmed."""
    people = Subscriber.objects.bulk_create(
        [
            Subscriber(
                address=f"reader{number}@example.org",
                address_key=f"reader{number}@example.org",
                state=_state(number),
                source="Website",
                created_at=now - timedelta(days=number % 700, seconds=number),
                confirmed_at=None if number % 9 == 0 else now - timedelta(days=number % 700),
                left_at=now - timedelta(days=number % 300) if _state(number) == SubscriberState.UNSUBSCRIBED else None,
            )
            for number in range(count)
        ],
        batch_size=2000,
    )
    SubscriberEvent.objects.bulk_create(
        [SubscriberEvent(subscriber=one, kind=EventKind.SIGNED_UP, at=one.created_at) for one in people],
        batch_size=2000,
    )


def _state(number: int) -> SubscriberState:
    if number < A_PAGE:
        return SubscriberState.UNSUBSCRIBED
    if number % 9 == 0:
        return SubscriberState.PENDING
    return SubscriberState.UNSUBSCRIBED if number % 5 == 0 else SubscriberState.CONFIRMED


def _requests(count: int, now: datetime) -> None:
    """Ten years' worth: each tenth is open, each fiftieth was taken for spam, the rest is completed."""
    for _ in range(SEALED):
        make_request(now=now)
    ended = {"status": "closed", "outcome": "became_client", "ended_at": now, "act_by": None}
    half = list(ConsultationRequest.objects.order_by("pk").values_list("pk", flat=True)[: SEALED // 2])
    ConsultationRequest.objects.filter(pk__in=half).update(**ended)
    rows = []
    for number in range(SEALED, max(count, SEALED)):
        is_open = number % 10 == 0
        arrived = now - timedelta(days=3650 * number / count)
        rows.append(
            ConsultationRequest(
                reference=new_reference(),
                status="new" if is_open else "closed",
                outcome="" if is_open else "became_client",
                quarantined=number % 50 == 1,
                received_at=arrived,
                last_step_at=arrived,
                act_by=now + timedelta(days=90) if is_open else None,
                ended_at=None if is_open else arrived + timedelta(days=9),
                first_answered_at=arrived + timedelta(hours=5),
                open_time_to_answer=timedelta(hours=number % 9),
                sealed=b"",
            )
        )
    ConsultationRequest.objects.bulk_create(rows, batch_size=1000)
