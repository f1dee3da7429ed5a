"""Which settings a command gets, and when it refuses to guess."""

import pytest

from innerbalance.settings.choice import DEVELOPMENT, PRODUCTION, VARIABLE, NoSettingsChosen, choose_settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".env"


def test_a_laptop_without_anything_gets_the_development_settings(file):
    assert choose_settings({"BASE_URL": "http://localhost:9000", "DATABASE_URL": "sqlite:///x"}, file) == DEVELOPMENT


@pytest.mark.parametrize(
    "line",
    [
        f"{VARIABLE}={PRODUCTION}",
        f"export {VARIABLE}={PRODUCTION}",
        f'{VARIABLE}="{PRODUCTION}"',
        f"{VARIABLE}=another\n{VARIABLE} = {PRODUCTION}",
    ],
)
def test_the_file_names_them(file, line):
    file.write_text(f"# the site\nSECRET_KEY=x\n{line}\n", encoding="utf-8")
    assert choose_settings({"SECRET_KEY": "x"}, file) == PRODUCTION


def test_the_environment_comes_before_the_file(file):
    file.write_text(f"{VARIABLE}={DEVELOPMENT}\n", encoding="utf-8")
    assert choose_settings({VARIABLE: PRODUCTION}, file) == PRODUCTION


@pytest.mark.parametrize("text", ["", "SECRET_KEY=x\n", f"#{VARIABLE}={PRODUCTION}\n", f"{VARIABLE}=\n"])
def test_a_file_that_names_none_is_no_reason_to_guess(file, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NoSettingsChosen, match=PRODUCTION):
        choose_settings({}, file)


@pytest.mark.parametrize("name", ["SECRET_KEY", "HASH_KEYS", "INTAKE_KEYS", "ALLOWED_HOSTS"])
def test_a_servers_variables_are_no_reason_to_guess(file, name):
    with pytest.raises(NoSettingsChosen, match=name):
        choose_settings({name: "a value"}, file)
    assert choose_settings({name: ""}, file) == DEVELOPMENT


def test_the_reason_shows_no_secret(file):
    with pytest.raises(NoSettingsChosen) as refused:
        choose_settings({"SECRET_KEY": "the-secret-itself"}, file)
    assert "the-secret-itself" not in str(refused.value)


def test_a_file_of_another_user_is_no_reason_to_guess(file, monkeypatch):
    def refuse(self, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(file), "read_text", refuse)
    with pytest.raises(NoSettingsChosen, match="can't be read"):
        choose_settings({}, file)
