"""The promise of accounted sending, held against SIGKILL.

NEWSLETTER_KILL_RECIPIENTS=10000 runs it at full size (minutes instead of seconds); `-s` shows the account.
"""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from newsletter.models import Campaign, Delivery
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState
from newsletter.services import worker
from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan
from tests.newsletter.mail_server import Server
from tests.newsletter.senders import accounts, begin, sender

RECIPIENTS = int(os.environ.get("NEWSLETTER_KILL_RECIPIENTS", "800"))
KILLS = 10


def _send_until_finished(campaign, server, *, most_rounds: int = 200, kills=()):
    """One sender after the other, the first ones killed as `kills` says: (messages before it, seconds after that)."""
    done = []
    for number, (messages, seconds) in enumerate([*kills, *[(None, 0)] * most_rounds]):
        with sender(server.port, minutes=20 * number) as process:
            if messages is not None:
                while len(server.handler.received) < messages and process.poll() is None:
                    time.sleep(0.001)
                time.sleep(seconds)
                assert process.poll() is None, "it ended before it could be killed"
                process.kill()
                done.append(len(server.handler.received))
            else:
                process.wait(timeout=1200)
        campaign.refresh_from_db()
        if campaign.state == CampaignState.FINISHED:
            return done
    raise AssertionError("the campaign does not end")


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_again_and_again_loses_nobody_and_sends_nothing_twice(home, capsys):
    chance = random.Random(20261124)
    make_subscribers(RECIPIENTS)
    campaign = plan(make_issue(make_archive(home)), now=timezone.now())
    begun = time.monotonic()
    # One kill in each tenth of the work but the last bit, at any point of a message.
    share = (RECIPIENTS - 40) // KILLS
    kills = [(share * part + chance.randrange(share), chance.random() * 0.02) for part in range(KILLS)]
    with Server() as server:
        killed_after = _send_until_finished(campaign, server, kills=kills)
        sent_to = Counter(server.handler.sent_to)
    line = accounts(campaign=campaign, sent_to=sent_to, recipients=RECIPIENTS, kills=KILLS)
    with capsys.disabled():
        print(f"\n{connection.vendor}: {line}; {time.monotonic() - begun:.0f} s; killed after {killed_after}")
    assert len(killed_after) == KILLS
    assert Campaign.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_while_the_audience_is_written_down_leaves_no_gap_and_no_pair(home):
    recipients = 7000  # more than three batches
    make_subscribers(recipients)
    campaign = plan(make_issue(make_archive(home)), now=timezone.now())
    seen = []
    for number in range(3):
        with sender(9, minutes=20 * number, together=True) as process:
            before = Delivery.objects.count()
            begin(process)
            while Delivery.objects.count() == before and process.poll() is None:
                time.sleep(0.001)
            process.kill()
            process.wait(timeout=60)
        seen.append(Delivery.objects.count())
    assert 0 < seen[0] < recipients
    # What remains is written by the next run, which can't reach any mail server.
    with sender(9, minutes=100) as process:
        process.wait(timeout=120)
    campaign.refresh_from_db()
    assert campaign.counts()[DeliveryState.QUEUED] == recipients
    assert campaign.deliveries.values("subscriber").distinct().count() == recipients


@pytest.mark.django_db(transaction=True)
def test_that_a_copy_leaves_is_on_the_disk_before_it_leaves(home):
    """Or a power cut would queue it again. SQLite alone has to be told (PostgreSQL's default waits for the disk)."""
    make_subscribers(1)
    campaign = plan(make_issue(make_archive(home)), now=timezone.now())
    levels = []

    def look(execute, sql, params, many, context):
        # Another statement takes back what a clock that was ahead wrote: it looks for later moments.
        if sql.startswith("UPDATE") and '"handed_over_at" = ' in sql and '"handed_over_at" > ' not in sql:
            levels.append(_waits_for_the_disk())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        worker.run(seconds=60)
    assert campaign.deliveries.get().state == DeliveryState.SENT
    assert levels == [True]


def _waits_for_the_disk() -> bool:
    question, yes = ("PRAGMA synchronous", 2) if connection.vendor == "sqlite" else ("SHOW synchronous_commit", "on")
    return connection.connection.execute(question).fetchone()[0] == yes
