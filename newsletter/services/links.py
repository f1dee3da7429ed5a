"""The addresses that stand in mails for years. Changing one breaks links in mailboxes: add, never change."""

from datetime import date
from uuid import UUID

from django.conf import settings

from newsletter.services.tokens import PREFERENCES, UNSUBSCRIBE, dated_token, subscriber_token


def unsubscribe_url(public_id: UUID, campaign_id: int | None = None) -> str:
    return _absolute(f"/newsletter/unsubscribe/{subscriber_token(UNSUBSCRIBE, public_id, campaign_id)}/")


def preferences_url(public_id: UUID, *, made_on: date) -> str:
    """Works for PREFERENCES_LINK_LASTS from `made_on`; then it offers a new one by email."""
    return _absolute(f"/newsletter/preferences/{dated_token(PREFERENCES, public_id, made_on)}/")


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
