"""The evidence that a policy asks for: of how many publishers, and of which evidence a person may count on."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exceptions import DeskError
from claims.models import Claim, Draft, Evidence, Verdict
from claims.review.adjudication import adjudicate_claim
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence, count_publishers
from claims.review.queue import queue_claim
from tests.factories import hand_in, judge, make_article, make_claim, make_policy, make_queued_claim

PORT, PAPER, UNION = "https://port.example/staff", "https://paper.example/2019", "https://union.example/"
NEW = [{"url": PORT, "publisher": "The port"}, {"url": PAPER, "publisher": "The Paper"}]


# What counts as a publisher.


def count(*sources: tuple[str, str], url: str = "", outlet: str = "") -> int:
    """Of (address, publisher) pairs."""
    return count_publishers([Evidence(url=at, publisher=name) for at, name in sources], url, outlet)


@pytest.mark.parametrize(
    ("sources", "publishers"),
    [
        ([], 0),
        ([(PORT, "The port")], 1),
        ([(PORT, "The port"), (PAPER, "The Paper"), (UNION, "")], 3),
        # Of one name, however it is written; of one host, whatever it is called.
        ([(PORT, "The port"), (PAPER, " the  PORT ")], 1),
        ([(PORT, "The port"), ("https://www.port.example/", "Harbour News")], 1),
        ([(PORT, ""), ("http://PORT.example:8080/b", "")], 1),
        ([(PORT, ""), ("https://port.example./staff", "")], 1),
        ([(PORT, ""), (PAPER, "")], 2),
        ([(PORT, "paper.example"), (PAPER, "")], 1),
        # No two of those that are counted share either.
        ([(PORT, "A"), (PORT, "B"), (PAPER, "A")], 2),
        ([(PAPER, "A"), (PORT, "A"), (PORT, "B")], 2),
        ([(PORT, "A"), (PORT, "B"), (PORT, "C"), (PAPER, "A"), (UNION, "A")], 2),
    ],
)
def test_publishers_are_told_apart_by_name_and_host(sources, publishers):
    assert count(*sources) == publishers


@pytest.mark.parametrize(
    ("article", "publishers"),
    [
        ({}, 2),
        ({"url": "https://www.port.example/news/1"}, 1),
        ({"outlet": "the port"}, 1),
        ({"url": "https://herald.example/1", "outlet": "Herald"}, 2),
        ({"url": "https://port.example/1", "outlet": "The Paper"}, 0),
    ],
    ids=str,
)
def test_the_article_is_no_evidence_of_itself(article, publishers):
    assert count((PORT, "The port"), (PAPER, "The Paper"), **article) == publishers


@given(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("WXYZ")), max_size=7))
def test_it_is_the_most_of_which_no_two_share_a_name_or_a_host(pairs):
    def is_independent(chosen) -> bool:
        return all(len(set(column)) == len(chosen) for column in zip(*chosen, strict=True))

    most = max(size for size in range(len(pairs) + 1) if any(map(is_independent, combinations(sorted(pairs), size))))
    assert count(*[(f"https://{host}.example/", name) for host, name in sorted(pairs)]) == most


# The gate.


@pytest.fixture
def claim(db) -> Claim:
    make_policy(min_publishers=2)
    return make_queued_claim()


def test_a_verdict_without_the_evidence_is_refused_and_kept_as_a_draft(claim, reviewer):
    turn = take_claim(reviewer, claim.pk)
    with pytest.raises(DeskError, match="of 2 independent publishers; so far there are 1") as refusal:
        hand_in(turn, "False", explanation="The port says 1,900.", evidence=NEW[:1])
    assert refusal.value.code == "publishers_needed"
    assert (Verdict.objects.count(), Evidence.objects.count(), claim.events.last().kind) == (0, 0, "taken")
    draft = Draft.objects.get()
    assert (draft.reviewer, draft.explanation, draft.evidence) == (reviewer, "The port says 1,900.", NEW[:1])
    turn.refresh_from_db()
    assert turn.closed_at is None


def test_the_evidence_that_comes_with_the_verdict_counts(claim, reviewer):
    judge(reviewer, claim, "False", evidence=NEW)
    assert (Claim.objects.get().status, Evidence.objects.count(), Draft.objects.count()) == ("decided", 2, 0)


def test_a_refused_verdict_can_be_handed_in_again_with_more(claim, reviewer):
    turn = take_claim(reviewer, claim.pk)
    with pytest.raises(DeskError):
        hand_in(turn, "False", evidence=NEW[:1])
    hand_in(turn, "False", evidence=NEW)
    assert Claim.objects.get().status == "decided"


def test_evidence_of_colleagues_counts_where_review_is_open(claim, reviewer, cora):
    add_evidence(cora, claim.pk, **NEW[0])
    judge(reviewer, claim, "False", evidence=NEW[1:])
    assert Claim.objects.get().status == "decided"


def test_evidence_of_another_claim_does_not_count(claim, reviewer):
    other = make_claim(article=claim.article, quote="March 2019")
    add_evidence(reviewer, other.pk, **NEW[0])
    with pytest.raises(DeskError, match="so far there are 1"):
        judge(reviewer, claim, "False", evidence=NEW[1:])


@pytest.mark.django_db
@pytest.mark.parametrize("article", [{"url": "https://www.paper.example/1"}, {"outlet": "The Paper"}], ids=str)
def test_the_articles_own_publisher_does_not_open_the_gate(reviewer, article):
    make_policy(min_publishers=2)
    claim = make_queued_claim(article=make_article(**article))
    turn = take_claim(reviewer, claim.pk)
    with pytest.raises(DeskError, match="so far there are 1"):
        hand_in(turn, "False", evidence=NEW)
    hand_in(turn, "False", evidence=[*NEW, {"url": UNION}])
    assert Claim.objects.get().status == "decided"


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [{"min_publishers": 0}, {"min_publishers": 1}])
def test_a_policy_that_asks_for_less_is_content_with_less(reviewer, rule):
    make_policy(**rule)
    claim = make_queued_claim()
    judge(reviewer, claim, "False", evidence=NEW[: rule["min_publishers"]])
    assert Claim.objects.get().status == "decided"


# Blind: what a person does not see, they cannot count on.


@pytest.fixture
def blind(db) -> Claim:
    make_policy(seats=2, agreeing=2, is_blind=True, min_publishers=2)
    return make_claim()


def test_who_is_blind_counts_their_own_evidence_alone(blind, cora, carl):
    queue_claim(blind.pk)
    judge(cora, blind, "False", evidence=NEW)
    turn = take_claim(carl, blind.pk)
    with pytest.raises(DeskError, match="so far there are 0"):
        hand_in(turn, "False")
    assert Claim.objects.get().status == "in_review"
    add_evidence(carl, blind.pk, **NEW[0])
    hand_in(turn, "False", evidence=NEW[1:])
    assert Claim.objects.get().status == "decided"


def test_evidence_from_before_the_review_counts_for_everybody(blind, cora, carl):
    add_evidence(cora, blind.pk, **NEW[0])
    add_evidence(cora, blind.pk, **NEW[1])
    queue_claim(blind.pk)
    judge(carl, blind, "False")
    judge(cora, blind, "False")
    assert Claim.objects.get().status == "decided"


def test_who_adjudicates_needs_the_evidence_too_and_counts_everybodys(blind, cora, carl, editor, ratings):
    queue_claim(blind.pk)
    judge(cora, blind, "True", evidence=NEW)
    judge(carl, blind, "False", evidence=NEW)
    assert adjudicate_claim(editor, blind.pk, ratings["True"], "The port says so.").status == "decided"


def test_an_adjudicator_is_held_up_by_the_gate_as_anybody(cora, carl, editor, ratings, db):
    make_policy(seats=2, agreeing=2)
    claim = make_queued_claim()
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    Claim.objects.filter(pk=claim.pk).update(rule=make_policy(seats=2, agreeing=2, min_publishers=1))
    with pytest.raises(DeskError) as refusal:
        adjudicate_claim(editor, claim.pk, ratings["True"], "The port says so.")
    assert (refusal.value.code, Claim.objects.get().status) == ("publishers_needed", "in_adjudication")
    add_evidence(editor, claim.pk, **NEW[0])
    assert adjudicate_claim(editor, claim.pk, ratings["True"], "The port says so.").status == "decided"
