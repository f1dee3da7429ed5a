"""One recipient's message, made from the outputs that were fixed when sending was decided."""

from email.headerregistry import Address as HeaderAddress
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from innerbalance.practice.services import practice
from newsletter.blocks.rendering import PREFERENCES_URL, UNSUBSCRIBE_URL
from newsletter.models import Campaign, Subscriber
from newsletter.rules import addresses
from newsletter.services import links, tokens
from newsletter.services.provider_transport import NewsletterEmail


class SenderLines:
    """The headers that are the same for all recipients of a campaign."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        self.from_email = sender()
        self.reply_to = reply_to()
        self.domain = host = addresses_domain(parseaddr(self.from_email)[1])
        self.made_on = (campaign.started_at or campaign.created_at).date()
        self.headers = {
            # RFC 2919 section 3: a description, and an identifier that stays the same for ever.
            "List-Id": str(list_id(practice().practice_name, host)),
            # Which revision this is: the archive page and both parts of the mail say the same.
            "X-Newsletter-Edition": campaign.content_hash,
            # RFC 3834: no absence notes, please.
            "Auto-Submitted": "auto-generated",
        }

    def message(self, *, delivery_id: int, subscriber: Subscriber) -> NewsletterEmail:
        """Raises addresses.InvalidAddress or ValueError where none can be made."""
        wire = addresses.parse(subscriber.address).wire
        unsubscribe = links.unsubscribe_url(subscriber.public_id, self.campaign.pk)
        preferences = links.preferences_url(subscriber.public_id, made_on=self.made_on)
        message = NewsletterEmail(
            subject=self.campaign.subject,
            body=_filled(self.campaign.text, unsubscribe, preferences),
            from_email=self.from_email,
            to=[wire],
            reply_to=self.reply_to,
            headers=self.headers
            | {
                "Message-ID": tokens.message_id(delivery_id, self.domain),
                # RFC 8058 section 3.1: exactly one HTTPS address, and the POST that it takes.
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(_filled(self.campaign.html, unsubscribe, preferences), "text/html")
        reference = tokens.delivery_reference(delivery_id)
        message.envelope_from = return_path(reference) or parseaddr(self.from_email)[1]
        message.metadata = {"delivery": reference}
        return message


def sender() -> str:
    """The From line of the newsletter: the practice's name where the settings have none."""
    name, address = parseaddr(settings.NEWSLETTER_FROM or settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or practice().practice_name, address))


def reply_to() -> list[str] | None:
    address = settings.NEWSLETTER_REPLY_TO or practice().email
    return [address] if address else None


def return_path(reference: str) -> str:
    """Where bounces of one message go; "" when no address is set for them."""
    return settings.NEWSLETTER_BOUNCE_ADDRESS.replace("{ref}", reference)


def list_id(name: str, host: str) -> str:
    identifier = settings.NEWSLETTER_LIST_ID or f"newsletter.{host}"
    quoted = str(HeaderAddress(display_name=name, username="x", domain="x")).rpartition(" ")[0]
    return f"{quoted} <{identifier}>".strip()


def addresses_domain(address: str) -> str:
    """The domain of our own sender; that of the site where the sender has none a mail could come from."""
    domain = address.rpartition("@")[2]
    return domain or urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def _filled(output: str, unsubscribe: str, preferences: str) -> str:
    return output.replace(UNSUBSCRIBE_URL, unsubscribe).replace(PREFERENCES_URL, preferences)
