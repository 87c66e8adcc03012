"""Giving a turn to somebody else, and taking it over; what people can and want to take."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.exceptions import AlreadyTaken, Conflict, LeaseLost, NotPermitted
from claims.models import Assignment, Claim, Draft, OutgoingEmail, Reviewer
from claims.review.assignments import assign_claim, extend_lease, reassign, release_assignment, take_claim, take_next
from claims.review.drafts import save_draft
from claims.review.queue import Wanted
from tests.factories import (
    broken_at,
    hand_in,
    judge,
    make_article,
    make_policy,
    make_queued_claim,
    make_queued_claims,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim()


@pytest.fixture
def turn(claim, cora) -> Assignment:
    return take_claim(cora, claim.pk)


def told() -> list[tuple[str, str]]:
    return sorted(OutgoingEmail.objects.values_list("recipient__username", "kind"))


def held_by(claim: Claim) -> list[str]:
    return list(claim.assignments.filter(closed_at=None).values_list("reviewer__username", flat=True))


def with_fields(person: Reviewer, **fields) -> Reviewer:
    """The person, as they have filled in their form."""
    Reviewer.objects.filter(pk=person.pk).update(**fields)
    return Reviewer.objects.get(pk=person.pk)


# Reassigning and taking over.


def test_an_editor_gives_a_turn_to_somebody_else_and_both_are_told(turn, claim, editor, carl):
    given = reassign(editor, turn.pk, carl)
    turn.refresh_from_db()
    assert (turn.outcome, turn.closed_at is None) == ("withdrawn", False)
    assert (given.seat, given.reviewer, given.assigned_by, given.fence) == (turn.seat, carl, editor, 2)
    assert (held_by(claim), claim.seats.get().status, Claim.objects.get().status) == (["carl"], "taken", "in_review")
    assert told() == [("carl", "claim_assigned"), ("cora", "turn_ended")]
    event = claim.events.last()
    assert (event.kind, event.actor) == ("reassigned", editor)
    assert event.details == {"assignment": given.pk, "reviewer": "carl", "instead_of": "cora"}
    assert broken_at(claim) is None


def test_an_editor_takes_a_turn_over_and_is_not_told_of_it(turn, claim, editor):
    taken = reassign(editor, turn.pk, editor)
    assert (taken.reviewer, held_by(claim), told()) == (editor, ["edna"], [("cora", "turn_ended")])


def test_an_editor_who_gives_their_own_turn_away_is_not_told_of_it(claim, editor, cora):
    reassign(editor, take_claim(editor, claim.pk).pk, cora)
    assert (held_by(claim), told()) == (["cora"], [("cora", "claim_assigned")])


def test_what_the_holder_wrote_is_theirs_still(turn, claim, editor, cora, carl):
    save_draft(cora, claim, explanation="The port")
    given = reassign(editor, turn.pk, carl)
    with pytest.raises(LeaseLost):
        hand_in(turn, "False", explanation="The port says 1,900.")
    with pytest.raises(LeaseLost):
        extend_lease(cora, turn.pk, turn.fence)
    assert list(Draft.objects.values_list("reviewer__username", "explanation")) == [("cora", "The port says 1,900.")]
    hand_in(given, "True")
    assert (Claim.objects.get().rating.name, Draft.objects.count()) == ("True", 1)


def test_a_turn_that_has_run_out_unnoticed_is_given_all_the_same(turn, claim, editor, carl, settings):
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.LEASE_SECONDS + 1), tick=False):
        given = reassign(editor, turn.pk, carl)
        assert given.expires_at == timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    assert held_by(claim) == ["carl"]


@pytest.mark.parametrize("end", [lambda turn: release_assignment(turn.reviewer, turn.pk), lambda t: hand_in(t, "True")])
def test_a_turn_that_is_over_is_not_given(turn, claim, editor, carl, end):
    end(turn)
    with pytest.raises(LeaseLost, match="That turn is over already"):
        reassign(editor, turn.pk, carl)
    assert held_by(claim) == []


def untouched(turn: Assignment, claim: Claim) -> bool:
    turn.refresh_from_db()
    return (turn.closed_at, held_by(claim), claim.events.last().kind, told()) == (None, ["cora"], "taken", [])


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_reassign(turn, claim, carl, request, who):
    somebody = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        reassign(somebody, turn.pk, carl)
    with pytest.raises(NotPermitted):
        reassign(somebody, turn.pk, somebody)
    assert untouched(turn, claim)


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_only_to_people_who_review(turn, claim, editor, request, who):
    with pytest.raises(NotPermitted, match="cannot review claims"):
        reassign(editor, turn.pk, request.getfixturevalue(who))
    assert untouched(turn, claim)


def test_a_claim_is_not_reassigned_to_who_added_it(editor, cora, carl):
    claim = make_queued_claim(added_by=carl)
    turn = take_claim(cora, claim.pk)
    with pytest.raises(AlreadyTaken, match="Nobody judges a claim they added"):
        reassign(editor, turn.pk, carl)
    assert untouched(turn, claim)


def test_a_seat_is_not_given_to_who_sits_at_the_same_claim_or_has_judged_it(editor, cora, carl, dora, dirk):
    make_policy(seats=3, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    judge(carl, claim, "True")
    turn = take_claim(cora, claim.pk)
    take_claim(dora, claim.pk)
    for somebody in (carl, dora):
        with pytest.raises(AlreadyTaken, match="already sits on this claim"):
            reassign(editor, turn.pk, somebody)
    assert sorted(held_by(claim)) == ["cora", "dora"]
    reassign(editor, turn.pk, dirk)
    assert sorted(held_by(claim)) == ["dirk", "dora"]


def test_a_turn_that_there_is_not_is_not_given(editor, carl):
    with pytest.raises(Assignment.DoesNotExist):
        reassign(editor, 0, carl)


# Away.


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2026, 12, 24)])
@time_machine.travel("2026-11-22 10:00:00Z", tick=False)
def test_nobody_assigns_to_who_is_away(editor, cora, carl, until):
    first, second = make_queued_claims(2)
    carl = with_fields(carl, away_until=until)
    turn = take_claim(cora, first.pk)
    with pytest.raises(Conflict, match=f"carl is away until {until.day} {until:%B}") as refusal:
        reassign(editor, turn.pk, carl)
    with pytest.raises(Conflict):
        assign_claim(editor, second.pk, carl)
    assert (refusal.value.code, held_by(first), held_by(second)) == ("away", ["cora"], [])


@time_machine.travel("2026-11-22 10:00:00Z", tick=False)
def test_who_is_back_today_is_assigned_to(editor, claim, carl):
    assert assign_claim(editor, claim.pk, with_fields(carl, away_until=date(2026, 11, 22))).reviewer == carl


@time_machine.travel("2026-11-22 10:00:00Z", tick=False)
def test_who_is_away_may_take_what_they_like(editor, claim, turn, carl):
    editor = with_fields(editor, away_until=date(2026, 12, 24))
    assert reassign(editor, turn.pk, editor).reviewer == editor
    other = make_queued_claim(article=claim.article, quote="March 2019")
    assert take_next(with_fields(carl, away_until=date(2026, 12, 24))).claim == other


# Capacity.


@pytest.mark.parametrize("capacity", [0, 1, 2])
def test_nobody_holds_more_than_they_can(editor, cora, dora, capacity):
    claims = make_queued_claims(capacity + 2)
    cora = with_fields(cora, capacity=capacity)
    for _ in range(capacity):
        take_next(cora)
    turn = take_claim(dora, claims[-1].pk)
    another = claims[capacity].pk
    for take in (
        lambda: take_next(cora),
        lambda: take_claim(cora, another),
        lambda: assign_claim(editor, another, cora),
        lambda: reassign(editor, turn.pk, cora),
    ):
        with pytest.raises(Conflict, match=f"cora holds {capacity} of at most {capacity} claims") as refusal:
            take()
        assert refusal.value.code == "capacity_reached"
    assert cora.assignments.count() == capacity
    assert take_claim(dora, another).reviewer == dora


@pytest.mark.parametrize(
    "end",
    [
        lambda turn, editor: release_assignment(turn.reviewer, turn.pk),
        lambda turn, editor: hand_in(turn, "True"),
        lambda turn, editor: reassign(editor, turn.pk, editor),
        lambda turn, editor: Assignment.objects.filter(pk=turn.pk).update(expires_at=timezone.now()),
    ],
    ids=["released", "judged", "taken over", "run out"],
)
def test_a_turn_that_is_over_leaves_room(editor, cora, end):
    make_queued_claims(2)
    cora = with_fields(cora, capacity=1)
    end(take_next(cora), editor)
    assert take_next(cora).reviewer == cora


# Topics, languages, and what is wanted.


@pytest.fixture
def news() -> dict[str, Claim]:
    """A claim of each kind of article, the worthiest first."""
    about = {
        "politics": {"section": "Politics", "language": "en", "outlet": "Herald"},
        "health": {"section": "Health", "language": "de", "outlet": "Bote"},
        "plain": {},
        "unsigned": {"section": "health"},
    }
    made = {}
    for number, (name, fields) in enumerate(about.items()):
        article = make_article(f"They counted {number} ships at the quay.", **fields)
        kind = "event" if name == "health" else "quantity"
        worth = 0.9 - number / 10
        claim = make_queued_claim(
            article=article, quote=f"{number} ships", headline=name, kind=kind, check_worthiness=worth
        )
        made[name] = claim
    return made


def given(person: Reviewer, wanted: Wanted | None = None) -> list[str]:
    """The headlines of all that the queue gives, in its order."""
    names = []
    while turn := take_next(person, *([wanted] if wanted else [])):
        names.append(turn.claim.headline)
    return names


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ["politics", "health", "plain", "unsigned"]),
        ({"topics": ["Politics"]}, ["politics"]),
        ({"topics": ["HEALTH"]}, ["health", "unsigned"]),
        ({"topics": [" politics ", "health"]}, ["politics", "health", "unsigned"]),
        ({"topics": ["Sport"]}, []),
        # What nobody knows the language of is everybody's.
        ({"languages": ["de"]}, ["health", "plain", "unsigned"]),
        ({"languages": ["en", "de"]}, ["politics", "health", "plain", "unsigned"]),
        ({"languages": ["fr"], "topics": ["Politics"]}, []),
        ({"languages": ["de"], "topics": ["Health", "Politics"]}, ["health", "unsigned"]),
    ],
    ids=str,
)
def test_the_queue_gives_what_suits_a_person(news, cora, fields, names):
    assert given(with_fields(cora, **fields)) == names


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["politics", "health", "plain", "unsigned"]),
        (Wanted(kind="event"), ["health"]),
        (Wanted(outlet="Herald"), ["politics"]),
        (Wanted(topic="HEALTH"), ["health", "unsigned"]),
        (Wanted(language="de"), ["health"]),
        (Wanted(kind="quantity", topic="health"), ["unsigned"]),
        (Wanted(outlet="Nobody's"), []),
    ],
    ids=str,
)
def test_the_queue_gives_what_is_wanted(news, cora, wanted, names):
    assert given(cora, wanted) == names


def test_what_is_wanted_is_within_what_suits(news, cora):
    assert given(with_fields(cora, topics=["Health"]), Wanted(language="en")) == []
    assert given(with_fields(cora, topics=["Health"]), Wanted(language="de")) == ["health"]


def test_a_person_takes_any_claim_by_its_name_and_is_assigned_any(news, editor, cora):
    cora = with_fields(cora, topics=["Sport"], languages=["fr"])
    assert take_claim(cora, news["politics"].pk).reviewer == cora
    assert assign_claim(editor, news["health"].pk, cora).reviewer == cora


def test_topics_do_not_make_a_reviewer(news, producer):
    with pytest.raises(NotPermitted):
        take_next(with_fields(producer, topics=["Politics"]))
    assert not Assignment.objects.exists()
