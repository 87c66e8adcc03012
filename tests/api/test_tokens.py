import pytest
from django.test import Client
from knox.models import get_token_model

from claims.models import Reviewer

URL = "/api/v1/me/"


@pytest.fixture
def token(reviewer) -> str:
    return get_token_model().objects.create(reviewer)[1]


def ask(client: Client, authorization: str | bytes):
    return client.get(URL, HTTP_AUTHORIZATION=authorization)


def test_token_signs_in(client, token):
    assert ask(client, f"Token {token}").json()["username"] == "rita"


def test_token_is_kept_as_a_hash(token):
    kept = get_token_model().objects.get()
    assert token not in (kept.digest, kept.token_key)
    assert len(kept.digest) == 128


def test_session_signs_in(client, reviewer):
    client.force_login(reviewer)
    assert client.get(URL).json()["username"] == "rita"


def test_inactive_person_is_refused(client, reviewer, token):
    client.force_login(reviewer)
    Reviewer.objects.update(is_active=False)
    assert (ask(client, f"Token {token}").status_code, client.get(URL).status_code) == (401, 401)


@pytest.mark.parametrize(
    "written", ["Token", "Token x", "Token a b", "Token \x00", "Token caf\xe9", "Token " + "a" * 9999]
)
def test_bad_token_is_refused(client, token, written):
    answer = ask(client, written)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_half_a_token_is_refused(client, token):
    assert ask(client, f"Token {token[:20]}").status_code == 401


def test_revoked_token_is_refused(client, token):
    get_token_model().objects.all().delete()
    assert ask(client, f"Token {token}").status_code == 401
