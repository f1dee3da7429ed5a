"""A production start refuses missing and weak secrets, says which, and never says their value."""

import base64
import os
import secrets
import subprocess
import sys

import pytest

from innerbalance.settings.secrets import problems_with_secrets


def good(**changes) -> dict:
    values = {
        "secret_key": secrets.token_urlsafe(60),
        "hash_keys": [secrets.token_urlsafe(60)],
        "intake_keys": [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()],
        "allowed_hosts": ["www.example.org"],
    }
    return {**values, **changes}


def test_good_secrets_have_no_problems():
    assert problems_with_secrets(**good()) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY is missing"),
        ({"secret_key": "short"}, "SECRET_KEY is too short"),
        ({"secret_key": "a" * 60}, "SECRET_KEY is too simple"),
        ({"secret_key": "insecure-development-secret-key-of-no-use-elsewhere"}, "SECRET_KEY is the one from the dev"),
        ({"hash_keys": []}, "HASH_KEYS is missing"),
        ({"hash_keys": [secrets.token_urlsafe(60), "short"]}, "HASH_KEYS, key 2, is too short"),
        ({"intake_keys": []}, "INTAKE_KEYS is missing"),
        ({"intake_keys": ["not base64!"]}, "INTAKE_KEYS, key 1,"),
        ({"intake_keys": [base64.urlsafe_b64encode(b"x" * 32).decode()]}, "INTAKE_KEYS, key 1, is too simple"),
        ({"intake_keys": ["aW5zZWN1cmUtZGV2ZWxvcG1lbnQtaW50YWtlLWtleSE="]}, "everybody knows"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS is missing"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS is *"),
    ],
)
def test_each_problem_is_named(changes, named):
    problems = problems_with_secrets(**good(**changes))
    assert len(problems) == 1
    assert named in problems[0]


def test_no_sentence_holds_a_secret():
    weak = "tooshortbutsecret"
    assert weak not in " ".join(problems_with_secrets(**good(secret_key=weak, hash_keys=[weak])))


def test_one_value_for_two_purposes_is_refused():
    shared = secrets.token_urlsafe(60)
    assert "share a value" in " ".join(problems_with_secrets(**good(secret_key=shared, hash_keys=[shared])))


def test_production_does_not_start_without_secrets():
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production"}
    start = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert start.returncode != 0
    for name in ("SECRET_KEY is missing", "HASH_KEYS is missing", "INTAKE_KEYS is missing", "ALLOWED_HOSTS is missing"):
        assert name in start.stderr
