import pytest

from claims.enums import Role
from claims.models import Claim, Verdict
from tests.admin.pages import said, url, words
from tests.factories import judge, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def rolf(person):
    return person("rolf", Role.REVIEWER)


@pytest.fixture
def differing(reviewer, rolf, ratings) -> Claim:
    """A claim on which rita and rolf differ, blindly; an editor adjudicates."""
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    judge(reviewer, claim, "True", evidence=[{"url": "https://port.example/", "title": "Yearbook"}])
    judge(rolf, claim, "False")
    return claim


def see(desk, who, claim) -> str:
    return words(desk(who).get(url("review_claim", claim.pk)))


def test_who_adjudicates_finds_the_verdicts_side_by_side(desk, editor, differing):
    page = desk(editor).get(url("review_claim", differing.pk))
    assert [verdict.rating.name for verdict in page.context["columns"]] == ["True", "False"]
    told = words(page)
    for sentence in ("The verdicts differ. You decide.", "It is true. Supports", "Yearbook", "It is false.", "Decide"):
        assert sentence.split(" Supports")[0] in told
    assert "Earlier verdicts" not in told


@pytest.mark.parametrize("who", ["reviewer", "rolf", "administrator", "another"])
def test_others_find_no_way_to_decide(request, desk, person, differing, who):
    somebody = person("rosa", Role.REVIEWER) if who == "another" else request.getfixturevalue(who)
    assert "You decide." not in see(desk, somebody, differing)


def test_an_editor_who_has_judged_does_not_decide(desk, editor, person, ratings):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    judge(editor, claim, "True")
    judge(person("rosa", Role.REVIEWER), claim, "False")
    assert "You decide." not in see(desk, editor, claim)
    page = desk(editor).post(url("adjudicate", claim.pk), {"rating": ratings["True"].pk, "reason": "Mine."})
    assert (page.status_code, "Nobody adjudicates their own verdict" in words(page)) == (403, True)


def test_an_editor_decides_with_a_reason_that_stays(desk, editor, differing, ratings):
    typed = {"rating": ratings["Half true"].pk, "reason": "Both count, differently."}
    page = desk(editor).post(url("adjudicate", differing.pk), typed, follow=True)
    assert said(page) == "Decided. Your reason is in the claim's history."
    assert Claim.objects.get().rating == ratings["Half true"]
    assert "The verdicts differed; edna decided: Both count, differently." in words(page)


@pytest.mark.parametrize(
    ("rating", "reason", "refusal"),
    [("", "Both count.", "Choose a rating."), ("Half true", " ", "Give a reason: it stays in the claim's history.")],
)
def test_a_refusal_keeps_what_was_typed(desk, editor, differing, ratings, rating, reason, refusal):
    typed = {"rating": ratings[rating].pk if rating else "", "reason": reason}
    page = desk(editor).post(url("adjudicate", differing.pk), typed)
    assert (page.status_code, refusal in words(page)) == (400, True)
    assert f"{reason}</textarea>" in page.content.decode()
    assert page.content.decode().count(" checked>") - 1 == bool(rating)  # one is that of the keys


def test_other_people_are_asked(desk, editor, person, differing, reviewer, rolf):
    rosa, rudi = person("rosa", Role.REVIEWER), person("rudi", Role.REVIEWER)
    page = desk(editor).post(url("another_round", differing.pk), {"reason": "Neither found the books."}, follow=True)
    assert said(page) == "Other people are asked: the claim is back in the queue."
    assert (Claim.objects.get().status, Verdict.objects.count()) == ("queued", 2)
    offered = ["Take this claim" in see(desk, who, differing) for who in (rosa, rudi, reviewer, rolf, editor)]
    assert offered == [True, True, False, False, False]
    assert "You could see the verdicts so far; others judge this claim." in see(desk, editor, differing)


def test_too_few_other_people_are_told(desk, editor, differing):
    page = desk(editor).post(url("another_round", differing.pk), {"reason": "Once more."})
    assert (page.status_code, "Decide it yourself." in words(page)) == (409, True)
    assert "Once more.</textarea>" in page.content.decode()


def test_the_rule_may_leave_it_to_administrators(desk, editor, administrator, person, ratings):
    make_policy(seats=2, agreeing=2, is_blind=True, adjudicated_by=Role.ADMINISTRATOR)
    claim = make_queued_claim()
    judge(person("rosa", Role.REVIEWER), claim, "True")
    judge(person("rudi", Role.REVIEWER), claim, "False")
    assert ["You decide." in see(desk, who, claim) for who in (editor, administrator)] == [False, True]
    typed = {"rating": ratings["True"].pk, "reason": "The books."}
    assert [desk(who).post(url("adjudicate", claim.pk), typed).status_code for who in (editor, administrator)] == [
        403,
        302,
    ]


def test_who_adjudicates_finds_the_claim_on_the_first_page_and_in_the_queue(desk, editor, differing):
    browser = desk(editor)
    assert "1 to adjudicate" in words(browser.get(url("index")))
    for query in ("", "?status=in_adjudication"):
        assert "In adjudication" in words(browser.get(url("review_queue") + query)).split("Due")[1]


# Seats.


def test_a_colleague_takes_the_other_place(desk, reviewer, rolf):
    make_policy(seats=2, agreeing=2)
    claim = make_queued_claim()
    desk(reviewer).post(url("take_claim", claim.pk))
    page = see(desk, rolf, claim)
    assert "1 of 2 places is free. rita sits there until" in page
    assert "Take this claim" in page
    assert "1 of 2 places free" in words(desk(rolf).get(url("review_queue")))


def test_the_rule_and_the_deadline_are_told(desk, reviewer):
    make_policy(seats=3, agreeing=2, is_blind=True, tolerance=1, min_publishers=2, hours_to_decide=36)
    page = see(desk, reviewer, make_queued_claim())
    assert "1 day left" in page
    assert "Three reviewers, blind; two of them must agree, or be one step apart. Else an editor decides." in page
    assert "Policy, version 2" in page
    assert "The policy asks for evidence of 2 independent publishers; so far there are 0." in page
