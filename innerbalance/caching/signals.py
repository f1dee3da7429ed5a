"""Moves the site's version when an editor changes what readers may see. Connected once, in the app's ready()."""

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import touch_site

SETTINGS_SHOWN_EVERYWHERE = ("pages.PracticeSettings", "blog.Topic", "images.PracticeImage", "wagtailcore.Site")


def on_change(sender, **kwargs) -> None:
    touch_site()


def on_page_saved(sender, instance, created=False, **kwargs) -> None:
    """New pages only: what an editor saves later reaches readers by publishing, which has its own signal."""
    if created and isinstance(instance, Page):
        touch_site()


def on_page_deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page):
        touch_site()


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(on_change, dispatch_uid=f"touch_site_{id(signal)}")
    post_save.connect(on_page_saved, dispatch_uid="touch_site_new_page")
    post_delete.connect(on_page_deleted, dispatch_uid="touch_site_deleted_page")
    for label in SETTINGS_SHOWN_EVERYWHERE:
        model = apps.get_model(label)
        post_save.connect(on_change, sender=model, dispatch_uid=f"touch_site_save_{label}")
        post_delete.connect(on_change, sender=model, dispatch_uid=f"touch_site_delete_{label}")
