"""The table of moves is the whole of it: what it allows moves and is remembered, everything else is refused."""

import itertools
import re

import pytest
from django.conf import settings
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind
from claims.exceptions import DeskError, MoveRefused
from claims.lifecycle import MOVES, move
from claims.models import Claim
from tests.factories import make_claim

S = ClaimStatus
ALLOWED = {
    (S.EXTRACTED, S.QUEUED),
    (S.EXTRACTED, S.DISMISSED),
    (S.EXTRACTED, S.DUPLICATE),
    (S.QUEUED, S.IN_REVIEW),
    (S.QUEUED, S.DISMISSED),
    (S.QUEUED, S.DUPLICATE),
    (S.IN_REVIEW, S.QUEUED),
    (S.IN_REVIEW, S.IN_ADJUDICATION),
    (S.IN_REVIEW, S.DECIDED),
    (S.IN_REVIEW, S.DISMISSED),
    (S.IN_REVIEW, S.DUPLICATE),
    (S.IN_ADJUDICATION, S.QUEUED),
    (S.IN_ADJUDICATION, S.DECIDED),
    (S.IN_ADJUDICATION, S.DISMISSED),
    (S.IN_ADJUDICATION, S.DUPLICATE),
    (S.DECIDED, S.PUBLISHED),
    (S.DECIDED, S.QUEUED),
    (S.PUBLISHED, S.QUEUED),
    (S.PUBLISHED, S.DECIDED),  # the fact-check is withdrawn
    (S.DISMISSED, S.EXTRACTED),  # an extractor had retired it, and a newer one finds it again
    (S.DISMISSED, S.QUEUED),
    (S.DISMISSED, S.IN_ADJUDICATION),  # where its review stood
    (S.DUPLICATE, S.EXTRACTED),
    (S.DUPLICATE, S.QUEUED),
    (S.DUPLICATE, S.IN_ADJUDICATION),
    (S.QUEUED, S.DECIDED),  # the reopening of a decision is undone
    (S.QUEUED, S.PUBLISHED),
    (S.IN_REVIEW, S.PUBLISHED),
}
REFUSED = sorted(set(itertools.product(S, S)) - ALLOWED)


@pytest.fixture
def needs(ratings):
    """The fields that a status asks for, and what must go with the others."""
    target = make_claim()
    judged = {"rating": ratings["False"], "decided_at": timezone.now(), "duplicate_of": None}
    plain = {"rating": None, "decided_at": None, "duplicate_of": None}
    return {S.DECIDED: judged, S.PUBLISHED: judged, S.DUPLICATE: plain | {"duplicate_of": target}}, plain


@pytest.fixture
def claim_that_is(needs):
    special, plain = needs

    def make(status: S) -> Claim:
        claim = make_claim(article=Claim.objects.get().article, quote="March 2019")
        Claim.objects.filter(pk=claim.pk).update(status=status, **special.get(status, plain))
        return claim

    return make


@pytest.mark.parametrize(("before", "after"), sorted(ALLOWED))
def test_an_allowed_move_is_made_and_remembered(claim_that_is, needs, reviewer, before, after):
    special, plain = needs
    claim = claim_that_is(before)
    moved, event = move(claim.pk, after, EventKind.REOPENED, actor=reviewer, reason="why", **special.get(after, plain))
    claim.refresh_from_db()
    assert (claim.status, moved.status) == (after, after)
    assert (event.number, event.from_status, event.to_status, event.actor) == (2, before, after, reviewer)
    assert list(claim.events.values_list("number", "reason")) == [(1, ""), (2, "why")]


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_every_other_move_is_refused_and_writes_nothing(claim_that_is, reviewer, before, after):
    claim = claim_that_is(before)
    with pytest.raises(MoveRefused) as refusal:
        move(claim.pk, after, EventKind.REOPENED, actor=reviewer, reason="why", headline="changed")
    claim.refresh_from_db()
    assert refusal.value.code == "move_refused"
    assert (claim.status, claim.headline, claim.events.count()) == (before, "March 2019", 1)


def test_the_table_knows_every_status():
    assert set(MOVES) == set(S)
    assert {(before, after) for before, afters in MOVES.items() for after in afters} == ALLOWED


@pytest.mark.parametrize("reason", ["", "  \n"])
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (S.QUEUED, S.DISMISSED, EventKind.DISMISSED),
        (S.DISMISSED, S.QUEUED, EventKind.REOPENED),
        (S.DISMISSED, S.EXTRACTED, EventKind.FOUND_AGAIN),
        # The event's name does not talk its way around the reason.
        (S.EXTRACTED, S.DISMISSED, EventKind.QUEUED),
        (S.DISMISSED, S.QUEUED, EventKind.QUEUED),
        (S.DUPLICATE, S.QUEUED, EventKind.QUEUED),
        (S.DECIDED, S.QUEUED, EventKind.RELEASED),
        (S.PUBLISHED, S.QUEUED, EventKind.LAPSED),
    ],
)
def test_closing_and_reopening_need_a_reason(claim_that_is, needs, before, after, kind, reason):
    _, plain = needs
    claim = claim_that_is(before)
    with pytest.raises(DeskError) as refusal:
        move(claim.pk, after, kind, reason=reason, **plain)
    claim.refresh_from_db()
    assert refusal.value.code == "reason_needed"
    assert (claim.status, claim.events.count()) == (before, 1)


def test_machine_moves_need_no_reason(claim_that_is):
    claim = claim_that_is(S.EXTRACTED)
    _, event = move(claim.pk, S.QUEUED, EventKind.QUEUED)
    assert (event.actor, event.reason) == (None, "")


def test_a_move_writes_only_the_fields_it_names(claim_that_is):
    claim = claim_that_is(S.EXTRACTED)
    Claim.objects.filter(pk=claim.pk).update(headline="written meanwhile")
    moved, _ = move(claim.pk, S.QUEUED, EventKind.QUEUED, check_worthiness=0.9)
    claim.refresh_from_db()
    assert (claim.headline, claim.check_worthiness, moved.headline) == ("written meanwhile", 0.9, "written meanwhile")


def test_a_missing_claim_is_no_move(db):
    with pytest.raises(Claim.DoesNotExist):
        move(0, S.QUEUED, EventKind.QUEUED)


def test_only_the_lifecycle_writes_the_status_of_a_claim():
    writes = re.compile(r"(claim\w*\.status\s*=[^=])|(Claim\.objects\b.*\.update\(.*\bstatus=)|(setattr\(claim)")
    files = (settings.BASE_DIR / "claims").rglob("*.py")
    assert {path.name for path in files if writes.search(path.read_text())} == {"lifecycle.py"}
