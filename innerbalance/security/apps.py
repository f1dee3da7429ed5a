from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SecurityConfig(AppConfig):
    name = "innerbalance.security"
    label = "security"

    def ready(self) -> None:
        from innerbalance.security.grants import grant_after_migrate  # groups are models: loaded by now

        post_migrate.connect(grant_after_migrate, dispatch_uid="grant_roles")
