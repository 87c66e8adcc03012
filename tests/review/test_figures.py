"""The desk's figures: exact numbers from small desks, and nothing of reviews that run."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.enums import ClaimKind, DismissalReason, EventKind, Role
from claims.exceptions import DeskError
from claims.lifecycle import move
from claims.models import Assignment, Claim, Rating, RatingScale, Seat
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.agreement_figures import By, agreement
from claims.review.assignments import lapse_expired, release_assignment, take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.dismissal_figures import Threshold, dismissals
from claims.review.figures import DayFlow, KindFlow, Spread, flow
from claims.review.found_claims import add_claim
from claims.review.period import Period, choose_period
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims
from tests.judging import adopt_seats, decide_three, judge

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def sam(person):
    return person("sam", Role.REVIEWER)


@pytest.fixture
def three(reviewer, sam, editor, ratings) -> list[Claim]:
    return decide_three(reviewer, sam, editor, ratings)


# The period.


def test_period_is_the_last_90_days():
    with time_machine.travel(NOW, tick=False):
        period = choose_period()
    assert period == Period(date(2025, 12, 11), date(2026, 3, 10))
    assert len(period.days()) == 90
    assert (period.since, period.until) == (datetime(2025, 12, 11, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC))


def test_period_goes_no_further_than_today():
    with time_machine.travel(NOW, tick=False):
        assert choose_period(date(2026, 3, 10), date(2999, 1, 1)) == Period(date(2026, 3, 10), date(2026, 3, 10))
        assert choose_period(until=date(2000, 1, 5)) == Period(date(2000, 1, 1), date(2000, 1, 5))


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2026, 3, 11), None),
        (date(1999, 12, 31), date(2000, 3, 1)),
        (date(2001, 1, 1), date(2010, 1, 1)),
        (date.min, date.min),
        (date.max, date.max),
        (None, date.min),
    ],
)
def test_what_is_no_period_is_refused(since, until):
    with time_machine.travel(NOW, tick=False), pytest.raises(DeskError) as refusal:
        choose_period(since, until)
    assert refusal.value.code == "period"


# Agreement.


def test_agreement_of_three_claims(three):
    overall = agreement(choose_period()).overall
    assert (overall.rounds, overall.ordinal_rounds, overall.kappa) == (3, 3, None)
    assert overall.share_agreeing == pytest.approx(2 / 3)
    assert overall.alpha_nominal == pytest.approx(4 / 9)
    assert overall.alpha_ordinal == pytest.approx(4 / 9)


def test_agreement_of_a_pair(three, reviewer, sam):
    (pair,) = agreement(choose_period(), By.PAIR).groups
    assert (set(pair.people), pair.rounds) == ({reviewer, sam}, 3)
    assert (pair.share_agreeing, pair.kappa) == (pytest.approx(2 / 3), pytest.approx(0.4))
    assert pair.alpha_nominal == pytest.approx(4 / 9)


def test_pairs_come_with_most_rounds_first_and_hold_only_what_the_two_said(reviewer, sam, editor, ratings):
    adopt_seats(editor, 3, agreeing=2)
    one, other = make_queued_claims(2)
    judge(one, {reviewer: ratings["True"], sam: ratings["True"], editor: ratings["False"]})
    adopt_seats(editor, 2)
    judge(reopened(other, editor), {reviewer: ratings["True"], sam: ratings["False"]})
    Claim.objects.filter(pk=other.pk).update(status="decided", rating=ratings["True"], decided_at=timezone.now())
    report = agreement(choose_period(), By.PAIR)
    shown = [({one.username for one in pair.people}, pair.rounds, pair.share_agreeing) for pair in report.groups]
    assert shown == [({"rita", "sam"}, 2, 0.5), ({"rita", "edna"}, 1, 0.0), ({"sam", "edna"}, 1, 0.0)]
    assert report.overall.share_agreeing == 1 / 4


def reopened(claim: Claim, editor) -> Claim:
    """The claim under the policy that holds now."""
    Claim.objects.filter(pk=claim.pk).update(status="decided", rating=Rating.objects.first(), decided_at=timezone.now())
    Seat.objects.filter(claim=claim).update(status="withdrawn")
    return reopen_claim(editor, claim.pk, "Once more.")


def test_agreement_by_kind(three):
    Claim.objects.filter(pk=three[2].pk).update(kind=ClaimKind.EVENT)
    quantity, event = agreement(choose_period(), By.KIND).groups
    assert (quantity.kind, quantity.rounds, quantity.share_agreeing, quantity.alpha_nominal) == (
        "quantity",
        2,
        1.0,
        1.0,
    )
    assert (event.kind, event.rounds, event.share_agreeing) == ("event", 1, 0.0)


def test_agreement_by_month_of_the_decision(three):
    for claim, day in zip(three, [31, 1, 28], strict=True):
        month = 1 if day == 31 else 2
        Claim.objects.filter(pk=claim.pk).update(decided_at=datetime(2026, month, day, 23, 59, tzinfo=UTC))
    with time_machine.travel(NOW, tick=False):
        months = agreement(choose_period(), By.MONTH).groups
        some = agreement(choose_period(date(2026, 2, 1), date(2026, 2, 27))).overall
    assert [(month.month, month.rounds, month.share_agreeing) for month in months] == [
        (date(2026, 1, 1), 1, 1.0),
        (date(2026, 2, 1), 2, 0.5),
    ]
    assert (some.rounds, some.share_agreeing) == (1, 1.0)


def test_only_ratings_with_a_place_on_the_desks_scale_are_ordinal(reviewer, sam, editor, ratings):
    adopt_seats(editor, 2)
    claims = make_queued_claims(2)
    judge(claims[0], {reviewer: ratings["Unverifiable"], sam: ratings["Unverifiable"]})
    judge(claims[1], {reviewer: ratings["True"], sam: ratings["True"]})
    overall = agreement(choose_period()).overall
    assert (overall.rounds, overall.alpha_nominal, overall.ordinal_rounds, overall.alpha_ordinal) == (2, 1.0, 1, None)
    RatingScale.objects.update(is_default=False)
    assert agreement(choose_period()).overall.ordinal_rounds == 0


def test_what_is_not_defined_is_none(reviewer, editor, ratings):
    assert agreement(choose_period(), By.PAIR).groups == []
    judge(make_queued_claim(), {reviewer: ratings["True"]})  # one verdict says nothing of agreement
    overall = agreement(choose_period()).overall
    shown = (overall.rounds, overall.share_agreeing, overall.alpha_nominal, overall.alpha_ordinal, overall.kappa)
    assert shown == (0, None, None, None, None)


def test_nothing_of_reviews_that_run(reviewer, sam, editor, ratings, three):
    differing, judged_once = (
        make_queued_claim(),
        make_queued_claim(quote="March 2019", article=make_article("March 2019")),
    )
    judge(differing, {reviewer: ratings["True"], sam: ratings["False"]})
    judge(judged_once, {reviewer: ratings["True"]})
    dismissed = make_queued_claim(quote="4 ships", article=make_article("4 ships"))
    judge(dismissed, {reviewer: ratings["True"], sam: ratings["False"]})
    dismiss_claim(editor, dismissed.pk, "An opinion.")
    assert [agreement(choose_period(), by).overall.rounds for by in By] == [3, 3, 3]
    reopen_claim(editor, three[0].pk, "The register was wrong.")
    assert agreement(choose_period()).overall.rounds == 2


def test_every_round_of_a_decided_claim_counts(person, reviewer, sam, editor, ratings):
    adopt_seats(editor, 2)
    noor, lena = person("noor", Role.REVIEWER), person("lena", Role.REVIEWER)
    claim = make_queued_claim()
    judge(claim, {reviewer: ratings["True"], sam: ratings["False"]})
    send_to_another_round(editor, claim.pk, "Look at the register.")
    judge(claim, {noor: ratings["False"], lena: ratings["False"]})
    overall = agreement(choose_period()).overall
    assert (Claim.objects.get().status, overall.rounds, overall.share_agreeing) == ("decided", 2, 0.5)


# Flow.


def test_flow_of_an_empty_desk(editor):
    shown = flow(editor, choose_period())
    assert (shown.overall, shown.kinds, shown.reviewers, len(shown.days)) == (KindFlow(""), [], [], 90)


def test_queue_as_it_stands(reviewer, editor):
    with time_machine.travel(NOW - timedelta(hours=9), tick=False):
        first, *_rest = make_queued_claims(2)
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        article = make_article("It opened in 1999.")
        make_queued_claim(article=article, quote="1999", kind=ClaimKind.EVENT)
    Seat.objects.filter(claim=first).update(is_overdue=True)
    with time_machine.travel(NOW, tick=False):
        take_claim(reviewer, first.pk)
        shown = flow(editor, choose_period())
    nine, one = timedelta(hours=9), timedelta(hours=1)
    took = Spread(1, nine, nine)
    quantity = KindFlow("quantity", open=1, taken=1, overdue=1, oldest=nine, median_wait=nine, to_take=took)
    event = KindFlow("event", open=1, oldest=one, median_wait=one)
    assert shown.kinds == [quantity, event]
    overall = {"open": 2, "taken": 1, "overdue": 1, "oldest": nine, "median_wait": timedelta(hours=5), "to_take": took}
    assert shown.overall == KindFlow("", **overall)


def test_times_are_told_by_their_half_and_their_ninth_tenth(reviewer, ratings, editor):
    with time_machine.travel(NOW - timedelta(hours=20), tick=False):
        claims = make_queued_claims(11)
    for hours, claim in enumerate(claims):
        with time_machine.travel(NOW - timedelta(hours=20 - hours), tick=False):
            turn = take_claim(reviewer, claim.pk)
            release_assignment(reviewer, turn.pk)  # only the first taking counts
        with time_machine.travel(NOW - timedelta(hours=19 - hours), tick=False):
            judge(claim, {reviewer: ratings["True"]})
    with time_machine.travel(NOW, tick=False):
        overall = flow(editor, choose_period()).overall
        before = flow(editor, choose_period(until=date(2026, 3, 8))).overall
    assert overall.to_take == Spread(11, timedelta(hours=5), timedelta(hours=9))
    assert overall.to_decide == Spread(11, timedelta(hours=6), timedelta(hours=10))
    assert (before.to_take, before.to_decide) == (Spread(), Spread())


def test_seats_of_later_rounds_are_no_time_to_take(person, reviewer, sam, editor, ratings):
    adopt_seats(editor, 2)
    claim = make_queued_claim()
    judge(claim, {reviewer: ratings["True"], sam: ratings["False"]})
    send_to_another_round_with_two_more(person, editor, claim)
    judge(claim, {person("noor", Role.REVIEWER): ratings["True"], person("lena", Role.REVIEWER): ratings["True"]})
    assert flow(editor, choose_period()).overall.to_take.count == 2


def send_to_another_round_with_two_more(person, editor, claim: Claim) -> None:
    for name in ("mara", "nils"):
        person(name, Role.REVIEWER)
    send_to_another_round(editor, claim.pk, "Look at the register.")


def test_what_happened_day_by_day(reviewer, editor, ratings):
    with time_machine.travel(NOW - timedelta(days=2), tick=False):
        first, second, third = make_queued_claims(3)
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        judge(first, {reviewer: ratings["True"]})
        dismiss_claim(editor, second.pk, "An opinion.")
    with time_machine.travel(NOW, tick=False):
        retired = make_claim(article=make_article("Some 7 ships."), quote="7 ships")
        move(retired.pk, "dismissed", EventKind.RETIRED, reason="A newer extractor does not find it.")
        judge(third, {reviewer: ratings["True"]})
        days = flow(editor, choose_period(date(2026, 3, 7))).days
    assert days == [
        DayFlow(date(2026, 3, 7)),
        DayFlow(date(2026, 3, 8), queued=3),
        DayFlow(date(2026, 3, 9), verdicts=1, decisions=1, dismissals=1),
        DayFlow(date(2026, 3, 10), verdicts=1, decisions=1),
    ]


def test_who_did_what(reviewer, sam, editor, ratings):
    first, second, third = make_queued_claims(3)
    judge(first, {sam: ratings["True"]})
    take_claim(sam, second.pk)
    lost = take_claim(reviewer, third.pk)
    Assignment.objects.filter(pk=lost.pk).update(expires_at=timezone.now())
    lapse_expired()
    shown = flow(editor, choose_period()).reviewers
    assert [(row.person.username, row.verdicts, row.open_turns, row.lapsed_turns) for row in shown] == [
        ("sam", 1, 1, 0),
        ("rita", 0, 0, 1),
    ]


def test_flow_tells_the_blind_nothing_of_verdicts_that_are_in(reviewer, sam, editor, administrator, ratings):
    """Under a rule that leaves adjudication to others, an editor could still judge."""
    adopt_seats(editor, 2, adjudicated_by="administrator")
    claim = make_queued_claim()
    before = flow(editor, choose_period())
    judge(claim, {reviewer: ratings["True"], sam: ratings["False"]})
    assert Claim.objects.get().status == "in_adjudication"
    after, told = flow(editor, choose_period()), flow(administrator, choose_period())
    assert (after.days, after.reviewers, after.overall.taken) == (before.days, [], 0)
    assert (told.days[-1].verdicts, [row.verdicts for row in told.reviewers]) == (2, [1, 1])
    adjudicate_claim(administrator, claim.pk, ratings["True"], "The register says so.")
    assert flow(editor, choose_period()).days == flow(administrator, choose_period()).days


# Dismissals and the threshold.


def test_dismissals_by_reason_and_kind(reviewer, editor):
    claims = make_queued_claims(4)
    for claim, reason in zip(claims[:3], ["opinion", "opinion", "trivial"], strict=True):
        dismiss_claim(reviewer, claim.pk, "Not for us.", DismissalReason(reason))
    event = make_claim(article=make_article("It opened in 1999."), quote="1999", kind=ClaimKind.EVENT)
    dismiss_claim(editor, event.pk, "An opinion.", DismissalReason.OPINION)
    Claim.objects.filter(pk=claims[2].pk).update(dismissed_as="")  # as before reasons had names
    reopen_claim(reviewer, claims[1].pk, "It has a figure.")
    shown = dismissals(editor, choose_period())
    assert {row.reason: dict(row.kinds) for row in shown.reasons if row.kinds} == {
        "opinion": {"quantity": 1, "event": 1},
        "": {"quantity": 1},
    }
    assert [row.reason for row in shown.reasons] == [*DismissalReason, ""]
    assert (shown.total, dict(shown.kinds)) == (3, {"quantity": 2, "event": 1})


def test_a_claim_dismissed_again_counts_when_it_was_dismissed_last(reviewer, editor):
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        claim = make_queued_claim()
        dismiss_claim(reviewer, claim.pk, "Not for us.", DismissalReason.TRIVIAL)
        reopen_claim(reviewer, claim.pk, "Or is it?")
    with time_machine.travel(NOW, tick=False):
        dismiss_claim(reviewer, claim.pk, "No.", DismissalReason.OPINION)
        totals = [dismissals(editor, choose_period(until=date(2026, 3, day))).total for day in (9, 10)]
    assert totals == [0, 1]


def test_thresholds_over_what_people_judged(reviewer, editor, ratings, settings):
    settings.CLAIM_THRESHOLD = 0.55
    judged = [(0.3, "not worth"), (0.55, "not worth"), (0.7, "worth"), (0.5, "worth"), (0.9, "nobody judged it")]
    for number, (worth, judgement) in enumerate(judged, start=10):
        article = make_article(f"Some {number} ships.")
        claim = make_queued_claim(article=article, quote=f"{number} ships", check_worthiness=worth)
        if judgement == "worth":
            judge(claim, {reviewer: ratings["True"]})
        elif judgement == "not worth":
            dismiss_claim(editor, claim.pk, "Not for us.")
    add_claim(reviewer, article, 0, 4)  # no threshold keeps it out
    rows = {row.threshold: row for row in dismissals(editor, choose_period()).thresholds}
    assert list(rows) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9]
    assert rows[0.3] == Threshold(0.3, False, worth=2, not_worth=2, worth_below=0)
    assert rows[0.4] == rows[0.5]._replace(threshold=0.4) == Threshold(0.4, False, 2, 1, 0)
    assert rows[0.55] == Threshold(0.55, True, worth=1, not_worth=1, worth_below=1)
    assert rows[0.7] == Threshold(0.7, False, worth=1, not_worth=0, worth_below=1)
    shares = [rows[one].share_dismissed for one in (0.3, 0.55, 0.7, 0.9)]
    assert shares == [0.5, 0.5, 0.0, None]


def test_a_present_threshold_on_the_grid_is_not_told_twice(editor):
    rows = dismissals(editor, choose_period()).thresholds
    assert [row.threshold for row in rows if row.is_present] == [0.5]
    assert len(rows) == 9


def test_thresholds_tell_the_blind_nothing_of_verdicts_that_are_in(reviewer, editor, administrator, ratings):
    adopt_seats(editor, 2)
    claim = make_queued_claim()
    judge(claim, {reviewer: ratings["True"]})
    worth = [dismissals(who, choose_period()).thresholds[0].worth for who in (editor, reviewer, administrator)]
    assert worth == [0, 1, 1]
    dismiss_claim(editor, claim.pk, "An opinion.")
    assert dismissals(editor, choose_period()).thresholds[0].not_worth == 1


# Queries.


@pytest.mark.parametrize("what", ["agreement", "flow", "dismissals"])
def test_figures_take_a_constant_number_of_queries(person, reviewer, sam, editor, ratings, what):
    adopt_seats(editor, 2)
    calls = {
        "agreement": lambda: [agreement(choose_period(), by) for by in By],
        "flow": lambda: flow(editor, choose_period()),
        "dismissals": lambda: dismissals(editor, choose_period()),
    }
    counts = []
    for number, judge_too in enumerate([reviewer, person("noor", Role.REVIEWER), person("lena", Role.REVIEWER)]):
        for kind in list(ClaimKind)[: number + 1]:
            article = make_article(f"{number} ships of {kind}. 2 boats")
            judge(make_queued_claim(article=article, quote=str(number), kind=kind), dict.fromkeys(
                (judge_too, sam), ratings["True"]))  # fmt: skip
            dismiss_claim(editor, make_queued_claim(article=article, quote="2 boats", kind=kind).pk, "No.")
        with CaptureQueriesContext(connection) as queries:
            calls[what]()
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 12
