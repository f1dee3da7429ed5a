"""A production site as a process, to which private words come on every way there is; tests read what it tells.

Run as `python -m tests.operations.private_words`; what it prints to standard error is the site's log.
"""

import contextlib
import logging
import sys
from types import ModuleType

import django

PRIVATE = (
    "Ana-Lucía",
    "Quintanilla",
    "480 555 0177",
    "4805550177",
    "ana.quintanilla",
    "panic attacks",
    "token-of-hers",
    "198.51.100.77",
    "hunter2-typed",
)
"""Not one of them, nor any that contains one, may be told."""

NAME, PHONE, ADDRESS = "Ana-Lucía Quintanilla", "480 555 0177", "ana.quintanilla@example.net"
NOTE = f"panic attacks, call {PHONE}"
ADDRESSES = "addresses_with_faults"
FORM = {
    "voicemail_safe": "no",
    "text_safe": "yes",
    "practice_named": "no",
    "who_for": "me",
    "email": ADDRESS,
    "email_safe": "yes",
}
AS_A_BROWSER = {"sec-fetch-site": "same-origin", "x-forwarded-for": "198.51.100.77", "x-forwarded-proto": "https"}


def patterns():
    from django.urls import path

    from innerbalance.urls import urlpatterns

    return [path("fault/<token>/", fault), path("chained/<token>/", chained), path("sql/", bad_sql), *urlpatterns]


def fault(request, token):
    name, note = NAME, request.POST.get("note", "")
    raise ValueError(f"{name} wrote {note} with {token}")


def chained(request, token):
    try:
        int(NOTE)
    except ValueError as error:
        raise RuntimeError(f"could not use {NOTE}") from error


def bad_sql(request):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere WHERE name = %s", [NAME])


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.test import Client
    from django.utils import timezone

    from innerbalance.security.public_forms import FormStamp
    from intake.views import PURPOSE as REQUEST
    from newsletter.templatetags.newsletter_tags import PURPOSE

    settings.ROOT_URLCONF = ADDRESSES
    sys.modules[ADDRESSES] = ModuleType(ADDRESSES)
    sys.modules[ADDRESSES].urlpatterns = patterns()
    client = Client(raise_request_exception=False, headers=AS_A_BROWSER | {"host": "localhost:1"})
    now = timezone.now()
    posted = {"name": NAME, "phone": PHONE, "note": NOTE}
    for address in ("/fault/token-of-hers/", "/chained/token-of-hers/", "/sql/"):
        assert client.post(f"{address}?q={NAME}", posted).status_code in (500, 503), address
    answer = client.post("/request-a-consultation/", posted | FORM | {"made": FormStamp.issue(REQUEST, now)})
    print("request", answer.status_code)
    sign_up = {"address": ADDRESS, "made": FormStamp.issue(PURPOSE, now)}
    print("sign-up", client.post("/newsletter/sign-up/", sign_up).status_code)
    print("search", client.get("/search/", {"q": NAME}).status_code)
    print("login", client.post("/admin/login/", {"username": ADDRESS, "password": "hunter2-typed"}).status_code)
    print("host", client.get("/", headers={"host": "ana.quintanilla.example"}).status_code)
    print("wrong", client.get("/newsletter/confirm/token-of-hers/").status_code)
    logging.getLogger("some.library").error("cannot deliver to %s", ADDRESS)
    logging.getLogger("some.library").error(f"cannot deliver to {ADDRESS}")
    try:
        raise OSError(f"550 <{ADDRESS}>: no such user")
    except OSError:
        logging.getLogger("some.library").exception("%s", NOTE)
    try:
        call_command("housekeeping", stdout=sys.stdout)
    except CommandError as error:
        print("housekeeping", error)
    with contextlib.suppress(CommandError):
        call_command("doctor", stdout=sys.stdout)


if __name__ == "__main__":
    main()
