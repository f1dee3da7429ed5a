"""A test of an issue to the person who writes it: the same email, which says that it is a test."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext

from newsletter.blocks.rendering import render_issue
from newsletter.models import NewsletterIssuePage
from newsletter.services.messages import reply_to, sender


def send_test(*, page: NewsletterIssuePage, to: str) -> None:
    """Raises what the mail backend raises (OSError, SMTPException is one)."""
    outputs = render_issue(page=page, posts=page.posts(), test=True)
    message = EmailMultiAlternatives(
        subject=gettext("[Test] %(subject)s") % {"subject": outputs.subject},
        body=outputs.text,
        from_email=sender(),
        to=[to],
        reply_to=reply_to(),
        headers={"X-Newsletter-Edition": outputs.content_hash, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(outputs.html, "text/html")
    # For django-anymail, which adds them to what Django has.
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    message.send(using=settings.NEWSLETTER_MAILER)
