"""Limits count across processes, forget in time, and never hold an address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from innerbalance.security.checks import proxies_are_counted
from innerbalance.security.keyed_hash import keyed_hash, keyed_hashes
from innerbalance.security.models import RateLimitHit
from innerbalance.security.rate_limits import client_network, forget_expired, hit, hit_each

NOW = datetime(2026, 3, 4, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


def knock(identity="192.0.2.0/24", now=NOW, purpose="test"):
    return hit(purpose=purpose, identity=identity, limit=3, window=HOUR, now=now)


def test_within_the_limit_until_it_is_reached(db):
    assert [knock() for _ in range(5)] == [True, True, True, False, False]


def test_others_and_other_purposes_are_counted_apart(db):
    for _ in range(3):
        knock()
    assert knock(identity="198.51.100.0/24")
    assert knock(purpose="other")


def test_a_new_window_starts_anew(db):
    for _ in range(4):
        knock()
    assert knock(now=NOW + HOUR)


def test_many_at_once_are_counted_as_one_by_one(db, django_assert_num_queries):
    for _ in range(3):
        knock(identity="full")
    knock(identity="half")
    with django_assert_num_queries(3):
        within = hit_each(purpose="test", identities=["full", "half", "new"], limit=3, window=HOUR, now=NOW)
    assert within == {"half", "new"}
    assert [knock(identity="half"), knock(identity="half")] == [True, False]
    assert hit_each(purpose="test", identities=[], limit=3, window=HOUR, now=NOW) == set()


def test_no_address_is_stored_and_rows_go(db):
    knock()
    assert "192.0.2" not in repr(list(RateLimitHit.objects.values()))
    assert forget_expired(NOW + HOUR) == 0
    assert forget_expired(NOW + 2 * HOUR) == 1


def test_purposes_do_not_share_hashes(settings):
    assert keyed_hash("a", "x") != keyed_hash("b", "x")
    old = keyed_hash("a", "x")
    settings.HASH_KEYS = ["a newer key than the other one", *settings.HASH_KEYS]
    assert keyed_hash("a", "x") != old
    assert old in keyed_hashes("a", "x")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", "unknown"),
    ],
)
def test_a_network_and_no_single_machine(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "192.0.2.9", "10.0.0.0/24"),
        (1, "192.0.2.9", "192.0.2.0/24"),
        (1, "1.1.1.1, 192.0.2.9", "192.0.2.0/24"),
        (2, "1.1.1.1, 192.0.2.9, 198.51.100.7", "192.0.2.0/24"),
        (2, "192.0.2.9, 198.51.100.7", "192.0.2.0/24"),
        (2, "198.51.100.7", "10.0.0.0/24"),
        (1, "", "10.0.0.0/24"),
        (1, "not an address", "unknown"),
    ],
)
def test_a_visitor_cannot_choose_a_network(settings, proxies, forwarded, network):
    """What stands left of our own proxies' addresses is the visitor's own words."""
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_network(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)) == network


@pytest.mark.parametrize(("proxies", "header", "said"), [(0, ("a", "b"), 1), (1, ("a", "b"), 0), (0, None, 0)])
def test_a_deployment_check_asks_for_the_number_of_proxies(settings, proxies, header, said):
    settings.TRUSTED_PROXIES, settings.SECURE_PROXY_SSL_HEADER = proxies, header
    assert [message.id for message in proxies_are_counted()] == ["innerbalance.W001"] * said
