"""Whether the sender's domain says in DNS who may send in its name: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489).

Without them many providers put the site's emails among the spam.
"""

import time
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from innerbalance.operations.findings import Finding, fault, good, not_checked, warning
from innerbalance.operations.installation.mail_server import sender_address

SECONDS = 5
"""For all questions together."""

USUAL_SELECTORS = ("default", "dkim", "mail", "s1", "s2", "selector1", "selector2", "k1", "google", "pm", "mailjet")


class NoResolver(Exception):
    """Nobody on this machine's network answers questions about names."""


def records(now: datetime) -> Iterator[Finding]:
    domain = sender_address().rpartition("@")[2]
    if "." not in domain:
        yield not_checked(_("Not checked: the sender has no domain."))
        return
    until = time.monotonic() + SECONDS
    try:
        yield from _spf(domain, until)
        yield from _dkim(domain, until)
        yield from _dmarc(domain, until)
    except NoResolver:
        yield not_checked(_("SPF, DKIM and DMARC were not checked: no resolver answers."))


def _spf(domain: str, until: float) -> Iterator[Finding]:
    found = [text for text in _texts(domain, until) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        text = _("%(domain)s has no SPF record: many providers will take the site's emails for spam.")
        yield warning(text % {"domain": domain})
    elif len(found) > 1:
        yield fault(_("%(domain)s has two SPF records, so neither counts: make one of them.") % {"domain": domain})
    elif "+all" in found[0].lower().split():
        yield warning(_("The SPF record of %(domain)s lets everybody send in its name.") % {"domain": domain})
    else:
        yield good(_("%(domain)s has an SPF record.") % {"domain": domain})


def _dkim(domain: str, until: float) -> Iterator[Finding]:
    selectors = (settings.DKIM_SELECTOR,) if settings.DKIM_SELECTOR else USUAL_SELECTORS
    for selector in selectors:
        if any("p=" in text for text in _texts(f"{selector}._domainkey.{domain}", until)):
            yield good(_("%(domain)s has a DKIM key (%(name)s).") % {"domain": domain, "name": selector})
            return
    if settings.DKIM_SELECTOR:
        text = _("%(domain)s has no DKIM key under the name %(name)s, as DKIM_SELECTOR says.")
    else:
        text = _("%(domain)s has no DKIM key under a usual name. If it has one, set DKIM_SELECTOR.")
    yield warning(text % {"domain": domain, "name": settings.DKIM_SELECTOR})


def _dmarc(domain: str, until: float) -> Iterator[Finding]:
    labels = domain.split(".")
    # A domain without one is under its parent's.
    for name in (".".join(labels[start:]) for start in range(len(labels) - 1)):
        if any(text.lower().startswith("v=dmarc1") for text in _texts(f"_dmarc.{name}", until)):
            yield good(_("%(domain)s has a DMARC record.") % {"domain": name})
            return
    text = _("%(domain)s has no DMARC record: large providers ask for one from who sends newsletters.")
    yield warning(text % {"domain": domain})


def _texts(name: str, until: float) -> list[str]:
    """The TXT records of `name`; none when there is no such name. Raises NoResolver."""
    import dns.exception
    import dns.resolver

    left = until - time.monotonic()
    if left <= 0:
        raise NoResolver
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=min(left, 3))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        raise NoResolver from None
    return [b"".join(record.strings).decode("ascii", "replace") for record in answer]
