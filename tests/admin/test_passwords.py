"""A new password ends the person's API tokens."""

import pytest
from knox.models import AuthToken

from claims.models import Reviewer
from tests.admin.pages import said, url, words

pytestmark = pytest.mark.django_db
NEW = {"password1": "harbour-lights", "password2": "harbour-lights"}
CHANGED = {"old_password": "secret-enough", "new_password1": "harbour-lights", "new_password2": "harbour-lights"}
ENDED = "1 API token of paul ended with the old password. Programs need a new one."


@pytest.fixture(autouse=True)
def tokens(producer, administrator):
    for person in (producer, administrator):
        AuthToken.objects.create(person)


def owners() -> set[str]:
    return set(AuthToken.objects.values_list("user__username", flat=True))


def set_password(browser, person, typed):
    return browser.post(url("auth_user_password_change", person.pk), typed, follow=True)


def test_a_password_that_an_administrator_sets_ends_the_tokens(desk, administrator, producer):
    page = set_password(desk(administrator), producer, NEW | {"usable_password": "true", "set-password": "1"})
    assert said(page) == f"Password changed successfully. {ENDED}"
    assert (owners(), Reviewer.objects.get(username="paul").check_password("harbour-lights")) == ({"adam"}, True)


def test_a_password_that_an_administrator_takes_away_ends_the_tokens(desk, administrator, producer):
    page = set_password(desk(administrator), producer, {"usable_password": "false", "unset-password": "1"})
    assert ENDED in said(page)
    assert owners() == {"adam"}


def test_a_password_that_its_owner_changes_ends_the_tokens(desk, producer):
    page = desk(producer).post(url("password_change"), CHANGED, follow=True)
    assert said(page) == ENDED
    assert ENDED in words(page)
    assert owners() == {"adam"}


@pytest.mark.parametrize("wrong", [{"old_password": "guess"}, {"new_password2": "other"}])
def test_a_refused_change_ends_nothing(desk, producer, wrong):
    assert desk(producer).post(url("password_change"), CHANGED | wrong).status_code == 200
    assert owners() == {"adam", "paul"}


def test_a_refused_setting_ends_nothing(desk, administrator, producer):
    set_password(desk(administrator), producer, NEW | {"password2": "other", "usable_password": "true"})
    assert owners() == {"adam", "paul"}


@pytest.mark.parametrize("number", ["99999", "abc"])
def test_the_password_of_nobody_is_not_found(desk, administrator, number):
    assert desk(administrator).get(f"/admin/claims/reviewer/{number}/password/").status_code == 404


def test_only_administrators_set_passwords(desk, editor, producer):
    assert set_password(desk(editor), producer, NEW).status_code == 403
    assert owners() == {"adam", "paul"}
