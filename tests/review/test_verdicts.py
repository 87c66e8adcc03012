"""A verdict decides a claim; one that comes too late is refused, and not a word of it is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, Role, SeatStatus
from claims.exceptions import DeskError, LeaseLost, NotPermitted
from claims.lifecycle import move
from claims.models import Assignment, Claim, Draft, Evidence, OutgoingEmail, Verdict
from claims.review.assignments import release_assignment, take_claim, take_next
from claims.review.closing import dismiss_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.verdicts import record_verdict
from tests.factories import make_claim, make_queued_claim

pytestmark = pytest.mark.django_db
WEB = "https://port.example/staff"


@pytest.fixture
def assignment(reviewer) -> Assignment:
    make_queued_claim()
    return take_next(reviewer)


@pytest.fixture
def judge(reviewer, assignment, ratings):
    """Hands in `assignment`'s verdict, with one thing different where named."""

    def hand_in(**different):
        content = {"rating": ratings["False"], "explanation": "The port says 1,900.", "evidence": []} | different
        who, fence = content.pop("who", reviewer), content.pop("fence", assignment.fence)
        return record_verdict(who, assignment.pk, fence, **content)

    return hand_in


def expire(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def nothing_was_recorded(claim: Claim, events: int) -> bool:
    claim.refresh_from_db()
    counts = (Verdict.objects.count(), Evidence.objects.count(), OutgoingEmail.objects.count(), claim.events.count())
    return (claim.rating, claim.decided_at, *counts) == (None, None, 0, 0, 0, events)


# A verdict in time.


def test_a_verdict_decides_the_claim(judge, assignment, ratings):
    verdict = judge()
    claim = Claim.objects.get()
    assert (claim.status, claim.rating, verdict.rating) == ("decided", ratings["False"], ratings["False"])
    assert claim.decided_at is not None
    assignment.refresh_from_db()
    assert (assignment.outcome, assignment.seat.status) == ("verdict", SeatStatus.FILLED)


def test_a_verdict_is_remembered_before_the_decision_it_makes(judge, reviewer, assignment):
    verdict = judge()
    recorded, decided = verdict.assignment.claim.events.order_by("number")[3:]
    assert (recorded.kind, recorded.actor) == ("verdict_recorded", reviewer)
    details = {
        "verdict": verdict.pk,
        "assignment": assignment.pk,
        "rating": "False",
        "explanation": verdict.explanation,
    }
    assert recorded.details == details
    assert (decided.kind, decided.actor, decided.details) == (
        "decided",
        None,
        {"rating": "False", "verdicts": [verdict.pk], "policy": 1, "rule": 1},
    )


def test_a_verdict_is_confirmed_by_mail(judge, reviewer):
    verdict = judge()
    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.cause, mail.recipient) == ("verdict_recorded", f"verdict:{verdict.pk}", reviewer)


def test_a_decided_claim_leaves_the_queue(judge, person):
    judge()
    assert take_next(person("cora", Role.REVIEWER)) is None


def test_a_verdict_uses_up_the_draft(judge, reviewer):
    save_draft(reviewer, Claim.objects.get(), explanation="The port")
    judge()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["True", "Half true", "Unverifiable"])
def test_any_rating_of_the_scale_decides(judge, ratings, name):
    judge(rating=ratings[name])
    assert Claim.objects.get().rating.name == name


def test_space_around_the_explanation_goes(judge):
    assert judge(explanation="\n The port says 1,900.\t").explanation == "The port says 1,900."


# Evidence.


def test_a_verdict_takes_evidence_of_the_claim_and_new_evidence(judge, reviewer):
    known = add_evidence(reviewer, Claim.objects.get().pk, url=WEB)
    new = {"url": "https://paper.example/2019", "title": "Opening day", "stance": "refutes", "is_primary": True}
    verdict = judge(evidence=[known.pk, new])
    first, second = verdict.evidence.order_by("id")
    assert first == known
    assert (second.url, second.title, second.stance, second.is_primary, second.added_by) == (*new.values(), reviewer)
    assert Claim.objects.get().events.filter(kind="evidence_added").count() == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://port.example/"},
        {"url": ""},
        {"title": "no address"},
        {"url": WEB, "stance": "loud"},
        {"url": WEB, "title": "x" * 301},
        {"url": WEB, "colour": "red"},
        {"url": WEB, "added_by": None},
        {"url": WEB, "claim": None},
        0,
        10**30,
    ],
    ids=str,
)
def test_evidence_that_does_not_hold_records_nothing_at_all(judge, assignment, bad):
    with pytest.raises(DeskError) as refusal:
        judge(evidence=[{"url": WEB}, bad])
    assert refusal.value.code == "evidence"
    assert nothing_was_recorded(Claim.objects.get(), events=3)
    assignment.refresh_from_db()
    assert assignment.closed_at is None


def test_evidence_of_another_claim_does_not_count(judge, reviewer):
    other = make_claim(article=Claim.objects.get().article, quote="March 2019")
    foreign = add_evidence(reviewer, other.pk, url=WEB)
    with pytest.raises(DeskError, match="is not evidence of this claim"):
        judge(evidence=[foreign.pk])
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("explanation", ["", "  \n\t"])
def test_a_verdict_must_be_explained(judge, explanation):
    with pytest.raises(DeskError) as refusal:
        judge(explanation=explanation)
    assert refusal.value.code == "explanation_needed"
    assert nothing_was_recorded(Claim.objects.get(), events=3)


# A verdict too late, twice, or of somebody else.


def test_a_late_verdict_is_refused_and_kept_as_a_draft(judge, assignment, reviewer, ratings):
    expire(assignment)
    with pytest.raises(LeaseLost) as refusal:
        judge(evidence=[{"url": WEB}])
    assert refusal.value.code == "lease_lost"
    assert nothing_was_recorded(Claim.objects.get(), events=3)
    draft = Draft.objects.get()
    assert (draft.reviewer, draft.claim, draft.rating) == (reviewer, assignment.claim, ratings["False"])
    assert (draft.explanation, draft.evidence) == ("The port says 1,900.", [{"url": WEB}])


def test_a_late_verdict_can_be_handed_in_after_taking_again(judge, assignment, reviewer, ratings):
    expire(assignment)
    with pytest.raises(LeaseLost):
        judge()
    again, draft = take_claim(reviewer, assignment.claim_id), Draft.objects.get()
    record_verdict(reviewer, again.pk, again.fence, rating=draft.rating, explanation=draft.explanation)
    assert (Claim.objects.get().status, Draft.objects.count()) == ("decided", 0)


@pytest.mark.parametrize("end", ["released", "withdrawn", "reassigned"])
def test_a_verdict_after_the_turn_ended_is_refused_and_kept(judge, assignment, reviewer, editor, end):
    if end == "withdrawn":
        dismiss_claim(editor, assignment.claim_id, "An opinion.")
    else:
        release_assignment(reviewer, assignment.pk)
    if end == "reassigned":
        take_next(editor)
    with pytest.raises(LeaseLost):
        judge()
    assert (Verdict.objects.count(), Draft.objects.get().explanation) == (0, "The port says 1,900.")


def test_a_verdict_with_another_fence_is_refused_and_kept(judge, assignment):
    with pytest.raises(LeaseLost) as refusal:
        judge(fence=assignment.fence + 1)
    assert refusal.value.code == "wrong_fence"
    assert Draft.objects.get().explanation == "The port says 1,900."


def test_a_second_verdict_is_refused_and_leaves_no_draft(judge):
    first = judge()
    with pytest.raises(LeaseLost) as refusal:
        judge(explanation="On second thoughts …")
    assert refusal.value.code == "verdict_recorded"
    assert (Verdict.objects.get(), Draft.objects.count()) == (first, 0)
    assert Verdict.objects.get().explanation == "The port says 1,900."


def test_nobody_hands_in_a_verdict_for_a_colleague(judge, editor, person):
    for somebody in (editor, person("cora", Role.REVIEWER)):
        with pytest.raises(Assignment.DoesNotExist):
            judge(who=somebody)
    assert nothing_was_recorded(Claim.objects.get(), events=3)
    assert not Draft.objects.exists()


def test_who_lost_the_role_hands_in_no_verdict(judge, reviewer):
    reviewer.groups.clear()
    with pytest.raises(NotPermitted):
        judge(who=type(reviewer).objects.get(pk=reviewer.pk))
    assert not Verdict.objects.exists()


# Drafts.


def test_the_latest_draft_wins(assignment, reviewer, ratings):
    save_draft(reviewer, assignment.claim, rating=ratings["True"], explanation="The")
    save_draft(reviewer, assignment.claim, explanation="The port", evidence=[{"url": WEB}, 7])
    draft = Draft.objects.get()
    assert (draft.rating, draft.explanation, draft.evidence) == (None, "The port", [{"url": WEB}, 7])


def test_colleagues_keep_drafts_of_their_own(assignment, reviewer, editor):
    save_draft(reviewer, assignment.claim, explanation="mine")
    save_draft(editor, assignment.claim, explanation="hers")
    assert set(Draft.objects.values_list("reviewer__username", "explanation")) == {("rita", "mine"), ("edna", "hers")}


def test_a_claim_decided_behind_the_lease_takes_no_verdict(judge, assignment, ratings):
    """However it came about, an open turn on a claim that left review records nothing."""
    judged = {"rating": ratings["True"], "decided_at": timezone.now()}
    move(assignment.claim_id, ClaimStatus.DECIDED, EventKind.DECIDED, **judged)
    with pytest.raises(DeskError):
        judge()
    assert (Verdict.objects.count(), Claim.objects.get().rating.name) == (0, "True")


def test_who_judged_in_another_window_is_told_so_and_gets_no_draft(reviewer, ratings):
    claim = make_queued_claim()
    first = take_claim(reviewer, claim.pk)
    Assignment.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    second = take_claim(reviewer, claim.pk)
    record_verdict(reviewer, second.pk, second.fence, rating=ratings["False"], explanation="The port says 1,900.")
    with pytest.raises(LeaseLost) as refusal:
        record_verdict(reviewer, first.pk, first.fence, rating=ratings["True"], explanation="From the other window.")
    assert refusal.value.code == "verdict_recorded"
    assert (Verdict.objects.count(), Draft.objects.count()) == (1, 0)
