"""Moves the site's version when an editor changes what readers may see. Connected by the composition root."""

from collections.abc import Iterable

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from . import touch_site


def on_change(sender, **kwargs) -> None:
    touch_site()


OF_A_DRAFT = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
"""Fields of a live page that saving a draft of it writes; readers see none of them."""


def on_page_saved(sender, instance, created=False, update_fields=None, **kwargs) -> None:
    """In the transaction in which Wagtail saves a page; the signals of publishing and moving come after it."""
    if not isinstance(instance, Page):
        return
    of_a_draft = update_fields is not None and OF_A_DRAFT.issuperset(update_fields)
    if instance.live if created else not of_a_draft:
        touch_site()


def on_page_deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page):
        touch_site()


def connect(*, saved: Iterable[type[Model]], published_models: Iterable[type[Model]]) -> None:
    """Pages always count. `saved`: shown on pages as soon as a row is saved; `published_models`: when published."""
    for name, signal in {
        "published": page_published,
        "unpublished": page_unpublished,
        "slug": page_slug_changed,
        "move": post_page_move,
    }.items():
        signal.connect(on_change, dispatch_uid=f"touch_site_{name}")
    post_save.connect(on_page_saved, dispatch_uid="touch_site_saved_page")
    post_delete.connect(on_page_deleted, dispatch_uid="touch_site_deleted_page")
    for model in saved:
        for name, signal in {"save": post_save, "delete": post_delete}.items():
            signal.connect(on_change, sender=model, dispatch_uid=f"touch_site_{name}_{model._meta.label}")
    for model in published_models:
        for name, signal in {"publish": published, "unpublish": unpublished, "delete": post_delete}.items():
            signal.connect(on_change, sender=model, dispatch_uid=f"touch_site_{name}_{model._meta.label}")
