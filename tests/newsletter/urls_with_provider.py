"""The site's addresses with the webhooks of two providers, as their backends and a secret mount them."""

from django.urls import include, path

from innerbalance.urls import handler404, handler500  # noqa: F401
from innerbalance.urls import urlpatterns as site
from newsletter.urls import webhook_urls

POSTMARK, MAILGUN = (f"anymail.backends.{name}.EmailBackend" for name in ("postmark", "mailgun"))

urlpatterns = [
    path("newsletter/", include(webhook_urls(POSTMARK, ["name:secret"]) + webhook_urls(MAILGUN, ["name:secret"]))),
    *site,
]
