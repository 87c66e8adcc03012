"""An editor corrects the machine, and the history keeps what was."""

import pytest

from claims.enums import ClaimKind, Role
from claims.exceptions import Conflict, DeskError, MoveRefused, NotPermitted
from claims.intake.untouched import untouched
from claims.models import Claim
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from claims.review.correcting import correct_claim, split_claim
from tests.factories import TEXT, broken_at, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim(facts={"quantity": {"value": 2500}})


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def changes(claim: Claim) -> dict:
    return claim.events.get(kind="corrected").details["changes"]


def test_headline_and_kind_change_and_the_history_keeps_both(claim, editor):
    correct_claim(editor, claim.pk, headline=" 2,500 dockers ", kind=ClaimKind.EVENT, reason=" Not a figure. ")
    claim.refresh_from_db()
    assert (claim.headline, claim.kind, claim.facts) == ("2,500 dockers", "event", {"quantity": {"value": 2500}})
    event = claim.events.get(kind="corrected")
    assert (event.actor, event.reason, broken_at(claim)) == (editor, "Not a figure.", None)
    assert changes(claim) == {
        "headline": {"old": "roughly 2,500 dockers", "new": "2,500 dockers"},
        "kind": {"old": "quantity", "new": "event"},
    }


def test_the_words_move_and_keep_their_facts_where_they_overlap(claim, editor):
    correct_claim(editor, claim.pk, span=span_of("employs roughly 2,500 dockers"))
    words = claim.appearances.get()
    assert (words.quote, TEXT[words.start : words.end]) == ("employs roughly 2,500 dockers",) * 2
    assert Claim.objects.get().facts == {"quantity": {"value": 2500}}


def test_facts_of_words_that_are_left_behind_go_with_them(claim, editor):
    correct_claim(editor, claim.pk, span=span_of("March 2019"))
    assert Claim.objects.get().facts == {}
    assert changes(claim)["facts"] == {"old": {"quantity": {"value": 2500}}, "new": {}}


def test_what_is_not_changed_is_not_told(claim, editor):
    correct_claim(editor, claim.pk, headline=claim.headline, span=span_of("roughly 2,500 dockers"))
    assert not claim.events.filter(kind="corrected").exists()


def test_the_words_of_another_claim_stay_that_claims(claim, editor):
    make_claim(article=claim.article, quote="March 2019")
    with pytest.raises(Conflict) as refusal:
        correct_claim(editor, claim.pk, span=span_of("March 2019"), headline="Opened in 2019")
    assert refusal.value.code == "span_taken"
    assert (Claim.objects.get(pk=claim.pk).headline, claim.appearances.get().quote) == ("roughly 2,500 dockers",) * 2


@pytest.mark.parametrize("span", [(5, 5), (7, 3), (-3, 4), (0, 10**6)])
def test_a_span_outside_the_text_is_refused(claim, editor, span):
    with pytest.raises(DeskError) as refusal:
        correct_claim(editor, claim.pk, span=span)
    assert refusal.value.code == "span"


@pytest.mark.parametrize("headline", ["", "  ", "x" * 301])
def test_a_headline_is_no_blank_and_no_essay(claim, editor, headline):
    with pytest.raises(DeskError):
        correct_claim(editor, claim.pk, headline=headline)


def test_a_closed_claim_is_reopened_first(claim, editor):
    dismiss_claim(editor, claim.pk, "An opinion.")
    for act in (
        lambda: correct_claim(editor, claim.pk, headline="Other"),
        lambda: split_claim(editor, claim.pk, (0, 3)),
    ):
        with pytest.raises(MoveRefused, match="Reopen it"):
            act()
    assert Claim.objects.count() == 1


def test_who_sits_at_the_claim_goes_on(claim, editor, reviewer):
    turn = take_claim(reviewer, claim.pk)
    correct_claim(editor, claim.pk, headline="2,500 dockers")
    turn.refresh_from_db()
    assert turn.closed_at is None


def test_a_machine_leaves_a_corrected_claim_alone(claim, editor):
    assert untouched(Claim.objects.all()).exists()
    correct_claim(editor, claim.pk, headline="2,500 dockers")
    assert not untouched(Claim.objects.all()).exists()


def test_a_part_becomes_a_claim_of_its_own(claim, editor, reviewer):
    part = split_claim(editor, claim.pk, span_of("March 2019"), headline="Opened in 2019", kind=ClaimKind.EVENT)
    assert (part.status, part.headline, part.added_by) == ("queued", "Opened in 2019", editor)
    assert claim.events.get(kind="split").details == {"into": part.pk}
    assert (broken_at(Claim.objects.get(pk=claim.pk)), broken_at(part)) == (None, None)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PRODUCER, Role.ADMINISTRATOR])
def test_editors_correct_and_nobody_else(claim, person, role):
    pat = person("pat", role)
    for act in (correct_claim, lambda who, pk: split_claim(who, pk, (0, 3))):
        with pytest.raises(NotPermitted):
            act(pat, claim.pk)
