"""A decided claim goes public, once, in an editor's words."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from claims.exceptions import Conflict, DeskError, MoveRefused, NotPermitted
from claims.models import Claim, Evidence, FactCheck
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim
from tests.factories import broken_at, judge, make_claim, make_queued_claim
from tests.publishing.conftest import WORDS
from tests.racing import all_at_once, check_histories, kinds

pytestmark = pytest.mark.django_db


def test_a_decided_claim_is_published_with_its_rating(decided, editor):
    shown = decided.evidence.get()
    made = publish_claim(editor, decided.pk, **WORDS, text=" How we counted.\r\n\r\nTwice. ", evidence=[shown.pk])
    made.refresh_from_db()
    assert (made.title, made.summary, made.rating.name) == (*WORDS.values(), "False")
    assert (made.text, list(made.evidence.all())) == ("How we counted.\n\nTwice.", [shown])
    assert (made.published_by, made.withdrawn_at) == (editor, None)
    assert Claim.objects.get().status == "published"
    event = decided.events.last()
    assert (event.kind, event.actor, event.from_status, event.to_status) == (
        "published",
        editor,
        "decided",
        "published",
    )
    assert event.details == {"fact_check": made.slug, "rating": "False"}
    assert broken_at(decided) is None


@pytest.mark.parametrize(
    ("stand_alone", "told"),
    [
        ("", "roughly 2,500 dockers"),
        ("Aas stopped 40 of [them?] last winter [2022-24].", "Aas stopped 40 of them last winter."),
        ("[They?] employ 2,500 [as of 2026-11-02].", "They employ 2,500."),
        ("He said [the port] lost 40 jobs.", "He said [the port] lost 40 jobs."),
    ],
)
def test_readers_are_shown_no_marks_of_the_machine(decided, editor, stand_alone, told):
    Claim.objects.update(stand_alone=stand_alone)
    assert publish_claim(editor, decided.pk, **WORDS).claim_reviewed == told


def test_an_editor_tells_readers_the_claim_in_other_words(decided, editor):
    told = publish_claim(editor, decided.pk, **WORDS, claim_reviewed=" Velmar has 2,500\ndockers. ")
    assert told.claim_reviewed == "Velmar has 2,500 dockers."


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("No, it is 1,900 dockers", "no-it-is-1900-dockers"),
        ("Größe & Maß", "groe-ma"),
        ("سفن الميناء", "fact-check"),
        ("… – !", "fact-check"),
        ("word " * 50, "-".join(["word"] * 18)),
    ],
)
def test_its_address_comes_from_the_title_and_ends_in_the_claims_number(decided, editor, title, start):
    made = publish_claim(editor, decided.pk, title=title, summary="So it is.")
    assert made.slug == f"{start}-{decided.pk}"


def test_a_claim_has_one_live_fact_check(published, editor):
    with pytest.raises(Conflict, match="Correct that one"):
        publish_claim(editor, published.claim_id, **WORDS)
    reopen_claim(editor, published.claim_id, "New figures.")
    with pytest.raises(Conflict, match="Correct that one"):
        publish_claim(editor, published.claim_id, **WORDS)
    assert FactCheck.objects.get() == published


@pytest.mark.parametrize("status", ["queued", "extracted"])
def test_what_is_not_decided_is_not_published(editor, status):
    claim = make_queued_claim() if status == "queued" else make_claim()
    with pytest.raises(MoveRefused, match="Have it reviewed first"):
        publish_claim(editor, claim.pk, **WORDS)
    assert (Claim.objects.get().status, FactCheck.objects.count()) == (status, 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " \n"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"claim_reviewed": "x" * 1_001}, "claim_reviewed"),
        ({"summary": ""}, "summary"),
        ({"summary": "x" * 2_001}, "summary"),
        ({"text": "x" * 50_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"evidence": [2**40]}, "evidence"),
    ],
    ids=str,
)
def test_words_that_do_not_hold_are_refused_by_their_field(decided, editor, change, code):
    with pytest.raises(DeskError) as refusal:
        publish_claim(editor, decided.pk, **WORDS | change)
    assert refusal.value.code == code
    assert (Claim.objects.get().status, FactCheck.objects.count()) == ("decided", 0)


def test_evidence_of_another_claim_is_not_shown(decided, editor):
    other = make_queued_claim(article=decided.article, quote="March 2019")
    theirs = Evidence.objects.create(claim=other, url="https://port.example/opening", added_by=editor)
    with pytest.raises(DeskError, match="Only evidence of the claim itself"):
        publish_claim(editor, decided.pk, **WORDS, evidence=[theirs.pk])


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_publish_correct_and_withdraw(decided, editor, request, who):
    person = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        publish_claim(person, decided.pk, **WORDS)
    published = publish_claim(editor, decided.pk, **WORDS)
    with pytest.raises(NotPermitted):
        correct_fact_check(person, published.slug, "A slip.", title="Mine")
    with pytest.raises(NotPermitted):
        withdraw_fact_check(person, published.slug, "Mine.")
    published.refresh_from_db()
    assert (published.title, published.withdrawn_at, published.corrections.count()) == (WORDS["title"], None, 0)


def test_what_readers_see_stands_in_the_way_of_dismissing_and_merging(published, editor, reviewer):
    claim = reopen_claim(editor, published.claim_id, "New figures.")
    other = make_queued_claim(article=claim.article, quote="March 2019")
    for put_aside in (dismiss_claim, partial(merge_claim, target_id=other.pk)):
        with pytest.raises(Conflict, match="Withdraw that first"):
            put_aside(editor, claim.pk, reason="An opinion.")
    withdraw_fact_check(editor, published.slug, "It was an opinion.")
    assert dismiss_claim(editor, claim.pk, "An opinion.").status == "dismissed"


@pytest.mark.django_db(transaction=True)
def test_many_who_publish_at_once_make_one_fact_check(decided, editor):
    results = all_at_once([lambda: publish_claim(editor, decided.pk, **WORDS) for _ in range(6)])
    assert kinds(results) == {"FactCheck": 1, "Conflict": 5}
    assert (FactCheck.objects.count(), decided.events.filter(kind="published").count()) == (1, 1)
    check_histories()


def test_the_database_holds_one_live_fact_check(published):
    with pytest.raises(IntegrityError, match="one_live_fact_check_per_claim"), transaction.atomic():
        FactCheck.objects.create(
            claim=published.claim,
            slug="other",
            claim_reviewed="-",
            rating=published.rating,
            published_by=published.published_by,
            **WORDS,
        )


def test_a_new_decision_waits_to_be_published(published, editor, reviewer, person):
    reopen_claim(editor, published.claim_id, "New figures.")
    judge(person("cora", "reviewer"), published.claim, "True")
    published.refresh_from_db()
    assert (published.claim.status, published.claim.rating.name, published.rating.name) == ("decided", "True", "False")
