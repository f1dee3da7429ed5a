from django.apps import AppConfig
from django.db.models.signals import post_save

from innerbalance.last_known import remember_phone


def remember_saved_phone(sender, instance, **kwargs) -> None:
    remember_phone(instance.phone)


class PagesConfig(AppConfig):
    name = "innerbalance.pages"
    label = "pages"

    def ready(self):
        settings_model = self.get_model("PracticeSettings")
        post_save.connect(remember_saved_phone, sender=settings_model, dispatch_uid="remember_saved_phone")
