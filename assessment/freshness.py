"""Moves the site's version when an assessment that a cached page may show changes. Connected once, in ready()."""

from django.db.models.signals import post_delete
from wagtail.signals import published, unpublished

from innerbalance.caching import touch_site


def on_change(sender, **kwargs) -> None:
    touch_site()


def connect() -> None:
    from assessment.models import Assessment

    for signal in (published, unpublished, post_delete):
        signal.connect(on_change, sender=Assessment, dispatch_uid=f"assessment_freshness_{id(signal)}")
