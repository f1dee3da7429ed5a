from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from .services import post_counting, review_settling

        post_counting.connect()
        review_settling.connect()
