from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "innerbalance.images"
    label = "images"
