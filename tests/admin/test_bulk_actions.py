"""What an editor does to many claims of the queue at once, and takes back."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.admin.bulk_actions import MOST_AT_ONCE, UNDO_WITHIN
from claims.enums import ClaimStatus, EventKind, Role
from claims.models import Assignment, Claim, ClaimEvent, OutgoingEmail
from claims.review.assignments import extend_lease, take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.deadlines import prioritise_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from tests.admin.pages import said, url, words
from tests.factories import broken_at, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims() -> list[Claim]:
    return make_queued_claims(3)


def act(browser, claims, name: str, **typed):
    """The page after it."""
    numbers = [getattr(claim, "pk", claim) for claim in claims]
    return browser.post(url("bulk"), {"claim": numbers, "act": name, **typed}, follow=True)


def dismiss(browser, claims):
    return act(browser, claims, "dismiss", category="trivial", reason="Nobody asks.")


def boost(browser, claims, by: int = 2):
    return act(browser, claims, "boost", boost=by)


def assign(browser, claims, reviewer):
    return act(browser, claims, "assign", reviewer=reviewer.pk)


def offered_undo(page) -> str:
    """The signed list in the message's form."""
    found = re.search(r'name="done" value="([^"]+)"', page.content.decode())
    return found[1] if found else ""


def undo(browser, page):
    return browser.post(url("bulk_undo"), {"done": offered_undo(page)}, follow=True)


def statuses() -> list[str]:
    return list(Claim.objects.order_by("pk").values_list("status", flat=True))


def boosts() -> list[int]:
    return list(Claim.objects.order_by("pk").values_list("boost", flat=True))


def holders() -> list[str]:
    return list(Assignment.objects.filter(closed_at=None).values_list("reviewer__username", flat=True).order_by("pk"))


# Who may.


def test_editors_find_a_box_before_each_claim_and_reviewers_none(desk, editor, reviewer, claims):
    pages = [desk(who).get(url("review_queue")).content.decode() for who in (editor, reviewer)]
    assert [page.count('name="claim"') for page in pages] == [3, 0]
    assert ['id="bulk"' in page for page in pages] == [True, False]


@pytest.mark.parametrize("who", ["reviewer", "administrator", "producer"])
@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_only_editors_act_on_many(request, desk, claims, who, name):
    typed = {"claim": [claims[0].pk], "act": "boost", "boost": 2}
    assert desk(request.getfixturevalue(who)).post(url(name), typed).status_code == 403
    assert boosts() == [0, 0, 0]


@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_reading_does_nothing(desk, editor, name):
    assert desk(editor).get(url(name)).status_code == 405


# What is done.


def test_claims_are_assigned(desk, editor, reviewer, claims, jobs):
    page = assign(desk(editor), claims[:2], reviewer)
    assert "Done for 2 claims." in words(page)
    assert holders() == ["rita", "rita"]
    assert statuses() == ["in_review", "in_review", "queued"]
    assert OutgoingEmail.objects.filter(recipient=reviewer, kind="claim_assigned").count() == 2


def test_claims_are_boosted(desk, editor, claims):
    assert "Done for 2 claims." in words(boost(desk(editor), claims[1:], -2))
    assert boosts() == [0, -2, -2]


def test_claims_are_dismissed_with_the_reason_in_each_history(desk, editor, claims):
    assert "Done for 2 claims." in words(dismiss(desk(editor), claims[:2]))
    assert statuses() == ["dismissed", "dismissed", "queued"]
    kept = ClaimEvent.objects.filter(kind=EventKind.DISMISSED).values_list("reason", "actor", "details__category")
    assert list(kept) == [("Nobody asks.", editor.pk, "trivial")] * 2


def test_the_editor_comes_back_to_the_list_as_it_was_narrowed(desk, editor, claims):
    typed = {"claim": [claims[0].pk], "act": "boost", "boost": 1, "back": "view=overdue&q=ships\r\nX: y"}
    answer = desk(editor).post(url("bulk"), typed)
    assert urlsplit(answer.url).path == url("review_queue")
    assert parse_qs(urlsplit(answer.url).query) == {"view": ["overdue"], "q": ["ships\nX: y"]}


# What is refused, before anything is done.


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"claim": []}, "Choose claims first: the boxes stand before them."),
        ({"claim": ["x", "-1", "٣"]}, "Choose claims first: the boxes stand before them."),
        ({"claim": range(1, MOST_AT_ONCE + 2)}, "Choose at most 100 claims at a time."),
        ({"act": ""}, "Choose what to do with the claims."),
        ({"act": "publish"}, "Choose what to do with the claims."),
        ({"act": "assign", "reviewer": "x"}, "Choose whom to give the claims to."),
        ({"act": "boost", "boost": "3"}, "Choose a priority."),
        ({"act": "dismiss", "reason": " "}, "Give a reason: it stays in each claim's history."),
        ({"act": "dismiss", "reason": "x" * 5001}, "The reason is longer than 5,000 characters. Shorten it."),
    ],
)
def test_what_is_not_whole_does_nothing(desk, editor, claims, typed, sentence):
    whole = {"claim": [claims[0].pk], "act": "boost", "boost": 1}
    page = desk(editor).post(url("bulk"), whole | typed, follow=True)
    assert said(page) == sentence
    assert (statuses(), boosts()) == (["queued"] * 3, [0] * 3)


def test_claims_are_given_to_nobody_who_cannot_review(desk, editor, producer, claims):
    assert said(assign(desk(editor), claims, producer)) == "Choose whom to give the claims to."


# What fails for some.


def test_what_fails_says_why_and_the_rest_is_done(desk, editor, person, reviewer, claims):
    take_claim(person("carl", Role.REVIEWER), claims[1].pk)
    page = words(assign(desk(editor), claims, reviewer))
    assert "Done for 2 claims." in page
    assert re.search(r"1 claim stays as it was: “1001 ships”: carl holds this claim until \d\d:\d\d UTC", page)
    assert holders() == ["carl", "rita", "rita"]


def test_a_claim_that_is_not_there_is_named_by_its_number(desk, editor, claims):
    page = words(boost(desk(editor), [claims[0], 999_999]))
    assert "Done for 1 claim." in page
    assert "1 claim stays as it was: “#999999”: There is no such claim." in page


def test_who_may_hold_no_more_gets_no_more(desk, editor, reviewer, claims):
    reviewer.capacity = 2
    reviewer.save()
    page = words(assign(desk(editor), claims, reviewer))
    assert "1 claim stays as it was: “1002 ships”: rita holds 2 of at most 2 claims." in page
    assert holders() == ["rita", "rita"]


# The same again.


@pytest.mark.parametrize("name", ["dismiss", "boost", "assign"])
def test_the_same_submit_again_changes_nothing(desk, editor, reviewer, claims, name):
    browser, typed = desk(editor), {"boost": 2, "reason": "Dull.", "reviewer": reviewer.pk}
    act(browser, claims, name, **typed)
    before = (statuses(), boosts(), holders(), ClaimEvent.objects.count())
    again = act(browser, claims, name, **typed)
    assert (statuses(), boosts(), holders(), ClaimEvent.objects.count()) == before
    assert offered_undo(again) == ""


def test_a_claim_that_is_chosen_twice_is_done_once(desk, editor, claims):
    assert "Done for 1 claim." in words(boost(desk(editor), [claims[0], claims[0]]))


def test_a_boost_that_is_there_already_is_no_change(desk, editor, claims):
    assert said(boost(desk(editor), claims, 0)) == "All of them were so already."


# Undo.


def test_a_dismissal_is_taken_back(desk, editor, claims):
    browser = desk(editor)
    page = undo(browser, dismiss(browser, claims))
    assert said(page) == "Undone for 3 claims."
    assert statuses() == ["queued"] * 3
    reasons = ClaimEvent.objects.filter(kind=EventKind.REOPENED).values_list("reason", flat=True)
    assert list(reasons) == ["Undone by edna"] * 3
    assert [broken_at(claim) for claim in claims] == [None] * 3


def test_a_boost_goes_back_to_what_each_claim_had(desk, editor, claims):
    browser = desk(editor)
    prioritise_claim(editor, claims[0].pk, boost=-1)
    assert said(undo(browser, boost(browser, claims))) == "Undone for 3 claims."
    assert boosts() == [-1, 0, 0]


def test_an_assignment_is_ended_and_its_holder_is_told(desk, editor, reviewer, claims, jobs):
    browser = desk(editor)
    assert said(undo(browser, assign(browser, claims, reviewer))) == "Undone for 3 claims."
    assert (holders(), statuses()) == ([], ["queued"] * 3)
    assert set(Assignment.objects.values_list("outcome", flat=True)) == {"withdrawn"}
    assert OutgoingEmail.objects.filter(recipient=reviewer, kind="turn_ended").count() == 3
    assert ClaimEvent.objects.filter(kind=EventKind.RELEASED, actor=editor, reason="Undone by edna").count() == 3
    assert [broken_at(claim) for claim in claims] == [None] * 3


def test_only_what_was_changed_is_undone(desk, editor, claims):
    browser = desk(editor)
    dismiss_claim(editor, claims[0].pk, "Long ago.")
    undo(browser, dismiss(browser, claims))
    assert statuses() == ["dismissed", "queued", "queued"]


def test_undone_twice_is_undone_once(desk, editor, claims):
    browser = desk(editor)
    page = dismiss(browser, claims)
    undo(browser, page)
    before = ClaimEvent.objects.count()
    assert "3 claims stay as they were" in words(undo(browser, page))
    assert (statuses(), ClaimEvent.objects.count()) == (["queued"] * 3, before)


def dismissed_again(claims, editor, reviewer):
    reopen_claim(editor, claims[0].pk, "No.")
    dismiss_claim(editor, claims[0].pk, "Yes.")


def boosted_again(claims, editor, reviewer):
    prioritise_claim(editor, claims[0].pk, boost=1)
    prioritise_claim(editor, claims[0].pk, boost=2)


def opened_by_its_holder(claims, editor, reviewer):
    turn = Assignment.objects.get(claim=claims[0])
    extend_lease(reviewer, turn.pk, turn.fence)


def typed_by_its_holder(claims, editor, reviewer):
    save_draft(reviewer, claims[0], explanation="The port says")


def found_by_its_holder(claims, editor, reviewer):
    add_evidence(reviewer, claims[0].pk, url="https://port.example/")


@pytest.mark.parametrize(
    ("name", "since", "sentence"),
    [
        ("dismiss", dismissed_again, "The claim has moved on since, and stays where it is."),
        ("boost", boosted_again, "Its place in the queue was changed again since, and stays."),
        ("assign", opened_by_its_holder, "rita is at work on it, and keeps it."),
        ("assign", typed_by_its_holder, "rita is at work on it, and keeps it."),
        ("assign", found_by_its_holder, "rita is at work on it, and keeps it."),
    ],
)
def test_what_has_gone_on_since_is_left_as_it_is(desk, editor, reviewer, claims, name, since, sentence):
    browser = desk(editor)
    page = act(browser, claims[:2], name, boost=2, reason="Dull.", reviewer=reviewer.pk)
    since(claims, editor, reviewer)
    before = Claim.objects.filter(pk=claims[0].pk).values("status", "boost", "last_event_hash").get()
    page = words(undo(browser, page))
    assert "Undone for 1 claim." in page
    assert f"1 claim stays as it was: “1000 ships”: {sentence}" in page
    assert Claim.objects.filter(pk=claims[0].pk).values("status", "boost", "last_event_hash").get() == before


def test_who_is_no_editor_any_more_undoes_nothing(desk, editor, claims):
    browser = desk(editor)
    page = dismiss(browser, claims)
    editor.groups.set(Group.objects.filter(name=Role.REVIEWER))
    assert undo(browser, page).status_code == 403
    assert statuses() == ["dismissed"] * 3


@pytest.mark.parametrize("change", [lambda done: "", lambda done: "x", lambda done: done[:-1], lambda done: "a" + done])
def test_a_list_that_was_not_signed_undoes_nothing(desk, editor, claims, change):
    browser = desk(editor)
    done = offered_undo(dismiss(browser, claims))
    page = browser.post(url("bulk_undo"), {"done": change(done)}, follow=True)
    assert said(page) == "The time to undo that is over. Each claim's own page leads back, too."
    assert statuses() == ["dismissed"] * 3


def test_nobody_undoes_with_the_list_of_somebody_else(desk, person, editor, claims):
    page = dismiss(desk(editor), claims)
    assert "time to undo that is over" in said(undo(desk(person("ed", Role.EDITOR)), page))
    assert statuses() == ["dismissed"] * 3


@pytest.mark.parametrize(("seconds", "status"), [(UNDO_WITHIN - 5, "queued"), (UNDO_WITHIN + 5, "dismissed")])
def test_undoing_has_its_time(desk, editor, claims, seconds, status):
    browser = desk(editor)
    page = dismiss(browser, claims)
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        undo(browser, page)
    assert statuses() == [status] * 3


def test_hostile_headlines_stay_words_in_what_is_said(desk, editor, claims):
    Claim.objects.update(headline="<script>alert(1)</script>", status=ClaimStatus.DISMISSED)
    assert "<script>alert" not in dismiss(desk(editor), claims).content.decode()
