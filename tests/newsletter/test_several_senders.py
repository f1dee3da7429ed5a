"""Several sender processes at once on one campaign: the work is shared, nobody gets two, nobody is lost.

On PostgreSQL they pass over rows another has locked; on SQLite they take turns at the one writer.
"""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.rules.campaign_states import CampaignState
from newsletter.services import claims, queueing
from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan
from tests.newsletter.mail_server import Server
from tests.newsletter.senders import accounts, begin, sender

RECIPIENTS = 400
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign(home):
    make_subscribers(RECIPIENTS)
    return plan(make_issue(make_archive(home)), now=timezone.now())


def _said(process) -> int:
    """How many messages the process says it sent: its own words at the end, like "120 sent"."""
    words = process.stdout.readline().split()
    return int(words[0]) if words[1:] == ["sent"] else 0


@pytest.mark.parametrize("number", [2, 3])
def test_all_of_them_send_and_nobody_gets_two(campaign, number):
    with Server() as server:
        with ExitStack() as stack:
            processes = [stack.enter_context(sender(server.port, together=True)) for _ in range(number)]
            for process in processes:
                begin(process)
            for process in processes:
                assert process.wait(timeout=300) == 0
            shares = [_said(process) for process in processes]
        sent_to = Counter(server.handler.sent_to)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.FINISHED
    accounts(campaign=campaign, sent_to=sent_to, recipients=RECIPIENTS, kills=0)
    assert sum(shares) == RECIPIENTS
    # Each did a real part of the work.
    assert min(shares) >= RECIPIENTS // 20, shares


def test_one_of_two_is_killed_and_the_other_goes_on(campaign):
    chance = random.Random(7)
    with Server() as server:
        with sender(server.port, together=True) as first, sender(server.port, together=True) as second:
            begin(first)
            begin(second)
            while len(server.handler.received) < RECIPIENTS // 4:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.02)
            assert first.poll() is None
            first.kill()
            received = len(server.handler.received)
            assert second.wait(timeout=300) == 0
            assert len(server.handler.received) > received
        # What the dead one had leased is due again when the lease is over; what it had in its hands is in doubt.
        with sender(server.port, minutes=20) as last:
            assert last.wait(timeout=300) == 0
        sent_to = Counter(server.handler.sent_to)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.FINISHED
    accounts(campaign=campaign, sent_to=sent_to, recipients=RECIPIENTS, kills=1)


def test_two_that_lease_at_the_same_moment_get_different_rows(campaign, settings, monkeypatch):
    """The first has not committed yet. On PostgreSQL the second passes over its rows at once; on SQLite it waits."""
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
    now = timezone.now()
    queueing.start_due(now=now)
    queueing.queue_all(now=now)
    # The journal is written after the commit, which the first has yet to do.
    monkeypatch.setattr(claims, "write_out", lambda: 0)
    leased, may_commit = threading.Event(), threading.Event()

    def first() -> list[int]:
        with closing(connection), transaction.atomic():
            held = claims.lease(campaign=campaign, worker="first", now=now)
            leased.set()
            may_commit.wait(10)
        return [row.pk for row in held.rows]

    def second() -> list[int]:
        with closing(connection):
            return [row.pk for row in claims.lease(campaign=campaign, worker="second", now=now).rows]

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        assert leased.wait(10)
        two = pool.submit(second)
        if connection.vendor == "postgresql":
            assert len(two.result(timeout=5)) == claims.BATCH
            assert not one.done()
        may_commit.set()
        assert len(one.result(timeout=20)) == len(two.result(timeout=20)) == claims.BATCH
    assert not set(one.result()) & set(two.result())
