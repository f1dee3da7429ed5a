from django.apps import AppConfig


class CachingConfig(AppConfig):
    name = "innerbalance.caching"
    label = "caching"

    def ready(self):
        from .signals import connect

        connect()
