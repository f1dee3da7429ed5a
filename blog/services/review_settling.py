"""Settles when a post's review is due whenever its page is saved."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page

from blog.models import BlogPostPage
from blog.models.reviews import ReviewDue

WHAT_COUNTS = frozenset({"live", "live_revision", "first_published_at"})


def connect() -> None:
    for model in (Page, BlogPostPage):  # saved as a page in general, or as the post that it is
        post_save.connect(on_page_saved, sender=model, dispatch_uid=f"blog_settle_reviews_{model.__name__}")


def on_page_saved(
    sender: Any, instance: Page, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Whatever publishes, unpublishes or copies a page saves it, and this is in the transaction of `Page.save`."""
    of_a_draft = update_fields is not None and WHAT_COUNTS.isdisjoint(update_fields)
    if not raw and not of_a_draft and instance.cached_content_type.model_class() is BlogPostPage:
        ReviewDue.objects.settle([instance.pk])
