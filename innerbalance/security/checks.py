"""What Django's checks say of our settings at start (`manage.py check --deploy`)."""

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def proxies_are_counted(**kwargs: object) -> list[CheckMessage]:
    """A site that believes a proxy about https stands behind one, and must count it."""
    if settings.TRUSTED_PROXIES or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    return [
        Warning(
            "TRUSTED_PROXIES is 0, though the site stands behind a proxy: all visitors would share one limit.",
            hint="Set TRUSTED_PROXIES to the number of proxies that add to X-Forwarded-For.",
            id="innerbalance.W001",
        )
    ]
