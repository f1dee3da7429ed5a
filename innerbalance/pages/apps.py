from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "innerbalance.pages"
    label = "pages"
