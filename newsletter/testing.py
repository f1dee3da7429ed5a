"""A test of an issue to the person who writes it: the same mail, with links that do nothing."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from .models import NewsletterIssuePage
from .rendering import PLACEHOLDERS, render_issue


def send_test(*, page: NewsletterIssuePage, to: str) -> None:
    """Raises what the mail backend raises (OSError, SMTPException is one)."""
    outputs = render_issue(page=page, posts=page.posts())
    html, text = outputs.html, outputs.text
    for placeholder in PLACEHOLDERS:
        html = html.replace(placeholder, settings.WAGTAILADMIN_BASE_URL)
        text = text.replace(placeholder, "(works in the real mail)")
    message = EmailMultiAlternatives(
        subject=f"[Test] {outputs.subject}",
        body=text,
        from_email=settings.NEWSLETTER_FROM or settings.DEFAULT_FROM_EMAIL,
        to=[to],
    )
    message.attach_alternative(html, "text/html")
    message.send(using=settings.NEWSLETTER_MAILER)
