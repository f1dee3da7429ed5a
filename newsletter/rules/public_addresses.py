"""Which IP addresses lead to the public Internet, however they are written."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address, IPv6Network

# The only addresses in use for hosts of the public IPv6 Internet (RFC 4291 section 2.4). Mapped, compatible,
# translated, unique local, site-local, link-local and multicast addresses all lie outside.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Inside it: addresses that carry an IPv4 address and are sent there, or that belong to nobody.
TUNNELS_AND_SPECIAL = (
    IPv6Network("2001::/23"),  # Teredo, ORCHID, benchmarks (IANA special-purpose registry)
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4 (RFC 3056)
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
# What a network without IPv4 is told in place of an IPv4 address, which are the last four bytes (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
RELAYS_OF_6TO4 = ipaddress.IPv4Network("192.88.99.0/24")
# The interface part of an ISATAP address, which carries an IPv4 address as well (RFC 5214 section 6.1).
ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})


def is_public(text: str) -> bool:
    """Whether `text`, an IP address with or without a zone, leads to the public Internet. Raises ValueError."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return _public_v4(address) if isinstance(address, IPv4Address) else _public_v6(address)


def _public_v4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and address not in RELAYS_OF_6TO4


def _public_v6(address: IPv6Address) -> bool:
    if address in NAT64:
        return _public_v4(IPv4Address(address.packed[-4:]))
    if address not in GLOBAL_UNICAST or any(address in network for network in TUNNELS_AND_SPECIAL):
        return False
    return int.from_bytes(address.packed[8:12]) not in ISATAP
