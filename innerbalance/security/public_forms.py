"""Protection of the public forms without a cookie: Fetch Metadata or Origin, a signed timestamp, a honeypot."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.views.decorators.csrf import csrf_exempt
from modern_csrf.decorators import csrf_protect as modern_csrf_protect


def public_form(view: Callable) -> Callable:
    """Accept POSTs of our own pages only (by `Sec-Fetch-Site`, else `Origin`), with no token and no cookie.

    The order is the protection: exempt outside, protect inside. The other way round lets everything through.
    """
    return csrf_exempt(modern_csrf_protect(view))


class FormStamp:
    """A signed moment in a hidden field: tells how long ago the form was made.

    It is no secret and may stand in a cached page; it only costs a robot the honest fetch of the page.
    """

    field_name = "made"
    honeypot_name = "website"

    @classmethod
    def issue(cls, purpose: str, now: datetime, *, step: int = 60) -> str:
        """The field's value for a form made at `now`, cut to `step` seconds: a page keeps its bytes for a while.

        A page that nobody keeps can have `step=1`, and then tell a form sent within seconds.
        """
        return cls._signer(purpose).sign(str(int(now.timestamp()) // step * step))

    @classmethod
    def age(cls, purpose: str, value: str, now: datetime) -> timedelta | None:
        """How long before `now` the form was made; None when the value is missing, forged or of another purpose."""
        try:
            made = int(cls._signer(purpose).unsign(value))
        except (BadSignature, ValueError):
            return None
        return now - datetime.fromtimestamp(made, tz=UTC)

    @classmethod
    def _signer(cls, purpose: str) -> Signer:
        return Signer(salt=f"innerbalance.form-stamp.{purpose}")
