"""A test of an issue to the person who writes it: the same mail, which says that it is a test."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from newsletter.blocks.rendering import render_issue
from newsletter.models import NewsletterIssuePage
from newsletter.services.messages import reply_to, sender


def send_test(*, page: NewsletterIssuePage, to: str) -> None:
    """Raises what the mail backend raises (OSError, SMTPException is one)."""
    outputs = render_issue(page=page, posts=page.posts(), test=True)
    message = EmailMultiAlternatives(
        subject=f"[Test] {outputs.subject}",
        body=outputs.text,
        from_email=sender(),
        to=[to],
        reply_to=reply_to(),
        headers={"X-Newsletter-Edition": outputs.content_hash, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(outputs.html, "text/html")
    message.track_opens = message.track_clicks = False
    message.send(using=settings.NEWSLETTER_MAILER)
