"""Which changes may change the number of posts in a list. Connected when the app is ready."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from blog.models import BlogPostPage, PostAuthor, Topic
from blog.models.post_counts import posts_changed
from innerbalance.caching import touch_site
from innerbalance.caching.signals import OF_A_DRAFT


def on_change(sender: Any, **kwargs: Any) -> None:
    touch_site()  # first, as everywhere: two changes at once then wait for one another in the same order
    posts_changed()


def on_page_change(sender: Any, instance: Any, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """A post may be saved and deleted as a page of no particular type, too."""
    if not isinstance(instance, Page) or (update_fields is not None and OF_A_DRAFT.issuperset(update_fields)):
        return
    if instance.content_type_id == ContentType.objects.get_for_model(BlogPostPage).pk:
        on_change(sender)


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(on_page_change, dispatch_uid="count_posts_page")
        for model in (PageViewRestriction, PostAuthor):
            signal.connect(on_change, sender=model, dispatch_uid=f"count_posts_{model._meta.label}")
    post_delete.connect(on_change, sender=Topic, dispatch_uid="count_posts_topic")
    m2m_changed.connect(on_change, sender=BlogPostPage.topics.through, dispatch_uid="count_posts_topics")
    post_page_move.connect(on_change, dispatch_uid="count_posts_move")
