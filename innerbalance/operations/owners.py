"""Who hears of it when the site needs a person."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from innerbalance.security.roles import OWNERS


def owners_addresses() -> list[str]:
    """Email addresses of active owners (superusers count as such), each once."""
    owner = Q(groups__name=OWNERS) | Q(is_superuser=True)
    users = get_user_model().objects.filter(owner, is_active=True).exclude(email="")
    return sorted(set(users.values_list("email", flat=True)))
