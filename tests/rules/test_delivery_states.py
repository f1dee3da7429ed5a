from newsletter.rules import campaign_states, delivery_states
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import (
    FINAL,
    OPEN,
    DeliveryState,
)

D = DeliveryState


def test_nothing_goes_out_but_through_sending():
    assert delivery_states.before(D.SENDING) == {D.QUEUED}
    assert D.SENT not in delivery_states.MOVES[D.QUEUED]


def test_what_was_sent_or_failed_never_goes_out_again():
    for state in (D.SENT, D.FAILED, D.SUPPRESSED):
        assert not delivery_states.MOVES[state] & OPEN


def test_a_doubtful_message_can_be_queued_again():
    assert D.QUEUED in delivery_states.MOVES[D.UNCERTAIN]


def test_every_state_is_open_or_final():
    assert set(DeliveryState) == OPEN | FINAL == set(delivery_states.MOVES)
    assert set(CampaignState) == set(campaign_states.MOVES)


def test_a_canceled_campaign_stays_canceled():
    assert not campaign_states.MOVES[CampaignState.CANCELLED]
    assert CampaignState.CANCELLED not in campaign_states.MOVES[CampaignState.FINISHED]
    assert campaign_states.before(CampaignState.PAUSED) == {
        CampaignState.QUEUEING,
        CampaignState.RUNNING,
    }
