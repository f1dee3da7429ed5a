"""The list of reviews due says, after whatever happened, what trying every post by itself would say."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from blog.jobs import settle_reviews
from blog.models import BlogPostPage, ClinicalReview
from blog.models.reviews import ReviewDue, posts_due
from blog.rules.review_dates import SOON
from tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

STEPS = 60
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def due_by_trying_each(today):
    """Primary keys, oldest first: the definition, in plain Python, post by post."""
    due = []
    for post in BlogPostPage.objects.live():
        reviews = sorted(post.reviews.all(), key=lambda review: (review.reviewed_at, review.pk))
        last = reviews[-1] if reviews else None
        holds = (
            last
            and last.revision_id is not None
            and post.live_revision_id in (None, last.revision_id)
            and last.next_due > today + SOON
        )
        if not holds:
            due.append((last.next_due if last else date.min, post.first_published_at or LONG_AGO, post.pk))
    return [pk for *_, pk in sorted(due)]


def listed(today):
    return [post.pk for post in posts_due(today)]


def assert_true(what):
    today = timezone.localdate()
    for day in (today, today + timedelta(days=200), today + timedelta(days=400), today - timedelta(days=400)):
        assert listed(day) == due_by_trying_each(day), f"after {what}"
        assert ReviewDue.objects.listed(day).count() == len(due_by_trying_each(day)), f"after {what}"
    assert not ReviewDue.objects.wrong(), f"after {what}"


class History:
    """Things that people, commands and Wagtail do to posts, each chosen by a random number."""

    def __init__(self, blog, seed):
        self.blog, self.random, self.user = blog, random.Random(seed), make_user("Owners")  # noqa: S311

    def any_post(self):
        return self.random.choice(list(BlogPostPage.objects.all()))

    def write(self):
        make_post(self.blog, live=self.random.random() < 0.7)

    def edit(self):
        post = self.any_post()
        post.summary = str(self.random.random())
        post.save_revision()

    def publish(self):
        post = self.any_post()
        (post.get_latest_revision() or post.save_revision()).publish()

    def revert(self):
        post = self.any_post()
        if revisions := list(post.revisions.all()):
            revision = self.random.choice(revisions)
            post.save_revision(previous_revision=revision).publish(previous_revision=revision)

    def review(self):
        post = self.any_post()
        revision = post.live_revision or post.save_revision()
        ago = timedelta(days=self.random.randrange(500))
        ClinicalReview.objects.record(
            revision=revision, reviewer=self.user, now=timezone.now() - ago, holds_months=self.random.choice([1, 12])
        )

    def unpublish(self):
        self.any_post().unpublish()

    def unpublish_as_a_page(self):
        Page.objects.get(pk=self.any_post().pk).unpublish()

    def schedule(self):
        post = self.any_post()
        post.go_live_at = timezone.now() + timedelta(days=3)
        post.save_revision().publish()

    def copy(self):
        post = self.any_post()
        title = f"copy-{self.random.random()}".replace(".", "-")
        post.copy(update_attrs={"slug": title, "title": title}, keep_live=self.random.random() < 0.5)

    def delete(self):
        if BlogPostPage.objects.count() > 2:
            self.any_post().delete()

    def change_reviews(self):
        some = ClinicalReview.objects.filter(page=self.any_post())
        some.update(next_due=timezone.localdate() + timedelta(days=self.random.randrange(-400, 400)))

    def change_one_review(self):
        if review := ClinicalReview.objects.order_by("?").first():
            review.next_due += timedelta(days=self.random.randrange(-400, 400))
            review.save()

    def delete_reviews(self):
        ClinicalReview.objects.filter(page=self.any_post()).delete()

    def delete_one_review(self):
        if review := ClinicalReview.objects.order_by("?").first():
            review.delete()

    def copy_reviews(self):
        post = self.any_post()
        reviews = [
            ClinicalReview(
                page=post, revision=review.revision, reviewed_at=review.reviewed_at, next_due=review.next_due
            )
            for review in ClinicalReview.objects.all()[:3]
        ]
        ClinicalReview.objects.bulk_create(reviews)

    def move_reviews(self):
        ClinicalReview.objects.filter(page=self.any_post()).update(page=self.any_post())


DOINGS = [name for name in vars(History) if not name.startswith("_") and name != "any_post"]


def steps(seed):
    return random.Random(seed).choices(DOINGS, k=STEPS)  # noqa: S311


@pytest.mark.parametrize("seed", range(4))
def test_after_every_step_of_a_random_history(blog, seed):
    history = History(blog, seed)
    for _ in range(3):
        history.write()
    for doing in steps(seed):
        getattr(history, doing)()
        assert_true(f"{doing}, seed {seed}")


def test_the_histories_do_everything():
    """So that none of them passes because it never came to what goes wrong."""
    assert {doing for seed in range(4) for doing in steps(seed)} == set(DOINGS)


@pytest.mark.parametrize(
    "past_every_save",
    [
        lambda post: Page.objects.filter(pk=post.pk).update(live=False),
        lambda post: Page.objects.filter(pk=post.pk).update(live_revision=post.save_revision()),
        lambda post: Page.objects.filter(pk=post.pk).update(first_published_at=LONG_AGO),
        lambda post: post.live_revision.delete(),
        lambda post: ReviewDue.objects.all().delete(),
    ],
)
def test_what_was_written_past_everything_is_found_and_mended(blog, past_every_save):
    post = make_post(blog)
    post.save_revision().publish()
    post.refresh_from_db()
    ClinicalReview.objects.record(
        revision=post.live_revision, reviewer=make_user("Owners"), now=timezone.now(), holds_months=12
    )
    assert settle_reviews(timezone.now()) == ""
    past_every_save(post)
    assert "1 post" in settle_reviews(timezone.now())
    assert_true("mending")


def test_a_review_that_fails_to_be_stored_moves_no_date(blog, monkeypatch):
    post = make_post(blog)
    monkeypatch.setattr(ReviewDue.objects.__class__, "settle", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ClinicalReview.objects.record(
            revision=post.save_revision(), reviewer=make_user("Owners"), now=timezone.now(), holds_months=12
        )
    monkeypatch.undo()
    assert not ClinicalReview.objects.exists()
    assert_true("a failure")


def test_the_order_of_page_two_goes_on_where_page_one_ended(client, blog):
    for number in range(52):
        make_post(blog, title=f"Post number {number}.")
    client.force_login(make_user("Owners"))
    shown = []
    for page in (1, 2):
        answer = client.get(f"/admin/reports/reviews-due/?p={page}")
        shown += [row.url for row in answer.context["object_list"]]
    assert shown == [f"/admin/pages/{pk}/edit/" for pk in due_by_trying_each(timezone.localdate())]
    assert len(shown) == 52


def test_the_list_reads_posts_that_are_due_alone(client, blog):
    """No statement of the report mentions reviews but for the posts it shows."""
    make_post(blog)
    client.force_login(make_user("Owners"))
    client.get("/admin/reports/reviews-due/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/reports/reviews-due/")
    about = [each["sql"] for each in asked if "blog_reviewdue" in each["sql"]]
    assert len(about) == 2  # how many, and which
    assert all("listed_from" in sql for sql in about)
