"""How many posts each list has, counted when posts change and not when somebody reads.

Counting ten thousand posts takes longer than showing ten of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Count, F
from django.utils.timezone import get_default_timezone

if TYPE_CHECKING:
    from .index import BlogIndexPage
    from .published import PostQuerySet


@dataclass(frozen=True)
class Numbers:
    """Of posts that readers may see. Keys: a topic, a clinician's page, the first day of a month, newest first."""

    everywhere: int
    topics: dict[int, int]
    authors: dict[int, int]
    months: dict[date, int]

    @classmethod
    def counted(cls, posts: "PostQuerySet") -> Self:
        """Five statements, each of which goes through all posts."""
        posts = posts.order_by()
        by_topic = posts.exclude(topics=None).values_list("topics").annotate(number=Count("pk"))
        by_author = posts.exclude(post_authors=None).values_list("post_authors__clinician")
        return cls(
            everywhere=posts.count(),
            topics=dict(by_topic),
            authors=dict(by_author.annotate(number=Count("pk", distinct=True))),
            months=posts.months(get_default_timezone()),
        )

    def as_json(self) -> dict:
        months = {day.isoformat(): number for day, number in self.months.items()}
        return {"all": self.everywhere, "topics": self.topics, "authors": self.authors, "months": months}

    @classmethod
    def from_json(cls, stored: dict) -> Self:
        months = sorted(((date.fromisoformat(day), number) for day, number in stored["months"].items()), reverse=True)
        return cls(
            everywhere=stored["all"],
            topics={int(key): number for key, number in stored["topics"].items()},
            authors={int(key): number for key, number in stored["authors"].items()},
            months=dict(months),
        )


class PostCounts(models.Model):
    """One row for a blog. It holds while `of_change` is `change`, which every change of a post moves in its own
    transaction, and while the blog has as many children, which also tells of posts written past the signals.
    """

    index = models.OneToOneField("blog.BlogIndexPage", models.CASCADE, primary_key=True, related_name="post_counts")
    change = models.PositiveBigIntegerField(default=0)
    of_change = models.PositiveBigIntegerField(null=True)
    children = models.PositiveIntegerField(default=0)
    numbers = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Posts of {self.index}"

    def holds_for(self, index: "BlogIndexPage") -> bool:
        return self.of_change == self.change and self.children == index.numchild


def numbers_for(index: "BlogIndexPage") -> Numbers:
    """As they are kept, or counted at this moment where they are not."""
    kept = PostCounts.objects.filter(pk=index.pk).first()
    return Numbers.from_json(kept.numbers) if kept and kept.holds_for(index) else Numbers.counted(index.posts())


def posts_changed() -> None:
    """In the transaction of the change; the posts are counted as soon as it is over."""
    PostCounts.objects.update(change=F("change") + 1)
    transaction.on_commit(count_posts, robust=True)


def count_posts() -> int:
    """Count for each blog whose numbers don't hold any more; how many there were.

    What is counted is at least as new as the number that is read before, so it is kept only for that.
    """
    from .index import BlogIndexPage  # which uses this module

    counted = 0
    for index in BlogIndexPage.objects.all():
        kept, _ = PostCounts.objects.get_or_create(pk=index.pk)
        if not kept.holds_for(index):
            numbers = Numbers.counted(index.posts()).as_json()
            counted += PostCounts.objects.filter(pk=index.pk, change=kept.change).update(
                of_change=kept.change, children=index.numchild, numbers=numbers
            )
    return counted
