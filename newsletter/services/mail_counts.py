"""How many of the newsletter's emails are in which state, for who watches the site."""

from django.db.models import Count

from newsletter.models import Delivery, Subscriber
from newsletter.rules.delivery_states import DeliveryState


def count_copies() -> dict[str, int]:
    """Copies of all issues: state -> number, zeros included."""
    found = dict(Delivery.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in DeliveryState}


def count_confirmations() -> dict[str, int]:
    """Emails that ask people to confirm, and wait to be sent."""
    return {"queued": Subscriber.objects.filter(confirm_mail_due_at__isnull=False).count()}
