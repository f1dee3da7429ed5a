from collections.abc import Sequence

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from newsletter.views import preferences as preferences_views
from newsletter.views import sign_up as sign_up_views
from newsletter.views import unsubscribe as unsubscribe_views

app_name = "newsletter"


def webhook_urls(backend: str, secret: Sequence[str]) -> list[URLPattern | URLResolver]:
    """`provider/<name>/tracking/` of the one provider that `backend` sends by; none without a secret, or by SMTP."""
    if not secret or not backend.startswith("anymail.backends."):
        return []
    # Not above: it loads every provider's library, 12 MB that a site without a provider has no use for.
    from anymail import urls as anymail_urls

    provider = backend.removeprefix("anymail.backends.").partition(".")[0]
    own = [each for each in anymail_urls.urlpatterns if str(each.pattern) == f"{provider}/tracking/"]
    return [path("provider/", include((own, anymail_urls.app_name)))]


# `/newsletter/` itself and the issues below it are pages; addresses in mails are never changed (links.py).
# A new first part belongs into rules/issue_slugs.py as well: no issue may take its place.
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-up/", sign_up_views.sign_up, name="sign_up"),
    path("sign-up/sent/", sign_up_views.sign_up_sent, name="sign_up_sent"),
    path("confirm/<str:secret>/", sign_up_views.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path("come-back/<str:token>/", unsubscribe_views.come_back, name="come_back"),
    path("preferences/<str:token>/", preferences_views.show, name="preferences"),
    path("preferences/<str:token>/export/", preferences_views.export, name="export"),
    path("preferences/<str:token>/delete/", preferences_views.delete, name="delete"),
    path("preferences/<str:token>/new-link/", preferences_views.new_link, name="preferences_new_link"),
    path("deleted/", preferences_views.deleted, name="deleted"),
    path("back/", unsubscribe_views.back, name="back"),
    path("test-mail/", sign_up_views.test_mail, name="test_mail"),
]

# Without a secret nobody could tell a provider's report from a forged one.
urlpatterns += webhook_urls(settings.MAILERS[settings.NEWSLETTER_MAILER]["BACKEND"], settings.ANYMAIL["WEBHOOK_SECRET"])
