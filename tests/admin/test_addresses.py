"""Addresses that no link of the desk leads to: each gets an answer, and none an error."""

from itertools import product

import pytest
from django.urls import reverse
from knox.models import AuthToken

from claims.models import OutgoingEmail
from tests.admin.pages import url
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db
ERROR_FLAG = "?e=1"
NO_NUMBERS = ["abc", "_5F", "_00", "a/b", "é", "-1", "٣", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("number", [*NO_NUMBERS, "0", "1_2C2"])
def test_what_is_no_rows_number_is_not_found(desk, editor, number):
    make_queued_claim()
    browser = desk(editor)
    answers = [browser.get(f"/admin/claims/{model}/{number}/change/") for model in ("article", "claim")]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("model", ["evidence", "claimevent", "claimant", "outgoingemail", "verdict", "assignment"])
def test_a_row_that_is_not_there_breaks_nothing(desk, editor, model):
    browser = desk(editor)
    for number, page in product(NO_NUMBERS, ("change", "history", "delete")):
        assert browser.get(f"/admin/claims/{model}/{number}/{page}/").status_code in (302, 403, 404), (number, page)


@pytest.mark.parametrize(
    "address",
    [
        "claims/claim/?kind__exact=%00",
        "claims/claim/?status__exact=%00",
        "claims/claim/?headline=%00",
        "claims/claim/?facts=%00",
        "claims/claim/?%00=x",
        "claims/claim/?q=%00",
        "claims/claim/?headline__regex=(((",
        "claims/claim/?headline__contains=x",
        "claims/claim/?article__title=x",
        "claims/claim/?status__regex=(((",
        "claims/claim/?status__exact=in_adjudication",
        "claims/claim/?facts__has_key=x",
        "claims/evidence/?stance__exact=%00",
        "claims/assignment/?outcome__exact=%00",
        "claims/article/?extraction=%00",
        "claims/article/?extraction__regex=(((",
        "claims/claimevent/?at__year=99999999",
        "claims/claimevent/?actor__password__startswith=pbkdf2",
        "claims/claimevent/?details__x=1",
        "claims/reviewer/?password__startswith=pbkdf2",
        "claims/reviewer/?q=%00",
        "knox/authtoken/?digest__startswith=a",
        "autocomplete/?app_label=claims&model_name=claim&field_name=article&term=%00",
        "review/?outlet=%00",
        "?q=%00",
    ],
)
def test_a_query_that_no_link_asks_is_a_bad_request(desk, administrator, address):
    make_queued_claim()
    assert desk(administrator).get(f"/admin/{address}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "claims/verdict/?rating__id__exact=abc",
        "claims/verdict/?rating__id__exact=99999999999999999999",
        "claims/verdict/?rating__exact=abc",
        "claims/reviewer/?groups__id__exact=abc",
        "claims/reviewer/?groups=abc",
        "claims/reviewer/?is_active__exact=abc",
        "claims/evidence/?is_primary__exact=abc",
        "claims/evidence/?is_primary__gte=abc",
        "claims/claim/?p=abc",
        "claims/claim/?p=99999999999999999999",
        "claims/claim/?o=99999999999999999999.x",
        "claims/claim/?extraction=x&e=1",
        "claims/article/?extraction=nonsense",
        "claims/claim/?_to_field=headline",
        "claims/claim/?_facets=1",
    ],
)
def test_a_query_with_a_wrong_value_breaks_nothing(desk, administrator, address):
    answer = desk(administrator).get(f"/admin/{address}")
    assert answer.status_code in (200, 400) or (answer.status_code, answer.url[-4:]) == (302, ERROR_FLAG)


@pytest.mark.parametrize(
    "query",
    [
        "claims/claim/?status=queued&kind__exact=quantity",
        "claims/claim/?q=dockers&o=1&all=",
        "claims/claimevent/?kind__exact=queued",
        "claims/article/?extraction=waiting",
        "claims/assignment/?outcome__isnull=True",
        "claims/verdict/?rating__id__exact=1",
        "claims/reviewer/?groups__id__exact=1&is_active__exact=1",
        "claims/outgoingemail/?status__exact=failed",
    ],
)
def test_the_lists_own_filters_work(desk, administrator, query):
    assert desk(administrator).get(f"/admin/{query}").status_code == 200


def test_every_filter_that_a_list_offers_leads_somewhere(desk, administrator):
    browser = desk(administrator)
    for model in ("article", "claim", "evidence", "claimevent", "assignment", "verdict", "reviewer", "outgoingemail"):
        address = url(f"claims_{model}_changelist")
        shown = browser.get(address).context["cl"]
        links = [choice["query_string"] for spec in shown.filter_specs for choice in spec.choices(shown)]
        assert {browser.get(address + link).status_code for link in links} == {200}, model


@pytest.mark.parametrize(("model", "action"), [(OutgoingEmail, "resend"), (AuthToken, "delete_selected")])
@pytest.mark.parametrize("number", ["abc", "9" * 30])
def test_an_action_on_no_row_breaks_nothing(desk, administrator, model, action, number):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    typed = {"action": action, "_selected_action": number, "index": 0}
    assert desk(administrator).post(address, typed).status_code in (200, 302, 400)


def test_a_stranger_is_sent_to_the_login_with_a_nul_as_with_any_other_address(client):
    for address in ("/admin/claims/claim/?q=%00", "/admin/login/?next=%00", "/admin/claims/claim/abc/change/"):
        assert client.get(address, follow=True).status_code == 200
