"""Reports read from a mailbox over a real socket: counted once, whatever breaks, and nobody else's mail is touched."""

import io
import logging
import socket
import ssl

import pytest
from django.core.management import CommandError, call_command

from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.security.roles import EDITORS, OFFICE, OWNERS
from newsletter.models import Delivery, SubscriberEvent
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import SuppressionReason
from newsletter.services import imap, mailbox, tokens
from newsletter.services.imap import LOOKED_AT, MailboxUnavailable
from newsletter.services.suppression import reason_for
from tests.factories import make_user
from tests.newsletter.certificates import certificate_of_a_stranger
from tests.newsletter.factories import NOW, make_subscriber, plan
from tests.newsletter.imap_server import PASSWORD, ImapServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    with ImapServer() as server:
        yield server


def _copy(issue, address="ada@example.org") -> Delivery:
    campaign = getattr(issue, "_campaign", None) or plan(issue)
    issue._campaign = campaign
    return Delivery.objects.create(
        campaign=campaign,
        subscriber=make_subscriber(address),
        state=DeliveryState.SENT,
        next_attempt_at=NOW,
        attempts=1,
    )


def _original(row) -> str:
    message_id = tokens.message_id(row.pk, "practice.example")
    return f"From: news@practice.example\nTo: ada@example.org\nMessage-ID: {message_id}\nSubject: May\n\nHello\n"


def _notification(row, *, action="failed", status="5.1.1", diagnostic="smtp; 550 5.1.1 no such user") -> bytes:
    """RFC 3464, as Postfix writes it."""
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: bounces@practice.example\n"
        "Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nI'm sorry to have to inform you.\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; ada@example.org\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {diagnostic}\n\n--b\nContent-Type: message/rfc822\n\n{_original(row)}\n--b--\n"
    ).encode()


def _soft(row) -> bytes:
    return _notification(row, status="5.2.2", diagnostic="smtp; 552 5.2.2 mailbox full")


def _complaint(row) -> bytes:
    """RFC 5965."""
    return (
        "From: fbl@provider.example\nTo: abuse@practice.example\nSubject: FW: May\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n--b\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\nUser-Agent: FBL/1.0\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{_original(row)}\n--b--\n"
    ).encode()


def _out_of_office(row) -> bytes:
    return (
        "From: ada@example.org\nTo: news@practice.example\nSubject: Out of office: May\nAuto-Submitted: auto-replied\n"
        f"In-Reply-To: {tokens.message_id(row.pk, 'practice.example')}\n\nI am away until Monday. Room 5.1.1\n"
    ).encode()


def _broken(row) -> bytes:
    return _notification(row)[:-250].replace(
        b"Content-Type: message/delivery-status", b"Content-Type: \xff\xfe/;;=\x00"
    )


def _read(server, **kwargs) -> int:
    return mailbox.read_mailbox(address=server.address(), now=NOW, **kwargs)


def _everything():
    return (
        list(Delivery.objects.order_by("pk").values_list("state", "reason")),
        sorted(SubscriberEvent.objects.values_list("kind", "subscriber__address")),
    )


def test_each_kind_is_counted_and_what_is_no_report_stays_untouched(issue, server):
    gone, full, angry, away, late = (
        _copy(issue, f"{who}@example.org") for who in ("gone", "full", "angry", "away", "late")
    )
    server.add(_notification(gone))
    note = server.add(_out_of_office(away))
    server.add(_soft(full))
    damaged = server.add(_broken(away))
    server.add(_complaint(angry))
    delay = server.add(_notification(late, action="delayed", status="4.4.1", diagnostic="smtp; connection timed out"))
    empty = server.add(b"")
    nul = server.add(b"Subject: \x00\n\n\x00\xff")
    someone = server.add(b"From: reader@example.org\nSubject: a question\n\nMay I come on Monday?\n")

    assert _read(server) == 3
    assert [reason_for(address_key=f"{who}@example.org") for who in ("gone", "full", "angry", "away", "late")] == [
        SuppressionReason.HARD_BOUNCE,
        None,
        SuppressionReason.COMPLAINT,
        None,
        None,
    ]
    states, events = _everything()
    failed, sent = (DeliveryState.FAILED, Reason.BOUNCED), (DeliveryState.SENT, "")
    assert states == [failed, failed, sent, sent, sent]
    assert events == [
        ("complaint", "angry@example.org"),
        ("hard_bounce", "gone@example.org"),
        ("soft_bounce", "full@example.org"),
    ]
    # The rest is there, and still unread for whoever reads this mailbox.
    assert set(server.messages) == {note, damaged, delay, empty, nul, someone}
    assert all(one.flags == {LOOKED_AT} for one in server.messages.values())

    before = _everything()
    server.commands.clear()
    assert _read(server) == 0
    assert _everything() == before
    assert not [command for command in server.commands if "FETCH" in command]


def test_the_same_report_twice_counts_once(issue, server):
    row = _copy(issue)
    for _ in range(5):
        server.add(_soft(row))
    assert _read(server) == 5
    assert SubscriberEvent.objects.count() == 1
    assert reason_for(address_key="ada@example.org") is None


def test_a_report_that_a_person_has_read_already_counts(issue, server):
    server.add(_notification(_copy(issue)), r"\Seen")
    assert _read(server) == 1


def test_a_forged_report_changes_nothing(issue, server):
    row = _copy(issue)
    reference = tokens.delivery_reference(row.pk)
    forged = server.add(_notification(row).replace(reference.encode(), f"d{row.pk}-{'0' * 20}".encode()))
    assert _read(server) == 0
    assert forged in server.messages
    assert reason_for(address_key="ada@example.org") is None


@pytest.mark.parametrize("command", ["UID SEARCH", "UID FETCH", "UID STORE", "UID EXPUNGE"])
@pytest.mark.parametrize("how", ["break_at", "hang_at"])
def test_a_line_that_breaks_in_the_middle_counts_nothing_twice(issue, server, command, how, monkeypatch):
    monkeypatch.setattr(imap, "TIMEOUT", 0.3)
    rows = [_copy(issue, f"reader{number}@full.example") for number in range(3)]
    for row in rows:
        server.add(_soft(row))
    setattr(server, how, command)
    with pytest.raises(MailboxUnavailable, match="broke"):
        _read(server)
    server.hang_at = ""
    _read(server)
    assert SubscriberEvent.objects.count() == 3
    assert _everything()[0] == [(DeliveryState.FAILED, Reason.BOUNCED)] * 3
    before = _everything()
    assert _read(server) == 0
    assert _everything() == before
    assert not [one for one in server.messages.values() if r"\Deleted" not in one.flags]


def test_only_our_reports_are_removed_where_the_server_can(issue, server):
    server.add(_notification(_copy(issue)))
    other = server.add(b"Subject: a person's own\n\n", r"\Deleted")
    assert _read(server) == 1
    assert list(server.messages) == [other]


def test_a_server_without_marks_of_ours_and_without_uidplus(issue):
    with ImapServer(keywords=False, uidplus=False) as server:
        server.add(_notification(_copy(issue)))
        question = server.add(b"Subject: a question\n\nMay I?\n")
        assert _read(server) == 1
        assert list(server.messages) == [question]
        assert server.messages[question].flags == {r"\Seen"}
        assert _read(server) == 0


def test_a_full_mailbox_is_read_in_pieces(issue, server, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_AT_ONCE", 4)
    for number in range(10):
        server.add(_notification(_copy(issue, f"reader{number}@gone.example")))
    assert [_read(server) for _ in range(4)] == [4, 4, 2, 0]


def test_reading_ends_in_time_and_goes_on_next_time(issue, server):
    server.add(_notification(_copy(issue)))
    assert _read(server, seconds=-1) == 0
    assert len(server.messages) == 1
    assert _read(server) == 1


def test_a_report_that_takes_too_long_is_left_and_the_next_one_is_read(issue, server, monkeypatch):
    monkeypatch.setattr(mailbox, "SECONDS_FOR_ONE", 0.05)
    read = mailbox.read_report

    def endless(raw):
        while b"endless" in raw:
            pass
        return read(raw)

    monkeypatch.setattr(mailbox, "read_report", endless)
    hostile = server.add(b"Subject: endless\n\n")
    server.add(_notification(_copy(issue)))
    assert _read(server) == 1
    assert list(server.messages) == [hostile]
    assert server.messages[hostile].flags == {LOOKED_AT}


def test_a_report_that_ends_the_process_is_not_read_again(issue, server, monkeypatch):
    def fatal(raw):
        raise SystemExit

    monkeypatch.setattr(mailbox, "read_report", fatal)
    server.add(_notification(_copy(issue)))
    with pytest.raises(SystemExit):
        _read(server)
    monkeypatch.undo()
    assert _read(server) == 0
    assert len(server.messages) == 1


def test_a_report_with_nearly_a_megabyte_of_diagnostic_counts_like_any_other(issue, server):
    server.add(_notification(_copy(issue), diagnostic="smtp; 550 5.1.1 no such user " + "x." * 450_000))
    assert _read(server) == 1
    assert reason_for(address_key="ada@example.org") is SuppressionReason.HARD_BOUNCE


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_what_is_wrong_with_the_mailbox_is_said_in_plain_words_without_the_password(server, settings, caplog):
    """And housekeeping goes on, says so again each time, and forgets it when it is mended."""
    said = {
        server.address(password="not-the-password"): "refused the name or the password",
        server.address(password="pässword"): "refused the name or the password",
        server.address(folder="Nowhere"): "has no folder “Nowhere”",
        f"imap://name:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{_closed_port()}/INBOX": "can’t be reached",
        f"pop3://name:{PASSWORD}@127.0.0.1/INBOX": "is not an address",
        f"imaps://name:{PASSWORD}@127.0.0.1:port/INBOX": "is not an address",
        "rubbish": "is not an address",
    }
    for address, words in said.items():
        settings.NEWSLETTER_BOUNCE_MAILBOX = address
        with pytest.raises(CommandError, match="read-bounces"):
            call_command("housekeeping", stdout=io.StringIO())
        run = HousekeepingRun.objects.get(job="newsletter.read-bounces")
        assert run.failed
        assert run.outcome.startswith("Bounces and complaints are not read.")
        assert words in run.outcome
        assert not HousekeepingRun.objects.get(job="newsletter.send-due").failed
    assert [record for record in caplog.records if record.levelno == logging.WARNING]
    assert PASSWORD not in caplog.text
    assert "assword" not in caplog.text.replace("name or the password", "").replace("name:password@host", "")
    settings.NEWSLETTER_BOUNCE_MAILBOX = server.address()
    call_command("housekeeping", stdout=io.StringIO())
    assert not HousekeepingRun.objects.filter(failed=True).exists()


def test_a_stranger_s_certificate_gets_no_password(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_of_a_stranger(tmp_path))
    with ImapServer(tls=context) as stranger:
        with pytest.raises(MailboxUnavailable, match="certificate"):
            mailbox.read_mailbox(address=stranger.address(scheme="imaps"), now=NOW)
        assert not stranger.commands


def test_every_wait_for_the_server_has_an_end():
    assert 0 < imap.TIMEOUT <= 30


@pytest.mark.parametrize(("role", "told"), [(OFFICE, True), (OWNERS, True), (EDITORS, False)])
def test_the_office_sees_it_on_the_admin_s_home_until_it_is_mended(client, server, settings, role, told):
    client.force_login(make_user(role))
    settings.NEWSLETTER_BOUNCE_MAILBOX = server.address(password="not-the-password")
    with pytest.raises(CommandError):
        call_command("housekeeping", stdout=io.StringIO())
    page = client.get("/admin/").content.decode()
    assert ("refused the name or the password" in page) == told
    settings.NEWSLETTER_BOUNCE_MAILBOX = server.address()
    call_command("housekeeping", stdout=io.StringIO())
    assert "The newsletter needs a look" not in client.get("/admin/").content.decode()
