"""What holds of the review table at every moment: of each claim with all that happened around it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.history import find_break
from claims.lifecycle import DECIDED, MOVES, UNDER_REVIEW
from claims.models import (
    Assignment,
    Claim,
    ClaimEvent,
    Draft,
    FactCheck,
    Rating,
    Reviewer,
    Seat,
    SignOffRule,
    Verdict,
)

LIVE = (SeatStatus.OPEN, SeatStatus.TAKEN)
Rows = dict[type[Model], list[Any]]


@dataclass
class Table:
    """One claim, and what belongs to it in the order it came to be."""

    claim: Claim
    seats: list[Seat] = field(default_factory=list)
    turns: list[Assignment] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    events: list[ClaimEvent] = field(default_factory=list)

    def verdicts_of(self, number: int) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.assignment.seat.round == number]

    def current_seats(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.round == self.claim.round]


def read_rows(*more: type[Model]) -> Rows:
    """All rows of the review's models, and of `more`, in the order they were written."""
    models = (Claim, Seat, Assignment, Verdict, *more)
    return {model: list(model.objects.order_by("pk")) for model in models} | {
        ClaimEvent: list(ClaimEvent.objects.order_by("claim", "number"))
    }


def digest(tables: Collection[type[Model]]) -> dict[type[Model], str]:
    """What each table holds, to the last value."""
    whole = "(SELECT md5(string_agg(t::text, chr(10) ORDER BY id)) FROM {} t)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(whole.format(model._meta.db_table) for model in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


def lay_tables(rows: Rows) -> list[Table]:
    """The rows, by their claims; what they point to is set, so that no check asks the database again."""
    ratings, rules = Rating.objects.in_bulk(), SignOffRule.objects.select_related("policy").in_bulk()
    tables = {claim.pk: Table(claim) for claim in rows[Claim]}
    turns, seats = ({row.pk: row for row in rows[model]} for model in (Assignment, Seat))
    for claim in rows[Claim]:
        claim.rule, claim.rating = rules.get(claim.rule_id), ratings.get(claim.rating_id)
    for seat in rows[Seat]:
        tables[seat.claim_id].seats.append(seat)
    for turn in rows[Assignment]:
        turn.seat = seats[turn.seat_id]
        tables[turn.claim_id].turns.append(turn)
    for verdict in rows[Verdict]:
        verdict.assignment, verdict.rating = turns[verdict.assignment_id], ratings[verdict.rating_id]
        tables[verdict.assignment.claim_id].verdicts.append(verdict)
    for event in rows[ClaimEvent]:
        tables[event.claim_id].events.append(event)
    return list(tables.values())


def drafts() -> dict[tuple[int, int], str]:
    return {(claim, who): text for claim, who, text in Draft.objects.values_list("claim", "reviewer", "explanation")}


def is_held(turn: Assignment, who: Reviewer, fence: int) -> bool:
    return turn.reviewer_id == who.pk and not turn.closed_at and turn.expires_at > timezone.now() and fence == 0


def check_tables(tables: Collection[Table]) -> None:
    for table in tables:
        check_history(table)
        check_turns(table)
        check_status(table)
        check_people(table)
        check_verdicts(table)
        check_outcome(table)
    check_duplicates({table.claim.pk: table.claim.duplicate_of_id for table in tables})


def check_publications(rows: Rows) -> None:
    """Readers see one fact-check of a published claim, with its rating; and none of a claim that was put aside."""
    live = {one.claim_id: one for one in rows[FactCheck] if one.withdrawn_at is None}
    for claim in rows[Claim]:
        if claim.status == ClaimStatus.PUBLISHED:
            assert live[claim.pk].rating_id == claim.rating_id
        assert claim.status not in (ClaimStatus.DISMISSED, ClaimStatus.DUPLICATE) or claim.pk not in live
    told = Counter(event.kind for event in rows[ClaimEvent])
    assert told[EventKind.PUBLISHED] == len(rows[FactCheck])
    assert told[EventKind.FACT_CHECK_WITHDRAWN] == len(rows[FactCheck]) - len(live)


def check_history(table: Table) -> None:
    """The chain holds, and leads by moves of the table to where the claim is."""
    assert find_break(table.claim, table.events) is None
    status = ""
    for event in table.events:
        if event.to_status:
            assert event.from_status == status
            assert event.to_status == ClaimStatus.EXTRACTED or event.to_status in MOVES[ClaimStatus(status)]
            status = event.to_status
    assert status == table.claim.status


def check_turns(table: Table) -> None:
    """Nobody sits where somebody sits: the turns of a seat follow one another, each with the next fence."""
    for seat in table.seats:
        turns = [turn for turn in table.turns if turn.seat_id == seat.pk]
        assert [turn.fence for turn in turns] == list(range(1, seat.fence + 1))
        assert all(one.closed_at and one.closed_at <= two.taken_at for one, two in pairwise(turns))
        last = turns[-1] if turns else None
        assert (seat.status == SeatStatus.TAKEN) == (last is not None and last.closed_at is None)
        assert all(turn.outcome != AssignmentOutcome.VERDICT for turn in turns[:-1])
        is_judged = last is not None and last.outcome == AssignmentOutcome.VERDICT
        assert is_judged == (seat.status == SeatStatus.FILLED)


def check_status(table: Table) -> None:
    """The status says who sits at the table: under review all seats of the round are there, and later none waits."""
    claim, live = table.claim, [seat for seat in table.seats if seat.status in LIVE]
    assert all(seat.round == claim.round for seat in live)
    if claim.status not in UNDER_REVIEW:
        assert not live
        return
    states = [seat.status for seat in table.current_seats()]
    assert len(states) == claim.rule.seats
    assert SeatStatus.WITHDRAWN not in states
    is_held, waits = SeatStatus.TAKEN in states, SeatStatus.OPEN in states
    assert (claim.status == ClaimStatus.IN_REVIEW) == is_held
    assert (claim.status == ClaimStatus.QUEUED) == (waits and not is_held)
    assert all(seat.is_overdue == (claim.escalation > 0) for seat in live)


def check_people(table: Table) -> None:
    """A person sits on a claim once, never on one they added, and never adjudicates where they have judged."""
    sitting = [turn.reviewer_id for turn in table.turns if turn.outcome in (None, AssignmentOutcome.VERDICT)]
    assert len(sitting) == len(set(sitting))
    added_by = table.claim.added_by_id
    assert added_by not in {turn.reviewer_id for turn in table.turns}
    judged = {added_by}
    for event in table.events:
        if event.kind == EventKind.VERDICT_RECORDED:
            judged.add(event.actor_id)
        assert event.kind not in (EventKind.ADJUDICATED, EventKind.SENT_BACK) or event.actor_id not in judged


def check_verdicts(table: Table) -> None:
    """Each is of a turn that ended so, fills a seat, and stands in the history once; no restored decision hides one."""
    told = [event.details["verdict"] for event in table.events if event.kind == EventKind.VERDICT_RECORDED]
    assert told == [verdict.pk for verdict in table.verdicts]
    since: list[str] = []
    for event in table.events:
        since = [*since, event.kind] if "undone" not in event.details else []
        assert event.kind != EventKind.RESTORED or EventKind.VERDICT_RECORDED not in since
    ended_so = {turn.pk for turn in table.turns if turn.outcome == AssignmentOutcome.VERDICT}
    assert {verdict.assignment_id for verdict in table.verdicts} == ended_so
    filled = [seat for seat in table.current_seats() if seat.status == SeatStatus.FILLED]
    assert len(filled) == len(table.verdicts_of(table.claim.round))


def check_outcome(table: Table) -> None:
    """A rating stands where verdicts carry it, or an adjudicator gave it; verdicts that differ wait for one.

    No open round goes on for nothing: while nobody is at work, too few agree.
    """
    claim = table.claim
    assert (claim.status in DECIDED) == (claim.rating is not None) == (claim.decided_at is not None)
    if claim.status in DECIDED:
        check_decision(table)
    elif claim.status in UNDER_REVIEW:
        verdicts = table.verdicts_of(claim.round)
        is_complete = len(verdicts) == claim.rule.seats
        assert (claim.status == ClaimStatus.IN_ADJUDICATION) == is_complete
        is_idle = claim.status == ClaimStatus.QUEUED and not claim.rule.is_blind
        assert not ((is_complete or is_idle) and carried(claim.rule, verdicts))


def check_decision(table: Table) -> None:
    claim, rule = table.claim, table.claim.rule
    decision = [event for event in table.events if event.to_status == ClaimStatus.DECIDED and event.kind in DECIDING][
        -1
    ]
    policy = {"rating": claim.rating.name, "policy": rule.policy.number, "rule": rule.position}
    assert decision.details.items() >= policy.items()
    named = [verdict for verdict in table.verdicts if verdict.pk in decision.details["verdicts"]]
    assert [verdict.pk for verdict in named] == decision.details["verdicts"]
    (number,) = {verdict.assignment.seat.round for verdict in named}
    assert named == table.verdicts_of(number)
    if decision.kind == EventKind.DECIDED:
        assert claim.rating_id in carried(rule, named)
        assert len(named) == rule.seats or not rule.is_blind
    else:
        assert len(named) == rule.seats
        assert not carried(rule, named)


DECIDING = (EventKind.DECIDED, EventKind.ADJUDICATED)


def carried(rule: SignOffRule, verdicts: Collection[Verdict]) -> set[int]:
    """Ids of the ratings given that enough verdicts lie near; on a scale whose values are 1, 2, 3 …"""
    given = {verdict.rating_id: verdict.rating for verdict in verdicts}
    return {
        pk
        for pk, rating in given.items()
        if sum(is_near(rating, verdict.rating, rule.tolerance) for verdict in verdicts) >= rule.agreeing
    }


def is_near(one: Rating, other: Rating, tolerance: int) -> bool:
    if one.value is None or other.value is None:
        return one == other
    return abs(one.value - other.value) <= tolerance


def check_duplicates(targets: dict[int, int | None]) -> None:
    """Whoever follows the duplicates arrives."""
    for claim in targets:
        passed, at = set(), claim
        while (at := targets[at]) is not None:
            assert at not in passed | {claim}
            passed.add(at)
