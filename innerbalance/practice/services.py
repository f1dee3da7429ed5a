"""The practice's own data (name, phone, crisis text), for pages, emails and structured data alike."""

from django.http import HttpRequest

from innerbalance.practice.models import PracticeSettings


def practice(request: HttpRequest | None = None) -> PracticeSettings:
    """The practice's settings, with defaults on an empty site; read once for a request when it is given."""
    return PracticeSettings.load(request_or_site=request)
