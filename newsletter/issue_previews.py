"""An issue's mail as the editor's preview shows it: the real mail, in a phone's width, in the dark, or as text."""

from django.conf import settings
from django.template.loader import render_to_string

from .rendering import PLACEHOLDERS, TEST_PATH, Outputs

MODES = [
    ("", "Archive page"),
    ("mail", "Mail"),
    ("mail-phone", "Mail on a phone"),
    ("mail-dark", "Mail in dark mode"),
    ("text", "Text only"),
]
PHONE_WIDTH = 360
DARK_QUERY = "(prefers-color-scheme: dark)"


def mail_preview(*, outputs: Outputs, mode: str) -> str:
    """An HTML document. `mode`: one of MODES but the first.

    Light and dark are set here and not left to the editor's own screen, so that each mode shows what it says.
    """
    if mode == "text":
        return render_to_string("newsletter/preview/text.html", {"text": _with_test_links(outputs.text)})
    html = _with_test_links(outputs.html).replace("<head>", '<head><base target="_blank">', 1)
    # The editor may have come by another name of this site than the mails carry; its pictures are here too.
    html = html.replace(f'src="{settings.WAGTAILADMIN_BASE_URL.rstrip("/")}/', 'src="/')
    html = _in_scheme(html, "dark" if mode == "mail-dark" else "light")
    if mode == "mail-phone":
        return render_to_string("newsletter/preview/phone.html", {"mail": html, "width": PHONE_WIDTH})
    return html


def _in_scheme(html: str, scheme: str) -> str:
    html = html.replace(DARK_QUERY, "all" if scheme == "dark" else "not all")
    return html.replace('content="light dark"', f'content="{scheme}"')


def _with_test_links(output: str) -> str:
    for placeholder in PLACEHOLDERS:
        output = output.replace(placeholder, TEST_PATH)
    return output
