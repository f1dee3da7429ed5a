from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "innerbalance"
    label = "core"
    verbose_name = "Core"

    def ready(self):
        from innerbalance.composition import compose  # it imports every app's models, which are loaded only now

        compose()
