"""An address as the newsletter knows it again without being able to read it."""

from innerbalance.security.keyed_hash import keyed_hashes

PURPOSE = "newsletter.suppression"


def address_hashes(address_key: str) -> list[str]:
    """Hashes of a normalised address (`addresses.parse(...).key`) under every key, newest first."""
    return keyed_hashes(PURPOSE, address_key)
