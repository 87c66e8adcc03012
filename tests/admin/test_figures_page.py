"""The page of figures: who gets it, what it says in words, and that it tells nothing of reviews that run."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin.figure_tables import MOST_PAIRS, say_coefficient, say_share, say_time
from claims.enums import ClaimKind, DismissalReason, Role
from claims.models import Assignment, Claim, Rating, RatingScale
from claims.review.assignments import lapse_expired, take_claim
from claims.review.closing import dismiss_claim
from tests.admin.pages import STRICT, inline_code, policy, url, words
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims
from tests.judging import adopt_seats, decide_three, judge

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(person):
    return person("sam", Role.REVIEWER)


@pytest.fixture
def page(desk, editor):
    """The page as the editor gets it."""

    def get(query: str = "", status: int = 200):
        answer = desk(editor).get(url("figures") + query)
        assert answer.status_code == status
        return answer

    return get


def rows(answer, caption: str) -> list[list[str]]:
    """The table of that name, as its readers see it: without what its numbers lead to."""
    table = next(t for t in answer.content.decode().split("<table")[1:] if f"<caption>{caption}</caption>" in t)
    lines = re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in line] for line in cells]


# Who gets it.


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_those_who_see_figures_find_the_page(request, desk, who):
    browser = desk(request.getfixturevalue(who))
    answer = browser.get(url("figures"))
    assert answer.status_code == 200
    assert f'<a href="{url("figures")}" aria-current="page">Figures</a>' in answer.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "producer"])
def test_others_are_told_whom_to_ask(request, desk, who):
    browser = desk(request.getfixturevalue(who))
    answer = browser.get(url("figures"))
    assert (answer.status_code, "This needs the role of editor or administrator" in words(answer)) == (403, True)
    assert url("figures") not in browser.get(url("index")).content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(url("figures")).url.startswith(url("login"))


def test_figures_are_only_read(desk, editor):
    assert desk(editor).post(url("figures")).status_code == 405


# What it says.


def test_an_empty_desk_is_told_what_will_stand_there(page):
    told = words(page())
    assert told.count("Here will stand") == 7
    assert "nan" not in told.lower().split()
    assert '<svg class="plot"' not in page().content.decode()


def test_agreement_in_words(page, reviewer, sam, editor, ratings):
    decide_three(reviewer, sam, editor, ratings)
    answer = page()
    for told in (
        "Rounds (n) 3",
        "Same rating 67%",
        "Alpha 0.44 Krippendorff’s alpha",
        "Alpha by order 0.44",
        "(n = 3)",
    ):
        assert told in words(answer)
    month = f"{timezone.now():%b %Y}"
    names = ["Rounds (n)", "Same rating", "Alpha", "Alpha by order", "of n"]
    assert rows(answer, "Months of the decision") == [["Month", *names], [month, "3", "67%", "0.44", "0.44", "3"]]
    assert rows(answer, "Pairs of reviewers")[1] == ["rita and sam", "3", "67%", "0.40", "0.44", "0.44", "3"]
    assert rows(answer, "Kinds of claims")[1] == ["Quantity", "3", "67%", "0.44", "0.44", "3"]
    assert 'aria-label="Agreement by the month of the decision"' in answer.content.decode()


def test_what_is_not_defined_says_so(page, reviewer, sam, editor, ratings):
    adopt_seats(editor, 2)
    judge(make_queued_claim(), {reviewer: ratings["True"], sam: ratings["True"]})
    undefined = ["not defined"] * 3
    assert rows(page(), "Pairs of reviewers")[1] == ["rita and sam", "1", "100%", *undefined, "1"]


def test_months_without_rounds_are_a_gap_in_the_plot_and_no_row(page, reviewer, sam, editor, ratings):
    first, second, _third = decide_three(reviewer, sam, editor, ratings)
    for claim, days in ((first, 80), (second, 10)):
        Claim.objects.filter(pk=claim.pk).update(decided_at=timezone.now() - timedelta(days=days))
    answer = page()
    assert len(rows(answer, "Months of the decision")) in (3, 4)
    assert answer.content.decode().count('<svg class="plot"') >= 2


def test_flow_in_words(page, reviewer, sam, ratings):
    decided, held, lost = make_queued_claims(3)
    event = make_queued_claim(article=make_article("It opened in 1999."), quote="1999", kind=ClaimKind.EVENT)
    event.seats.update(created_at=timezone.now() - timedelta(hours=3, minutes=20), is_overdue=True)
    judge(decided, {sam: ratings["True"]})
    take_claim(sam, held.pk)
    turn = take_claim(reviewer, lost.pk)
    Assignment.objects.filter(pk=turn.pk).update(expires_at=timezone.now())
    lapse_expired()
    answer = page()
    assert rows(answer, "Seats by kind of claim") == [
        ["Kind", "Open", "Taken", "Overdue", "Longest wait", "Half wait less than"],
        ["Quantity", "1", "1", "0", "under a minute", "under a minute"],
        ["Event", "1", "0", "1", "3 h 20 min", "3 h 20 min"],
        ["All", "2", "1", "1", "3 h 20 min", "1 h 40 min"],
    ]
    soon = ["under a minute"] * 2
    assert rows(answer, "Times by kind of claim")[1:] == [
        ["Quantity", "3", *soon, "1", *soon],
        ["All", "3", *soon, "1", *soon],
    ]
    assert rows(answer, "Day by day")[1] == [f"{timezone.now():%-d %b %Y}", "4", "1", "1", "0"]
    assert rows(answer, "Reviewers")[1:] == [["sam", "1", "1", "0"], ["rita", "0", "0", "1"]]


def test_ratings_in_words(page, reviewer, sam, editor, ratings):
    first, *_others = decide_three(reviewer, sam, editor, ratings)
    Claim.objects.filter(pk=first.pk).update(kind=ClaimKind.EVENT)
    answer = page()
    names = [one.name for one in sorted(ratings.values(), key=lambda one: one.position)]
    verdicts = {"True": ["1", "2", "3"], "False": ["3", "0", "3"]}
    decisions = {"True": ["0", "1", "1"], "False": ["2", "0", "2"]}
    for part, given, total in (("Verdicts", verdicts, ["4", "2", "6"]), ("Decisions", decisions, ["2", "1", "3"])):
        head, *told, last = rows(answer, f"{part} by rating and kind")
        assert (head, last) == (["Rating", "Quantity", "Event", "All"], ["All", *total])
        assert told == [[name, *given.get(name, ["0"] * 3)] for name in names]


def test_the_bars_of_ratings_have_the_colours_of_the_scale_and_their_names(page, reviewer, sam, editor, ratings):
    decide_three(reviewer, sam, editor, ratings)
    body = page().content.decode()
    plot = body[body.index('aria-label="Verdicts by rating"') :].partition("</svg>")[0]
    assert [f'class="of-rating rating-{rating.pk}"' in plot for rating in ratings.values()] == [True] * len(ratings)
    assert [f">{name}</text>" in plot for name in ratings] == [True] * len(ratings)


def test_a_rating_of_another_scale_that_was_given_is_told_with_its_scale(page, reviewer, editor, ratings):
    judge(make_queued_claim(), {reviewer: ratings["True"]})
    RatingScale.objects.filter(is_default=True).update(name="Old", is_default=False)
    scale = RatingScale.objects.create(name="New", is_default=True)
    Rating.objects.create(scale=scale, name="True", position=1, colour="#1b7837", meaning="It is so.")
    shown = rows(page(), "Verdicts by rating and kind")
    assert shown[1:] == [["True", "0", "0"], ["True (Old)", "1", "1"], ["All", "1", "1"]]


def test_dismissals_in_words(page, reviewer, editor, settings):
    settings.CLAIM_THRESHOLD = 0.55
    first, second = make_queued_claims(2)
    dismiss_claim(reviewer, first.pk, "Says who?", DismissalReason.OPINION)
    dismiss_claim(reviewer, second.pk, "It is.", DismissalReason.TRIVIAL)
    event = make_claim(
        article=make_article("It opened in 1999."), quote="1999", kind=ClaimKind.EVENT, check_worthiness=0.5
    )
    dismiss_claim(editor, event.pk, "Says who?", DismissalReason.OPINION)
    answer = page()
    assert rows(answer, "Dismissals by reason and kind") == [
        ["Reason", "Quantity", "Event", "All"],
        ["An opinion", "1", "1", "2"],
        ["Trivial", "1", "0", "1"],
        ["All", "2", "1", "3"],
    ]
    shown = rows(answer, "Judged claims at each threshold")
    assert shown[5:8] == [
        ["0.5", "0", "3", "100%", "0"],
        ["0.55 (the desk’s)", "0", "2", "100%", "0"],
        ["0.6", "0", "2", "100%", "0"],
    ]
    assert shown[-1] == ["0.9", "0", "0", "not defined", "0"]
    assert ">the desk’s threshold</text>" in answer.content.decode()


def test_more_pairs_than_a_page_holds_are_in_the_file(page, person, editor, ratings):
    people = [person(f"p{number}", Role.REVIEWER) for number in range(MOST_PAIRS + 2)]
    adopt_seats(editor, 2)
    claims = make_queued_claims(MOST_PAIRS + 1)
    for claim, one, other in zip(claims, people, people[1:], strict=False):
        judge(claim, {one: ratings["True"], other: ratings["True"]})
    answer = page()
    assert len(rows(answer, "Pairs of reviewers")) == MOST_PAIRS + 1
    assert "1 more pair is in the file." in words(answer)


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (None, "–"),
        (timedelta(seconds=29), "under a minute"),
        (timedelta(minutes=59, seconds=29), "59 min"),
        (timedelta(minutes=59, seconds=31), "1 h 0 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=2, hours=3, minutes=50), "2 d 3 h"),
    ],
)
def test_times_are_said_in_two_units(time, told):
    assert say_time(time) == told


def test_coefficients_and_shares_are_said_in_two_digits():
    assert [say_coefficient(value) for value in (None, 1.0, -0.204)] == ["not defined", "1.00", "−0.20"]
    assert [say_share(value) for value in (None, 0.0, 2 / 3)] == ["not defined", "0%", "67%"]


# The period, and the files.


def test_the_period_is_chosen_and_leads_to_the_same_files(page, reviewer, sam, editor, ratings):
    decide_three(reviewer, sam, editor, ratings)
    today = timezone.localdate()
    answer = page(f"?since={today - timedelta(days=1)}&until={today}")
    assert f'value="{today - timedelta(days=1)}"' in answer.content.decode()
    files = re.findall(r'href="(/api/v1/figures/[^"]+)"', answer.content.decode().replace("&amp;", "&"))
    assert len(files) == 9
    for file in files:
        assert file.endswith(f"since={today - timedelta(days=1)}&until={today}")
        sent = answer.client.get(file)
        assert (sent.status_code, sent["Content-Type"]) == (200, "text/csv; charset=utf-8")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?since=2026-03-02&until=2026-03-01", "The period begins after it ends"),
        ("?since=2001-01-01&until=2010-01-01", "at most five years"),
        ("?since=soon", "Enter a valid date."),
    ],
)
def test_what_is_no_period_is_explained_above_the_usual_one(page, query, told):
    answer = page(query, status=400)
    assert told in words(answer)
    assert f"to {timezone.localdate():%-d %b %Y}, both days included" in words(answer)


# What nobody learns, and what a browser blocks.


def test_nothing_of_reviews_that_run(page, reviewer, sam, editor, ratings):
    adopt_seats(editor, 2, adjudicated_by="administrator")
    claim = make_queued_claim()
    judge(claim, {reviewer: ratings["True"], sam: ratings["False"]})
    assert Claim.objects.get().status == "in_adjudication"
    told = words(page())
    assert "once a claim that two people judged is decided" in told
    assert "adjudication" not in told.lower()
    assert rows(page(), "Day by day")[1][1:] == ["1", "0", "0", "0"]


def test_the_page_is_strict_whatever_people_are_called(page, person, editor, ratings):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    people = [person(name, Role.REVIEWER) for name in ("one", "other")]
    for somebody in people:
        somebody.first_name = evil
        somebody.save()
    decide_three(*people, editor, ratings)
    dismiss_claim(editor, make_queued_claim().pk, evil)
    for query in ("", "?since=%3Cscript%3Ealert(1)%3C/script%3E"):
        answer = page(query, status=400 if query else 200)
        body = answer.content.decode()
        assert policy(answer) >= STRICT
        assert inline_code(answer) == []
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert body.count('<svg class="plot" role="img" aria-label=') == body.count("<title>") - 1 == 6


def test_the_number_of_queries_does_not_grow_with_the_rows(desk, person, reviewer, editor, ratings):
    adopt_seats(editor, 2)
    browser, counts = desk(editor), []
    for name in ("sam", "noor", "lena"):
        article = make_article(f"{name} saw 2 ships. {name} saw 3 boats. {name} saw 4 cars.")
        claims = [make_queued_claim(article=article, quote=quote) for quote in ("2 ships", "3 boats", "4 cars")]
        judge(claims[0], {reviewer: ratings["True"], person(name, Role.REVIEWER): ratings["True"]})
        take_claim(reviewer, claims[1].pk)
        dismiss_claim(editor, claims[2].pk, "No.")
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("figures"))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 25
