"""What mail providers tell us (Anymail's normalised events).

Anymail verifies the request. Here an event may come twice, late, out of order,
or speak of a message that is not ours: then nothing happens and the provider
gets its 200.
"""

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.utils import timezone

from newsletter.models import Delivery
from newsletter.rules.provider_words import says_final
from newsletter.rules.smtp_outcome import clean_detail, enhanced_status, is_gone
from newsletter.services import bounces
from newsletter.services.tokens import read_delivery_reference


def on_tracking_event(sender: object, event: AnymailTrackingEvent, esp_name: str, **kwargs: object) -> None:
    delivery_id = find_delivery(event)
    if delivery_id is None:
        return
    now = timezone.now()
    detail = clean_detail(event.mta_response or event.description or "")
    match event.event_type:
        case EventType.BOUNCED if _is_hard(event):
            bounces.hard_bounce(delivery_id=delivery_id, detail=detail, now=now)
        case EventType.BOUNCED | EventType.REJECTED | EventType.FAILED:
            bounces.soft_bounce(delivery_id=delivery_id, detail=detail, now=now)
        case EventType.COMPLAINED:
            bounces.complaint(delivery_id=delivery_id, now=now)
        case EventType.DELIVERED:
            bounces.delivered(delivery_id=delivery_id, now=now)


def find_delivery(event: AnymailTrackingEvent) -> int | None:
    """By the signed reference we sent along (it comes back even before we wrote the provider's id down),
    else by the provider's id."""
    reference = (event.metadata or {}).get("delivery", "")
    # PostgreSQL raises at a NUL; no id of a provider has one.
    message_id = str(event.message_id or "").replace("\0", "")[:255]
    found = read_delivery_reference(str(reference)) or read_delivery_reference(message_id)
    if found is None and message_id:
        found = Delivery.objects.filter(provider_message_id=message_id).values_list("pk", flat=True).first()
    return found


def _is_hard(event: AnymailTrackingEvent) -> bool:
    """The receiving server's status says it best; else the provider's own word; else Anymail's reason."""
    status = enhanced_status(event.mta_response or "")
    # x.0.0 says nothing.
    if status and status[1:] != (0, 0):
        return is_gone(status)
    final = says_final(event.esp_event)
    return event.reject_reason in {RejectReason.BOUNCED, RejectReason.INVALID} if final is None else final
