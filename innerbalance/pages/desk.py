"""The admin in the practice's colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def mark_and_styles() -> SafeString:
    """A link to the admin's own small stylesheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
