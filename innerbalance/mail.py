"""The one way to make and send a mail: a subject, a text and an HTML template under `templates/mail/`.

A mail is sent by one process at once and raises when it could not be handed over: the caller saved its row before,
and tries again later.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from innerbalance.practice.services import practice

Attachment = tuple[str, str | bytes, str]
"""File name, content, media type."""


def build(
    *,
    template: str,
    to: str,
    context: dict,
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
    reply_to: str | None = None,
    message_id: str | None = None,
    from_email: str | None = None,
) -> EmailMultiAlternatives:
    """The mail made of `mail/<template>.subject.txt`, `.txt` and, where there is one, `.html`; not sent."""
    context = {"practice": practice(), "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), **context}
    subject = " ".join(render_to_string(f"mail/{template}.subject.txt", context).split())
    headers = dict(headers or {})
    if message_id:
        headers["Message-ID"] = message_id
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{template}.txt", context).strip() + "\n",
        from_email=from_email or settings.DEFAULT_FROM_EMAIL,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )
    try:
        html = render_to_string(f"mail/{template}.html", context)
    except TemplateDoesNotExist as error:
        if f"mail/{template}.html" not in str(error):
            raise
    else:
        message.attach_alternative(html, "text/html")
    for name, content, media_type in attachments:
        message.attach(name, content, media_type)
    return message


def send(**kwargs) -> None:
    """Build (same arguments as `build`) and send. Raises what the mail backend raises (OSError, SMTPException)."""
    build(**kwargs).send(fail_silently=False)
