from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "innerbalance.journal"
    label = "journal"
