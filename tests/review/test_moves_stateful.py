"""Every move of the review table, tried by everybody in any order: all promises hold, and a refusal leaves no trace."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine as StateMachine
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from claims.enums import ClaimKind, ClaimStatus, EventKind, Role
from claims.exceptions import Conflict, DeskError
from claims.lifecycle import CLOSED
from claims.models import (
    Article,
    Assignment,
    Claim,
    ClaimEvent,
    Correction,
    Draft,
    Evidence,
    FactCheck,
    OutgoingEmail,
    Rating,
    Reviewer,
    Seat,
    SignOffPolicy,
    SignOffRule,
    Verdict,
)
from claims.permissions import roles_of
from claims.publishing import fact_checks
from claims.review import assignments, closing, deadlines, queue
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim
from claims.review.policy import adopt_policy
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_claim
from tests.review import draws
from tests.review.blindness import Blindness
from tests.review.draws import ADJUDICATORS, EDITORS, JUDGES, MAY_ADJUDICATE, MAY_EDIT, MAY_JUDGE, PROOF, ROLES, mostly
from tests.review.promises import check_publications, check_tables, digest, drafts, is_held, lay_tables, read_rows

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
S = ClaimStatus
CLAIMS = 6  # at most: on few claims much happens
QUOTES = [f"{number + 1000} ships" for number in range(CLAIMS)]
WAITING = (S.QUEUED, S.IN_REVIEW)
TAKING = (assignments.take_next, assignments.take_claim, assignments.assign_claim)
OF_LAPSING = {Claim, Seat, Assignment, ClaimEvent}
TABLES = (*OF_LAPSING, Verdict, Evidence, Draft, FactCheck, Correction, OutgoingEmail, SignOffPolicy, SignOffRule)
BOUNDS = settings(
    max_examples=30,
    stateful_step_count=20,
    phases=(Phase.generate, Phase.shrink),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
reached: Counter[tuple[str, str]] = Counter()


@pytest.fixture
def article(person) -> Article:
    """What the claims are made of, at a desk where few get mail, and where one may hold one claim at a time."""
    for name, role in ROLES.items():
        person(name, *([role] if role else []))
    Reviewer.objects.exclude(username__in=["rita", "edna", "adam"]).update(wants_mail=False)
    Reviewer.objects.filter(username="ruth").update(capacity=1)
    return make_article(text=". ".join(QUOTES), url="https://herald.example/ships")


def some_claim_is(*wanted: ClaimStatus) -> Callable[[Any], Any]:
    return precondition(lambda self: any(claim.status in wanted for claim in self.rows[Claim]))


somebody_has_sat = precondition(lambda self: self.rows[Assignment])
somebody_has_published = precondition(lambda self: self.rows[FactCheck])
there_is_room = precondition(lambda self: len(self.rows[Claim]) < CLAIMS)


class ReviewTable(StateMachine):
    def __init__(self, article: Article, people: dict[str, Reviewer], blindness: Blindness) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.article, self.people, self.blindness = article, people, blindness
        self.ratings = list(Rating.objects.order_by("position"))
        self.policies = 0
        self.seen: set[tuple[int, int, int]] = set()
        self.rows, self.known = read_rows(FactCheck), digest(TABLES)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # What a rule is about.

    def claim(self, number: int, *wanted: ClaimStatus) -> int:
        """One of a wanted status; for high numbers, and where none is, any."""
        claims = self.rows[Claim]
        fit = [claim for claim in claims if claim.status in wanted]
        chosen = fit if fit and number < 10 else claims
        return chosen[number % len(chosen)].pk

    def turn(self, number: int, other: str | None = None) -> tuple[Assignment, Reviewer]:
        """An open one, or for high numbers, and where none is open, any; and its holder, or the other."""
        turns = self.rows[Assignment]
        running = [turn for turn in turns if turn.closed_at is None]
        chosen = running if running and number < 10 else turns
        turn = chosen[number % len(chosen)]
        holder = next(who for who in self.people.values() if who.pk == turn.reviewer_id)
        return turn, self.people[other] if other else holder

    def turns_of(self, claim: int) -> list[Assignment]:
        return [turn for turn in self.rows[Assignment] if turn.claim_id == claim]

    # How it is done.

    def attempt(self, allowed: set[Role], act: Callable[..., Any], who: str | Reviewer, *more: Any, **how: Any) -> Any:
        """Do it, or be refused and find everything as it was. Returns what came of it, or the refusal."""
        person = who if isinstance(who, Reviewer) else self.people[who]
        try:
            result = act(person, *more, **how)
        except (DeskError, Assignment.DoesNotExist) as refusal:
            result = refusal
        is_refused = isinstance(result, Exception) or (result is None and act is assignments.take_next)
        reached[act.__name__, "refused" if is_refused else "done"] += 1
        if is_refused:
            self.check_unchanged(act)
        else:
            assert roles_of(person) & allowed
        self.all_promises_hold()
        return result

    def check_unchanged(self, act: Callable[..., Any]) -> None:
        """But for turns that had run out, which end before anybody takes a seat, and for drafts of refused verdicts."""
        now = digest(TABLES)
        changed: set[Any] = {model for model in TABLES if now[model] != self.known[model]}
        if act is record_verdict:
            changed -= {Draft}
        if changed and act in TAKING:
            assert changed == OF_LAPSING
            known = [event.pk for event in self.rows[ClaimEvent]]
            changed = set(ClaimEvent.objects.exclude(pk__in=known).values_list("kind", flat=True))
            changed -= {EventKind.LAPSED, EventKind.DECIDED}
        assert not changed

    @invariant()
    def all_promises_hold(self) -> None:
        before, self.known = self.known, digest(TABLES)
        if self.known == before:
            return
        self.rows = read_rows(FactCheck)
        check_publications(self.rows)
        check_tables(lay_tables(self.rows))
        self.blindness.check(self.seen)
        turns = self.rows[Assignment]
        assert not {(turn.claim_id, turn.reviewer_id) for turn in turns if turn.outcome == "verdict"} & drafts().keys()
        held = Counter(turn.reviewer_id for turn in turns if not turn.closed_at and turn.expires_at > timezone.now())
        assert all(held[who.pk] <= who.capacity for who in self.people.values() if who.capacity is not None)
        reached.update({("claim", claim.status) for claim in self.rows[Claim]})

    # Claims come in.

    @initialize(rules=draws.some_rules, found=st.lists(draws.kinds, min_size=1, max_size=3), past=draws.some_days)
    def begin(self, rules: list[dict[str, Any]], found: list[ClaimKind], past: list[dict[str, Any]]) -> None:
        self.adopt_policy("edna", rules)
        for kind in found:
            self.find(kind, 0.9, is_queued=True)
        for day in past:
            self.sit_down_and_judge(**day)

    @precondition(lambda self: self.policies < 3)
    @rule(who=draws.adjudicators, rules=draws.some_rules)
    def adopt_policy(self, who: str, rules: list[dict[str, Any]]) -> None:
        self.policies += 1
        first = rules[0] | ({"kind": ClaimKind.EVENT} if len(rules) > 1 else {})
        self.attempt(MAY_ADJUDICATE, adopt_policy, who, [first, *rules[1:]])

    @there_is_room
    @rule(kind=draws.kinds, worth=st.sampled_from([0.3, 0.8]), is_queued=st.booleans())
    def find(self, kind: ClaimKind, worth: float, is_queued: bool) -> None:
        make_claim(article=self.article, quote=QUOTES[len(self.rows[Claim])], kind=kind, check_worthiness=worth)
        if is_queued:
            queue.queue_claims(self.article.versions.get().pk)
        self.all_promises_hold()

    @there_is_room
    @rule(who=draws.judges, kind=draws.kinds)
    def add_claim(self, who: str, kind: ClaimKind) -> None:
        quote = QUOTES[len(self.rows[Claim])]
        start = self.article.versions.get().text.index(quote)
        self.attempt(MAY_JUDGE, add_claim, who, self.article, start, start + len(quote), kind=kind)

    # Turns.

    @rule(who=draws.judges, kind=st.sampled_from(["", "", "event"]))
    def take_next(self, who: str, kind: str) -> None:
        self.attempt(MAY_JUDGE, assignments.take_next, who, queue.Wanted(kind=kind))

    _e = take_next

    @rule(who=draws.judges, number=draws.numbers)
    def take_claim(self, who: str, number: int) -> None:
        self.attempt(MAY_JUDGE, assignments.take_claim, who, self.claim(number, *WAITING))

    @rule(who=draws.editors, number=draws.numbers, to=draws.judges)
    def assign(self, who: str, number: int, to: str) -> None:
        self.attempt(MAY_EDIT, assignments.assign_claim, who, self.claim(number, *WAITING), self.people[to])

    @somebody_has_sat
    @rule(who=draws.editors, number=draws.numbers, to=draws.judges)
    def reassign(self, who: str, number: int, to: str) -> None:
        self.attempt(MAY_EDIT, assignments.reassign, who, self.turn(number)[0].pk, self.people[to])

    @somebody_has_sat
    @rule(number=draws.numbers, fence=draws.fences, other=draws.others)
    def extend_lease(self, number: int, fence: int, other: str | None) -> None:
        turn, who = self.turn(number, other)
        extended = self.attempt(MAY_JUDGE, assignments.extend_lease, who, turn.pk, turn.fence + fence)
        assert is_held(turn, who, fence) == isinstance(extended, datetime)

    @somebody_has_sat
    @rule(number=draws.numbers, other=draws.others)
    def release(self, number: int, other: str | None) -> None:
        """Leaving twice is harmless, and changes nothing."""
        (turn, who), before = self.turn(number, other), self.known
        refused = self.attempt(MAY_JUDGE, assignments.release_assignment, who, turn.pk)
        assert (refused is None) == (who.pk == turn.reviewer_id)
        assert turn.closed_at is None or self.known == before

    @somebody_has_sat
    @rule(number=draws.numbers, is_swept=st.booleans())
    def run_out(self, number: int, is_swept: bool) -> None:
        past = timezone.now() - timedelta(seconds=1)
        Assignment.objects.filter(pk=self.turn(number)[0].pk, closed_at=None).update(expires_at=past)
        if is_swept:
            over = Assignment.objects.filter(closed_at=None, expires_at__lte=past).count()
            assert assignments.lapse_expired() == over
            reached["lapse", "done"] += over

    # Judging.

    @somebody_has_sat
    @rule(number=draws.numbers, rating=draws.ratings, fence=draws.fences, other=draws.others, host=draws.hosts)
    def judge(self, number: int, rating: int, fence: int, other: str | None, host: str | None) -> None:
        """Only by who holds the turn. What a refusal says to be kept is kept; no lateness loses a word."""
        (turn, who), before = self.turn(number, other), drafts()
        given = {"rating": self.ratings[rating], "explanation": f"Rated {rating}."}
        proof = [{"url": f"https://{host}/"}] if host else []
        result = self.attempt(MAY_JUDGE, record_verdict, who, turn.pk, turn.fence + fence, evidence=proof, **given)
        if isinstance(result, Verdict):
            assert is_held(turn, who, fence)
            return
        is_kept = isinstance(result, DeskError) and "kept as your draft" in result.message
        assert drafts() == before | ({(turn.claim_id, who.pk): given["explanation"]} if is_kept else {})
        assert is_kept or not isinstance(result, Conflict) or result.code == "verdict_recorded"

    @rule(**draws.a_day)
    def sit_down_and_judge(self, number: int, given: list[int], first: int, then: str | None) -> None:
        """One after another, as most days go; and who may decides, or asks for another round, where they differ."""
        claim = self.claim(number, *WAITING)
        sitting = {turn.reviewer_id for turn in self.turns_of(claim) if turn.outcome in (None, "verdict")}
        people = [one for one in JUDGES if self.people[one].pk not in sitting]
        for one, rating in zip(people[first:] + people[:first], given, strict=False):
            turn = self.attempt(MAY_JUDGE, assignments.take_claim, one, claim)
            if not isinstance(turn, Assignment):
                break
            judged = {"rating": self.ratings[rating], "explanation": "So it is.", "evidence": PROOF}
            self.attempt(MAY_JUDGE, record_verdict, one, turn.pk, turn.fence, **judged)
        if then and Claim.objects.get(pk=claim).status == S.IN_ADJUDICATION:
            self.end_the_dispute(claim, then)

    def end_the_dispute(self, claim: int, how: str) -> None:
        judged = {turn.reviewer_id for turn in self.turns_of(claim)}
        role = Claim.objects.get(pk=claim).rule.adjudicated_by
        who = next((one for one in ADJUDICATORS if ROLES[one] == role and self.people[one].pk not in judged), "edna")
        if how == "send":
            self.send(who, claim, "It is not clear.")
        else:
            self.attempt(MAY_ADJUDICATE, adjudicate_claim, who, claim, self.ratings[0], "It is clear.")

    _a = _b = sit_down_and_judge  # each further name of a rule has it drawn as often again

    @rule(who=draws.judges, number=draws.numbers, host=draws.hosts)
    def add_evidence(self, who: str, number: int, host: str | None) -> None:
        self.attempt(MAY_JUDGE, add_evidence, who, self.claim(number), url=f"https://{host or 'port.example'}/")

    @rule(who=draws.judges, number=draws.numbers)
    def save_draft(self, who: str, number: int) -> None:
        claim = Claim.objects.get(pk=self.claim(number))
        self.attempt(MAY_JUDGE, save_draft, who, claim, explanation="Half a sentence")

    @some_claim_is(S.IN_ADJUDICATION)
    @rule(who=draws.adjudicators, number=draws.numbers, rating=draws.ratings, reason=draws.reasons)
    def adjudicate(self, who: str, number: int, rating: int, reason: str) -> None:
        claim = self.claim(number, S.IN_ADJUDICATION)
        self.attempt(MAY_ADJUDICATE, adjudicate_claim, who, claim, self.ratings[rating], reason)

    @some_claim_is(S.IN_ADJUDICATION)
    @rule(who=draws.adjudicators, number=draws.numbers, reason=draws.reasons)
    def send_to_another_round(self, who: str, number: int, reason: str) -> None:
        self.send(who, self.claim(number, S.IN_ADJUDICATION), reason)

    def send(self, who: str, claim: int, reason: str) -> None:
        """Only where enough people may sit."""
        sent = self.attempt(MAY_ADJUDICATE, send_to_another_round, who, claim, reason)
        if isinstance(sent, Claim):
            sitting = [one for one in JUDGES if queue.open_seats_for(self.people[one]).filter(claim=claim).exists()]
            assert len(sitting) >= sent.rule.seats

    # Aside and back.

    @rule(who=draws.judges, number=draws.numbers, reason=draws.reasons)
    def dismiss(self, who: str, number: int, reason: str) -> None:
        self.attempt(MAY_JUDGE, closing.dismiss_claim, who, self.claim(number), reason)

    @some_claim_is(*CLOSED)
    @rule(who=mostly((*EDITORS, *JUDGES)), number=draws.numbers, reason=draws.reasons)
    def reopen(self, who: str, number: int, reason: str) -> None:
        self.attempt(MAY_JUDGE, closing.reopen_claim, who, self.claim(number, *CLOSED), reason)

    @precondition(lambda self: any(event.kind == EventKind.REOPENED for event in self.rows[ClaimEvent]))
    @rule(who=draws.editors, number=draws.numbers, reason=draws.reasons)
    def restore(self, who: str, number: int, reason: str) -> None:
        self.attempt(MAY_EDIT, closing.restore_decision, who, self.claim(number, *WAITING), reason)

    @some_claim_is(S.DECIDED, S.PUBLISHED)
    @rule(who=draws.editors, number=draws.wanted_numbers, taker=draws.judges, is_judged=st.booleans())
    def reopen_and_think_better_of_it(self, who: str, number: int, taker: str, is_judged: bool) -> None:
        """Too late where somebody has judged it anew."""
        claim = self.claim(number, S.DECIDED, S.PUBLISHED)
        self.attempt(MAY_EDIT, closing.reopen_claim, who, claim, "So it is not.")
        turn = self.attempt(MAY_JUDGE, assignments.take_claim, taker, claim)
        if is_judged and isinstance(turn, Assignment):
            judged = {"rating": self.ratings[0], "explanation": "So it is.", "evidence": PROOF}
            self.attempt(MAY_JUDGE, record_verdict, taker, turn.pk, turn.fence, **judged)
        self.attempt(MAY_EDIT, closing.restore_decision, who, claim, "So it is.")

    @precondition(lambda self: len(self.rows[Claim]) > 1)
    @rule(who=draws.editors, number=draws.numbers, into=draws.numbers, reason=draws.reasons)
    def merge(self, who: str, number: int, into: int, reason: str) -> None:
        self.attempt(MAY_EDIT, closing.merge_claim, who, self.claim(number), self.claim(into), reason)

    @some_claim_is(S.DUPLICATE)
    @rule(who=draws.editors, number=draws.numbers, reason=draws.reasons)
    def unmerge(self, who: str, number: int, reason: str) -> None:
        self.attempt(MAY_EDIT, closing.unmerge_claim, who, self.claim(number, S.DUPLICATE), reason)

    # For the readers.

    @some_claim_is(S.DECIDED)
    @rule(who=draws.editors, number=draws.wanted_numbers, summary=draws.reasons)
    def publish(self, who: str, number: int, summary: str) -> None:
        claim = self.claim(number, S.DECIDED)
        self.attempt(MAY_EDIT, fact_checks.publish_claim, who, claim, title="Is it so?", summary=summary)

    @somebody_has_published
    @rule(who=draws.editors, number=draws.numbers, title=st.sampled_from([None, "It is so", "It is not"]))
    def correct(self, who: str, number: int, title: str | None) -> None:
        self.attempt(MAY_EDIT, fact_checks.correct_fact_check, who, self.slug(number), "A slip.", title=title)

    @somebody_has_published
    @rule(who=draws.editors, number=draws.numbers, reason=draws.reasons)
    def withdraw(self, who: str, number: int, reason: str) -> None:
        self.attempt(MAY_EDIT, fact_checks.withdraw_fact_check, who, self.slug(number), reason)

    def slug(self, number: int) -> str:
        return self.rows[FactCheck][number % len(self.rows[FactCheck])].slug

    # Sooner or later.

    @rule(who=draws.editors, number=draws.numbers, boost=draws.boosts, hours=draws.hours)
    def prioritise(self, who: str, number: int, boost: int | None, hours: int | None) -> None:
        changed = {"boost": boost, "due_at": hours and timezone.now() + timedelta(hours=hours)}
        self.attempt(MAY_EDIT, deadlines.prioritise_claim, who, self.claim(number), **changed)

    @rule(number=draws.numbers, late=st.sampled_from([1, 30]))
    def escalate(self, number: int, late: int) -> None:
        due_at = timezone.now() - timedelta(hours=late)
        Claim.objects.filter(pk=self.claim(number)).exclude(due_at=None).update(due_at=due_at)
        reached["escalate", "done"] += deadlines.escalate_overdue()


def test_every_move_in_any_order_keeps_the_promises_or_leaves_no_trace(article):
    people = {name: Reviewer.objects.get(username=name) for name in ROLES}
    blindness = Blindness(people[name] for name in JUDGES)
    reached.clear()
    run_state_machine_as_test(seed(1)(lambda: ReviewTable(article, people, blindness)), settings=BOUNDS)
    assert {status for what, status in reached if what == "claim"} == set(ClaimStatus)
    done = {what for what, how in reached if how == "done"}
    assert len(done) > 16, "hardly anything happened"
