import pytest
from django.contrib.auth.models import Group, User

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS

from .directory import TestDirectory
from .factories import make_page


@pytest.fixture(autouse=True)
def test_directory(monkeypatch):
    monkeypatch.setattr("innerbalance.locations.services.directory.OfficeDirectory", TestDirectory)


def _person(name: str, role: str) -> User:
    user = User.objects.create_user(name, f"{name}@practice.example", "a long password of words")
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.fixture
def office_user(db):
    return _person("olga", OFFICE)


@pytest.fixture
def owner(db):
    return _person("owen", OWNERS)


@pytest.fixture
def editor(db):
    return _person("edith", EDITORS)


@pytest.fixture
def mesa(db):
    return make_page("mesa", "Mesa")


@pytest.fixture
def tempe(db):
    return make_page("tempe", "Tempe")
