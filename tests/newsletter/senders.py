"""Real sender processes on the tests' database, and what their rows must say beside the mail server's own record."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.db import connection

from newsletter.rules.delivery_states import DeliveryState

SCRIPT = "tests/newsletter/sender_process.py"


def database_url() -> str:
    data = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{data['NAME']}"
    return f"postgres://{data['USER']}:{data['PASSWORD']}@{data['HOST']}:{data['PORT']}/{data['NAME']}"


@contextmanager
def sender(port: int, *, minutes: int = 0, together: bool = False):
    """A process that is ready to send to the server at `port`; killed at the end if it still runs.

    `together`: it waits for `begin`, as the others do.
    """
    process = subprocess.Popen(
        [sys.executable, SCRIPT, str(port), str(minutes), *(["together"] if together else [])],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": database_url()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait(timeout=60)
        process.stdin.close()
        process.stdout.close()


def begin(process: subprocess.Popen) -> None:
    process.stdin.write("\n")
    process.stdin.flush()


def accounts(*, campaign, sent_to, recipients: int, kills: int) -> str:
    """Nobody is lost, nobody got two, every doubt is listed, and there are at most as many as kills; in one line."""
    counts = campaign.counts()
    assert sum(counts.values()) == recipients
    assert counts[DeliveryState.SENT] + counts[DeliveryState.UNCERTAIN] == recipients
    assert not [address for address, number in sent_to.items() if number > 1]
    sent = set(campaign.deliveries.filter(state=DeliveryState.SENT).values_list("subscriber__address", flat=True))
    doubtful = set(campaign.deliveries.uncertain().values_list("subscriber__address", flat=True))
    # Every row that says "sent" is in the server's record; the record holds nobody else but listed doubts.
    assert sent <= set(sent_to)
    assert set(sent_to) - sent <= doubtful
    # At most one message was in each killed process's hands.
    assert len(doubtful) <= kills
    arrived = len(doubtful & set(sent_to))
    return (
        f"{recipients} recipients, {kills} kills: {len(sent)} sent, {len(doubtful)} uncertain "
        f"({arrived} of them in the server's record), {sum(sent_to.values())} messages in the server's record"
    )
