"""Tags of the page frame that speak of the page's address and of who is looking."""

import re

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from innerbalance.caching.middleware import has_session

register = template.Library()

CRISIS_NUMBER = re.compile(r"\b(911|988)\b")


@register.simple_tag(takes_context=True)
def canonical_address(context) -> str:
    """The one absolute address of what is shown: a page, a listing with its page number, or a view."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return ""
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isascii() and number.isdigit() and number != "1" else ""
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    if hasattr(page, "canonical_url"):
        own, path = page.canonical_url(request), page.get_url(request) or "/"
        base_url = own.removesuffix(path)
        if not request.path.startswith(path):  # a preview stands at another address than the page will
            return own
    return f"{base_url}{request.path}{query}"


@register.simple_tag(takes_context=True)
def staff_may_see(context) -> bool:
    """Whether notes for staff belong on this view; looks for the cookie without reading the session."""
    request = context.get("request")
    return request is not None and (getattr(request, "is_preview", False) or has_session(request))


@register.filter
def dialable(text: str) -> SafeString:
    """`text` escaped, with 911 and 988 as links that a phone can dial."""
    return mark_safe(CRISIS_NUMBER.sub(r'<a href="tel:\1">\1</a>', escape(text)))  # noqa: S308 (escaped)
