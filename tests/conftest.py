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


# --- Tests that need real transactions (a live server, two people at once) leave the database empty. It is put back as
# migrations made it (home page, roles, workflow), so that every test starts from the same site.


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from tests import pristine_database

    with django_db_blocker.unblock():
        pristine_database.take()
        yield
        pristine_database.forget()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    result = yield
    if _is_transactional(item):
        from pytest_django.plugin import blocking_manager_key

        from tests import pristine_database

        with item.config.stash[blocking_manager_key].unblock():
            pristine_database.put_back()
    return result


def _is_transactional(item) -> bool:
    if {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ())):
        return True
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def empty_cache():
    """What one test kept for "the site's version 3" must not reach another test's version 3."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def kept(settings, tmp_path):
    """The folder of finished pages, which tests otherwise go without; as on a machine that is alone."""
    from innerbalance.caching.generations import kept_pages

    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    settings.KEPT_PAGES_DIR = str(tmp_path / "kept")
    pages = kept_pages()
    pages.leased = False
    return pages


@pytest.fixture(autouse=True)
def own_journal(settings, tmp_path, monkeypatch):
    """What one test promised is not in the next one's journal; also in the processes that a test starts."""
    for name in ("JOURNAL_DIR", "BACKUP_DIR"):
        folder = str(tmp_path / name.lower())
        setattr(settings, name, folder)
        monkeypatch.setenv(name, folder)


@pytest.fixture(autouse=True)
def no_known_phone():
    """What one test saved as the practice's number must not stand on another test's error page."""
    from pathlib import Path

    from django.conf import settings

    Path(settings.LAST_KNOWN_PHONE_FILE).unlink(missing_ok=True)
