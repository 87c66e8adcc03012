"""A claim is the machine's alone until a person has had anything to do with it."""

import pytest

from claims.enums import ClaimStatus, EventKind
from claims.history import append_event
from claims.intake.untouched import retired, untouched
from claims.lifecycle import lock_claim, move
from claims.models import Claim
from claims.review.assignments import assign_claim, lapse_expired, release_assignment, take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim
from claims.review.verdicts import record_verdict
from tests.admin.conftest import lapse
from tests.factories import make_article, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


def is_untouched(claim: Claim) -> bool:
    return untouched(Claim.objects.filter(pk=claim.pk)).exists()


def retire(claim: Claim) -> None:
    move(claim.pk, ClaimStatus.DISMISSED, EventKind.RETIRED, reason="Extractor rules-2 no longer finds it.")


def test_what_the_machine_found_and_queued_is_untouched():
    extracted = make_claim()
    assert is_untouched(extracted)
    assert is_untouched(make_queued_claim(article=extracted.article, quote="March 2019"))


def test_what_the_machine_retired_is_untouched():
    claim = make_queued_claim()
    retire(claim)
    assert is_untouched(claim)


def test_events_of_the_machine_touch_nothing():
    claim = make_claim()
    append_event(lock_claim(claim.pk), EventKind.APPEARED)
    assert is_untouched(claim)


def test_a_claim_that_a_person_added_is_touched(reviewer):
    assert not is_untouched(add_claim(reviewer, make_article(), 0, 11))


def take(claim, reviewer, editor, ratings):
    return take_claim(reviewer, claim.pk)


def take_and_release(claim, reviewer, editor, ratings):
    release_assignment(reviewer, take_claim(reviewer, claim.pk).pk)


def take_and_lapse(claim, reviewer, editor, ratings):
    lapse(take_claim(reviewer, claim.pk))
    lapse_expired()


def assign(claim, reviewer, editor, ratings):
    assign_claim(editor, claim.pk, reviewer)


def judge(claim, reviewer, editor, ratings):
    turn = take_claim(reviewer, claim.pk)
    record_verdict(reviewer, turn.pk, turn.fence, rating=ratings["True"], explanation="So it is.")


def add_a_source(claim, reviewer, editor, ratings):
    add_evidence(reviewer, claim.pk, url="https://port.example/")


def draft(claim, reviewer, editor, ratings):
    save_draft(reviewer, claim, explanation="Half a sentence")


def dismiss(claim, reviewer, editor, ratings):
    dismiss_claim(reviewer, claim.pk, "An opinion.")


def dismiss_and_reopen(claim, reviewer, editor, ratings):
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    reopen_claim(editor, claim.pk, "A fact after all.")


def retire_and_reopen(claim, reviewer, editor, ratings):
    retire(claim)
    reopen_claim(editor, claim.pk, "It does matter.")


DEEDS = [take, take_and_release, take_and_lapse, assign, judge, add_a_source, draft, dismiss, dismiss_and_reopen]


@pytest.mark.parametrize("deed", [*DEEDS, retire_and_reopen], ids=lambda deed: deed.__name__)
def test_whatever_a_person_does_touches_the_claim(deed, reviewer, editor, ratings):
    claim = make_queued_claim()
    other = make_queued_claim(article=claim.article, quote="March 2019")
    deed(claim, reviewer, editor, ratings)
    assert (is_untouched(claim), is_untouched(other)) == (False, True)


def test_a_duplicate_and_what_it_points_to_are_touched():
    claim = make_queued_claim()
    twin = make_queued_claim(article=claim.article, quote="March 2019")
    move(twin.pk, ClaimStatus.DUPLICATE, EventKind.DISMISSED, reason="Same.", duplicate_of=claim)
    assert (is_untouched(claim), is_untouched(twin)) == (False, False)


@pytest.mark.parametrize(
    "status", sorted(set(ClaimStatus) - {"extracted", "queued", "decided", "published", "duplicate"})
)
def test_a_status_beyond_the_queue_is_not_the_machines_to_change(status):
    claim = make_queued_claim()
    Claim.objects.filter(pk=claim.pk).update(status=status)
    assert not is_untouched(claim)


def test_only_what_the_machine_retired_and_nobody_touched_is_retired(reviewer):
    claims = [make_queued_claim()]
    claims += [
        make_queued_claim(article=claims[0].article, quote=quote) for quote in ("March 2019", "harbour", "opened")
    ]
    for claim in claims[:2]:
        retire(claim)
    add_evidence(reviewer, claims[1].pk, url="https://port.example/")
    dismiss_claim(reviewer, claims[2].pk, "An opinion.")
    assert list(retired(Claim.objects.all())) == claims[:1]
