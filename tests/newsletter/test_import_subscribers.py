"""The office brings a list in: looked at first, then in chunks that outlive any process."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance.security.encryption import KeyDestroyed
from innerbalance.security.models import RecordKey
from innerbalance.security.record_keys import destroy_keys, open_cipher
from innerbalance.security.roles import OFFICE
from newsletter import jobs
from newsletter.models import ImportChunk, Subscriber, SubscriberEvent, SubscriberImport
from newsletter.rules.address_lists import read_list
from newsletter.rules.addresses import parse
from newsletter.rules.import_states import ImportState
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import confirmation_email, importing, preferences, subscriptions, suppression
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db

LIST = """Name;Address
Ana;Ana@example.org
Ben;ben@example.org
Twice;ana@EXAMPLE.org
Wrong;ben@
;
Known;known@example.org
Gone;gone@example.org
"""


def _url(name, *args):
    return reverse(f"newsletter_subscribers:{name}", args=args)


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


@pytest.fixture
def known_and_gone():
    suppression.suppress(address_key="gone@example.org", reason=SuppressionReason.ERASED, now=NOW)
    return make_subscriber("known@example.org", state=SubscriberState.UNSUBSCRIBED)


def _file(text=LIST):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("list.csv", content, "text/csv")


def _upload(client, text=LIST, **kwargs):
    """The page after the upload: the dry run, or the form with what is wrong."""
    data = {"file": _file(text), "consent_note": "Paper list of 2025", "consent": "on", **kwargs}
    return client.post(_url("import"), data, follow=True).content.decode()


def _press(client, name, **kwargs):
    return client.post(_url(name, SubscriberImport.objects.get().pk), follow=True, **kwargs).content.decode()


def _many(number):
    return "address\n" + "".join(f"reader{each}@example.org\n" for each in range(number))


def _look(text=LIST, *, confirmed=True, user=None, now=NOW):
    listed = read_list(text)
    return importing.look(
        listed=listed, confirmed=confirmed, consent_note="A list", file_name="a.csv", user=user, now=now
    )


def _started(text, **kwargs):
    job = _look(text, **kwargs)
    assert importing.start(import_id=job.pk, user=None, now=NOW)
    return job


def _fields(*names):
    return SubscriberImport.objects.values_list(*names).get()


NUMBERS = ("new", "known", "suppressed", "not_asked")


def test_the_dry_run_changes_nobody_and_names_the_lines(client, office, known_and_gone):
    page = _upload(client)
    assert "Nothing has changed yet" in page
    assert "Import 2 addresses" in page
    assert '<th scope="row" class="newsletter-number">5</th>' in page
    assert Subscriber.objects.count() == 1
    assert _fields("total", *NUMBERS, "twice", "error_count") == (4, 2, 1, 1, 0, 1, 1)


@pytest.mark.parametrize(("confirmed", "state"), [("on", SubscriberState.CONFIRMED), ("", SubscriberState.PENDING)])
def test_the_import_brings_the_good_lines_and_nobody_back(client, office, known_and_gone, confirmed, state):
    _upload(client, confirmed=confirmed)
    page = _press(client, "import_start")
    assert "4 of 4" in page
    assert _fields("state", *NUMBERS) == (ImportState.FINISHED, 2, 1, 1, 0)
    new = Subscriber.objects.exclude(pk=known_and_gone.pk)
    assert {(each.address, each.state) for each in new} == {("Ana@example.org", state), ("ben@example.org", state)}
    assert all(each.consent_note == "Paper list of 2025" for each in new)
    assert all(each.events.get().user == office for each in new)
    known_and_gone.refresh_from_db()
    assert known_and_gone.state == SubscriberState.UNSUBSCRIBED
    sent, _ = confirmation_email.send_due(now=timezone.now())
    assert sent == (0 if confirmed else 2)


def test_the_admin_keeps_who_imported_what_in_numbers(client, office, known_and_gone):
    _upload(client, confirmed="on")
    _press(client, "import_start")
    page = client.get(_url("import")).content.decode()
    assert "Paper list of 2025" in page
    assert office.get_username() in page
    begun = ModelLogEntry.objects.get(action="newsletter.import_start")
    entry = ModelLogEntry.objects.get(action="newsletter.import")
    assert begun.user == entry.user == office
    numbers = {"new": 2, "known": 1, "suppressed": 1, "not_asked": 0, "twice": 1, "errors": 1, "left_out": 0}
    assert entry.data == numbers
    assert not [row for row in ModelLogEntry.objects.all() if "@" in f"{row.label} {row.data}"]


def test_a_double_click_is_one_import(client, office):
    _upload(client, confirmed="on")
    for _ in range(2):
        page = _press(client, "import_start")
    assert "7 of 7" not in page
    assert ModelLogEntry.objects.filter(action="newsletter.import_start").count() == 1
    assert ModelLogEntry.objects.filter(action="newsletter.import").count() == 1
    assert Subscriber.objects.count() == SubscriberEvent.objects.count() == 4


def test_what_waits_is_sealed_and_wiped_when_it_is_in(client, office):
    _upload(client, confirmed="on")
    chunk = ImportChunk.objects.get()
    assert b"example" not in bytes(chunk.sealed)
    job = SubscriberImport.objects.get()
    assert b"ana@example.org" in open_cipher(job.uid).unseal(chunk.sealed, field="chunk 0")[0].lower().encode()
    _press(client, "import_start")
    assert not ImportChunk.objects.exists()
    with pytest.raises(KeyDestroyed):
        open_cipher(job.uid)


def test_a_dry_run_can_be_thrown_away(client, office):
    _upload(client)
    _press(client, "import_discard")
    assert not SubscriberImport.objects.exists()
    assert not ImportChunk.objects.exists()
    assert not RecordKey.objects.exists()


def test_an_import_under_way_cannot(client, office):
    _upload(client, confirmed="on")
    _press(client, "import_start")
    assert "is already being imported" in _press(client, "import_discard")
    assert SubscriberImport.objects.exists()


def test_a_dry_run_is_forgotten_after_a_day():
    _look(now=NOW)
    assert jobs.forget_dry_runs(NOW + timedelta(hours=23)) == ""
    finished = _started("address\ncarl@example.org\n")
    importing.work(import_id=finished.pk, seconds=60, now=NOW)
    assert "1 dry run" in jobs.forget_dry_runs(NOW + timedelta(hours=24))
    assert SubscriberImport.objects.get() == finished
    assert not RecordKey.objects.exists()


def test_a_process_that_dies_in_a_chunk_leaves_it_as_it_was(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 3)
    job = _started(_many(8))
    real, calls = importing.put_on_list, []

    def dies_in_the_second(addresses, **kwargs):
        numbers = real(addresses, **kwargs)
        calls.append(addresses)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return numbers

    monkeypatch.setattr(importing, "put_on_list", dies_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        importing.work(import_id=job.pk, seconds=60, now=NOW)
    assert Subscriber.objects.count() == 3
    assert ImportChunk.objects.count() == 2
    assert "1 import" in jobs.import_lists(NOW)
    assert Subscriber.objects.count() == SubscriberEvent.objects.count() == 8
    assert _fields("state", "new") == (ImportState.FINISHED, 8)
    assert jobs.import_lists(NOW) == ""


def test_one_that_dies_after_the_last_chunk_is_ended_by_the_next_run():
    job = _started(_many(2))
    safe = open_cipher(job.uid)
    assert importing._bring_in_one(job, safe, NOW)
    jobs.import_lists(NOW)
    assert _fields("state", "new") == (ImportState.FINISHED, 2)
    assert not RecordKey.objects.exists()


def test_work_is_put_down_when_its_time_is_over_and_the_numbers_come(client, office, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    monkeypatch.setattr("newsletter.desk.imports.SECONDS", 0)
    _upload(client, _many(5), confirmed="on")
    page = _press(client, "import_start")
    assert "<strong>2 of 5</strong>" in page
    assert "data-live-section" in page
    assert 'Still to come</th><td class="newsletter-number">3<' in page
    assert "<strong>4 of 5</strong>" in _press(client, "import_go_on")
    _press(client, "import_go_on")
    page = client.get(_url("import_one", SubscriberImport.objects.get().pk)).content.decode()
    assert "<strong>5 of 5</strong>" in page
    assert "data-live-section" not in page


def test_who_left_or_was_deleted_meanwhile_stays_out():
    reader = make_subscriber("ana@example.org")
    job = _look("address\nana@example.org\nben@example.org\n")
    preferences.erase(subscribers=Subscriber.objects.filter(pk=reader.pk), user=None, now=NOW)
    suppression.suppress(address_key="ben@example.org", reason=SuppressionReason.BY_PHONE, now=NOW)
    importing.start(import_id=job.pk, user=None, now=NOW)
    importing.work(import_id=job.pk, seconds=60, now=NOW)
    assert not Subscriber.objects.exists()
    assert _fields(*NUMBERS) == (0, 0, 2, 0)


def test_one_mailbox_gets_one_mail_a_day():
    subscriptions.sign_up(address=parse("carl+home@example.org"), now=NOW)
    job = _started(
        "address\nana+1@example.org\nana+2@example.org\ncarl@example.org\nben@example.org\n", confirmed=False
    )
    importing.work(import_id=job.pk, seconds=60, now=NOW)
    assert _fields("state", "total", *NUMBERS) == (ImportState.FINISHED, 4, 2, 0, 0, 2)
    assert Subscriber.objects.filter(confirm_mail_due_at=NOW).count() == 3
    assert not subscriptions.sign_up(address=parse("ben@example.org"), now=NOW + timedelta(hours=1))


def test_a_list_whose_key_is_gone_stops_and_says_so(client, office):
    job = _started("address\nana@example.org\n")
    destroy_keys([job.uid])
    jobs.import_lists(NOW)
    page = client.get(_url("import_one", job.pk)).content.decode()
    assert "can't be read anymore" in page
    assert not ImportChunk.objects.exists()


def _at_once(*calls):
    """Each call in its own thread and connection, started together."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait(timeout=30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_bring_each_in_once(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 5)
    job = _look(_many(100))
    assert sorted(_at_once(*[lambda: importing.start(import_id=job.pk, user=None, now=NOW)] * 4)) == [False] * 3 + [
        True
    ]
    _at_once(*[lambda: importing.work(import_id=job.pk, seconds=60, now=NOW)] * 4)
    assert Subscriber.objects.count() == SubscriberEvent.objects.count() == 100
    assert _fields("state", *NUMBERS) == (ImportState.FINISHED, 100, 0, 0, 0)
    assert ModelLogEntry.objects.filter(action="newsletter.import").count() == 1


def _database_url() -> str:
    data = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{data['NAME']}"
    return f"postgres://{data['USER']}:{data['PASSWORD']}@{data['HOST']}:{data['PORT']}/{data['NAME']}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_worker_killed_again_and_again_loses_nobody_and_brings_nobody_twice(monkeypatch, confirmed):
    monkeypatch.setattr(importing, "CHUNK", 10)
    job = _started(_many(400), confirmed=confirmed)
    environment = {"DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": _database_url()}
    kills = 0
    while kills < 5:
        process = subprocess.Popen(
            [sys.executable, "tests/newsletter/import_process.py", str(job.pk)],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        # It tells of each chunk before it commits: killed at that moment, the chunk is half done.
        for _ in range(3):
            assert process.stdout.readline() == "in a chunk\n"
        process.kill()
        process.wait()
        process.stdout.close()
        kills += 1
    done = SubscriberImport.objects.get().done
    assert 0 < done < 400
    assert Subscriber.objects.count() == SubscriberEvent.objects.count() == done
    jobs.import_lists(timezone.now())
    assert _fields("state", *NUMBERS) == (ImportState.FINISHED, 400, 0, 0, 0)
    assert Subscriber.objects.count() == SubscriberEvent.objects.count() == 400


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("ana@example.org\nben@example.org\n", "must name the columns"),
        ("", "empty"),
        ('address\n"ana@example.org\nben@example.org\n', "1 line with an error"),
        ("address\n" + "x" * 200_000, "1 line with an error"),
    ],
)
def test_a_file_that_is_none_says_why(client, office, content, words):
    page = _upload(client, content)
    assert words in page
    assert "import_start" not in page
    assert not Subscriber.objects.exists()


def test_without_a_file_or_consent_nothing_happens(client, office):
    assert "Choose a file" in client.post(_url("import"), {"consent_note": "x", "consent": "on"}).content.decode()
    page = client.post(_url("import"), {"file": _file(), "consent_note": "The paper list"}).content.decode()
    assert "The paper list" in page
    assert not SubscriberImport.objects.exists()


def test_a_list_that_is_too_long_is_cut_and_said(client, office, monkeypatch):
    monkeypatch.setattr("newsletter.rules.address_lists.LONGEST_LIST", 2)
    page = _upload(client, "address\na@example.org\nb@example.org\nc@example.org\n")
    assert "addresses at a time: the rest was not read" in page
    assert "Import 2 addresses" in page


def test_of_many_errors_the_first_are_shown_and_all_are_counted(client, office):
    page = _upload(client, "address\n" + "wrong@\n" * 250)
    assert "250 lines with errors" in page
    assert "And 50 more." in page


def test_a_file_that_is_too_large_is_not_read(client, office, monkeypatch):
    monkeypatch.setattr("newsletter.forms.office.LARGEST_FILE", 10)
    assert "larger than" in _upload(client)


def test_a_list_goes_through_no_temporary_file(settings):
    from newsletter.forms.office import LARGEST_FILE

    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= LARGEST_FILE
