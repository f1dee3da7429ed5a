from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "innerbalance"
    label = "core"
    verbose_name = "Core"
