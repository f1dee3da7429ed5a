"""What housekeeping does for the blog."""

from datetime import datetime

from blog.models.post_counts import count_posts
from blog.models.reviews import ReviewDue
from innerbalance.housekeeping.services import Job


def count_changed_posts(now: datetime) -> str:
    """Where whoever changed them did not get that far, or wrote past Django's signals."""
    count = count_posts()
    return f"counted the posts of {count} blogs" if count else ""


def settle_reviews(now: datetime) -> str:
    """Find what was written past `Page.save` and the reviews' own querysets, as by SQL, and mend the list of reviews.

    A count in what it returns says that something writes past them.
    """
    count = ReviewDue.objects.settle(ReviewDue.objects.wrong())
    return f"mended the review dates of {count} posts, which something changed without saving them" if count else ""


JOBS = (Job("count-posts", count_changed_posts), Job("blog.settle-reviews", settle_reviews))
