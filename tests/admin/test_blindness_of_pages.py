"""A blind reviewer opens every page of the desk in worlds that differ only in what they must not know."""

import re
from contextlib import suppress

import pytest
from django.db import transaction
from django.test import Client

from claims.admin.queue_views import View
from claims.admin.site import PAGES
from claims.enums import ClaimStatus, OpinionAnswer
from claims.models import Claim, Reviewer
from claims.review.adjudication import adjudicate_claim
from claims.review.assignments import take_claim
from claims.review.opinion_answers import give_opinion
from tests.admin.pages import url
from tests.test_blindness import (
    Desk,
    Undo,
    nobody_has_judged,
    rating_called,
    read_world,
    they_differ,
    they_differed_and_others_are_asked,
)

pytestmark = pytest.mark.django_db
SECRETS = ["grudge", "secret.example", "verdicts differ", "gave the verdict", "another round"]
REGISTERS = ["article", "claim", "claimant", "evidence", "claimevent", "assignment", "verdict", "outgoingemail"]
ROWS = range(5000, 5005)  # every row of a world has such a number
SEARCHED = ["grudge", "secret", "dockers", "True", "False"]
ANSWERED = {200, 302, 403, 404, 405}


def _while_a_colleague_sits_there(rating: str):
    def world(desk: Desk) -> None:
        desk.judge(desk.cora, rating, evidence=1 if rating == "True" else 3)
        if rating == "True":
            give_opinion(desk.opinion.pk, OpinionAnswer.AGREE, "A grudge says yes.", corrections=0)
        take_claim(desk.carl, desk.claim.pk)

    return world


one_said_true = _while_a_colleague_sits_there("True")
one_said_false = _while_a_colleague_sits_there("False")


def browser_of(person: Reviewer) -> Client:
    client = Client()
    client.force_login(person)
    return client


def clean(page) -> str:
    """Without what differs from one loading to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def pages_of(desk: Desk) -> list[str]:
    """Every address of the desk's own pages, for each claim, and of the back office."""
    numbers = {"claim_id": desk.claim.pk, "article_id": desk.claim.article_id, "contact_id": desk.contact.pk,
               "opinion_id": desk.opinion.pk, "webhook_id": 1, "delivery_id": 1, "feed_id": 1, "entry_id": 1,
               "email_id": ROWS[0]}  # fmt: skip
    own = [re.sub(r"<int:(\w+)>", lambda found: str(numbers[found[1]]), route) for route, _view, _name in PAGES]
    asked = [f"status={status}" for status in ClaimStatus] + ["kind=quantity", "kind=event", "outlet=x", "topic=x"]
    asked += [f"view={view}{more}" for view in View for more in ("", "&live=1", "&status=in_review")]
    asked += [f"{more}q={words}" for words in (*SEARCHED, str(desk.claim.pk)) for more in ("", "view=contested&")]
    rows = [f"claims/{name}/{row}/change/" for name in REGISTERS for row in ROWS]
    rows += [f"claims/{name}/{ROWS[0]}/history/" for name in REGISTERS]
    return [f"/admin/{path}" for path in ["", *own, f"review/{desk.other.pk}/", *rows] if "<str" not in path] + [
        f"{url('review_queue')}?{query}" for query in asked
    ]


def lists_of(browser: Client, name: str) -> list[str]:
    """A register under each of its filters, searches and orders, and with the numbers of all its filters."""
    address = url(f"claims_{name}_changelist")
    shown = browser.get(address).context["cl"]
    links = [choice["query_string"] for spec in shown.filter_specs for choice in spec.choices(shown)]
    orders = [f"?o={column}" for column in range(1, len(shown.list_display))]
    counted = [f"{links[0]}&_facets=True"] if links else []
    return [address + query for query in ["", *links, *counted, *orders, *(f"?q={words}" for words in SEARCHED)]]


def read_everything(desk: Desk) -> dict[str, tuple[int, str]]:
    browser = browser_of(desk.blind)
    paths = pages_of(desk) + [path for name in REGISTERS for path in lists_of(browser, name)]
    return {path: (page.status_code, clean(page)) for path in paths for page in [browser.get(path)]}


ACTS = {
    "take_next": {},
    "take_claim": {},
    "dismiss_claim": {"reason": "Dull."},
    "reopen_claim": {"reason": "Again."},
    "adjudicate": {"reason": "So.", "rating": 1},
    "another_round": {"reason": "Again."},
    "add_evidence": {"evidence_url": "https://mine.example/"},
    "save_draft": {"explanation": "Mine."},
    "ask_opinion": {"name": "Lex", "address": "lex@law.test", "question": "So?", "days": 7},
    "ask_claimant": {"channel": "phone", "question": "Once more?"},
    "prioritise_claim": {"boost": 1},
    "merge_claim": {"target": 1, "reason": "Same."},
    "restore_decision": {"reason": "Back."},
    "bulk": {"claim": [5000, 5001], "act": "boost", "boost": 1},
    "bulk_undo": {"done": "x"},
}
OF_NO_CLAIM = {"take_next", "bulk", "bulk_undo"}


def try_everything(desk: Desk) -> dict[str, tuple[int, str]]:
    """What each act of the blind reviewer is answered, each undone before the next."""
    answers = {}
    for name, typed in ACTS.items():
        with suppress(Undo), transaction.atomic():
            address = url(name) if name in OF_NO_CLAIM else url(name, desk.claim.pk)
            page = browser_of(desk.blind).post(address, typed, follow=True)
            answers[name] = (page.status_code, re.sub(r"\d{4,}", "#", clean(page)))
            raise Undo
    return answers


def differences(one: dict, other: dict) -> list[str]:
    return [path for path in one | other if one.get(path) != other.get(path)]


def test_no_page_tells_one_world_from_another_or_what_a_colleague_wrote(person):
    told_true = read_world(person, one_said_true, read_everything)
    for world in (one_said_false, they_differ):
        assert differences(told_true, read_world(person, world, read_everything)) == []
    assert {status for status, _ in told_true.values()} <= ANSWERED
    told = {path for path, (_, page) in told_true.items() if any(secret in page for secret in SECRETS)}
    assert {path for path in told if not path.endswith("q=grudge")} == set()  # there, it is what was searched for


def test_a_claim_on_which_verdicts_differ_waits_as_others_do(person):
    def read_queue(desk: Desk) -> tuple[list[str], str]:
        browser = browser_of(desk.blind)
        pages = {status: clean(browser.get(f"{url('review_queue')}?status={status}")) for status in ClaimStatus}
        return [status for status in pages if "roughly 2,500 dockers" in pages[status]], read_claim(desk, desk.blind)

    listed, page = read_world(person, they_differ, read_queue)
    assert listed == ["in_review"]
    assert "This claim is in review; it has no open seat." in page


def test_a_second_round_looks_like_a_first_one(person):
    first = read_world(person, nobody_has_judged, read_everything)
    second = read_world(person, they_differed_and_others_are_asked, read_everything)
    assert differences(first, second) == []


def one_has_judged(desk: Desk) -> None:
    desk.judge(desk.cora, "True")


@pytest.mark.parametrize("world", [one_has_judged, they_differ])
def test_no_view_tells_that_a_verdict_is_in(person, world):
    """That only one of two places is free is told; a view would say why."""

    def read_views(desk: Desk) -> dict[str, str]:
        browser, views = browser_of(desk.blind), [view for view in View if view]
        return {view: clean(browser.get(f"{url('review_queue')}?view={view}")) for view in views}

    assert differences(read_world(person, nobody_has_judged, read_views), read_world(person, world, read_views)) == []


@pytest.mark.parametrize("world", [one_said_false, they_differ])
def test_no_answer_to_an_act_tells_one_world_from_another(person, world):
    told_true = read_world(person, one_said_true, try_everything)
    assert differences(told_true, read_world(person, world, try_everything)) == []


# The other side: who may know does.


def read_claim(desk: Desk, who: Reviewer) -> str:
    return clean(browser_of(who).get(url("review_claim", desk.claim.pk)))


def test_who_has_judged_and_who_adjudicates_see_all(person):
    for_whom = read_world(
        person, they_differ, lambda desk: [read_claim(desk, who) for who in (desk.cora, desk.editor, desk.blind)]
    )
    assert ["grudge" in page for page in for_whom] == [True, True, False]
    assert ["secret.example" in page for page in for_whom] == [True, True, False]
    assert ["In adjudication" in page for page in for_whom] == [True, True, False]


def test_the_blind_read_that_there_is_more(person):
    page = read_world(person, one_said_true, lambda desk: read_claim(desk, desk.blind))
    assert "The rest of the history is shown once your verdict is in." in page
    assert "Evidence of colleagues is shown once your verdict is in." in page


def test_a_decision_opens_everything(person):
    def decide_and_read(desk: Desk) -> str:
        adjudicate_claim(desk.editor, desk.claim.pk, rating_called("False"), "The port's own books.")
        return read_claim(desk, desk.blind)

    page = read_world(person, they_differ, decide_and_read)
    assert ["grudge" in page, "secret.example" in page, "once your verdict is in" in page] == [True, True, False]
    assert not Claim.objects.exists()
