"""The composition root beside urls.py: what the apps give to lower parts and to each other is handed over here."""

from datetime import datetime

from wagtail.models import Site

from assessment.models import Assessment
from blog.models import BlogPostPage, Topic
from blog.services.posts import live_post_id
from innerbalance import person_data
from innerbalance.caching import signals
from innerbalance.housekeeping import jobs as core_jobs
from innerbalance.housekeeping.services import register_jobs
from innerbalance.images.models import PracticeImage
from innerbalance.practice.models import PracticeSettings
from intake import jobs as intake_jobs
from intake.services.erasure import RequestKeeper
from intake.services.form_options import provide_posts
from newsletter import feeds as newsletter_feeds
from newsletter import jobs as newsletter_jobs
from newsletter.services.preferences import SubscriberKeeper


def compose() -> None:
    """Called once, when all models are loaded; doing it again changes nothing."""
    register_jobs([*core_jobs.JOBS, *intake_jobs.JOBS, *newsletter_jobs.JOBS])
    person_data.register_keepers(RequestKeeper(), SubscriberKeeper())
    provide_posts(live_post_id)
    newsletter_feeds.provide(posts_for_the_newsletter)
    signals.connect(saved=(PracticeSettings, Topic, PracticeImage, Site), published_models=(Assessment,))


def posts_for_the_newsletter(since: datetime | None) -> list[newsletter_feeds.Post]:
    """What readers can open and was first published after `since`, newest first, at most 20."""
    posts = BlogPostPage.objects.live().public()
    if since:
        posts = posts.filter(first_published_at__gt=since)
    return [
        {
            "title": post.title,
            "url": post.full_url or "",
            "summary": post.summary,
            "published": post.first_published_at.date().isoformat() if post.first_published_at else "",
        }
        for post in posts.order_by("-first_published_at", "-pk")[:20]
    ]
