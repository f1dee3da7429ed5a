"""A promise is in the journal exactly when the change that it speaks of is in the database."""

import os
import subprocess
import sys

import pytest
from django.db import transaction

from innerbalance.journal.models import Promise
from innerbalance.journal.services import gate
from innerbalance.journal.services.promises import promise, write_out
from newsletter.services import subscriptions
from newsletter.services.suppression import address_hashes
from tests.newsletter.factories import NOW, make_subscriber
from tests.newsletter.senders import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def lines():
    return list(gate.folder().lines())


def test_who_leaves_stands_in_the_journal_without_an_address(settings):
    reader = make_subscriber("ana@example.org")
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=NOW)
    [line] = lines()
    assert (line.kind, line.data["subscriber"], line.data["state"]) == (
        "newsletter.left",
        str(reader.public_id),
        "unsubscribed",
    )
    assert line.data["addresses"] == address_hashes("ana@example.org")
    whole = "".join(path.read_text() for path in gate.folder().root.iterdir())
    assert "ana" not in whole
    assert "example.org" not in whole
    assert Promise.objects.get().data == {}


def test_what_is_rolled_back_was_never_promised():
    with transaction.atomic():
        promise("newsletter.left", subscriber="1")
        transaction.set_rollback(True)
    assert lines() == []


def test_a_process_that_dies_after_the_commit_leaves_the_line_to_the_next_one():
    """Killed between the commit and the line."""
    code = (
        "import os, django; django.setup()\n"
        "from innerbalance.journal.services import promises\n"
        "promises._write_quietly = lambda: os.kill(os.getpid(), 9)\n"
        "promises.promise('newsletter.left', subscriber='1')\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": database_url()}
    assert subprocess.run([sys.executable, "-c", code], env=env).returncode == -9
    assert lines() == []
    assert write_out() == 1
    assert [line.data for line in lines()] == [{"subscriber": "1"}]
    assert write_out() == 0


def test_a_journal_that_can_not_be_written_loses_nothing_and_stops_what_waits(settings, caplog, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    settings.JOURNAL_DIR = str(blocked)
    reader = make_subscriber()
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=NOW)
    reader.refresh_from_db()
    assert reader.state == "unsubscribed"
    assert "could not be written" in caplog.text
    assert gate.email_is_paused()
    settings.JOURNAL_DIR = str(tmp_path / "mended")
    assert write_out() == 1
    assert not gate.email_is_paused()
