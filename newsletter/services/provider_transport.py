"""Handing one message to a provider's HTTP interface, with an exact answer to "may it have arrived?".

What left and got no clear "no" is uncertain; only a request that can't have
left, or an answer that says "not taken", is tried again.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailRecipientsRefused,
)
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from newsletter.rules.smtp_outcome import Outcome, TransportUnavailable, Verdict, clean_detail

# Nothing of the request left. NewConnectionError is also the name that can't be resolved.
BEFORE_THE_REQUEST = (
    NewConnectionError,
    ConnectTimeoutError,
    ssl.SSLCertVerificationError,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
)
# RFC 9110 sections 15.5.2 to 15.5.5, 15.5.9 and 15.6.4: key, account, address or service, the same for everyone.
NO_TO_EVERYONE = frozenset({401, 402, 403, 404, 408, 503})
TOO_MANY_REQUESTS = 429


class NewsletterEmail(EmailMultiAlternatives):
    """`envelope_from`: the return path. The rest is for Anymail's providers."""

    envelope_from: str
    metadata: dict[str, str]
    track_opens = False
    track_clicks = False


class BackendTransport:
    """Over any backend but SMTP: Anymail's providers, or Django's console, file and memory backends."""

    def __init__(self, backend: BaseEmailBackend):
        self.backend = backend

    def send(self, message: EmailMultiAlternatives, *, hand_over: Callable[[], bool]) -> Verdict | None:
        """What became of it; None when `hand_over` refused. Raises TransportUnavailable."""
        if not hand_over():
            return None
        try:
            self.backend.open()
            self.backend.send_messages([message])
        except AnymailRecipientsRefused as error:
            return Verdict(Outcome.FINAL, clean_detail(str(error).splitlines()[0]))
        except AnymailAPIError as error:
            return _verdict(error)
        except AnymailConfigurationError as error:
            raise TransportUnavailable(clean_detail(str(error).splitlines()[0])) from error
        except AnymailError as error:
            # Made for this provider it can't be; no request left.
            return Verdict(Outcome.FINAL, clean_detail(type(error).__name__))
        return Verdict(Outcome.SENT)

    def close(self) -> None:
        with suppress(OSError, AnymailError, requests.RequestException):
            self.backend.close()


def _verdict(error: AnymailAPIError) -> Verdict:
    """What a failed request means; raises TransportUnavailable where it is the same for all and nothing was taken."""
    code = error.status_code
    if code is None:
        causes = list(_causes(error))
        name = type(error.__cause__ or error).__name__
        if any(isinstance(cause, BEFORE_THE_REQUEST) for cause in causes):
            raise TransportUnavailable(f"The provider can't be reached ({name})") from error
        return Verdict(Outcome.UNCERTAIN, f"The provider gave no answer ({name})", rest=True)
    detail = f"The provider answered {code}"
    if code == TOO_MANY_REQUESTS:
        return Verdict(Outcome.SLOW_DOWN, detail)
    if code in NO_TO_EVERYONE:
        raise TransportUnavailable(detail) from error
    if 400 <= code < 500:
        return Verdict(Outcome.FINAL, detail)
    # 500, 502, 504, or a yes that can't be read: it may have been taken before something broke.
    return Verdict(Outcome.UNCERTAIN, detail, rest=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what is behind it; requests and urllib3 keep that in `args` and `reason`."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
