import pytest
from django.test import Client

from claims.admin.sign_in import find_client_address
from claims.enums import Role
from tests.admin.pages import url, words

pytestmark = pytest.mark.django_db


def sign_in(person, typed: str = "secret-enough"):
    return Client().post(url("login"), {"username": person.username, "password": typed, "next": "/admin/"}, follow=True)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_a_role_gets_in(person, role):
    assert sign_in(person("rose", role)).redirect_chain[-1][0] == "/admin/"


def test_who_has_no_role_is_told_whom_to_ask_and_sees_nothing(outsider):
    page = sign_in(outsider)
    assert "you have no role at this desk yet. Ask an administrator for one." in words(page)
    assert "Review queue" not in words(page)


def test_who_has_no_role_and_a_wrong_password_learns_nothing(outsider):
    assert "no role" not in words(sign_in(outsider, "wrong"))


def test_who_lost_the_role_while_signed_in_is_sent_to_the_login(desk, reviewer):
    browser = desk(reviewer)
    reviewer.groups.clear()
    page = browser.get(url("review_queue"), follow=True)
    assert page.redirect_chain[0][0] == "/admin/login/?next=/admin/review/"
    assert "You are signed in as rita, but have no role at this desk yet." in words(page)


def test_who_is_staff_and_has_no_role_stays_outside(desk, outsider):
    outsider.is_staff = True
    outsider.save()
    assert desk(outsider).get(url("index")).status_code == 302


def test_a_blocked_person_stays_outside(reviewer):
    reviewer.is_active = False
    reviewer.save()
    assert sign_in(reviewer).redirect_chain == []


def test_a_superuser_is_an_administrator(desk, outsider):
    outsider.is_superuser = True
    outsider.save()
    assert "Administrator" in words(desk(outsider).get(url("index")))


def test_a_stranger_is_sent_to_the_login():
    assert Client().get(url("review_queue")).url == "/admin/login/?next=/admin/review/"


def test_ten_wrong_passwords_close_the_door_for_that_name_from_that_address_alone(person):
    rose, otis = person("rose", Role.REVIEWER), person("otis", Role.REVIEWER)
    for _ in range(10):
        refused = sign_in(rose, "guess")
    assert (refused.status_code, sign_in(rose).status_code) == (429, 429)
    assert "Too many wrong passwords" in words(refused)
    assert sign_in(otis).redirect_chain[-1][0] == "/admin/"
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(url("login"), {"username": "rose", "password": "secret-enough"}).status_code == 302


@pytest.mark.parametrize(("behind_proxy", "address"), [(True, "198.51.100.9"), (False, "127.0.0.1")])
def test_the_proxys_word_on_the_address_counts_only_where_there_is_a_proxy(settings, rf, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.post("/", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.9"})
    assert find_client_address(request) == address


def test_who_sends_a_form_after_the_session_ended_comes_back_to_its_page(client):
    page, there = "/admin/review/5/", "http://testserver/admin/review/5/"
    answer = client.post("/admin/review/5/verdict/", {"explanation": "Typed."}, headers={"referer": there})
    assert answer.url == f"/admin/login/?next={page}"


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/admin/review/5/", "no address"])
def test_a_form_from_elsewhere_leads_to_the_desk(client, referer):
    answer = client.post("/admin/review/5/verdict/", headers={"referer": referer})
    assert answer.url == "/admin/login/?next=/admin/"
