"""The small site, for tests that look at its pages."""

import pytest

from tests.templates.small_site import build_small_site


@pytest.fixture
def small_site(db):
    return build_small_site()
