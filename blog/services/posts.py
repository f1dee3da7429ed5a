"""Published posts, as the newsletter and the consultation form ask for them (innerbalance/composition.py)."""

from datetime import datetime

from django.utils.timezone import localdate

from blog.models import BlogPostPage

MOST_POSTS = 20


def posts_since(since: datetime | None) -> list[dict[str, str]]:
    """Posts first published after `since`, newest first, 20 at most: title, url (absolute), summary, ISO date."""
    posts = BlogPostPage.objects.published()
    if since:
        posts = posts.filter(first_published_at__gt=since)
    return [
        {
            "title": post.title,
            "url": post.full_url or "",
            "summary": post.summary,
            "published": localdate(post.first_published_at).isoformat() if post.first_published_at else "",
        }
        for post in posts[:MOST_POSTS]
    ]


def live_post_id(slug: str) -> int | None:
    """The page id of the published post with this slug."""
    return BlogPostPage.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
