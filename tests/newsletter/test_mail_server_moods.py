"""Each way in which a mail server can misbehave, over a real line: what becomes of the copy, and of the others."""

from datetime import timedelta

import pytest

from newsletter.models import Delivery
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.services import worker
from newsletter.services.suppression import reason_for
from tests.newsletter.factories import NOW, make_subscriber, plan

pytestmark = pytest.mark.django_db
S = DeliveryState

# After one good message the mood begins, with two copies to go: the states of the three, whether everyone rests,
# whether the rate goes down, and what comes of the waiting ones when the server is well again.
MOODS = {
    # The recipient is refused, for good or for now.
    "refuse": ({S.SENT: 1, S.FAILED: 2}, False, False),
    "policy": ({S.SENT: 1, S.FAILED: 2}, False, False),
    "552": ({S.SENT: 1, S.FAILED: 2}, False, False),
    "451": ({S.SENT: 1, S.QUEUED: 2}, False, False),
    "451 after DATA": ({S.SENT: 1, S.QUEUED: 2}, False, False),
    # The server says no to everyone.
    "421": ({S.SENT: 1, S.QUEUED: 2}, True, True),
    "421 at MAIL": ({S.SENT: 1, S.QUEUED: 2}, True, True),
    "421 after DATA": ({S.SENT: 1, S.QUEUED: 2}, True, True),
    "451 at MAIL": ({S.SENT: 1, S.QUEUED: 2}, True, False),
    # The line breaks before the content left, so the server has nothing.
    "drop at RCPT": ({S.SENT: 1, S.QUEUED: 2}, True, False),
    # The content left and nobody knows.
    "drop": ({S.SENT: 1, S.UNCERTAIN: 2}, False, False),
    "lose": ({S.SENT: 1, S.UNCERTAIN: 2}, False, False),
    "hang": ({S.SENT: 1, S.UNCERTAIN: 2}, False, False),
    "nonsense": ({S.SENT: 1, S.UNCERTAIN: 2}, False, False),
    # A server that closes the line after each message is well.
    "close after each": ({S.SENT: 3}, False, False),
}


@pytest.mark.parametrize("mood", MOODS)
def test_a_mood_of_the_server(issue, mail_server, mood):
    states, rests, slower = MOODS[mood]
    for _ in range(3):
        make_subscriber()
    campaign = plan(issue)
    mail_server.mode, mail_server.after = mood, 1
    worker.run(clock=lambda: NOW, seconds=60)
    campaign.refresh_from_db()
    assert {state: number for state, number in campaign.counts().items() if number} == states
    assert (campaign.rest_until is not None and campaign.rest_until > NOW) == rests
    assert campaign.slow_step == slower

    waiting, doubtful = states.get(S.QUEUED, 0), states.get(S.UNCERTAIN, 0)
    rows = campaign.deliveries.filter(state=S.QUEUED)
    # Only what is about the recipient costs an attempt.
    assert set(rows.values_list("attempts", flat=True)) <= ({0} if rests else {1})
    assert set(campaign.deliveries.filter(state=S.UNCERTAIN).values_list("reason", flat=True)) <= {Reason.NO_ANSWER}

    mail_server.mode = "ok"
    worker.run(clock=lambda: NOW + timedelta(hours=1), seconds=60)
    campaign.refresh_from_db()
    counts = campaign.counts()
    assert (counts[S.SENT], counts[S.UNCERTAIN], counts[S.QUEUED]) == (states[S.SENT] + waiting, doubtful, 0)
    assert campaign.state == CampaignState.FINISHED
    assert max(mail_server.sent_to.values()) == 1
    assert not Delivery.objects.filter(detail__contains="@").exists()


@pytest.mark.parametrize(("mood", "suppressed"), [("refuse", True), ("policy", False), ("552", False), ("451", False)])
def test_only_a_missing_mailbox_suppresses_the_address(issue, mail_server, mood, suppressed):
    reader = make_subscriber()
    plan(issue)
    mail_server.mode = mood
    worker.run(clock=lambda: NOW, seconds=60)
    assert (reason_for(address_key=reader.address_key) is not None) == suppressed
