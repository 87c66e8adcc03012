"""Which claims count as judged by people, and how."""

import pytest

from claims.enums import ClaimKind, ClaimStatus, EventKind
from claims.lifecycle import move
from claims.review.assignments import release_assignment, take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim
from claims.review.judged_claims import judged_claims
from claims.review.verdicts import record_verdict
from tests.factories import TEXT, make_article, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


def judgements() -> dict[int, str]:
    return dict(judged_claims().values_list("pk", "judgement"))


def test_claim_that_nobody_touched_or_only_took_is_not_judged(reviewer):
    make_claim()
    claim = make_queued_claim(article=make_article(text="Some 40 ships sank."), quote="40 ships")
    assignment = take_claim(reviewer, claim.pk)
    release_assignment(reviewer, assignment.pk)
    assert judgements() == {}


def test_dismissal_by_a_person_is_a_judgement_with_its_reason(reviewer):
    claim = make_queued_claim()
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    (judged,) = judged_claims()
    assert (judged.judgement, judged.judged_because) == ("not_worth", "An opinion.")
    assert judged.judged_at == claim.events.last().at


def test_what_the_machine_put_aside_is_no_judgement():
    move(make_claim().pk, ClaimStatus.DISMISSED, EventKind.RETIRED, reason="A newer extractor does not find it.")
    assert judgements() == {}


def test_last_word_counts(reviewer, editor):
    claim = make_queued_claim()
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    reopen_claim(editor, claim.pk, "It has a figure.")
    assert judgements() == {claim.pk: "worth"}
    dismiss_claim(editor, claim.pk, "A guess after all.")
    assert judgements() == {claim.pk: "not_worth"}


def test_work_on_a_claim_says_that_it_is_worth_checking(reviewer, ratings):
    article = make_article(text="Some 40 ships sank. Some 50 cars burnt.")
    seen, decided = (make_queued_claim(article=article, quote=quote) for quote in ("40 ships", "50 cars"))
    add_evidence(reviewer, seen.pk, url="https://port.example/ships", title="Ships")
    assignment = take_claim(reviewer, decided.pk)
    record_verdict(reviewer, assignment.pk, assignment.fence, rating=ratings["True"], explanation="Counted.")
    assert judgements() == {seen.pk: "worth", decided.pk: "worth"}


def test_claim_added_by_hand_was_missed_unless_the_machine_has_one_there(reviewer, editor):
    article = make_article()
    machine = make_claim(article=article)
    start = TEXT.index("2,500 dockers")
    beside = add_claim(reviewer, article, start, start + len("2,500 dockers"))
    missed = add_claim(reviewer, article, TEXT.index("It opened"), TEXT.index(", officials"), kind=ClaimKind.EVENT)
    assert judgements() == {beside.pk: "worth", missed.pk: "missed"}
    dismiss_claim(editor, machine.pk, "The words are cut wrongly.")
    dismiss_claim(editor, missed.pk, "Nobody doubts it.")
    assert judgements() == {machine.pk: "not_worth", beside.pk: "missed", missed.pk: "not_worth"}


def test_machine_claims_of_other_articles_say_nothing(reviewer):
    make_claim(article=make_article(text=f"{TEXT} And more."))
    start = TEXT.index("roughly")
    claim = add_claim(reviewer, make_article(), start, start + 20)
    assert judgements() == {claim.pk: "missed"}
