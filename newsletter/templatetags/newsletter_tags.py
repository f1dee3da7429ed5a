from django import template
from django.utils import timezone

from innerbalance.security.public_forms import FormStamp

register = template.Library()

PURPOSE = "newsletter-sign-up"
A_DAY = 86_400


@register.simple_tag
def sign_up_stamp() -> str:
    """Changes once a day: the form is on every page, and a page must keep its bytes (and ETag).

    So it can't tell a form sent within seconds; honeypot, network limit and the daily limit of the mailbox do that.
    """
    return FormStamp.issue(PURPOSE, timezone.now(), step=A_DAY)
