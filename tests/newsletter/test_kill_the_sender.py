"""The promise of accounted sending, held against SIGKILL.

NEWSLETTER_KILL_RECIPIENTS=10000 runs it at full size (minutes instead of seconds).
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from newsletter.delivery_states import DeliveryState
from newsletter.models import Sending
from newsletter.sending_states import SendingState
from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan
from tests.newsletter.mail_server import Server

RECIPIENTS = int(os.environ.get("NEWSLETTER_KILL_RECIPIENTS", "800"))
KILLS = 10


def _database_url() -> str:
    data = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{data['NAME']}"
    return f"postgres://{data['USER']}:{data['PASSWORD']}@{data['HOST']}:{data['PORT']}/{data['NAME']}"


def _sender(port: int, minutes: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "tests/newsletter/sender_process.py", str(port), str(minutes)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": _database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_again_and_again_loses_nobody_and_sends_nothing_twice(home):
    chance = random.Random(20261124)
    make_subscribers(RECIPIENTS)
    sending = plan(make_issue(make_archive(home)), now=timezone.now())
    kills = 0
    with Server() as server:
        received = server.handler.received
        for round_number in range(200):
            process = _sender(server.port, 20 * round_number)
            assert process.stdout.readline() == "ready\n"
            if kills < KILLS:
                # Somewhere in the next tenth of the work, at any point of a message.
                enough = len(received) + chance.randrange(RECIPIENTS // KILLS)
                while len(received) < enough and process.poll() is None:
                    time.sleep(0.001)
                time.sleep(chance.random() * 0.02)
                if process.poll() is None:
                    process.kill()
                    kills += 1
            process.wait(timeout=600)
            process.stdout.close()
            sending.refresh_from_db()
            if sending.state == SendingState.FINISHED:
                break
        sent_to = Counter(server.handler.sent_to)

    assert kills == KILLS
    assert sending.state == SendingState.FINISHED
    counts = sending.counts()
    assert sum(counts.values()) == RECIPIENTS
    assert counts[DeliveryState.SENT] + counts[DeliveryState.UNCERTAIN] == RECIPIENTS
    assert not [address for address, number in sent_to.items() if number > 1]
    sent = set(sending.deliveries.filter(state=DeliveryState.SENT).values_list("subscriber__address", flat=True))
    doubtful = set(sending.deliveries.uncertain().values_list("subscriber__address", flat=True))
    # Every row that says "sent" is in the server's record; the record holds nobody else but listed doubts.
    assert sent <= set(sent_to)
    assert set(sent_to) - sent <= doubtful
    # At most one message was in a killed process's hands.
    assert len(doubtful) <= KILLS
    assert Sending.objects.count() == 1
