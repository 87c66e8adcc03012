"""The desk's policy: which rule a claim gets, what is no rule, and that a change is a new version."""

import pytest
import time_machine
from django.utils import timezone

from claims.enums import ClaimKind
from claims.exceptions import DeskError, NotPermitted
from claims.models import Claim, SignOffRule
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.policy import FIELDS, adopt_policy, choose_rule, rules_in_force
from claims.review.queue import queue_claim
from tests.factories import judge, make_article, make_claim, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db


def stands() -> list[tuple[int, int]]:
    """(policy, seats) of every rule there is."""
    return list(SignOffRule.objects.order_by("policy__number", "position").values_list("policy__number", "seats"))


# Which rule.


@pytest.mark.parametrize(
    ("kind", "check_worthiness", "position"),
    [
        ("quantity", 0.9, 1),
        ("quantity", 0.8, 1),
        ("quantity", 0.79, 3),
        ("event", 0.9, 2),
        ("event", 0.1, 2),
        ("other", 0.9, 3),
        ("other", 0.7, 3),
        ("other", 0.69, 4),
    ],
)
def test_the_first_rule_that_fits_a_claim_is_its_rule(editor, kind, check_worthiness, position):
    rules = [
        {"kind": "quantity", "min_check_worthiness": 0.8},
        {"kind": "event"},
        {"min_check_worthiness": 0.7},
        {},
    ]
    adopt_policy(editor, rules)
    claim = make_claim(kind=kind, check_worthiness=check_worthiness)
    assert choose_rule(list(rules_in_force()), claim).position == position
    assert queue_claim(claim.pk).rule.position == position


@pytest.mark.parametrize("kind", ClaimKind)
def test_the_last_rule_fits_a_claim_of_any_kind_that_deserves_nothing(editor, kind):
    adopt_policy(editor, [{"kind": "quantity", "min_check_worthiness": 1.0}, {}])
    claim = make_claim(kind=kind, check_worthiness=0.0)
    assert choose_rule(list(rules_in_force()), claim).position == 2


def test_a_rule_that_nobody_wrote_is_one_open_seat_for_three_days(editor):
    rule = adopt_policy(editor, [{}]).rules.get()
    assert {name: getattr(rule, name) for name in FIELDS} == {
        "kind": "",
        "min_check_worthiness": 0,
        "seats": 1,
        "agreeing": 1,
        "tolerance": 0,
        "is_blind": False,
        "adjudicated_by": "editor",
        "min_publishers": 0,
        "hours_to_decide": 72,
    }


# What is no rule.


@pytest.mark.parametrize("agreement", [(1, 1), (2, 2), (3, 2), (3, 3)])
def test_more_than_half_of_one_to_three_seats_agree(editor, agreement):
    seats, agreeing = agreement
    assert adopt_policy(editor, [{"seats": seats, "agreeing": agreeing}]).rules.get().agreeing == agreeing


@pytest.mark.parametrize(
    "rule",
    [
        {"seats": 0, "agreeing": 0},
        {"seats": 4, "agreeing": 3},
        {"seats": 2, "agreeing": 1},
        {"seats": 3, "agreeing": 1},
        {"seats": 1, "agreeing": 2},
        {"seats": 2, "agreeing": 3},
        {"seats": "many"},
        {"seats": None},
        {"tolerance": 2},
        {"tolerance": -1},
        {"adjudicated_by": "reviewer"},
        {"adjudicated_by": "producer"},
        {"adjudicated_by": ""},
        {"min_publishers": -1},
        {"hours_to_decide": 0},
        {"hours_to_decide": 8761},
        {"hours_to_decide": 2_000_000_000},
        {"is_blind": None},
        {"colour": "red"},
        {"policy": 1},
        {"position": 7},
    ],
    ids=str,
)
def test_what_is_no_rule_changes_nothing(editor, rule):
    with pytest.raises(DeskError, match=r"^Rule 1: ") as refusal:
        adopt_policy(editor, [rule, {}])
    assert refusal.value.code == "policy"
    assert stands() == [(1, 1)]


@pytest.mark.parametrize(
    "rule", [{"kind": "rumour"}, {"min_check_worthiness": -0.1}, {"min_check_worthiness": 1.1}], ids=str
)
def test_a_rule_names_the_rule_that_does_not_hold(editor, rule):
    with pytest.raises(DeskError, match=r"^Rule 2: "):
        adopt_policy(editor, [{}, rule, {}])
    assert stands() == [(1, 1)]


@pytest.mark.parametrize("rules", [[], [{"kind": "event"}], [{}, {"min_check_worthiness": 0.1}]], ids=str)
def test_a_policy_leaves_no_claim_without_a_rule(editor, rules):
    with pytest.raises(DeskError, match="The last rule must fit every claim") as refusal:
        adopt_policy(editor, rules)
    assert refusal.value.code == "policy"
    assert stands() == [(1, 1)]


def test_a_year_is_the_longest_that_a_claim_may_take(editor):
    adopt_policy(editor, [{"hours_to_decide": 8760}])
    with time_machine.travel("2026-01-01 12:00:00Z", tick=False):
        assert make_queued_claim().due_at.isoformat() == "2027-01-01T12:00:00+00:00"


# A change is a new version.


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_editors_and_administrators_adopt_a_policy(request, who):
    somebody = request.getfixturevalue(who)
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        policy = adopt_policy(somebody, [{"seats": 2, "agreeing": 2}], " Two pairs of eyes. ")
        assert policy.created_at == timezone.now()
    assert (policy.number, policy.note, policy.created_by) == (2, "Two pairs of eyes.", somebody)
    assert stands() == [(1, 1), (2, 2)]


@pytest.mark.parametrize("who", ["reviewer", "producer", "outsider"])
def test_nobody_else_adopts_a_policy(request, who):
    with pytest.raises(NotPermitted):
        adopt_policy(request.getfixturevalue(who), [{"seats": 2, "agreeing": 2}])
    assert stands() == [(1, 1)]


def test_the_rules_in_force_are_those_of_the_newest_policy_in_their_order(editor):
    adopt_policy(editor, [{"seats": 3, "agreeing": 3}])
    adopt_policy(editor, [{"kind": "event", "seats": 2, "agreeing": 2}, {"seats": 1}])
    assert [(rule.policy.number, rule.position, rule.seats) for rule in rules_in_force()] == [(3, 1, 2), (3, 2, 1)]


def test_a_long_note_is_cut(editor):
    assert len(adopt_policy(editor, [{}], "why " * 200).note) == 300


def test_a_claim_in_the_queue_keeps_its_rule_and_the_next_one_gets_the_new(reviewer):
    early = make_queued_claim()
    make_policy(seats=2, agreeing=2)
    late = make_queued_claim(article=early.article, quote="March 2019")
    assert [(claim.rule.policy.number, claim.seats.count()) for claim in (early, late)] == [(1, 1), (2, 2)]
    judge(reviewer, early, "False")
    judge(reviewer, late, "False")
    assert list(Claim.objects.order_by("id").values_list("status", flat=True)) == ["decided", "queued"]


def test_a_decision_says_by_which_rule_of_which_policy_it_came(reviewer, editor):
    adopt_policy(editor, [{"kind": "event"}, {"kind": "quantity"}, {}])
    claim = make_queued_claim()
    make_policy(seats=3, agreeing=3)
    verdict = judge(reviewer, claim, "False")
    event = claim.events.last()
    assert (event.kind, event.details) == (
        "decided",
        {"rating": "False", "verdicts": [verdict.pk], "policy": 2, "rule": 2},
    )


def test_a_claim_that_was_put_aside_comes_back_under_its_own_rule(editor):
    claim = make_queued_claim()
    dismiss_claim(editor, claim.pk, "An opinion.")
    make_policy(seats=2, agreeing=2)
    assert reopen_claim(editor, claim.pk, "It names a number.").rule.policy.number == 1


def test_a_reopened_decision_is_reviewed_under_the_policy_of_the_day(reviewer, editor):
    claim = make_queued_claim(article=make_article())
    judge(reviewer, claim, "False")
    make_policy(seats=2, agreeing=2)
    reopened = reopen_claim(editor, claim.pk, "New figures.")
    assert (reopened.rule.policy.number, claim.seats.filter(status="open").count()) == (2, 2)
