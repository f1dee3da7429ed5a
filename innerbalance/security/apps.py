from django.apps import AppConfig
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import post_migrate


class SecurityConfig(AppConfig):
    name = "innerbalance.security"
    label = "security"

    def ready(self) -> None:
        from . import checks  # noqa: F401 -- registers them
        from .grants import grant_after_migrate  # groups are models: loaded by now
        from .rate_limits import log_refused_sign_in

        post_migrate.connect(grant_after_migrate, dispatch_uid="grant_roles")
        user_login_failed.connect(log_refused_sign_in, dispatch_uid="log_refused_sign_in")
