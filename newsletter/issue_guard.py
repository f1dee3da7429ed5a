"""An issue that was decided to be sent can't be changed or deleted under way."""

from django.contrib import messages
from django.shortcuts import redirect

from .models import NewsletterIssuePage, Sending


def keep_what_is_sent(request, page):
    """For Wagtail's before_edit_page and before_delete_page: leads to the numbers instead."""
    if not isinstance(page.specific_deferred, NewsletterIssuePage):
        return None
    sending = Sending.objects.filter(page_id=page.pk).first()
    if sending is None:
        return None
    messages.warning(request, "This issue is being sent or was sent, so it can't be changed. Copy it to write another.")
    return redirect("newsletter_desk:results", sending.pk)
