"""An issue's email as the editor's preview shows it: the real email, in a phone's width, in the dark, or as text."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.csp import CSP, build_policy
from django.utils.translation import gettext_lazy as _

from newsletter.blocks.rendering import PLACEHOLDERS, TEST_PATH, Outputs

MODES = [
    ("", _("Archive page")),
    ("mail", _("Email")),
    ("mail-phone", _("Email on a phone")),
    ("mail-dark", _("Email in dark mode")),
    ("text", _("Plain text")),
]
# In CSS pixels, whatever room the editor's preview has: a wide email is shown smaller there, not narrower.
PHONE_WIDTH = 360
WIDE = 700
DARK_QUERY = "(prefers-color-scheme: dark)"
# Wagtail makes a preview as if a reader asked for the page, so it would get the public policy, which blocks an email's
# inline styles.
POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": settings.SECURE_CSP["img-src"],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


def preview_response(*, outputs: Outputs, mode: str, not_there: str = "") -> HttpResponse:
    """`mode`: one of MODES but the first. No script runs in it, and it fetches nothing but pictures.

    `not_there`: the address of the archive page while readers can't open it.
    """
    policy = {str(CSP.HEADER_ENFORCE): build_policy(POLICY)}
    dead = (*PLACEHOLDERS, not_there) if not_there else PLACEHOLDERS
    return HttpResponse(email_preview(outputs=outputs, mode=mode, dead=dead), headers=policy)


def email_preview(*, outputs: Outputs, mode: str, dead: tuple[str, ...]) -> str:
    """The HTML document of a preview. `dead`: addresses that lead nowhere yet; they get the test's page.

    Light and dark are set here and not left to the editor's own screen, so that each mode shows what it says.
    """
    if mode == "text":
        return render_to_string("newsletter/preview/text.html", {"text": _with_test_links(outputs.text, dead)})
    html = _with_test_links(outputs.html, dead).replace("<head>", '<head><base target="_blank">', 1)
    # The editor may have come by another name of this site than the emails carry; its pictures are here too.
    html = html.replace(f'src="{settings.WAGTAILADMIN_BASE_URL.rstrip("/")}/', 'src="/')
    phone, dark = mode == "mail-phone", mode == "mail-dark"
    frame = {
        "label": dict(MODES)[mode],
        "email": _in_scheme(html, "dark" if dark else "light"),
        "phone": phone,
        "dark": dark,
        "width": PHONE_WIDTH if phone else WIDE,
    }
    return render_to_string("newsletter/preview/mail.html", frame)


def _in_scheme(html: str, scheme: str) -> str:
    html = html.replace(DARK_QUERY, "all" if scheme == "dark" else "not all")
    return html.replace('content="light dark"', f'content="{scheme}"')


def _with_test_links(output: str, dead: tuple[str, ...]) -> str:
    for address in dead:
        output = output.replace(address, TEST_PATH)
    return output
