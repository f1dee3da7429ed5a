from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "innerbalance.backups"
    label = "backups"
