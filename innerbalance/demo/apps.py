from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "innerbalance.demo"
    label = "demo"
