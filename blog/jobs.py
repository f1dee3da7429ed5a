"""What housekeeping does for the blog."""

from datetime import datetime

from blog.models.post_counts import count_posts
from innerbalance.housekeeping.services import Job


def count_changed_posts(now: datetime) -> str:
    """Where whoever changed them did not get that far, or wrote past Django's signals."""
    count = count_posts()
    return f"counted the posts of {count} blogs" if count else ""


JOBS = (Job("count-posts", count_changed_posts),)
