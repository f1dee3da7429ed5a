from django.apps import AppConfig


class CachingConfig(AppConfig):
    name = "innerbalance.caching"
    label = "caching"
