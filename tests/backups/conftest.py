import pytest

from tests.backups.helpers import new_identity


@pytest.fixture
def identity(settings) -> str:
    """The secret key of backups, from the safe."""
    return new_identity()
