"""What readers were told is corrected in the open, or withdrawn, and never silently changed."""

import pytest
from django.db import IntegrityError, transaction

from claims.exceptions import Conflict, DeskError
from claims.models import Claim, Correction, FactCheck
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim, restore_decision
from claims.review.correcting import correct_claim
from claims.review.evidence import add_evidence
from tests.factories import broken_at, judge, make_policy
from tests.publishing.conftest import WORDS
from tests.racing import all_at_once, check_histories, kinds

pytestmark = pytest.mark.django_db
NOTE = "We had counted the clerks."


@pytest.fixture
def decided_anew(published, editor, person) -> FactCheck:
    """Its claim was reviewed again: it is true."""
    reopen_claim(editor, published.claim_id, "New figures.")
    judge(person("cora", "reviewer"), published.claim, "True")
    return published


def test_a_correction_says_what_was_wrong_and_keeps_what_stood_there(published, editor):
    made = correct_fact_check(editor, published.slug, f" {NOTE} ", summary="The port counts 1,840.")
    published.refresh_from_db()
    assert (published.title, published.summary) == (WORDS["title"], "The port counts 1,840.")
    assert (made.number, made.note, made.corrected_by) == (1, NOTE, editor)
    assert made.changes == {"summary": {"old": "The port counts 1,900.", "new": "The port counts 1,840."}}
    event = published.claim.events.last()
    assert (event.kind, event.actor, event.reason, event.to_status) == ("fact_check_corrected", editor, NOTE, "")
    assert event.details == {
        "fact_check": published.slug,
        "rating": "False",
        "correction": 1,
        "changes": ["summary"],
    }
    assert (Claim.objects.get().status, broken_at(published.claim)) == ("published", None)


def test_the_address_stays_when_the_title_changes(published, editor):
    correct_fact_check(editor, published.slug, NOTE, title="Fewer than 2,500 dockers")
    assert FactCheck.objects.get().slug == published.slug


def test_evidence_is_corrected_by_its_addresses(published, editor):
    shown = published.claim.evidence.get()
    made = correct_fact_check(editor, published.slug, "We forgot the source.", evidence=[shown.pk])
    assert made.changes == {"evidence": {"old": [], "new": ["https://port.example/staff"]}}
    assert correct_fact_check(editor, published.slug, NOTE, title="Other").changes.keys() == {"title"}
    assert list(FactCheck.objects.get().evidence.all()) == [shown]


def test_other_evidence_of_the_same_address_is_a_correction_too(published, editor):
    first = published.claim.evidence.get()
    other = add_evidence(editor, published.claim_id, url=first.url, stance="supports")
    correct_fact_check(editor, published.slug, "We forgot the source.", evidence=[first.pk])
    assert correct_fact_check(editor, published.slug, NOTE, evidence=[other.pk]).changes.keys() == {"evidence"}


def test_who_owes_a_blind_verdict_shows_no_evidence_that_is_hidden_from_them(published, editor, person):
    make_policy(seats=2, agreeing=2, is_blind=True)
    reopen_claim(editor, published.claim_id, "New figures.")
    found = [{"url": "https://port.example/clerks"}]
    judge(person("cora", "reviewer"), published.claim, "True", evidence=found)
    known, hidden = published.claim.evidence.order_by("pk").values_list("pk", flat=True)
    with pytest.raises(DeskError, match="Only evidence of the claim itself"):
        correct_fact_check(editor, published.slug, NOTE, evidence=[known, hidden])
    correct_fact_check(person("egon", "editor"), published.slug, NOTE, evidence=[known])
    assert correct_fact_check(editor, published.slug, NOTE, title="Other").changes.keys() == {"title"}


def test_a_correction_that_changes_nothing_is_refused(published, editor):
    with pytest.raises(DeskError) as refusal:
        correct_fact_check(editor, published.slug, NOTE, title=f" {WORDS['title']} ")
    assert (refusal.value.code, Correction.objects.count()) == ("unchanged", 0)


@pytest.mark.parametrize(
    ("note", "change", "code"),
    [
        (" ", {"title": "Other"}, "note"),
        ("x" * 5_001, {"title": "Other"}, "note"),
        (NOTE, {"title": ""}, "title"),
        (NOTE, {"claim_reviewed": " "}, "claim_reviewed"),
    ],
)
def test_a_correction_that_does_not_hold_changes_nothing(published, editor, note, change, code):
    with pytest.raises(DeskError) as refusal:
        correct_fact_check(editor, published.slug, note, **change)
    assert (refusal.value.code, FactCheck.objects.get().title) == (code, WORDS["title"])


def test_after_another_review_the_correction_takes_the_new_rating(decided_anew, editor):
    made = correct_fact_check(editor, decided_anew.slug, NOTE, title="Yes, 2,500 dockers", summary="They do.")
    decided_anew.refresh_from_db()
    assert (decided_anew.rating.name, decided_anew.claim.status) == ("True", "published")
    assert made.changes["rating"] == {"old": "False", "new": "True"}
    event = decided_anew.claim.events.last()
    assert (event.kind, event.from_status, event.to_status) == ("fact_check_corrected", "decided", "published")


def test_what_another_review_confirms_is_published_again_as_it_is(published, editor, person):
    reopen_claim(editor, published.claim_id, "New figures.")
    judge(person("cora", "reviewer"), published.claim, "False")
    made = correct_fact_check(editor, published.slug, "Checked again: it stands.")
    assert (made.changes, Claim.objects.get().status) == ({}, "published")


def test_what_becomes_of_the_claims_own_words_changes_nothing_for_readers(published, editor):
    reopen_claim(editor, published.claim_id, "It says more.")
    correct_claim(editor, published.claim_id, span=(0, 11), headline="roughly 2,500 dockers in Velmar")
    published.refresh_from_db()
    shown = published.version.text[published.start : published.end]
    assert (published.claim_reviewed, shown) == ("roughly 2,500 dockers", "roughly 2,500 dockers")
    made = correct_fact_check(editor, published.slug, NOTE, claim_reviewed="roughly 2,500 dockers in Velmar")
    old, new = "roughly 2,500 dockers", "roughly 2,500 dockers in Velmar"
    assert made.changes == {"claim_reviewed": {"old": old, "new": new}}


def test_during_another_review_words_are_corrected_and_the_rating_stays(published, editor):
    reopen_claim(editor, published.claim_id, "New figures.")
    correct_fact_check(editor, published.slug, NOTE, title="Other")
    published.refresh_from_db()
    assert (published.title, published.rating.name, published.claim.status) == ("Other", "False", "queued")


def test_a_withdrawn_fact_check_says_why_and_its_claim_is_decided_as_before(published, editor):
    withdraw_fact_check(editor, published.slug, " It was satire. ")
    published.refresh_from_db()
    assert (published.withdrawn_because, published.withdrawn_at is None) == ("It was satire.", False)
    assert (published.claim.status, published.claim.rating.name) == ("decided", "False")
    event = published.claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("fact_check_withdrawn", editor, "It was satire.")
    assert broken_at(published.claim) is None


@pytest.mark.parametrize("reason", ["", " \n", "x" * 5_001])
def test_withdrawing_needs_a_reason(published, editor, reason):
    with pytest.raises(DeskError) as refusal:
        withdraw_fact_check(editor, published.slug, reason)
    assert (refusal.value.code, FactCheck.objects.get().withdrawn_at) == ("reason", None)


def test_what_is_withdrawn_is_neither_corrected_nor_withdrawn_again(published, editor):
    withdraw_fact_check(editor, published.slug, "It was satire.")
    with pytest.raises(Conflict, match="Publish the claim anew"):
        correct_fact_check(editor, published.slug, NOTE, title="Other")
    with pytest.raises(Conflict):
        withdraw_fact_check(editor, published.slug, "Again.")


def test_after_a_withdrawal_the_claim_is_published_anew_at_another_address(published, editor):
    withdraw_fact_check(editor, published.slug, "It was satire.")
    again = publish_claim(editor, published.claim_id, **WORDS)
    assert again.slug == f"{published.slug}-v2"
    assert Claim.objects.get().status == "published"


def test_a_second_decision_that_is_restored_still_waits_to_be_published(decided_anew, editor):
    reopen_claim(editor, decided_anew.claim_id, "Newer figures.")
    restored = restore_decision(editor, decided_anew.claim_id, "Of another port.")
    assert (restored.status, restored.rating.name) == ("decided", "True")
    correct_fact_check(editor, decided_anew.slug, NOTE)
    assert (FactCheck.objects.get().rating.name, Claim.objects.get().status) == ("True", "published")


def test_a_restored_decision_is_published_as_long_as_readers_see_it(published, editor):
    reopen_claim(editor, published.claim_id, "New figures.")
    assert restore_decision(editor, published.claim_id, "Of another port.").status == "published"
    reopen_claim(editor, published.claim_id, "New figures.")
    withdraw_fact_check(editor, published.slug, "New figures.")
    assert restore_decision(editor, published.claim_id, "Of another port.").status == "decided"


@pytest.mark.django_db(transaction=True)
def test_corrections_at_once_are_numbered_one_after_another(published, editor):
    works = [lambda n=n: correct_fact_check(editor, published.slug, NOTE, title=f"Title {n}") for n in range(5)]
    works.append(lambda: withdraw_fact_check(editor, published.slug, "Enough."))
    results = kinds(all_at_once(works))
    assert (results["Correction"] + results["Conflict"], results["FactCheck"]) == (5, 1)
    numbers = list(Correction.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, results["Correction"] + 1))
    check_histories()


def test_a_correction_is_never_changed_or_deleted(published, editor):
    made = correct_fact_check(editor, published.slug, NOTE, title="Other")
    for attack in (lambda: Correction.objects.update(note="Nothing."), made.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            attack()
