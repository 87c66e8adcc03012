"""Where verdicts differ: who decides, who is asked again, and who may do neither."""

import pytest
import time_machine
from django.utils import timezone

from claims.enums import Role
from claims.exceptions import AlreadyTaken, Conflict, DeskError, MoveRefused, NotPermitted
from claims.models import Claim, Reviewer
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.assignments import take_claim, take_next
from claims.review.queue import open_seats_for
from tests.factories import broken_at, judge, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
WHY = "The port's own figures settle it."
PAIR = {"seats": 2, "agreeing": 2}


@pytest.fixture
def differing(cora, carl):
    """Makes a claim on which cora and carl differ."""

    def make(**rule) -> Claim:
        make_policy(**PAIR | {"is_blind": True} | rule)
        claim = make_queued_claim()
        judge(cora, claim, "True")
        judge(carl, claim, "False")
        return claim

    return make


def stands(claim: Claim) -> tuple[str, int, int, str]:
    """Status, round, number of seats, and the kind of the last event."""
    claim = Claim.objects.get(pk=claim.pk)
    return claim.status, claim.round, claim.seats.count(), claim.events.last().kind


UNTOUCHED = ("in_adjudication", 1, 2, "verdicts_differ")


# Deciding.


@pytest.mark.parametrize("name", ["True", "False", "Half true", "Unverifiable"])
def test_an_editor_decides_with_a_reason_and_any_rating(differing, editor, ratings, name):
    claim = differing()
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        adjudicate_claim(editor, claim.pk, ratings[name], f" {WHY} ")
        now = timezone.now()
    claim.refresh_from_db()
    assert (claim.status, claim.rating, claim.decided_at) == ("decided", ratings[name], now)
    event = claim.events.last()
    verdicts = sorted(claim.assignments.values_list("verdict", flat=True))
    assert (event.kind, event.actor, event.reason, event.at) == ("adjudicated", editor, WHY, now)
    assert event.details == {"rating": name, "verdicts": verdicts, "policy": 2, "rule": 1}
    assert broken_at(claim) is None


@pytest.mark.parametrize("reason", ["", " \n"])
@pytest.mark.parametrize(
    "act",
    [
        lambda editor, claim, ratings, reason: adjudicate_claim(editor, claim.pk, ratings["True"], reason),
        lambda editor, claim, ratings, reason: send_to_another_round(editor, claim.pk, reason),
    ],
    ids=["decide", "send back"],
)
def test_adjudication_needs_a_reason(differing, editor, ratings, dora, dirk, act, reason):
    claim = differing()
    with pytest.raises(DeskError) as refusal:
        act(editor, claim, ratings, reason)
    assert refusal.value.code == "reason_needed"
    assert stands(claim) == UNTOUCHED


def refuses(person: Reviewer, claim: Claim, ratings) -> bool:
    """Both ways of adjudicating, neither of which leaves a trace."""
    with pytest.raises(NotPermitted):
        adjudicate_claim(person, claim.pk, ratings["True"], WHY)
    with pytest.raises(NotPermitted):
        send_to_another_round(person, claim.pk, WHY)
    return stands(claim) == UNTOUCHED


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_where_editors_adjudicate_nobody_else_does(differing, request, ratings, editor, dora, dirk, who):
    claim = differing(adjudicated_by="editor")
    assert refuses(request.getfixturevalue(who), claim, ratings)
    assert adjudicate_claim(editor, claim.pk, ratings["True"], WHY).status == "decided"


@pytest.mark.parametrize("who", ["reviewer", "producer", "editor", "outsider"])
def test_where_administrators_adjudicate_nobody_else_does(differing, request, ratings, administrator, dora, dirk, who):
    claim = differing(adjudicated_by="administrator")
    assert refuses(request.getfixturevalue(who), claim, ratings)
    assert adjudicate_claim(administrator, claim.pk, ratings["True"], WHY).status == "decided"


def test_nobody_adjudicates_their_own_verdict(editor, other_editor, cora, reviewer, dora, ratings):
    make_policy(**PAIR)
    claim = make_queued_claim()
    judge(editor, claim, "True")
    judge(cora, claim, "False")
    assert refuses(editor, claim, ratings)
    assert adjudicate_claim(other_editor, claim.pk, ratings["True"], WHY).status == "decided"


def test_nobody_adjudicates_a_claim_they_added(editor, other_editor, cora, carl, dora, dirk, ratings):
    make_policy(**PAIR)
    claim = make_queued_claim(added_by=editor)
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    assert refuses(editor, claim, ratings)
    assert adjudicate_claim(other_editor, claim.pk, ratings["True"], WHY).status == "decided"


def test_there_is_nothing_to_adjudicate_before_all_verdicts_are_in_and_where_they_agree(
    editor, ratings, cora, carl, dora, dirk
):
    make_policy(**PAIR)
    claim = make_queued_claim()
    for judged in (lambda: None, lambda: judge(cora, claim, "True"), lambda: judge(carl, claim, "True")):
        judged()
        with pytest.raises(MoveRefused, match="nothing to adjudicate"):
            adjudicate_claim(editor, claim.pk, ratings["False"], WHY)
        with pytest.raises(MoveRefused, match="nothing to adjudicate"):
            send_to_another_round(editor, claim.pk, WHY)
    assert (Claim.objects.get().rating.name, Claim.objects.get().round) == ("True", 1)


def test_a_claim_is_adjudicated_once(differing, editor, other_editor, ratings):
    claim = differing()
    adjudicate_claim(editor, claim.pk, ratings["True"], WHY)
    with pytest.raises(MoveRefused):
        adjudicate_claim(other_editor, claim.pk, ratings["False"], WHY)
    assert Claim.objects.get().rating.name == "True"


def test_a_claim_in_adjudication_has_no_seat_left(differing, dora):
    claim = differing()
    assert take_next(dora) is None
    with pytest.raises(AlreadyTaken):
        take_claim(dora, claim.pk)


# Asking others.


def test_another_round_is_the_same_review_with_fresh_seats(differing, editor, dora, dirk):
    claim = differing()
    before = Claim.objects.get()
    send_to_another_round(editor, claim.pk, f" {WHY} ")
    claim.refresh_from_db()
    assert stands(claim) == ("queued", 2, 4, "sent_back")
    same = ("rule", "review_began_at", "due_at", "first_round", "escalation")
    assert [getattr(claim, name) for name in same] == [getattr(before, name) for name in same]
    assert list(claim.seats.values_list("number", "round", "status")) == [
        (1, 1, "filled"),
        (2, 1, "filled"),
        (3, 2, "open"),
        (4, 2, "open"),
    ]
    event = claim.events.last()
    verdicts = sorted(claim.assignments.values_list("verdict", flat=True))
    assert (event.actor, event.reason, event.details) == (editor, WHY, {"verdicts": verdicts, "policy": 2, "rule": 1})
    assert broken_at(claim) is None


def test_a_later_round_is_for_people_who_have_not_judged(differing, editor, cora, carl, dora, dirk):
    claim = differing()
    send_to_another_round(editor, claim.pk, WHY)
    assert [take_next(who) for who in (cora, carl)] == [None, None]
    with pytest.raises(AlreadyTaken, match="cora already sits on this claim"):
        take_claim(cora, claim.pk)
    assert [take_next(who).claim for who in (dora, dirk)] == [claim, claim]


def test_in_a_blind_later_round_no_adjudicator_sits(differing, editor, other_editor, dora, dirk):
    claim = differing()
    assert open_seats_for(dora).count() == 0
    send_to_another_round(editor, claim.pk, WHY)
    for somebody in (editor, other_editor):
        assert take_next(somebody) is None
        with pytest.raises(AlreadyTaken, match="has adjudicated this claim; another one judges it"):
            take_claim(somebody, claim.pk)
    assert open_seats_for(dora).count() == 2


def test_editors_sit_in_a_blind_later_round_that_administrators_adjudicate(differing, administrator, editor, dora):
    claim = differing(adjudicated_by="administrator")
    send_to_another_round(administrator, claim.pk, WHY)
    assert take_next(editor).claim == claim


def test_in_a_blind_first_round_editors_sit_as_anybody(editor):
    make_policy(**PAIR, is_blind=True)
    claim = make_queued_claim()
    assert take_next(editor).claim == claim


def test_in_an_open_later_round_an_editor_sits_and_then_adjudicates_no_more(
    differing, editor, other_editor, dora, ratings
):
    claim = differing(is_blind=False)
    send_to_another_round(editor, claim.pk, WHY)
    judge(editor, claim, "True")
    judge(dora, claim, "False")
    with pytest.raises(NotPermitted):
        adjudicate_claim(editor, claim.pk, ratings["True"], WHY)
    assert adjudicate_claim(other_editor, claim.pk, ratings["True"], WHY).status == "decided"


@pytest.mark.parametrize(("names", "outcome"), [(["False", "False"], "False"), (["True", "Half true"], None)])
def test_the_verdicts_of_the_later_round_alone_decide(differing, editor, dora, dirk, names, outcome):
    claim = differing()
    send_to_another_round(editor, claim.pk, WHY)
    later = [judge(who, claim, name).pk for who, name in zip((dora, dirk), names, strict=True)]
    claim.refresh_from_db()
    assert (claim.status, claim.rating and claim.rating.name) == ("decided" if outcome else "in_adjudication", outcome)
    assert claim.events.last().details["verdicts"] == later


def test_who_sent_a_claim_back_may_decide_it_when_verdicts_differ_again(differing, editor, dora, dirk, ratings):
    claim = differing()
    send_to_another_round(editor, claim.pk, WHY)
    judge(dora, claim, "True")
    with pytest.raises(MoveRefused):
        adjudicate_claim(editor, claim.pk, ratings["True"], WHY)
    judge(dirk, claim, "False")
    assert adjudicate_claim(editor, claim.pk, ratings["True"], WHY).round == 2


# Too few are left.


def too_few(editor: Reviewer, claim: Claim, left: int) -> bool:
    with pytest.raises(Conflict, match=f"Another round needs 2 people .* there are {left}") as refusal:
        send_to_another_round(editor, claim.pk, WHY)
    return (refusal.value.code, stands(claim)) == ("too_few_people", UNTOUCHED)


def test_another_round_needs_as_many_people_who_have_not_judged(differing, editor, dora, request):
    claim = differing()
    assert too_few(editor, claim, left=1)
    request.getfixturevalue("dirk")
    assert send_to_another_round(editor, claim.pk, WHY).round == 2


def test_adjudicators_are_people_for_another_round_only_where_it_is_open(differing, editor, other_editor, dora):
    claim = differing()
    assert too_few(editor, claim, left=1)
    dora.delete()
    Claim.objects.filter(pk=claim.pk).update(rule=make_policy(**PAIR))
    assert send_to_another_round(editor, claim.pk, WHY).round == 2


@pytest.mark.parametrize("role", [Role.PRODUCER, Role.ADMINISTRATOR])
def test_who_judges_no_claims_is_nobody_for_another_round(differing, editor, dora, person, role):
    claim = differing()
    person("nora", role)
    assert too_few(editor, claim, left=1)


def test_who_has_left_is_nobody_for_another_round(differing, editor, dora, dirk):
    claim = differing()
    Reviewer.objects.filter(pk=dirk.pk).update(is_active=False)
    assert too_few(editor, claim, left=1)


def test_who_added_the_claim_is_nobody_for_another_round(editor, cora, carl, dora, dirk):
    make_policy(**PAIR, is_blind=True)
    claim = make_queued_claim(added_by=dirk)
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    assert too_few(editor, claim, left=1)


def test_who_has_judged_in_any_round_is_nobody_for_a_third(differing, editor, dora, dirk):
    claim = differing()
    send_to_another_round(editor, claim.pk, WHY)
    judge(dora, claim, "True")
    judge(dirk, claim, "False")
    with pytest.raises(Conflict, match="there are 0"):
        send_to_another_round(editor, claim.pk, WHY)
    assert stands(claim) == ("in_adjudication", 2, 4, "verdicts_differ")
