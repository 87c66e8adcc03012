"""A page's title and publisher for the evidence form: who may ask, what is answered, and what is refused."""

from ipaddress import ip_address

import pytest
import time_machine
from django.db import connection
from django.test import Client

from claims.admin import evidence_details
from claims.admin.evidence_details import MOST_A_MINUTE
from claims.fetching import Fetcher
from claims.models import Evidence
from tests.admin.pages import inline_code, url
from tests.broker import DEAD_BROKER
from tests.web import HERE, fetcher_for, moved, page, serving

pytestmark = pytest.mark.django_db
STAFF = """<html><head><meta property="og:title" content="Staff &amp; wages"><title>Staff</title>
<script type="application/ld+json">{"publisher": {"name": "Port of Velmar"}}</script></head></html>"""
PAGES = {
    "/staff": page(STAFF),
    "/bare": page("<p>Hello</p>"),
    "/report.pdf": page(b"%PDF-1.7", content_type="application/pdf"),
    "/long": page(f"<meta property=og:site_name content='{'a' * 900}'><title>{'port ' * 20_000}</title>"),
    "/hostile": page(b"<title>a\x00\xe2\x80\xaeb</title>" + b"<meta '" * 100_000),
    "/away": moved("/staff"),
    "/gone": page("", "404 Not Found"),
    "/inside": moved("http://169.254.169.254/latest/meta-data/"),
}


@pytest.fixture
def site(monkeypatch):
    """A site on this machine, to which the endpoint's fetcher may go for once."""
    with serving(lambda path: PAGES[path]) as running:
        monkeypatch.setattr(evidence_details, "FETCHER", fetcher_for(running, resolve=lambda host: [HERE]))
        yield running


@pytest.fixture
def ask(desk, reviewer):
    return lambda address, **how: desk(reviewer).post(url("evidence_details"), {"evidence_url": address}, **how)


@pytest.mark.parametrize(
    ("path", "title", "publisher"),
    [
        ("/staff", "Staff & wages", "Port of Velmar"),
        ("/away", "Staff & wages", "Port of Velmar"),
        ("/bare", "bare", "port.example"),
        ("/report.pdf", "report.pdf", "port.example"),
        ("/hostile", "a b", "port.example"),
    ],
)
def test_a_page_is_described(ask, site, path, title, publisher):
    answer = ask(site.url(path, "www.port.example"))
    assert (answer.status_code, answer.json()) == (200, {"title": title, "publisher": publisher})


def test_what_is_answered_fits_into_evidence(ask, site):
    answer = ask(site.url("/long")).json()
    assert {name: len(words) for name, words in answer.items()} == {"title": 300, "publisher": 200}
    assert [Evidence._meta.get_field(name).max_length for name in answer] == [300, 200]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("", 400, "address"),
        ("javascript:alert(1)", 400, "address"),
        ("https://port.example:22/", 400, "address"),
        ("{site}/gone", 502, "page_status"),
        ("http://127.0.0.2:{port}/staff", 400, "address"),
        ("http://localhost.localdomain:{port}/staff", 502, "unreachable"),
    ],
)
def test_a_refusal_says_what_to_do(ask, site, monkeypatch, address, status, code):
    monkeypatch.setattr(evidence_details, "FETCHER", fetcher_for(site))
    answer = ask(address.format(site=site.url().rstrip("/"), port=site.port))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"].endswith(".")


def test_a_page_that_leads_inside_the_network_tells_nothing_of_it(ask, site, monkeypatch):
    monkeypatch.setattr(evidence_details, "FETCHER", fetcher_for(site))
    answer = ask(site.url("/inside"))
    assert (answer.status_code, answer.json()["code"]) == (502, "unreachable")
    assert "169.254" not in answer.content.decode()


def test_the_desks_own_fetcher_does_not_go_to_this_machine(ask, site, monkeypatch):
    monkeypatch.setattr(evidence_details, "FETCHER", Fetcher(ports=[site.port]))
    assert [ask(site.url("/staff", host=host)).status_code for host in ("127.0.0.1", "localhost")] == [400, 502]
    assert site.requests == []


def test_the_desk_comes_with_the_strict_rules():
    desks, strict = evidence_details.FETCHER, Fetcher()
    assert vars(desks) == vars(strict)
    assert (desks.ports, desks.is_allowed(ip_address(HERE))) == ((80, 443), False)


# Who may ask, and how often.


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_nobody_asks_who_does_not_review(desk, request, site, who):
    answer = desk(request.getfixturevalue(who)).post(url("evidence_details"), {"evidence_url": site.url("/staff")})
    assert (answer.status_code, site.requests) == (302 if who == "outsider" else 403, [])


def test_a_stranger_is_led_to_the_sign_in(client, site):
    answer = client.post(url("evidence_details"), {"evidence_url": site.url("/staff")})
    assert (answer.status_code, answer.url.startswith("/admin/login/"), site.requests) == (302, True, [])


def test_an_editor_asks_as_a_reviewer_does(desk, editor, site):
    assert desk(editor).post(url("evidence_details"), {"evidence_url": site.url("/staff")}).status_code == 200


def test_a_link_or_another_sites_form_cannot_ask(desk, reviewer, site):
    assert desk(reviewer).get(url("evidence_details"), {"evidence_url": site.url("/staff")}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reviewer)
    assert strict.post(url("evidence_details"), {"evidence_url": site.url("/staff")}).status_code == 403
    assert site.requests == []


def test_each_person_has_a_budget_for_each_minute(desk, reviewer, editor, site):
    form = {"evidence_url": "nowhere"}
    ask = {
        who: lambda who=who: desk(who).post(url("evidence_details"), form).json()["code"] for who in (reviewer, editor)
    }
    with time_machine.travel("2026-11-22 10:00:00.500Z", tick=False) as clock:
        assert [ask[reviewer]() for _ in range(MOST_A_MINUTE + 1)] == ["address"] * MOST_A_MINUTE + ["throttled"]
        assert ask[editor]() == "address"
        clock.shift(60)
        assert ask[reviewer]() == "address"


def test_beyond_the_budget_no_page_is_fetched(ask, site, monkeypatch):
    monkeypatch.setattr(evidence_details, "MOST_A_MINUTE", 0)
    assert (ask(site.url("/staff")).status_code, site.requests) == (429, [])


def test_everybody_is_let_through_while_redis_is_away(ask, site, settings):
    settings.REDIS_URL = DEAD_BROKER
    assert ask(site.url("/staff")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_web_is_asked(ask, site, monkeypatch):
    open_then = []
    watching = fetcher_for(site, is_allowed=lambda address: open_then.append(connection.in_atomic_block) or True)
    monkeypatch.setattr(evidence_details, "FETCHER", watching)
    assert ask(site.url("/staff")).status_code == 200
    assert set(open_then) == {False}


# The form.


def test_the_form_knows_whom_to_ask(desk, reviewer, assignment):
    shown = desk(reviewer).get(url("review_claim", assignment.claim_id))
    words = shown.content.decode()
    assert f'data-details="{url("evidence_details")}"' in words
    assert ('id="evidence-status"' in words, "claims/evidence.js" in words, inline_code(shown)) == (True, True, [])


def test_who_only_reads_gets_no_script(desk, administrator, assignment):
    shown = desk(administrator).get(url("review_claim", assignment.claim_id))
    assert "claims/evidence.js" not in shown.content.decode()
