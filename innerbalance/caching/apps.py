from django.apps import AppConfig
from django.core.cache import cache


class CachingConfig(AppConfig):
    name = "innerbalance.caching"
    label = "caching"

    def ready(self):
        _ = cache.key_prefix  # makes the cache, so that one that can't be used is refused at start
