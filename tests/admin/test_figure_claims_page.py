"""Each number among the figures leads to the claims behind it, and to no others."""

import re
from collections import Counter
from datetime import date
from functools import cache
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.admin.figure_words import say_period
from claims.enums import Role
from claims.models import Claim, Reviewer
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.figure_claims import PAGE, Figure
from claims.review.period import Period
from claims.review.verdicts import record_verdict
from tests.admin.pages import STRICT, inline_code, policy, url, words
from tests.factories import make_queued_claim, make_queued_claims
from tests.figure_past import at, make_past
from tests.judging import adopt_seats, judge

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="(/admin/figures/claims/\?[^"]+)" aria-label="([^"]+)">([\d,]+)</a>')
EVER = "since=2026-01-01&until=2026-03-10"


@pytest.fixture
def past(person, ratings) -> dict[str, list[Claim]]:
    return make_past(person, ratings)


@pytest.fixture
def read(desk, editor_of):
    """A page as somebody gets it at NOW."""
    browser_of = cache(desk)

    def get(address: str, who: Reviewer | None = None, status: int = 200):
        with at(0):
            answer = browser_of(who or editor_of()).get(address)
        assert answer.status_code == status, address
        return answer

    return get


@pytest.fixture
def editor_of(person):
    """The editor, whom the past may have made already."""
    return lambda: Reviewer.objects.filter(username="edna").first() or person("edna", Role.EDITOR)


def numbers_of(answer) -> list[tuple[str, str, int]]:
    """Each number that leads somewhere: where, what it is called, and the number."""
    return [(unescape(where), unescape(name), int(n)) for where, name, n in LINK.findall(answer.content.decode())]


def listed(answer) -> list[int]:
    return [int(pk) for pk in re.findall(r'<tr data-claim="(\d+)">', answer.content.decode())]


def counts(answer) -> tuple[int, int]:
    """What the list says of itself: how many there are, on how many claims."""
    told = re.search(r"<p>(?:(\d+) \w+ on )?(\d+) claims?(?:\.|<)", answer.content.decode())
    return int(told[1] or told[2]), int(told[2])


def asked(figure: str, **query: object) -> str:
    return f"{url('figure_claims')}?figure={figure}&{EVER}" + "".join(f"&{name}={one}" for name, one in query.items())


# The numbers and the lists.


def test_each_number_is_that_of_the_claims_behind_it(past, read):
    numbers = numbers_of(read(f"{url('figures')}?{EVER}"))
    assert {parse_qs(urlsplit(where).query)["figure"][0] for where, *_ in numbers} == set(Figure)
    assert len(numbers) == 99
    for where, name, number in numbers:
        behind = read(where)
        claims = listed(behind)
        assert (where, *counts(behind)) == (where, number, len(set(claims)))
        assert len(set(claims)) == len(claims)
        assert name.startswith(f"{number}: ")
        assert unescape(behind.context["title"]).startswith(name.partition(": ")[2])


def test_each_row_of_a_table_adds_up_to_its_last_cell(past, read):
    """The claims of the parts are the claims of the whole."""
    for figure, groups in (("dismissed_claims", "reason"), ("verdicts", "rating"), ("decided_claims", "rating")):
        parts = Counter()
        found = numbers_of(read(f"{url('figures')}?{EVER}"))
        cells = [(parse_qs(urlsplit(where).query), where) for where, *_ in found]
        for query, where in cells:
            if query["figure"] == [figure] and groups in query and "kind" in query:
                parts.update(listed(read(where)))
        assert set(parts) == set(listed(read(asked(figure))))


def test_the_lists_hold_the_very_claims(past, read, ratings):
    alone, together, dismissed, waiting = past.values()
    rita, sam = (Reviewer.objects.get(username=name).pk for name in ("rita", "sam"))
    pks = {name: [claim.pk for claim in claims] for name, claims in past.items()}
    expected = {
        asked("open_seats"): {waiting[0].pk, waiting[2].pk, waiting[3].pk},
        asked("overdue_seats", kind="quantity"): {waiting[0].pk},
        asked("taken_seats"): {waiting[1].pk, waiting[3].pk},
        asked("decided_claims"): {*pks["alone"], *pks["together"]},
        asked("decided_claims", rating=ratings["False"].pk): {alone[1].pk, alone[2].pk, together[1].pk},
        asked("dismissed_claims", reason="opinion", kind="event"): {dismissed[1].pk},
        asked("dismissed_claims", reason="unknown"): {dismissed[3].pk},
        asked("dismissals", day="2026-03-06"): set(pks["dismissed"]),
        asked("queued", day="2026-03-07"): set(pks["waiting"]),
        asked("queued", day="2026-03-08"): set(),
        asked("decisions", day="2026-01-30"): set(pks["alone"]),
        asked("open_turns", reviewer=rita): {waiting[1].pk},
        asked("rounds", reviewer=rita, other=sam): set(pks["together"]),
        asked("rounds", month="2026-03-01", kind="event"): {together[1].pk},
        asked("ordinal_rounds"): {together[0].pk, together[1].pk, together[3].pk},
        asked("not_worth", threshold=0.3): set(pks["dismissed"]),
        asked("not_worth", threshold=0.4): set(),
        asked("worth", threshold=0.8): {*pks["alone"], *pks["together"]},
        asked("worth_below", threshold=0.9): {*pks["alone"], *pks["together"]},
    }
    assert {where: set(listed(read(where))) for where in expected} == expected


def test_a_list_says_what_it_lists_and_when(past, read):
    answer = read(asked("dismissed_claims", reason="opinion", kind="quantity"))
    assert "Dismissed claims: An opinion, Quantity, 1 January to 10 March 2026" in words(answer)
    (dismissed,) = listed(answer)
    told = words(answer)
    for one in ("1 claim ", "10 dismissed ships", "The Courier", "Dismissed", "6 Mar 2026, 12:00 UTC"):
        assert one in told
    body = answer.content.decode()
    assert f'href="{url("review_claim", dismissed)}"' in body
    assert f'href="{url("figures")}?since=2026-01-01&amp;until=2026-03-10">Figures of 1 January to' in body
    assert f'<a href="{url("figures")}" aria-current="page">Figures</a>' in body


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-03-10", "2026-03-10", "10 March 2026"),
        ("2026-03-01", "2026-03-10", "1 to 10 March 2026"),
        ("2026-02-01", "2026-03-10", "1 February to 10 March 2026"),
        ("2025-03-01", "2026-03-10", "1 March 2025 to 10 March 2026"),
    ],
)
def test_a_period_is_said_as_shortly_as_it_can_be(first, last, told):
    assert say_period(Period(date.fromisoformat(first), date.fromisoformat(last))) == told


def test_claims_that_were_counted_more_than_once_are_listed_once(past, read):
    answer = read(asked("verdicts"))
    assert "15 verdicts on 8 claims. Each claim is listed once, at the last of them." in words(answer)
    assert len(listed(answer)) == 8
    assert words(answer).count("2 verdicts") == 4
    assert "4 verdicts" in words(answer)
    seats = read(asked("open_seats"))
    assert ("5 seats on 3 claims" in words(seats), "Open seats, now" in words(seats)) == (True, True)


def test_the_latest_come_first(past, read):
    claims = listed(read(asked("decided_claims")))
    decided = dict(Claim.objects.values_list("pk", "decided_at"))
    assert claims == sorted(claims, key=lambda pk: (decided[pk], pk), reverse=True)


def test_nothing_is_behind_a_zero(past, read):
    body = read(f"{url('figures')}?{EVER}").content.decode()
    assert ">0</a>" not in body
    assert "<td>0</td>" in body


def test_fifty_come_to_a_page(editor, reviewer, desk):
    claims = make_queued_claims(PAGE + 2)
    browser = desk(editor)
    first = browser.get(f"{url('figure_claims')}?figure=open_seats")
    older = re.search(r'href="(\?[^"]+)" rel="next"', first.content.decode())
    second = browser.get(url("figure_claims") + unescape(older[1]))
    assert (len(listed(first)), len(listed(second)), counts(second)) == (PAGE, 2, (PAGE + 2, PAGE + 2))
    assert {*listed(first), *listed(second)} == {claim.pk for claim in claims}
    assert ('rel="prev"' in second.content.decode(), 'rel="next"' in second.content.decode()) == (True, False)
    beyond = browser.get(f"{url('figure_claims')}?figure=open_seats&page=9")
    assert "this page lies behind the last one" in words(beyond)


# Who gets it, and what they learn.


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("administrator", 200), ("reviewer", 403), ("producer", 403)]
)
def test_those_who_see_figures_see_their_claims(request, desk, who, status):
    answer = desk(request.getfixturevalue(who)).get(f"{url('figure_claims')}?figure=open_seats")
    assert (answer.status_code, "needs the role of editor or administrator" in words(answer)) == (status, status == 403)


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(f"{url('figure_claims')}?figure=open_seats").url.startswith(url("login"))


def test_lists_are_only_read(desk, editor):
    assert desk(editor).post(f"{url('figure_claims')}?figure=open_seats").status_code == 405


def everything_of(read, who: Reviewer) -> dict[str, str]:
    """The page of figures, and each list behind it, as the person reads them; and each that it might lead to."""
    figures = read(url("figures"), who)
    addresses = {where for where, *_ in numbers_of(figures)}
    addresses |= {f"{url('figure_claims')}?figure={figure}" for figure in Figure if "worth" not in figure}
    pages = {where: read(where, who) for where in addresses} | {"": figures}
    return {where: re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for where, page in
            pages.items()}  # fmt: skip


def test_who_could_still_judge_learns_nothing_of_verdicts(read, person, reviewer, editor, ratings):
    with at(1):
        sam = person("sam", Role.REVIEWER)
        adopt_seats(editor, 2, adjudicated_by="administrator")
        claim = make_queued_claim()
        turns = [take_claim(one, claim.pk) for one in (reviewer, sam)]
    before = everything_of(read, editor)
    with at(1):
        for turn, rating in zip(turns, ("True", "False"), strict=True):
            record_verdict(turn.reviewer, turn.pk, turn.fence, rating=ratings[rating], explanation="So it is.")
    assert Claim.objects.get().status == "in_adjudication"
    assert everything_of(read, editor) == before
    assert counts(read(f"{url('figure_claims')}?figure=queued", editor)) == (1, 1)


def test_a_number_and_its_list_are_of_what_each_may_see(read, reviewer, person, editor, administrator, ratings):
    with at(1):
        sam = person("sam", Role.REVIEWER)
        adopt_seats(editor, 3, agreeing=2)
        claim = make_queued_claim()
        judge(claim, {reviewer: ratings["True"]})
        take_claim(sam, claim.pk)
    address = f"{url('figure_claims')}?figure=verdicts"
    seen = {who: numbers_of(read(url("figures"), who)) for who in (editor, administrator)}
    assert ["verdicts" in str(seen[who]) for who in (editor, administrator)] == [False, True]
    assert listed(read(address, editor)) == []
    assert counts(read(address, administrator)) == (1, 1)
    # Nor is there anybody who has judged.
    unknown = read(f"{address}&reviewer={reviewer.pk}", editor, status=400)
    assert "Nobody of that number has a turn that counts here." in words(unknown)


def test_a_dismissal_that_a_blind_review_has_undone_is_not_told(read, editor, administrator):
    with at(1):
        adopt_seats(editor, 2)
        claim = make_queued_claim()
    with at(1, hours=1):
        dismiss_claim(editor, claim.pk, "Says who?")
    address = f"{url('figure_claims')}?figure=dismissals"
    assert [listed(read(address, who)) for who in (editor, administrator)] == [[claim.pk], [claim.pk]]
    with at(1, hours=2):
        reopen_claim(editor, claim.pk, "After all.")
    assert [listed(read(address, who)) for who in (editor, administrator)] == [[], [claim.pk]]


# What is asked for in vain.


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "figure: Say which."),
        ("figure=salaries", "The desk counts nothing of the name “salaries”."),
        ("figure=verdicts&since=soon", "since: Enter a valid date."),
        ("figure=verdicts&since=2026-03-02&until=2026-03-01", "The period begins after it ends"),
        ("figure=verdicts&since=2001-01-01&until=2010-01-01", "at most five years"),
        ("figure=verdicts&day=2026-02-30", "Enter a valid date."),
        ("figure=verdicts&since=2026-03-01&until=2026-03-02&day=2026-03-03", "is not in the period"),
        ("figure=rounds&since=2026-03-01&until=2026-03-02&month=2026-02-01", "is not in the period"),
        ("figure=rounds&since=2026-03-01&until=2026-03-02&month=2026-03-02", "A month is named by its first day."),
        ("figure=verdicts&kind=rumour", "There are no claims of the kind “rumour”."),
        ("figure=verdicts&reviewer=99999", "Nobody of that number has a turn"),
        ("figure=verdicts&reviewer=99999999999999999999999", "Nobody of that number has a turn"),
        ("figure=verdicts&reviewer=otto", "Nobody of that number has a turn"),
        ("figure=verdicts&rating=99999", "There is no rating of that number."),
        ("figure=verdicts&reason=trivial", "verdicts is not told by reason."),
        ("figure=dismissed_claims&reason=boredom", "No claim is dismissed for the reason “boredom”."),
        ("figure=open_seats&day=2026-03-01&until=2026-03-02", "open_seats is not told by day."),
        ("figure=worth", "Say at which threshold."),
        ("figure=worth&threshold=0.123", "The figures tell of no such threshold."),
        ("figure=worth&threshold=nan", "Enter a number."),
        ("figure=verdicts&page=0", "greater than or equal to 1"),
        ("figure=verdicts&page=999999999999999999999", "less than or equal to"),
        ("figure=%3Cscript%3Ealert(1)%3C/script%3E", "“<script>alert(1)</script>”"),
    ],
)
def test_what_is_no_figure_is_explained(read, query, told):
    answer = read(f"{url('figure_claims')}?{query}", status=400)
    assert told in words(answer)
    assert "<script>alert" not in answer.content.decode()
    assert f'<a href="{url("figures")}">Back to the figures</a>' in answer.content.decode()


def test_a_foreign_person_is_as_unknown_as_nobody(read, outsider, past):
    answer = read(asked("verdicts", reviewer=outsider.pk), status=400)
    assert "otto" not in words(answer)
    rita = Reviewer.objects.get(username="rita").pk
    assert "Agreement takes two" in words(read(asked("rounds", reviewer=rita), status=400))


def test_the_page_is_strict_whatever_a_claim_says(read, editor):
    evil = "<script>alert(1)</script>"
    with at(0):
        Claim.objects.filter(pk=make_queued_claim().pk).update(headline=evil)
    answer = read(f"{url('figure_claims')}?figure=open_seats")
    assert policy(answer) >= STRICT
    assert (inline_code(answer), evil in answer.content.decode()) == ([], False)


def test_the_number_of_queries_does_not_grow_with_the_rows(desk, past, editor_of):
    low, high = {"threshold": 0.3}, {"threshold": 0.9}
    thresholds = {Figure.WORTH: low, Figure.NOT_WORTH: low, Figure.WORTH_BELOW: high}
    taken = {}
    with at(0):
        browser = desk(editor_of())
        for figure in Figure:
            query = asked(figure, **thresholds.get(figure, {}))
            with CaptureQueriesContext(connection) as queries:
                assert listed(browser.get(query))
            taken[figure] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            browser.get(asked("queued", day="2026-03-07"))
    assert len(queries) == taken[Figure.QUEUED]
    assert max(taken.values()) <= 10
