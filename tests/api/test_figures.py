"""The desk's figures over REST: as JSON, and to the byte as files for a spreadsheet."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.enums import DismissalReason, Role
from claims.models import Claim, Reviewer
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_queued_claim, make_queued_claims
from tests.judging import adopt_seats, decide_three, judge

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
REPORTS = ["agreement", "flow", "ratings", "dismissals"]
OF_ALL = {
    "group": "all",
    "reviewers": [],
    "rounds": 3,
    "share_agreeing": 0.6667,
    "cohens_kappa": None,
    "alpha_nominal": 0.4444,
    "ordinal_rounds": 3,
    "alpha_ordinal": 0.4444,
}


@pytest.fixture
def sam(person):
    return person("sam", Role.REVIEWER)


@pytest.fixture
def _three(reviewer, sam, editor, ratings) -> None:
    with time_machine.travel(NOW, tick=False):
        decide_three(reviewer, sam, editor, ratings)


@pytest.fixture
def ask(api, editor):
    """What the editor is answered at noon of 10 March 2026."""

    def get(path: str, **headers):
        client = api(editor)
        with time_machine.travel(NOW, tick=False):
            return client.get(f"/api/v1/figures/{path}", headers=headers)

    return get


# JSON.


@pytest.mark.usefixtures("_three")
def test_agreement(ask):
    expected = {"since": "2025-12-11", "until": "2026-03-10", "overall": OF_ALL, "groups": []}
    assert ask("agreement/").json() == expected
    assert ask("agreement/?by=&since=&until=").json() == expected
    assert ask("agreement/?by=month").json()["groups"] == [OF_ALL | {"group": "2026-03"}]
    assert ask("agreement/?by=kind").json()["groups"] == [OF_ALL | {"group": "quantity"}]
    pair = {"group": "rita / sam", "reviewers": ["rita", "sam"], "cohens_kappa": 0.4}
    assert ask("agreement/?by=pair").json()["groups"] == [OF_ALL | pair]


@pytest.mark.usefixtures("_three")
def test_what_is_not_defined_is_null(ask):
    nothing = dict.fromkeys(["share_agreeing", "cohens_kappa", "alpha_nominal", "alpha_ordinal"])
    answer = ask("agreement/?by=pair&until=2026-03-09").json()
    assert answer["overall"] == OF_ALL | nothing | {"rounds": 0, "ordinal_rounds": 0}
    assert answer["groups"] == []


def test_flow(ask, reviewer, ratings):
    with time_machine.travel(NOW - timedelta(hours=3), tick=False):
        first, *_rest = make_queued_claims(2)
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        judge(first, {reviewer: ratings["True"]})
    answer = ask("flow/?since=2026-03-09").json()
    took = {"count": 1, "median": 7200, "p90": 7200}
    row = {"open_seats": 1, "taken_seats": 0, "overdue_seats": 0, "oldest_wait": 10800, "median_wait": 10800}
    row |= {"to_take": took, "to_decide": took}
    nothing = {"queued": 0, "verdicts": 0, "decisions": 0, "dismissals": 0}
    assert answer == {
        "since": "2026-03-09",
        "until": "2026-03-10",
        "overall": {"kind": "all"} | row,
        "kinds": [{"kind": "quantity"} | row],
        "days": [
            {"day": "2026-03-09"} | nothing,
            {"day": "2026-03-10"} | nothing | {"queued": 2, "verdicts": 1, "decisions": 1},
        ],
        "reviewers": [{"username": "rita", "name": "", "verdicts": 1, "open_turns": 0, "lapsed_turns": 0}],
    }


def test_dismissals(ask, reviewer):
    with time_machine.travel(NOW, tick=False):
        claims = make_queued_claims(2)
        dismiss_claim(reviewer, claims[0].pk, "Says who?", DismissalReason.OPINION)
    answer = ask("dismissals/").json()
    assert answer["total"] == 1
    counts = {"quantity": 1, "event": 0, "causation": 0, "rule": 0, "prediction": 0, "experience": 0, "other": 0}
    assert answer["reasons"][0] == {"reason": "opinion", "total": 1, "kinds": counts}
    assert [row["reason"] for row in answer["reasons"]] == list(DismissalReason)
    assert [row["threshold"] for row in answer["thresholds"] if row["is_present"]] == [0.5]
    present = {"threshold": 0.5, "is_present": True, "worth": 0, "not_worth": 1, "share_dismissed": 1, "worth_below": 0}
    assert answer["thresholds"][4] == present


@pytest.mark.usefixtures("_three")
def test_ratings(ask, ratings):
    answer = ask("ratings/?since=2026-03-09").json()
    assert (answer["since"], answer["until"]) == ("2026-03-09", "2026-03-10")
    counted = {part: {row["rating"]: row["total"] for row in answer[part]} for part in ("verdicts", "decisions")}
    nothing = dict.fromkeys(ratings, 0)
    assert counted["verdicts"] == nothing | {"True": 3, "False": 3}
    assert counted["decisions"] == nothing | {"True": 1, "False": 2}
    counts = {"quantity": 3, "event": 0, "causation": 0, "rule": 0, "prediction": 0, "experience": 0, "other": 0}
    scale = answer["verdicts"][0]["scale"]
    assert answer["verdicts"][0] == {"rating": "True", "scale": scale, "total": 3, "kinds": counts}


# Files.


@pytest.mark.usefixtures("_three")
def test_agreement_as_a_file(ask):
    answer = ask("agreement.csv?by=pair")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="agreement.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content == (
        b"group,rounds,share_agreeing,cohens_kappa,alpha_nominal,ordinal_rounds,alpha_ordinal\r\n"
        b"all,3,0.6667,,0.4444,3,0.4444\r\n"
        b"rita / sam,3,0.6667,0.4,0.4444,3,0.4444\r\n"
    )


@pytest.mark.usefixtures("_three")
def test_flow_as_a_file(ask):
    assert ask("flow.csv?since=2026-03-09").content == (
        b"day,queued,verdicts,decisions,dismissals\r\n2026-03-09,0,0,0,0\r\n2026-03-10,3,6,3,0\r\n"
    )
    assert ask("flow.csv?by=reviewer").content == (
        b"username,name,verdicts,open_turns,lapsed_turns\r\nrita,,3,0,0\r\nsam,,3,0,0\r\n"
    )
    row = b",0,0,0,,,6,0,0,3,0,0\r\n"
    assert ask("flow.csv?by=kind").content == (
        b"kind,open_seats,taken_seats,overdue_seats,oldest_wait,median_wait,to_take_count,to_take_median,to_take_p90,"
        b"to_decide_count,to_decide_median,to_decide_p90\r\nall" + row + b"quantity" + row
    )


@pytest.mark.usefixtures("_three")
def test_ratings_as_a_file(ask):
    head, first, *_others = ask("ratings.csv").content.decode().splitlines()
    assert head == (
        "rating,scale,total,kinds_quantity,kinds_event,kinds_causation,kinds_rule,kinds_prediction,kinds_experience,"
        "kinds_other"
    )
    assert (first[:5], first[-16:]) == ("True,", ",3,3,0,0,0,0,0,0")
    assert ask("ratings.csv?by=decision").content.decode().splitlines()[1].endswith(",1,1,0,0,0,0,0,0")
    assert ask("ratings.csv?until=2026-03-09").content.decode().splitlines()[1].endswith(",0,0,0,0,0,0,0,0")


def test_dismissals_as_a_file(ask, reviewer):
    with time_machine.travel(NOW, tick=False):
        dismiss_claim(reviewer, make_queued_claim().pk, "Says who?", DismissalReason.OPINION)
    assert ask("dismissals.csv").content.startswith(
        b"reason,total,kinds_quantity,kinds_event,kinds_causation,kinds_rule,kinds_prediction,kinds_experience,"
        b"kinds_other\r\nopinion,1,1,0,0,0,0,0,0\r\nnot_checkable,0,0,0,0,0,0,0,0\r\n"
    )
    lines = ask("dismissals.csv?by=threshold").content.splitlines()
    assert lines[0] == b"threshold,is_present,worth,not_worth,share_dismissed,worth_below"
    assert lines[5:10:4] == [b"0.5,true,0,1,1.0,0", b"0.9,false,0,0,,0"]


def test_no_name_is_a_formula(ask, person):
    names = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", 'a "b", c', "Zoë"]
    for number, (name, claim) in enumerate(zip(names, make_queued_claims(7), strict=True)):
        somebody = person(f"{'@+-'[number % 3]}{number}", Role.REVIEWER)
        Reviewer.objects.filter(pk=somebody.pk).update(first_name=name)
        take_claim(somebody, claim.pk)
    with time_machine.travel(timezone.now()):
        lines = ask("flow.csv?by=reviewer").content.decode().split("\r\n")
    assert sorted(lines[1:-1]) == [
        "'+1,'+1,0,1,0",
        "'+4,x,0,1,0",  # a name loses its blanks
        "'-2,'-1,0,1,0",
        '\'-5,"a ""b"", c",0,1,0',
        "'@0,'=HYPERLINK(1),0,1,0",
        "'@3,'@SUM(1),0,1,0",
        "'@6,Zoë,0,1,0",
    ]


# What is refused.


@pytest.mark.parametrize(
    "query", ["since=2026-03-02&until=2026-03-01", "since=1999-01-01&until=1999-02-01", "since=2990-01-01"]
)
@pytest.mark.parametrize("report", [f"{name}{end}" for name in REPORTS for end in ("/", ".csv")])
def test_what_is_no_period_is_refused(ask, report, query):
    answer = ask(f"{report}?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "period"


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-02-30"])
def test_what_is_no_day_is_refused_by_its_name(ask, query):
    answer = ask(f"flow/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


@pytest.mark.parametrize("report", ["agreement/", "agreement.csv", "flow.csv", "ratings.csv", "dismissals.csv"])
def test_an_unknown_grouping_is_refused(ask, report):
    answer = ask(f"{report}?by=colour")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["by"])


def test_a_file_is_csv_and_nothing_else(ask):
    answer = ask("flow.csv", accept="application/xml")
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
    assert answer.json()["code"] == "not_acceptable"
    assert ask("flow.csv", accept="text/csv").status_code == 200


# What nobody learns.


@pytest.mark.parametrize("report", [f"{name}{end}" for name in REPORTS for end in ("/", ".csv")])
def test_nobody_who_could_judge_learns_of_verdicts_that_differ(ask, reviewer, sam, editor, ratings, report):
    with time_machine.travel(NOW, tick=False):
        adopt_seats(editor, 2, adjudicated_by="administrator")
        claim = make_queued_claim()
        turns = [take_claim(one, claim.pk) for one in (reviewer, sam)]
        before = ask(report).content
        for turn, rating in zip(turns, ("True", "False"), strict=True):
            record_verdict(turn.reviewer, turn.pk, turn.fence, rating=ratings[rating], explanation="So it is.")
    assert Claim.objects.get().status == "in_adjudication"
    assert ask(report).content == before


@pytest.mark.parametrize(
    "report", ["agreement/?by=pair", "agreement.csv?by=pair", "flow/", "flow.csv", "ratings/", "dismissals/"]
)
def test_figures_take_a_constant_number_of_queries(api, editor, reviewer, person, ratings, report):
    adopt_seats(editor, 2)
    counts = []
    for name in ("sam", "noor", "lena"):
        colleague = person(name, Role.REVIEWER)
        for claim in make_queued_claims_about(name):
            judge(claim, {reviewer: ratings["True"], colleague: ratings["True"]})
        with CaptureQueriesContext(connection) as queries:
            assert api(editor).get(f"/api/v1/figures/{report}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 12


def make_queued_claims_about(name: str) -> list[Claim]:
    article = make_article(f"{name} saw 2 ships. {name} saw 3 boats.")
    return [make_queued_claim(article=article, quote=quote) for quote in ("2 ships", "3 boats")]
