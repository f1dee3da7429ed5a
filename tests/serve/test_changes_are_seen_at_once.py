"""Whatever staff change, no reader whose request begins after theirs has returned sees what was before."""

import re
import time

import pytest

from .readers import Readers

ARTICLE = "/blog/when-worry-keeps-you-up/"
EDITION = re.compile(r"Edition (\d+)\.")
POST = "from blog.models import BlogPostPage; page = BlogPostPage.objects.get(slug='when-worry-keeps-you-up');"
PUBLISH = f"{POST} page.title = f'Edition {{number}}.'; page.save_revision().publish()"
LATER = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from blog.models import BlogPostPage
page = BlogPostPage.objects.get(slug='when-worry-keeps-you-up')
page.title, page.go_live_at = 'Edition 7002.', timezone.now() + timedelta(seconds=1)
page.save_revision().publish()
import time; time.sleep(1.2)
call_command('housekeeping')
"""
OFFICE = "from innerbalance.locations.models import LocationPage as L; office = L.objects.get(slug='mesa');"
CLOSURE = f"""{OFFICE}
from innerbalance.locations.models import Closure
from innerbalance.locations.services.hours import save_closure
from django.utils import timezone
day = timezone.localdate() + timezone.timedelta(days=3)
save_closure(closure=Closure(location=office, first=day, last=day, reason='A pipe burst'))
"""
HOURS = f"""{OFFICE}
from datetime import time
from innerbalance.locations.services.hours import replace_slots, weekdays
replace_slots(location=office, slots=weekdays(time(6, 42), time(13, 37)))
"""
SETTINGS = """
from innerbalance.practice.models import PracticeSettings
practice = PracticeSettings.load(); practice.announcement = 'Announced today'; practice.save()
"""
TOPIC = "from blog.models import Topic as T; t = T.objects.get(slug='relationships'); t.name = 'Love, mended'; t.save()"
PICTURE = "from innerbalance.pages.models import ClinicianPage as C; C.objects.get(slug='june-abara').portrait.delete()"
CLINICIAN = """
from innerbalance.pages.models import ClinicianPage
page = ClinicianPage.objects.get(slug='june-abara'); page.title = 'June Newname'; page.save_revision().publish()
"""
RESTRICT = (
    POST
    + """
from wagtail.models import PageViewRestriction as R
R.objects.create(page=page, restriction_type=R.LOGIN)
"""
)
OPEN_AGAIN = f"{POST} page.get_view_restrictions().delete()"
NEW_SLUG = f"{POST} page.slug = 'worry-at-night'; page.save_revision().publish()"
OLD_SLUG = """
from blog.models import BlogPostPage
page = BlogPostPage.objects.get(slug='worry-at-night')
page.slug = 'when-worry-keeps-you-up'; page.save_revision().publish()
"""
MOVE = """
from innerbalance.pages.models import HomePage, StandardPage
StandardPage.objects.get(slug='telehealth').move(HomePage.objects.get(), pos='last-child')
"""
DELETE = "from blog.models import BlogPostPage as P; P.objects.get(slug='video-or-in-person').delete()"

CHANGES = {
    "unpublish": (f"{POST} page.unpublish()", ARTICLE, lambda a: a.status == 404),
    "publish again": (f"{POST} page.title = 'Edition 7001.'; page.save_revision().publish()", ARTICLE, "Edition 7001."),
    "restrict": (RESTRICT, ARTICLE, lambda a: a.status in {302, 404}),
    "lift the restriction": (OPEN_AGAIN, ARTICLE, "Edition 7001."),
    "change the address": (NEW_SLUG, ARTICLE, lambda a: a.status in {301, 302, 404}),
    "change it back": (OLD_SLUG, ARTICLE, "Edition 7001."),
    "publish by housekeeping": (LATER, ARTICLE, "Edition 7002."),
    "move": (MOVE, "/services/telehealth/", lambda a: a.status in {301, 302, 404}),
    "delete": (DELETE, "/blog/", lambda a: "/blog/video-or-in-person/" not in a.text),
    "practice settings": (SETTINGS, "/", "Announced today"),
    "topic": (TOPIC, "/blog/", "Love, mended"),
    "picture": (PICTURE, "/team/june-abara/", lambda a: '<div class="portrait' not in a.text),
    "clinician": (CLINICIAN, "/team/", "June Newname"),
    "closure": (CLOSURE, "/locations/mesa/", "A pipe burst"),
    "hours": (HOURS, "/locations/mesa/", "6:42"),
}


def test_fifty_publications_under_load(stack):
    published = [(0.0, 0)]
    with Readers(stack.port, [ARTICLE]) as readers:
        for number in range(1, 51):
            stack.do(PUBLISH, number=number)
            published.append((time.monotonic(), number))
            readers.wait_for_answers(8)
    assert not readers.bad()
    stale, editions = [], set()
    for answer in readers.answers:
        newest = max((number for returned, number in published if returned < answer.began), default=0)
        seen = EDITION.search(answer.text)
        editions.add(int(seen[1]) if seen else 0)
        if newest and (not seen or int(seen[1]) < newest):
            stale.append((newest, seen and seen[1]))
    assert not stale
    assert editions >= set(range(1, 51))


@pytest.mark.parametrize("change", CHANGES)
def test_every_way_of_changing(stack, change):
    code, path, expected = CHANGES[change]
    holds = expected if callable(expected) else lambda answer: expected in answer.text
    with Readers(stack.port, [path], count=12) as readers:
        readers.wait_for_answers()
        before = readers.answers[-1]
        stack.do(code)
        returned = time.monotonic()
        readers.wait_for_answers()
    assert not holds(before)
    assert not readers.bad()
    after = readers.between(returned, time.monotonic(), path)
    assert after
    assert all(holds(answer) for answer in after)
