"""A link of an issue may lead to the public Internet alone, in whatever way its address is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.public_addresses import is_public

PRIVATE_V4 = ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"]


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_a_public_address_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [*PRIVATE_V4, "255.255.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1", "198.18.0.1", "192.0.2.1", "192.88.99.1",
     "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "ff0e::1", "100::1", "5f00::1",
     "2001:db8::1", "3fff::1", "4000::1", "64:ff9b:1::1", "2001::1", "2001:20::1"],
)  # fmt: skip
def test_a_private_or_special_address_may_not(address):
    assert not is_public(address)


@pytest.mark.parametrize("inside", PRIVATE_V4)
@pytest.mark.parametrize(
    "written",
    ["::{v4}", "::ffff:{v4}", "::ffff:0:{v4}", "64:ff9b::{v4}", "64:ff9b:1::{v4}", "2002:{hex}::", "2002:{hex}::1",
     "2001:0:{hex}::1", "2606:4700::5efe:{v4}", "2606:4700::200:5efe:{v4}"],
)  # fmt: skip
def test_a_private_address_may_not_in_any_other_writing(inside, written):
    high, low = (int(part) for part in inside.split(".")[:2]), (int(part) for part in inside.split(".")[2:])
    hexadecimal = ":".join("{:02x}{:02x}".format(*pair) for pair in (high, low))
    assert not is_public(written.format(v4=inside, hex=hexadecimal))


def test_a_network_without_ipv4_asks_public_sites_by_nat64():
    assert is_public("64:ff9b::8.8.8.8")


@given(st.integers(0, 2**32 - 1))
def test_nat64_is_as_public_as_what_it_carries(number):
    carried = ".".join(str(byte) for byte in number.to_bytes(4))
    assert is_public(f"64:ff9b::{carried}") is is_public(carried)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "example.org"])
def test_a_name_is_not_an_address(text):
    with pytest.raises(ValueError, match="address"):
        is_public(text)
