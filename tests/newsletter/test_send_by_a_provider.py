"""Sending through a provider's HTTP interface: what each of its answers means for the copy and for the campaign."""

import socket
import ssl
from datetime import timedelta

import pytest

from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.services import worker
from newsletter.services.suppression import reason_for
from tests.newsletter.certificates import certificate_of_a_stranger
from tests.newsletter.factories import NOW, make_subscriber, plan
from tests.newsletter.provider_server import Provider

pytestmark = pytest.mark.django_db
S = DeliveryState


@pytest.fixture
def use_provider(settings):
    """Sends by the provider at `url`."""

    def use(url: str) -> None:
        settings.NEWSLETTER_MAILER = "newsletter"
        settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
        settings.ANYMAIL = {**settings.ANYMAIL, "REQUESTS_TIMEOUT": (1, 1)}
        options = {"server_token": "token-of-the-tests", "api_url": url}
        settings.MAILERS = {
            **settings.MAILERS,
            "newsletter": {"BACKEND": "anymail.backends.postmark.EmailBackend", "OPTIONS": options},
        }

    return use


@pytest.fixture
def provider(use_provider):
    with Provider() as server:
        use_provider(server.url)
        yield server


def _send(issue, *, readers=1):
    for _ in range(readers):
        make_subscriber()
    campaign = plan(issue)
    _run(campaign)
    return campaign


def _run(campaign, *, at=NOW):
    worker.run(clock=lambda: at, seconds=60)
    campaign.refresh_from_db()


def _only(campaign, **expected):
    counts = campaign.counts()
    assert {state: number for state, number in counts.items() if number} == {S(k): v for k, v in expected.items()}


def test_everyone_gets_it_once_without_tracking_and_with_our_reference(issue, provider):
    campaign = _send(issue, readers=3)
    _only(campaign, sent=3)
    assert set(provider.sent_to.values()) == {1}
    one = provider.requests[0]
    assert (one["TrackOpens"], one["TrackLinks"]) == (False, "None")
    row = campaign.deliveries.get(provider_message_id="provider-1")
    assert one["Metadata"]["delivery"].startswith(f"d{row.pk}-")
    headers = {header["Name"]: header["Value"] for header in one["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"].startswith(f"<d{row.pk}-")


@pytest.mark.parametrize(
    ("mode", "detail"),
    [
        ("hang", "The provider gave no answer (ReadTimeout)"),
        ("drop", "The provider gave no answer (ConnectionError)"),
        ("nonsense", "The provider answered 200"),
        (500, "The provider answered 500"),
        (502, "The provider answered 502"),
        (504, "The provider answered 504"),
    ],
)
def test_a_request_that_may_have_been_taken_is_uncertain_and_everyone_waits(issue, provider, mode, detail):
    provider.mode = mode
    campaign = _send(issue, readers=3)
    _only(campaign, uncertain=1, queued=2)
    row = campaign.deliveries.get(state=S.UNCERTAIN)
    assert (row.reason, row.detail) == (Reason.NO_ANSWER, detail)
    assert campaign.state == CampaignState.RUNNING
    assert campaign.rest_until > NOW
    provider.mode = "ok"
    _run(campaign, at=NOW + timedelta(minutes=2))
    _only(campaign, uncertain=1, sent=2)
    assert max(provider.sent_to.values()) == 1


@pytest.mark.parametrize("mode", [401, 403, 408, 429, 503])
def test_an_answer_that_says_not_taken_costs_no_attempt_and_everyone_waits(issue, provider, mode):
    provider.mode = mode
    campaign = _send(issue, readers=3)
    _only(campaign, queued=3)
    assert len(provider.requests) == 1
    assert campaign.rest_until > NOW
    assert set(campaign.deliveries.values_list("attempts", flat=True)) == {0}
    assert campaign.slow_step == (1 if mode == 429 else 0)
    provider.mode = "ok"
    _run(campaign, at=NOW + timedelta(minutes=2))
    _only(campaign, sent=3)
    assert max(provider.sent_to.values()) == 1


@pytest.mark.parametrize("mode", ["invalid", "inactive", 400, 413])
def test_a_refused_recipient_or_message_is_final_and_the_others_get_theirs(issue, provider, mode):
    provider.mode, provider.after = mode, 2
    campaign = _send(issue, readers=3)
    _only(campaign, sent=2, failed=1)
    row = campaign.deliveries.get(state=S.FAILED)
    assert row.reason == Reason.REFUSED
    assert "@" not in row.detail
    # Only what the provider reports of the mailbox itself suppresses (newsletter.services.webhooks).
    assert reason_for(address_key=row.subscriber.address_key) is None


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("url", ["http://127.0.0.1:{closed}/", "http://no-such-host.invalid/", "no address at all"])
def test_a_provider_that_can_t_be_reached_has_nothing_and_loses_nobody(issue, use_provider, url):
    use_provider(url.format(closed=_closed_port()))
    campaign = _send(issue, readers=2)
    _only(campaign, queued=2)
    assert campaign.rest_until > NOW
    with Provider() as back:
        use_provider(back.url)
        _run(campaign, at=NOW + timedelta(minutes=2))
        assert set(back.sent_to.values()) == {1}
    _only(campaign, sent=2)


def test_a_certificate_that_is_not_the_provider_s_gets_no_message(issue, use_provider, tmp_path):
    with Provider() as stranger:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate_of_a_stranger(tmp_path))
        stranger.server.socket = context.wrap_socket(stranger.server.socket, server_side=True)
        use_provider(stranger.url.replace("http:", "https:"))
        campaign = _send(issue)
        _only(campaign, queued=1)
        assert not stranger.requests


def test_a_key_that_stays_wrong_pauses_the_campaign_and_the_office_hears_why(issue, provider):
    provider.mode = 401
    campaign = _send(issue, readers=2)
    at = NOW
    for _ in range(8):
        at += timedelta(hours=1)
        _run(campaign, at=at)
    assert campaign.state == CampaignState.PAUSED
    assert campaign.office_untold
    assert "401" in campaign.paused_reason
    _only(campaign, queued=2)
