"""What the audit log says: who, when, which reference, and codes. Never a word that somebody wrote."""

from django.contrib.auth.models import User
from django.db.models import Model
from wagtail.log_actions import log

VIEW = "intake.view"
SEARCH = "intake.search"
MOVE = "intake.move"
EXPORT = "intake.export"
DECRYPT_FAILED = "intake.decrypt_failed"
PURGE = "intake.purge"

ACTIONS = {
    VIEW: ("View a consultation request", "Looked at"),
    SEARCH: ("Search consultation requests", "Searched"),
    MOVE: ("Change a consultation request", "Changed"),
    EXPORT: ("Export consultation requests", "Exported"),
    DECRYPT_FAILED: ("Fail to open a consultation request", "Could not be opened"),
    PURGE: ("Delete a consultation request", "Deleted for good"),
}
"""Action -> (label, message), for Wagtail's log registry."""


def record(instance: Model, action: str, *, user: User | None, **codes: object) -> None:
    """Write one line about `instance` (a request, or the settings for what concerns many)."""
    log(instance=instance, action=action, user=user, data=codes)
