from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "innerbalance"
    label = "core"
    verbose_name = "Core"

    def ready(self):
        # They import every app's models, which are loaded only now.
        from innerbalance.composition import compose
        from innerbalance.site_address import follow_base_url_after_migrate

        compose()
        wagtail = apps.get_app_config("wagtailcore")
        post_migrate.connect(follow_base_url_after_migrate, sender=wagtail, dispatch_uid="follow_base_url")
