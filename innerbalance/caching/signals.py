"""Moves the site's version when an editor changes what readers may see. Connected once, in the app's ready()."""

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import touch_site


def on_page_change(sender, **kwargs) -> None:
    touch_site()


def on_setting_saved(sender, instance, **kwargs) -> None:
    touch_site()


def connect() -> None:
    from django.apps import apps
    from django.db.models.signals import post_delete, post_save

    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(on_page_change, dispatch_uid=f"touch_site_{id(signal)}")
    for label in ("pages.PracticeSettings", "blog.Topic"):
        model = apps.get_model(label)
        post_save.connect(on_setting_saved, sender=model, dispatch_uid=f"touch_site_save_{label}")
        post_delete.connect(on_setting_saved, sender=model, dispatch_uid=f"touch_site_delete_{label}")
