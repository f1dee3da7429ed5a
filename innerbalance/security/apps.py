from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "innerbalance.security"
    label = "security"
