"""Fixtures that every kind of test may ask for."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.register_profile("dev", deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture
def home(db):
    """The home page that migrations make."""
    from innerbalance.pages.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def blog(home):
    """A blog under the home page, its posts under clinical review."""
    from tests.factories import make_blog

    return make_blog(home)


@pytest.fixture
def team(home):
    from tests.factories import make_team

    return make_team(home)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """What migrations wrote, for `serialized_rollback`, is put where every connection finds it.

    Django keeps it on one connection object, and a running Playwright gives this thread another one.
    """
    from django.db import connections

    for connection in connections.all():
        contents = getattr(connection, "_test_serialized_contents", None)
        if contents is not None:
            type(connection)._test_serialized_contents = contents
