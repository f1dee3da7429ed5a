import pytest

from newsletter.rules.smtp_outcome import Outcome, judge


@pytest.mark.parametrize(
    ("code", "text", "outcome", "hard"),
    [
        (250, "2.0.0 Ok: queued as 4F2", Outcome.SENT, False),
        (450, "4.2.1 greylisted, try again", Outcome.RETRY, False),
        (451, "4.3.0 local error", Outcome.RETRY, False),
        (452, "4.2.2 mailbox full", Outcome.RETRY, False),
        (421, "4.7.0 too many messages, slow down", Outcome.SLOW_DOWN, False),
        (550, "5.1.1 <a@b.org>: user unknown", Outcome.FINAL, True),
        (550, "No such user here", Outcome.FINAL, True),
        (550, "5.7.1 blocked by policy", Outcome.FINAL, False),
        (550, "Message rejected as spam", Outcome.FINAL, False),
        (552, "5.2.2 mailbox full", Outcome.FINAL, False),
        (554, "5.2.1 account disabled", Outcome.FINAL, True),
        (554, "transaction failed", Outcome.FINAL, False),
        (553, "5.1.7 bad sender address", Outcome.FINAL, False),
        (-1, "Connection unexpectedly closed", Outcome.RETRY, False),
        (0, "", Outcome.RETRY, False),
        (354, "go ahead", Outcome.RETRY, False),
    ],
)
def test_what_a_reply_means(code, text, outcome, hard):
    verdict = judge(code, text)
    assert (verdict.outcome, verdict.hard_bounce) == (outcome, hard)


def test_the_detail_names_nobody_and_is_one_short_line():
    detail = judge(550, "5.1.1 <ada@example.org>\r\nunknown\x00 " + "x" * 500).detail
    assert "ada" not in detail
    assert detail.isprintable()
    assert len(detail) == 200
