"""Mail about verdicts that are needed, decisions, and articles that failed: to whom, and to whom not."""

import pytest

from claims.enums import EmailKind, Role, Timing
from claims.intake.extracting import recording_failure, take_version
from claims.models import Claim, DigestEntry, MailChoice, OutgoingEmail, Reviewer
from claims.review.adjudication import adjudicate_claim
from claims.review.assignments import take_claim
from claims.review.closing import reopen_claim
from tests.factories import judge, make_article, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
HEADLINE = "roughly 2,500 dockers"


@pytest.fixture
def people(person) -> dict[str, Reviewer]:
    """Two of each role."""
    roles = {"ed": Role.EDITOR, "rev": Role.REVIEWER, "adm": Role.ADMINISTRATOR, "prod": Role.PRODUCER}
    return {f"{name}{n}": person(f"{name}{n}", role) for name, role in roles.items() for n in (1, 2)}


def told(kind: str) -> list[str]:
    return sorted(OutgoingEmail.objects.filter(kind=kind).values_list("recipient__username", flat=True))


# Another verdict.


@pytest.fixture
def at_once(people):
    MailChoice.objects.create(kind=EmailKind.SECOND_VERDICT, timing=Timing.AT_ONCE)


def test_who_may_still_judge_is_told_that_another_verdict_is_needed(people, at_once):
    make_policy(seats=3, agreeing=2, is_blind=False)
    claim = make_queued_claim(added_by=people["ed2"])
    take_claim(people["ed1"], claim.pk)
    judge(people["rev1"], claim, "False")
    assert told("second_verdict") == ["rev2"]


@pytest.mark.parametrize("rule", [{"seats": 2, "agreeing": 2, "is_blind": True}, {"seats": 1, "agreeing": 1}])
def test_in_a_blind_review_or_after_the_last_verdict_nobody_is_told_of_another(people, at_once, rule):
    make_policy(**rule)
    judge(people["rev1"], make_queued_claim(), "False")
    assert told("second_verdict") == []


def test_that_another_verdict_is_needed_stands_in_the_digest_among_what_waits(people):
    make_policy(seats=2, agreeing=2, is_blind=False)
    judge(people["rev1"], make_queued_claim(), "False")
    assert (told("second_verdict"), DigestEntry.objects.count()) == ([], 0)


# Decisions.


@pytest.fixture
def decisions_at_once(people):
    MailChoice.objects.create(kind=EmailKind.CLAIM_DECIDED, timing=Timing.AT_ONCE)


def make_sent_claim(people, **fields) -> Claim:
    return make_queued_claim(article=make_article(added_by=people["prod1"]), **fields)


def test_who_has_no_role_any_more_is_not_told_of_the_decision(people, decisions_at_once):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    people["rev1"].groups.clear()
    judge(people["rev2"], claim, "False")
    assert told("claim_decided") == ["prod1", "rev2"]


def test_who_judged_added_or_sent_it_is_told_of_the_decision(people, decisions_at_once):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_sent_claim(people, added_by=people["ed1"])
    judge(people["rev1"], claim, "False")
    assert told("claim_decided") == []
    judge(people["rev2"], claim, "False")
    assert told("claim_decided") == ["ed1", "prod1", "rev1", "rev2"]
    mail = OutgoingEmail.objects.filter(kind="claim_decided").first()
    assert mail.subject == f"Decided “False”: {HEADLINE}"


def test_who_decided_alone_is_not_told_of_their_own_act(people, decisions_at_once):
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    assert told("claim_decided") == ["prod1"]


def test_who_adjudicated_is_not_told_of_their_own_act(people, decisions_at_once, ratings):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    judge(people["rev1"], claim, "False")
    judge(people["rev2"], claim, "True")
    adjudicate_claim(people["ed1"], claim.pk, ratings["False"], "The records say so.")
    assert told("claim_decided") == ["rev1", "rev2"]


def decide_again(people, claim: Claim, rating: str) -> None:
    reopen_claim(people["ed1"], claim.pk, "New records.")
    judge(people["rev2"], claim, rating)


def test_who_was_told_the_old_outcome_is_told_the_new_one(people, decisions_at_once):
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    decide_again(people, claim, "True")
    assert (told("outcome_changed"), told("claim_decided")) == (["prod1"], ["prod1", "rev1"])
    mail = OutgoingEmail.objects.get(kind="outcome_changed")
    assert mail.subject == f"Now “True”, no longer “False”: {HEADLINE}"
    assert "Wherever the old outcome was used, it has to be corrected." in mail.text


def test_who_has_no_role_any_more_is_not_told_of_the_change(people, decisions_at_once):
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    people["prod1"].groups.clear()
    decide_again(people, claim, "True")
    assert told("outcome_changed") == []


def test_who_was_told_in_a_digest_is_told_of_the_change_too(people):
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    decide_again(people, claim, "True")
    assert told("outcome_changed") == ["prod1"]


def test_the_same_outcome_again_has_not_changed(people, decisions_at_once):
    claim = make_sent_claim(people)
    judge(people["rev1"], claim, "False")
    decide_again(people, claim, "False")
    assert (told("outcome_changed"), told("claim_decided")) == ([], ["prod1", "prod1", "rev1"])


# Articles.


def test_editors_and_the_sender_are_told_of_an_article_that_could_not_be_read(people):
    article = make_article(added_by=people["prod1"])
    article.versions.update(extraction_status="waiting")
    version = take_version(article.versions.get().pk)
    with recording_failure(version):
        raise ValueError("no sentence")
    assert told("article_failed") == ["ed1", "ed2", "prod1"]
    mail = OutgoingEmail.objects.filter(kind="article_failed").first()
    assert mail.subject == "Please look: could not read “Harbour grows”"
    assert "ValueError: no sentence" in mail.text
