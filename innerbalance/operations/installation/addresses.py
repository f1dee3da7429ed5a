"""Whether the site's own address is the same wherever it is written, and whether proxies are counted."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _
from wagtail.models import Site

from innerbalance.operations.findings import Finding, fault, good, not_checked, warning

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
EXAMPLES = ("example.org", "example.com", "example.net", "example.edu")
SEEN_LATELY_SECONDS = 7 * 24 * 3600
PORTS = {"http": 80, "https": 443}


def base_url(now: datetime) -> Iterator[Finding]:
    address = settings.WAGTAILADMIN_BASE_URL
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host:
        yield fault(
            _("BASE_URL is %(address)s, which is no web address: write https://www.your-site…") % _named(address)
        )
        return
    if parts.path.strip("/") or parts.query or parts.fragment:
        yield fault(_("BASE_URL is %(address)s: leave out everything behind the host.") % _named(address))
    if host in OWN_MACHINE:
        yield warning(_("BASE_URL is %(address)s: links in emails work on this machine alone.") % _named(address))
    elif host.endswith(EXAMPLES):
        yield fault(_("BASE_URL is %(address)s, which is an example's and not yours.") % _named(address))
    elif parts.scheme != "https":
        yield fault(_("BASE_URL is %(address)s, without https: what people send could be read.") % _named(address))
    if not validate_host(host, settings.ALLOWED_HOSTS):
        text = _("BASE_URL names %(host)s, which ALLOWED_HOSTS leaves out: the site refuses its own address.")
        yield fault(text % {"host": host})
    else:
        yield good(_("The site's address is %(address)s, and it answers to that name.") % _named(address))


def site_record(now: datetime) -> Iterator[Finding]:
    site = Site.objects.filter(is_default_site=True).first()
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if site is None:
        yield fault(_("No site is the default one: add it in the admin under Settings, Sites."))
        return
    wanted = (parts.hostname or "", _port(parts))
    if (site.hostname, site.port) == wanted:
        yield good(_("The site record has the same address as BASE_URL."))
    else:
        text = _(
            "The site record says %(record)s, BASE_URL says %(wanted)s: links and the site map would be wrong. "
            "Change it in the admin under Settings, Sites."
        )
        yield fault(text % {"record": f"{site.hostname}:{site.port}", "wanted": f"{wanted[0]}:{wanted[1]}"})


def _port(parts) -> int:
    with suppress(ValueError):
        return parts.port or PORTS.get(parts.scheme, 80)
    return 0


def proxies(now: datetime) -> Iterator[Finding]:
    if settings.TRUSTED_PROXIES:
        text = _("TRUSTED_PROXIES is %(number)s: so many proxies of yours add to X-Forwarded-For.")
        yield good(text % {"number": settings.TRUSTED_PROXIES})
    elif _forwarded_lately():
        yield fault(
            _(
                "Requests arrive with X-Forwarded-For, but TRUSTED_PROXIES is 0: all readers share one limit, and soon "
                "nobody can sign up or write. Set TRUSTED_PROXIES to the number of your proxies, usually 1."
            )
        )
    elif settings.SECURE_PROXY_SSL_HEADER:
        yield warning(_("TRUSTED_PROXIES is 0. If nginx or another proxy stands in front, set it to 1."))
    else:
        yield not_checked(_("No proxy has shown itself."))


def _forwarded_lately() -> bool:
    with suppress(OSError):
        return time.time() - Path(settings.UNKNOWN_PROXY_FILE).stat().st_mtime < SEEN_LATELY_SECONDS
    return False


def _named(address: str) -> dict[str, str]:
    return {"address": address}
