"""The addresses that stand in mails for years. Changing one breaks links in mailboxes: add, never change."""

from uuid import UUID

from django.conf import settings

from newsletter.services.tokens import PREFERENCES, UNSUBSCRIBE, subscriber_token


def unsubscribe_url(public_id: UUID, campaign_id: int | None = None) -> str:
    return _absolute(f"/newsletter/unsubscribe/{subscriber_token(UNSUBSCRIBE, public_id, campaign_id)}/")


def preferences_url(public_id: UUID) -> str:
    return _absolute(f"/newsletter/preferences/{subscriber_token(PREFERENCES, public_id)}/")


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
