"""The site's addresses with the providers' webhooks, as `ANYMAIL_WEBHOOK_SECRET` mounts them at the start."""

from django.urls import include, path

from innerbalance.urls import handler404, handler500  # noqa: F401
from innerbalance.urls import urlpatterns as site

urlpatterns = [path("newsletter/provider/", include("anymail.urls")), *site]
