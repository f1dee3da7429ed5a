from django.apps import AppConfig
from django.db.models.signals import post_delete
from wagtail.signals import published, unpublished

from innerbalance.caching import touch_site


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        model = self.get_model("Assessment")
        for signal in (published, unpublished, post_delete):
            signal.connect(refresh_pages, sender=model, dispatch_uid=f"assessment.refresh_pages.{id(signal)}")


def refresh_pages(sender: object, **kwargs: object) -> None:
    """Any cached page may embed the assessment that changed."""
    touch_site()
