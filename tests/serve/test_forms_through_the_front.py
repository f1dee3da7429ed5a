"""The site's forms work through the web server without JavaScript, and what is sent twice is one."""

import re
import time
import urllib.parse

from .forms import AS_A_BROWSER, Desk, hidden, sign_up
from .readers import Readers, ask

ADDRESS = "/request-a-consultation/"
SLUG = "how-to-set-a-boundary"
ARTICLE = f"/blog/{SLUG}/"
REFERENCE = re.compile(r"C-\w{4}-\w{4}")


def test_a_consultation_request_sent_twice_is_one(stack):
    html = ask(stack.port, ADDRESS, Accept_Encoding="identity")[2].decode()
    fields = {
        "name": "Ana Ruiz",
        "phone": "480 555 0134",
        "voicemail_safe": "no",
        "text_safe": "yes",
        "practice_named": "yes",
        "who_for": "me",
        "note": "I would like to talk.",
        "made": hidden(html, "made"),
        "website": "",
    }
    count = "from intake.models import ConsultationRequest as C; result = C.objects.count()"
    before, pages = stack.do(count), []
    for _ in range(2):
        status, headers, _ = ask(
            stack.port, ADDRESS, method="POST", body=urllib.parse.urlencode(fields), **AS_A_BROWSER
        )
        assert status == 303
        path = urllib.parse.urlsplit(headers["location"]).path
        pages.append(ask(stack.port, path, Accept_Encoding="identity")[2].decode())
    assert len({REFERENCE.search(page)[0] for page in pages}) == 1
    assert stack.do(count) == before + 1


def test_another_site_can_send_no_form(stack):
    status, _, _ = ask(
        stack.port, ADDRESS, method="POST", body="name=x", **AS_A_BROWSER | {"Sec_Fetch_Site": "cross-site"}
    )
    assert status == 403


def test_a_sign_up_sent_twice_is_one(stack):
    for _ in range(2):
        status, headers, _ = sign_up(stack, "ana@example.com")
        assert (status, headers["location"]) == (303, "/newsletter/sign-up/sent/")
    stack.do("from django.core.management import call_command; call_command('housekeeping')")
    count = "from newsletter.models import {} as S; result = S.objects.filter(address_key='ana@example.com').count()"
    assert (stack.do(count.format("SignUpAsk")), stack.do(count.format("Subscriber"))) == (0, 1)


def test_what_is_published_in_the_admin_is_seen_by_the_next_reader(stack):
    desk = Desk(stack, "owner")
    number = stack.do(
        "from blog.models import BlogPostPage as P; result = P.objects.get(slug='how-to-set-a-boundary').pk"
    )
    path = f"/admin/pages/{number}/edit/"
    with Readers(stack.port, [ARTICLE], count=12) as readers:
        for edition in range(3):
            fields = desk.fields(path, "page-edit-form")
            words = f"A boundary, edition {edition}"
            # The editor's script adds the blocks of the body: an empty one will do.
            changes = {"title": words, "body-count": "0", "action-publish": "action-publish"}
            led_to = desk.send(path, fields | changes)
            returned = time.monotonic()
            assert "/edit/" not in led_to
            readers.wait_for_answers()
            after = readers.between(returned, time.monotonic(), ARTICLE)
            assert after
            assert all(words in answer.text for answer in after)
    assert not readers.bad()
