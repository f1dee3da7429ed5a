"""A production start refuses missing and weak secrets, says which, and never says their value."""

import base64
import os
import secrets
import subprocess
import sys

import pytest

from innerbalance.settings.secrets import MAKE_ENCRYPTION_KEY, MAKE_ONE, problems_with_secrets

DEVELOPMENT = "insecure-development-secret-key-of-no-use-elsewhere"


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


DIFFERENT = "abcdefghij"


def key_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def test_the_shortest_and_simplest_that_will_do():
    """50 characters and 32 bytes, 10 of them different."""
    assert (
        problems_with_secrets(**good(secret_key=DIFFERENT * 5, intake_keys=[key_of(b"abcdefghij" + b"a" * 22)])) == []
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"secret_key": DIFFERENT * 4 + "abcdefghi"},
            "SECRET_KEY is too short (49 characters, at least 50 are needed)",
        ),
        ({"secret_key": "abcdefghi" * 6}, "SECRET_KEY is too simple (almost the same character throughout)"),
        ({"secret_key": DEVELOPMENT}, "SECRET_KEY is the one from the development settings, which everybody knows"),
        ({"intake_keys": ["a"]}, "INTAKE_KEYS, key 1, is not base64"),
        ({"intake_keys": [key_of(b"a" * 31)]}, "INTAKE_KEYS, key 1, has 31 bytes instead of 32"),
        (
            {"intake_keys": [key_of(b"insecure" * 4)]},
            "INTAKE_KEYS, key 1, is the one from the development settings, which everybody knows",
        ),
        (
            {"intake_keys": [key_of(b"abcdefghi" + b"a" * 23)]},
            "INTAKE_KEYS, key 1, is too simple (almost the same byte throughout)",
        ),
    ],
)
def test_a_problem_is_one_sentence_with_its_remedy(changes, sentence):
    (problem,) = problems_with_secrets(**good(**changes))
    start, _, remedy = problem.partition("; ")
    assert start == sentence
    assert remedy == (MAKE_ENCRYPTION_KEY if "INTAKE" in sentence else MAKE_ONE)


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


@pytest.mark.parametrize(
    ("hosts", "sentence"),
    [
        ([], "ALLOWED_HOSTS is missing; name the site's host, for example ALLOWED_HOSTS=www.example.org"),
        (["*"], "ALLOWED_HOSTS is *, which answers to any name; name the site's host"),
    ],
)
def test_the_sites_host_is_asked_for(hosts, sentence):
    assert problems_with_secrets(**good(allowed_hosts=hosts)) == [sentence]


def test_what_is_missing_comes_with_its_remedy():
    assert problems_with_secrets(**good(hash_keys=[])) == [f"HASH_KEYS is missing; {MAKE_ONE}"]
    assert problems_with_secrets(**good(intake_keys=[])) == [f"INTAKE_KEYS is missing; {MAKE_ENCRYPTION_KEY}"]


def test_one_value_for_two_purposes_is_refused():
    shared = secrets.token_urlsafe(60)
    assert problems_with_secrets(**good(secret_key=shared, hash_keys=[shared])) == [
        "SECRET_KEY, HASH_KEYS and INTAKE_KEYS share a value; each needs one of its own"
    ]


def test_production_does_not_start_without_secrets():
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production"}
    start = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert start.returncode != 0
    for name in ("SECRET_KEY is missing", "HASH_KEYS is missing", "INTAKE_KEYS is missing", "ALLOWED_HOSTS is missing"):
        assert name in start.stderr
