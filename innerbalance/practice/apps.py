from django.apps import AppConfig
from django.db.models.signals import post_save

from innerbalance.practice.away_page import write_away_page
from innerbalance.practice.last_known_phone import remember_phone


def remember_saved_phone(sender, instance, **kwargs) -> None:
    remember_phone(instance.phone)
    write_away_page()


class PracticeConfig(AppConfig):
    name = "innerbalance.practice"
    label = "practice"

    def ready(self):
        settings_model = self.get_model("PracticeSettings")
        post_save.connect(remember_saved_phone, sender=settings_model, dispatch_uid="remember_saved_phone")
