from django.conf import settings
from django.urls import include, path

app_name = "newsletter"
urlpatterns: list = []

if settings.ANYMAIL["WEBHOOK_SECRET"]:
    # Without a secret nobody could tell a provider's report from a forged one.
    urlpatterns.append(path("provider/", include("anymail.urls")))
