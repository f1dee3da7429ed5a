from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.dsn import ReportKind, read_report

ORIGINAL = (
    "From: news@practice.example\nTo: ada@example.org\nMessage-ID: <d7-abc@practice.example>\nSubject: May\n\nHello\n"
)


def _report(
    *,
    action="failed",
    status="5.1.1",
    diagnostic="smtp; 550 5.1.1 <ada@example.org>: no such user",
    original=ORIGINAL,
    original_type="message/rfc822",
) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\n"
        "To: bounces+d7-abc@practice.example\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nI'm sorry.\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; ada@example.org\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {diagnostic}\n\n"
        f"--b\nContent-Type: {original_type}\n\n{original}\n--b--\n"
    ).encode()


def test_a_hard_bounce_names_the_message_and_no_person():
    report = read_report(_report())
    assert report.kind is ReportKind.HARD_BOUNCE
    assert report.message_id == "d7-abc@practice.example"
    assert report.recipient == "bounces+d7-abc@practice.example"
    assert "ada" not in report.detail
    assert "no such user" in report.detail


@pytest.mark.parametrize(
    ("status", "diagnostic", "kind"),
    [
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", ReportKind.SOFT_BOUNCE),
        ("4.4.7", "smtp; delivery time expired", ReportKind.SOFT_BOUNCE),
        ("5.7.1", "smtp; 550 5.7.1 blocked", ReportKind.SOFT_BOUNCE),
        ("5.0.0", "smtp; 550 5.7.1 blocked", ReportKind.SOFT_BOUNCE),
        ("5.0.0", "smtp; 550 unknown user", ReportKind.HARD_BOUNCE),
        ("5.2.1", "smtp; 550 disabled", ReportKind.HARD_BOUNCE),
        ("", "smtp; 550 5.1.1 unknown", ReportKind.HARD_BOUNCE),
    ],
)
def test_only_a_missing_mailbox_is_a_hard_bounce(status, diagnostic, kind):
    assert read_report(_report(status=status, diagnostic=diagnostic)).kind is kind


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_delay_or_a_receipt_is_no_bounce(action):
    assert read_report(_report(action=action)) is None


def test_returned_headers_alone_are_enough():
    headers = "Message-ID: <d8-def@practice.example>\nSubject: May\n"
    report = read_report(_report(original=headers, original_type="text/rfc822-headers"))
    assert report.message_id == "d8-def@practice.example"


def test_without_the_original_the_return_path_is_left():
    report = read_report(_report(original="(gone)", original_type="text/plain"))
    assert report.message_id == ""
    assert report.recipient.startswith("bounces+d7-abc@")


@pytest.mark.parametrize("kind", ["abuse", "fraud"])
def test_a_complaint(kind):
    raw = (
        "From: fbl@provider.example\nTo: abuse@practice.example\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nAn abuse report.\n\n"
        "--b\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {kind}\nUser-Agent: FBL/1.0\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{ORIGINAL}\n--b--\n"
    ).encode()
    report = read_report(raw)
    assert report.kind is ReportKind.COMPLAINT
    assert report.message_id == "d7-abc@practice.example"


def test_not_spam_is_no_complaint():
    raw = (
        b'From: fbl@provider.example\nContent-Type: multipart/report; boundary="b"\n\n'
        b"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: not-spam\n\n--b--\n"
    )
    assert read_report(raw) is None


def test_an_old_free_text_bounce_that_quotes_the_message():
    raw = (
        b"From: MAILER-DAEMON@old.example\nTo: news@practice.example\nSubject: failure notice\n\n"
        b"<ada@example.org>:\nuser does not exist. (#5.1.1)\n\n"
        b"--- Below this line is a copy of the message.\n\nMessage-ID: <d9-abc@practice.example>\n"
    )
    report = read_report(raw)
    assert (report.kind, report.message_id) == (
        ReportKind.HARD_BOUNCE,
        "d9-abc@practice.example",
    )


def test_an_absence_note_is_no_report():
    note = EmailMessage()
    note["From"] = "ada@example.org"
    note["Auto-Submitted"] = "auto-replied"
    note["Subject"] = "Out of office"
    note.set_content("I am away. 5.1.1 is my room.")
    assert read_report(bytes(note)) is None


@given(st.binary(max_size=2000))
def test_rubbish_is_no_report(raw):
    assert read_report(raw) is None


@given(st.integers(0, 900), st.binary(min_size=1, max_size=40))
def test_a_damaged_report_never_raises(at, damage):
    raw = _report()
    read_report(raw[:at] + damage + raw[at + len(damage) :])


def test_what_a_report_says_is_the_same_however_long_its_words_are():
    """A Diagnostic-Code of 80 kB once took half a minute, one of 1 MB an hour."""
    for long in ("x" * 80_000, "x." * 500_000, "a@" * 500_000, "(" * 500_000, "=?utf-8?q?" * 100_000):
        report = read_report(_report(diagnostic=f"smtp; 550 5.1.1 no such user {long}"))
        assert report.kind is ReportKind.HARD_BOUNCE
        assert report.detail.startswith("5.1.1 smtp; 550 5.1.1 no such user")
        assert len(report.detail) <= 200


def test_a_header_folded_over_thousands_of_lines_ends_early():
    report = read_report(_report(diagnostic="smtp; 550 5.1.1 no" + "\n such" * 100_000, original="(gone)"))
    assert report.detail.count("such") < 50
    assert read_report(_report(diagnostic="smtp; 550 5.1.1 no such" + "\n\tuser")).detail.endswith("no such user")


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: multipart/report; boundary=" + b'"' * 200_000,
        b"Content-Type: multipart/report; " + b'a="\\";' * 50_000 + b"\n\n",
        b"Content-Type: multipart/report;\n" + b' a*0*="x;";\n' * 50_000 + b"\n\n",
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)),
        b"From: MAILER-DAEMON@x\n\n" + b"5.1." * 300_000,
        b"From: " + b"<" * 500_000 + b"\n\n",
        b"\n" * 1_000_000,
    ],
)
def test_what_is_made_to_take_long_is_no_report(hostile):
    assert read_report(hostile) is None


def test_parts_beyond_the_fiftieth_are_not_read():
    filler = "--b\nContent-Type: text/plain\n\nhello\n\n" * 60
    raw = _report().replace(
        b"--b\nContent-Type: message/delivery", filler.encode() + b"--b\nContent-Type: message/delivery"
    )
    assert read_report(raw) is None
