from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"

    def ready(self):
        from anymail.signals import tracking

        from newsletter.services.webhooks import on_tracking_event

        tracking.connect(on_tracking_event, dispatch_uid="newsletter.tracking")
