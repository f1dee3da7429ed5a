"""The office opens, and closes again, while people read: from that moment on no page says otherwise."""

import os
import signal
import time

from .readers import Readers, ask
from .stack import wait_for

SET_HOURS = """
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from innerbalance.locations.models import LocationPage, Closure
from innerbalance.locations.services.hours import replace_slots, weekdays
Closure.objects.all().delete()
zone = ZoneInfo('America/Phoenix')
opens = datetime.now(zone).replace(second=0, microsecond=0) + timedelta(minutes=ahead)
closes = opens + timedelta(minutes=1)
for office in LocationPage.objects.all():
    replace_slots(location=office, slots=weekdays(opens.time(), closes.time(), range(7)))
result = [opens.timestamp(), closes.timestamp()]
"""
OPEN_WORDS = 'badge--open" data-opening="mesa"'


def test_across_both_moments(stack):
    # At least 75 seconds ahead, so that pages are kept before: what is true for a minute is not.
    ahead = 2 if time.time() % 60 < 45 else 3
    workers = stack.workers()
    opens, closes = stack.do(SET_HOURS, ahead=ahead)
    path = "/locations/mesa/"
    wait_for(lambda: ask(stack.port, path) and "locations/mesa/index.html" in stack.kept_files(), what="it to be kept")
    wait_for(lambda: time.time() > opens - 5, seconds=180, what="the moment to be near")
    clock = time.time() - time.monotonic()
    stopped = [stack.children()[name] for name in ("companion", "housekeeping")]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        with Readers(stack.port, [path], count=16, rest=0.02) as readers:
            wait_for(lambda: time.time() > closes + 4, seconds=120, what="the office to close again")
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert not readers.bad()
    wrong = []
    for answer in readers.answers:
        began, ended = answer.began + clock, answer.ended + clock
        should = {opens <= moment < closes for moment in (began, ended)}
        if len(should) == 1 and (OPEN_WORDS in answer.text) not in should:
            wrong.append((began - opens, began - closes, OPEN_WORDS in answer.text))
    assert not wrong[:5]
    assert any(OPEN_WORDS in answer.text for answer in readers.answers)
    # More than a minute has gone by: nobody replaces workers that are well.
    assert stack.workers() == workers
