"""A round of seats: they fill one by one, and the verdicts decide together, or early, or not at all."""

import pytest
import time_machine
from django.utils import timezone

from claims.exceptions import AlreadyTaken
from claims.models import Assignment, Claim, Rating, RatingScale, Reviewer, Verdict
from claims.review.assignments import lapse_expired, release_assignment, take_claim, take_next
from claims.review.queue import open_seats_for
from claims.review.rounds import begin_next_round
from claims.review.verdicts import record_verdict
from tests.factories import broken_at, hand_in, judge, make_claim, make_policy, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db

BLIND_PAIR = {"seats": 2, "agreeing": 2, "is_blind": True}
BLIND_THREE = {"seats": 3, "agreeing": 2, "is_blind": True}
OPEN_THREE = {"seats": 3, "agreeing": 2}


def status(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).status


def seats(claim: Claim) -> list[tuple[int, int, str]]:
    return list(claim.seats.order_by("number").values_list("number", "round", "status"))


def kinds(claim: Claim) -> list[str]:
    return list(claim.events.values_list("kind", flat=True))


# A review begins.


@pytest.mark.parametrize(("count", "agreeing"), [(1, 1), (2, 2), (3, 2)])
def test_a_claim_is_queued_with_the_seats_of_its_rule(count, agreeing):
    rule = make_policy(seats=count, agreeing=agreeing, hours_to_decide=5)
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        claim = make_queued_claim()
        now = timezone.now()
    claim.refresh_from_db()
    assert (claim.status, claim.rule, claim.round, claim.first_round, claim.escalation) == ("queued", rule, 1, 1, 0)
    assert (claim.review_began_at, claim.due_at.isoformat()) == (now, "2026-11-22T15:00:00+00:00")
    assert seats(claim) == [(number, 1, "open") for number in range(1, count + 1)]
    assert set(claim.seats.values_list("created_at", "is_overdue")) == {(now, False)}


def test_every_seat_of_a_claim_is_offered_before_the_next_claim(cora, carl, dora):
    make_policy(**BLIND_PAIR)
    better = make_queued_claim(check_worthiness=0.9)
    next_one = make_queued_claim(article=better.article, quote="March 2019", check_worthiness=0.8)
    assert [take_next(who).claim for who in (cora, carl, dora)] == [better, better, next_one]


def test_nobody_takes_two_seats_of_a_claim(cora):
    make_policy(**BLIND_PAIR)
    claim = make_queued_claim()
    turn = take_claim(cora, claim.pk)
    assert take_next(cora) is None
    hand_in(turn, "True")
    assert list(open_seats_for(cora)) == []
    with pytest.raises(AlreadyTaken, match=rf"cora already sits on this claim \(assignment {turn.pk}\)"):
        take_claim(cora, claim.pk)
    assert seats(claim) == [(1, 1, "filled"), (2, 1, "open")]


# Its status while the seats fill.


def test_a_claim_is_in_review_while_somebody_sits_there_and_queued_while_nobody_does(cora, carl):
    make_policy(**BLIND_PAIR)
    claim, statuses = make_queued_claim(), []
    first = take_claim(cora, claim.pk)
    statuses.append(status(claim))
    second = take_claim(carl, claim.pk)
    release_assignment(carl, second.pk)
    statuses.append(status(claim))
    hand_in(first, "True")
    statuses.append(status(claim))
    second = take_claim(carl, claim.pk)
    statuses.append(status(claim))
    hand_in(second, "True")
    assert [*statuses, status(claim)] == ["in_review", "in_review", "queued", "in_review", "decided"]
    assert kinds(claim)[2:] == [
        "taken",
        "taken",
        "released",
        "verdict_recorded",
        "taken",
        "verdict_recorded",
        "decided",
    ]
    assert broken_at(claim) is None


def test_a_verdict_beside_somebody_who_still_sits_there_leaves_the_claim_in_review(cora, carl):
    make_policy(**BLIND_PAIR)
    claim = make_queued_claim()
    first, second = take_claim(cora, claim.pk), take_claim(carl, claim.pk)
    hand_in(first, "True")
    assert (status(claim), seats(claim)) == ("in_review", [(1, 1, "filled"), (2, 1, "taken")])
    release_assignment(carl, second.pk)
    assert (status(claim), seats(claim)) == ("queued", [(1, 1, "filled"), (2, 1, "open")])


# What the verdicts decide.


def judge_all(claim: Claim, people: list[Reviewer], *names: str) -> list[Verdict]:
    return [judge(who, claim, name) for who, name in zip(people, names, strict=True)]


@pytest.mark.parametrize(
    ("rule", "names", "rating"),
    [
        ({"seats": 1}, ["Half true"], "Half true"),
        ({"seats": 2, "agreeing": 2}, ["True", "True"], "True"),
        ({"seats": 2, "agreeing": 2}, ["True", "Mostly true"], None),
        ({"seats": 2, "agreeing": 2, "tolerance": 1}, ["True", "Mostly true"], "Mostly true"),
        ({"seats": 2, "agreeing": 2, "tolerance": 1}, ["True", "Half true"], None),
        ({"seats": 2, "agreeing": 2, "tolerance": 1}, ["False", "Unverifiable"], None),
        ({"seats": 2, "agreeing": 2}, ["Unverifiable", "Unverifiable"], "Unverifiable"),
        ({"seats": 3, "agreeing": 2}, ["True", "False", "False"], "False"),
        ({"seats": 3, "agreeing": 2}, ["True", "Half true", "False"], None),
        ({"seats": 3, "agreeing": 3}, ["True", "True", "False"], None),
        ({"seats": 3, "agreeing": 3}, ["True", "True", "True"], "True"),
        ({"seats": 3, "agreeing": 3, "tolerance": 1}, ["True", "Mostly true", "Half true"], "Mostly true"),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_blind", [False, True], ids=["open", "blind"])
def test_the_verdicts_of_a_whole_round_decide_or_call_for_an_adjudicator(
    cora, carl, dora, rule, names, rating, is_blind
):
    made = make_policy(**rule, is_blind=is_blind)
    claim = make_queued_claim()
    verdicts = judge_all(claim, [cora, carl, dora][: len(names)], *names)
    claim.refresh_from_db()
    assert (claim.status, claim.rating and claim.rating.name) == ("decided" if rating else "in_adjudication", rating)
    event = claim.events.last()
    details = {"verdicts": [verdict.pk for verdict in verdicts], "policy": made.policy.number, "rule": 1}
    assert (event.kind, event.actor) == ("decided" if rating else "verdicts_differ", None)
    assert event.details == details | ({"rating": rating} if rating else {})


def test_steps_are_counted_by_value_whatever_the_place_on_the_page(cora, carl, ratings):
    """Another rating, put between two on the page, does not part them."""
    for position, name in enumerate(["True", "False", "Mostly true"], start=11):
        ratings[name].position = position
        ratings[name].save()
    make_policy(seats=2, agreeing=2, tolerance=1)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "Mostly true")
    assert status(claim) == "decided"


# Early, or not.


def test_a_blind_round_waits_for_its_last_verdict_though_enough_agree(cora, carl, dora):
    make_policy(**BLIND_THREE)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "True")
    assert (status(claim), seats(claim)[2], kinds(claim)[-1]) == ("queued", (3, 1, "open"), "verdict_recorded")
    judge(dora, claim, "False")
    assert (status(claim), Claim.objects.get().rating.name) == ("decided", "True")


def test_a_blind_round_waits_though_its_verdicts_differ_already(cora, carl):
    make_policy(seats=3, agreeing=3, is_blind=True)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "False")
    assert (status(claim), kinds(claim)[-1]) == ("queued", "verdict_recorded")


def test_an_open_round_ends_when_enough_agree_and_the_seat_left_is_withdrawn(cora, carl, dora):
    make_policy(**OPEN_THREE)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "True")
    assert (status(claim), seats(claim)) == ("decided", [(1, 1, "filled"), (2, 1, "filled"), (3, 1, "withdrawn")])
    assert take_next(dora) is None
    with pytest.raises(AlreadyTaken, match="The claim is decided and has no open seat"):
        take_claim(dora, claim.pk)


def test_an_open_round_ends_early_within_the_tolerance_too(cora, carl):
    make_policy(**OPEN_THREE, tolerance=1)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "Mostly true")
    assert Claim.objects.get().rating.name == "Mostly true"


def test_an_open_round_goes_on_while_too_few_agree(cora, carl, dora):
    make_policy(**OPEN_THREE)
    claim = make_queued_claim()
    judge_all(claim, [cora, carl], "True", "False")
    assert (status(claim), seats(claim)[2]) == ("queued", (3, 1, "open"))
    judge(dora, claim, "False")
    assert Claim.objects.get().rating.name == "False"


def test_nobodys_work_is_cut_off_by_an_early_decision(cora, carl, dora):
    make_policy(**OPEN_THREE)
    claim = make_queued_claim()
    at_work = take_claim(dora, claim.pk)
    judge_all(claim, [cora, carl], "True", "True")
    assert (status(claim), claim.rating) == ("in_review", None)
    hand_in(at_work, "False")
    assert (Claim.objects.get().rating.name, Verdict.objects.count()) == ("True", 3)


@pytest.mark.parametrize("leave", ["release", "lapse"])
def test_an_open_round_ends_when_the_last_one_at_work_leaves(cora, carl, dora, leave):
    make_policy(seats=3, agreeing=2)
    claim = make_queued_claim()
    working = take_claim(dora, claim.pk)
    for who in (cora, carl):
        judge(who, claim, "True")
    if leave == "release":
        release_assignment(dora, working.pk)
    else:
        Assignment.objects.filter(pk=working.pk).update(expires_at=timezone.now())
        lapse_expired()
    claim.refresh_from_db()
    assert (claim.status, claim.rating.name, broken_at(claim)) == ("decided", "True", None)
    assert list(claim.seats.order_by("number").values_list("status", flat=True)).count("filled") == 2
    assert not claim.seats.filter(status="open").exists()


def test_ratings_of_two_scales_agree_only_with_themselves(cora, carl, dora, ratings):
    """The desk has put another scale in the place of the first while people were judging."""
    make_policy(seats=3, agreeing=2, tolerance=1)
    claim = make_queued_claim()
    judge(cora, claim, "True")
    RatingScale.objects.update(is_default=False)
    other = RatingScale.objects.create(name="Short", is_default=True)
    for position, name in enumerate(("Right", "Nearly right"), 1):
        Rating.objects.create(
            scale=other, name=name, position=position, value=5 - position, colour="#000000", meaning="-"
        )
    for who, name in ((carl, "Right"), (dora, "Nearly right")):
        turn = take_claim(who, claim.pk)
        rating = Rating.objects.get(scale=other, name=name)
        record_verdict(who, turn.pk, turn.fence, rating=rating, explanation="So it is.")
    claim.refresh_from_db()
    assert claim.status == "in_adjudication"


def test_one_verdict_of_three_decides_nothing(cora):
    make_policy(**OPEN_THREE)
    claim = make_queued_claim()
    judge(cora, claim, "True")
    assert (status(claim), Claim.objects.get().rating) == ("queued", None)


def test_claims_do_not_count_each_others_verdicts(cora, carl):
    make_policy(**BLIND_PAIR)
    one, other = make_queued_claims(2)
    judge(cora, one, "True")
    judge(carl, other, "True")
    assert (status(one), status(other)) == ("queued", "queued")


# Another round of the same review.


def test_the_next_round_waits_at_the_place_of_the_first(editor, cora, carl):
    make_policy(**BLIND_PAIR)
    with time_machine.travel("2026-11-20 10:00:00Z", tick=False):
        claim = make_queued_claim()
        judge_all(claim, [cora, carl], "True", "False")
    claim.refresh_from_db()
    before = claim.seats.first().priority
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        begin_next_round(claim, "sent_back", actor=editor, reason="Look at the port's own figures.")
    claim.refresh_from_db()
    assert (claim.status, claim.round, claim.first_round) == ("queued", 2, 1)
    assert seats(claim)[2:] == [(3, 2, "open"), (4, 2, "open")]
    assert set(claim.seats.filter(round=2).values_list("priority", "created_at")) == {(before, claim.review_began_at)}
    assert claim.due_at.isoformat() == "2026-11-23T10:00:00+00:00"


def test_a_claim_that_was_never_queued_has_no_round():
    claim = make_claim()
    assert (claim.round, claim.rule, claim.due_at, claim.seats.count()) == (0, None, None, 0)
