"""Publishing on the review page: a decided claim goes public, is corrected when it was wrong, and withdrawn."""

import re
from collections.abc import Mapping

import pytest
import time_machine

from claims.enums import ClaimStatus, Role
from claims.models import Claim, FactCheck, Rating, Reviewer
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim
from claims.review.evidence import add_evidence
from tests.admin.pages import inline_code, said, url, words
from tests.factories import judge, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>\"'"
CONTENT = {"title": "No, not 2,500 dockers", "summary": "The port counts 1,840.", "text": "One.\n\nTwo."}
REPORT = {"url": "https://port.example/report", "title": "A report", "publisher": "The port", "stance": "refutes"}


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock, reviewer, ratings: Mapping[str, Rating]) -> Claim:
    """Decided as false on a report; a note of somebody else's is cited by nobody."""
    claim = make_queued_claim(stand_alone="The harbour employs roughly 2,500 dockers.")
    add_evidence(reviewer, claim.pk, url="https://note.example/", title="A note")
    judge(reviewer, claim, "False", evidence=[REPORT])
    claim.refresh_from_db()
    return claim


@pytest.fixture
def fact_check(claim, editor) -> FactCheck:
    report = claim.evidence.get(title="A report")
    return publish_claim(editor, claim.pk, **CONTENT, evidence=[report.pk])


def review_again(editor: Reviewer, claim: Claim, person: Reviewer, rating: str) -> None:
    reopen_claim(editor, claim.pk, "New figures.")
    judge(person, claim, rating)


def form_of(page, name: str) -> dict:
    """What the form of the page holds, as a browser would send it."""
    form = page.context[name]
    held = {field.name: field.value() or "" for field in form}
    return held | {"seen": page.context["edition"]}


def send(browser, claim, name="publish_claim", **typed):
    """From a page that was opened just now."""
    page = browser.get(url("review_claim", claim.pk))
    slug = [] if name == "publish_claim" else [FactCheck.objects.get(withdrawn_at=None).slug]
    held = form_of(page, "fact_check_form" if slug else "publication_form")
    return browser.post(url(name, claim.pk, *slug), held | typed, follow=True)


def see(browser, claim) -> str:
    return words(browser.get(url("review_claim", claim.pk)))


def test_the_form_begins_with_the_claim_and_what_the_verdict_cites(desk, editor, claim):
    page = desk(editor).get(url("review_claim", claim.pk))
    report = claim.evidence.get(title="A report")
    held = form_of(page, "publication_form")
    says = "The harbour employs roughly 2,500 dockers."
    assert held | {"seen": ""} == {
        "title": says,
        "claim_reviewed": says,
        "summary": "",
        "text": "",
        "evidence": [report.pk],
        "seen": "",
    }
    ticked = re.findall(r'name="evidence" value="(\d+)"[^>]* checked', page.content.decode())
    assert ticked == [str(report.pk)]
    told = words(page)
    for sentence in (
        "Its rating is that of the decision: “False”. Everybody can read the page at once.",
        "A note Context",
        "A report Refutes · The port",
    ):
        assert sentence in told, sentence


def test_an_editor_publishes_and_is_led_to_the_page(desk, editor, reviewer, claim):
    page = send(desk(editor), claim, **CONTENT)
    fact_check = FactCheck.objects.get()
    assert (fact_check.title, fact_check.summary, fact_check.text) == tuple(CONTENT.values())
    assert [one.title for one in fact_check.evidence.all()] == ["A report"]
    assert f'Published. <a href="/fact-checks/{fact_check.slug}/">The fact-check</a> is on' in said(page)
    told = see(desk(reviewer), claim)
    for sentence in (
        "Published No, not 2,500 dockers (opens in a new tab) ↗ False published by edna on 22 Nov 2026, 10:00 UTC",
        "edna published the fact-check, rated “False”",
    ):
        assert sentence in told, sentence
    assert "Publish a fact-check" not in words(page)


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 301}, "The title is longer than 300 characters."),
        ({"summary": " "}, "This field is required."),
        ({"summary": "x" * 2001}, "The summary is longer than 2,000 characters."),
        ({"text": "x" * 50_001}, "The text is longer than 50,000 characters."),
        ({"text": "\x00"}, "Null characters are not allowed."),
        ({"evidence": ["999999"]}, "Select a valid choice. 999999 is not one of the available choices."),
        ({"evidence": ["x"]}, "Select a valid choice. x is not one of the available choices."),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(desk, editor, claim, different, refusal):
    page = send(desk(editor), claim, **CONTENT | {"title": "Mine"} | different)
    told = words(page)
    assert (page.status_code, "Nothing is published yet: see below." in told, refusal in told) == (400, True, True)
    assert 'value="Mine"' in page.content.decode() or "title" in different
    assert not FactCheck.objects.exists()


def test_evidence_of_another_claim_is_refused(desk, editor, reviewer, claim, fact_check):
    other = make_queued_claim(article=claim.article, quote="March 2019")
    foreign = add_evidence(reviewer, other.pk, url="https://other.example/")
    page = send(desk(editor), claim, "correct_fact_check", note="Wrong.", evidence=[foreign.pk])
    assert (page.status_code, f"{foreign.pk} is not one of the available choices" in words(page)) == (400, True)
    assert not fact_check.corrections.exists()


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator"])
def test_only_editors_publish_correct_and_withdraw(request, desk, editor, claim, who):
    browser = desk(request.getfixturevalue(who))
    refused = [browser.post(url("publish_claim", claim.pk), CONTENT).status_code]
    fact_check = publish_claim(editor, claim.pk, **CONTENT)
    names = ("correct_fact_check", "withdraw_fact_check")
    refused += [browser.post(url(name, claim.pk, fact_check.slug), CONTENT).status_code for name in names]
    assert (refused, fact_check.corrections.count(), FactCheck.objects.get().withdrawn_at) == ([403] * 3, 0, None)


@pytest.mark.parametrize("who", ["reviewer", "administrator"])
def test_who_may_not_publish_finds_no_form(request, desk, editor, claim, who):
    browser = desk(request.getfixturevalue(who))
    before = see(browser, claim)
    publish_claim(editor, claim.pk, **CONTENT)
    after = see(browser, claim)
    assert [sentence in before + after for sentence in ("Publish a", "Correct the", "Withdraw the")] == [False] * 3
    assert CONTENT["title"] in after


def test_what_is_not_decided_is_not_published(desk, editor):
    claim = make_queued_claim()
    browser = desk(editor)
    assert "Publish a fact-check" not in see(browser, claim)
    page = browser.post(url("publish_claim", claim.pk), CONTENT | {"claim_reviewed": "2,500 dockers"})
    assert (page.status_code, "Only a decided claim can be published." in words(page)) == (409, True)


def test_the_second_of_two_editors_is_refused_and_keeps_their_words(desk, editor, claim, person):
    late = desk(person("emil", Role.EDITOR))
    held = form_of(late.get(url("review_claim", claim.pk)), "publication_form")
    publish_claim(editor, claim.pk, **CONTENT)
    page = late.post(url("publish_claim", claim.pk), held | {"title": "Emil’s own", "summary": "Emil’s words."})
    told = words(page)
    assert (page.status_code, "This claim has a fact-check already. Correct that one." in told) == (409, True)
    assert ("Emil’s words." in told, CONTENT["title"] in told) == (True, True)
    assert FactCheck.objects.get().title == CONTENT["title"]


def test_nobody_writes_over_a_correction_that_they_have_not_read(desk, editor, claim, fact_check, person):
    late, address = desk(person("emil", Role.EDITOR)), url("correct_fact_check", claim.pk, fact_check.slug)
    held = form_of(late.get(url("review_claim", claim.pk)), "fact_check_form") | {"note": "A typo.", "text": "Three."}
    correct_fact_check(editor, fact_check.slug, "It was 1,841.", summary="The port counts 1,841.")
    page = late.post(address, held)
    assert (page.status_code, "Read what it says now, then send your words again." in words(page)) == (409, True)
    assert ("Three." in words(page), fact_check.corrections.count()) == (True, 1)
    assert late.post(address, held | {"seen": page.context["edition"]}).status_code == 302


def test_nobody_publishes_what_they_wrote_of_another_decision(desk, editor, claim, person, clock):
    browser = desk(editor)
    held = form_of(browser.get(url("review_claim", claim.pk)), "publication_form") | CONTENT
    clock.shift(60)
    review_again(editor, claim, person("rolf", Role.REVIEWER), "True")
    page = browser.post(url("publish_claim", claim.pk), held)
    assert (page.status_code, "Its rating is that of the decision: “True”." in words(page)) == (409, True)
    assert not FactCheck.objects.exists()


def test_who_corrects_a_fact_check_that_a_colleague_withdrew_keeps_their_words(desk, editor, claim, fact_check):
    browser, address = desk(editor), url("correct_fact_check", claim.pk, fact_check.slug)
    held = form_of(browser.get(url("review_claim", claim.pk)), "fact_check_form") | {"note": "Wrong.", "text": "Three."}
    withdraw_fact_check(editor, fact_check.slug, "All wrong.")
    page = browser.post(address, held)
    told = words(page)
    assert (page.status_code, "It is withdrawn. Publish the claim anew." in told, "Three." in told) == (409, True, True)


def test_an_editor_corrects_in_the_open(desk, editor, reviewer, claim, fact_check):
    page = send(desk(editor), claim, "correct_fact_check", note="It was 1,841.", summary="The port counts 1,841.")
    assert "The fact-check</a> says what it said before, and what was wrong." in said(page)
    correction = fact_check.corrections.get()
    assert (correction.note, sorted(correction.changes), correction.corrected_by) == (
        "It was 1,841.",
        ["summary"],
        editor,
    )
    told = see(desk(reviewer), claim)
    assert ("1 correction" in told, "edna corrected the fact-check It was 1,841." in told) == (True, True)


@pytest.mark.parametrize(
    ("typed", "status", "refusal"),
    [
        ({"summary": "Other."}, 400, "This field is required."),
        ({"note": "Nothing."}, 400, "Nothing is changed, so there is nothing to correct."),
        ({"note": "x" * 5001, "summary": "Other."}, 400, "The note is longer than 5,000 characters."),
    ],
)
def test_a_correction_says_what_was_wrong_and_changes_something(
    desk, editor, claim, fact_check, typed, status, refusal
):
    page = send(desk(editor), claim, "correct_fact_check", **{"note": ""} | typed)
    assert (page.status_code, refusal in words(page), fact_check.corrections.count()) == (status, True, 0)


def test_a_claim_that_is_decided_otherwise_asks_for_a_correction(desk, editor, claim, fact_check, person):
    browser = desk(editor)
    reopen_claim(editor, claim.pk, "New figures.")
    assert "The claim is under review again. Readers still see “False”." in see(browser, claim)
    judge(person("rolf", Role.REVIEWER), claim, "True")
    told = see(browser, claim)
    for sentence in (
        "The claim was decided again: “True”, readers still see “False”. Correct the fact-check.",
        "It takes the rating of the new decision: “True”.",
    ):
        assert sentence in told, sentence
    assert "Publish a fact-check" not in told
    told = words(send(browser, claim, "correct_fact_check", note="There are new figures."))
    assert "edna corrected the fact-check, now rated “True” There are new figures." in told
    claim.refresh_from_db()
    assert (claim.status, FactCheck.objects.get().rating.name) == (ClaimStatus.PUBLISHED, "True")


def test_a_claim_that_is_decided_as_before_asks_for_it_to_be_said(desk, editor, claim, fact_check, person):
    review_again(editor, claim, person("rolf", Role.REVIEWER), "False")
    browser = desk(editor)
    assert "The claim was decided again, as before: “False”." in see(browser, claim)
    send(browser, claim, "correct_fact_check", note="New figures say the same.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED


def test_what_is_withdrawn_stays_listed_and_can_be_published_anew(desk, editor, reviewer, claim, fact_check):
    browser = desk(editor)
    address = url("withdraw_fact_check", claim.pk, fact_check.slug)
    page = browser.post(address, {"reason": "The report was forged."}, follow=True)
    assert said(page) == "Withdrawn. Readers are told when and why."
    told = see(desk(reviewer), claim)
    for sentence in ("Withdrawn on 22 Nov 2026, 10:00 UTC: The report was forged.", "edna withdrew the fact-check The"):
        assert sentence in told, sentence
    send(browser, claim, **CONTENT | {"title": "Once more"})
    assert see(browser, claim).index("Once more") < see(browser, claim).index(CONTENT["title"])
    assert browser.post(address, {"reason": "Again."}).status_code == 409


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [("", "The reason is empty: readers need it."), ("x" * 5001, "The reason is longer than 5,000 characters.")],
)
def test_a_withdrawal_needs_a_reason_that_readers_can_read(desk, editor, claim, fact_check, reason, refusal):
    page = desk(editor).post(url("withdraw_fact_check", claim.pk, fact_check.slug), {"reason": reason})
    assert (page.status_code, refusal in words(page), FactCheck.objects.get().withdrawn_at) == (400, True, None)


@pytest.mark.parametrize("name", ["correct_fact_check", "withdraw_fact_check"])
def test_a_fact_check_belongs_to_its_claim(desk, editor, claim, fact_check, name):
    other = make_queued_claim(article=claim.article, quote="March 2019")
    browser = desk(editor)
    assert browser.post(url(name, other.pk, fact_check.slug)).status_code == 404
    assert browser.post(url(name, claim.pk, "nowhere-0")).status_code == 404
    assert browser.get(url(name, claim.pk, fact_check.slug)).status_code == 405


def test_who_owes_a_blind_verdict_reads_what_readers_read_and_no_more(desk, editor, claim, fact_check, person, clock):
    clock.shift(60)
    make_policy(seats=2, agreeing=2, is_blind=True)
    reopen_claim(editor, claim.pk, "New figures.")
    clock.shift(60)
    found = {"url": "https://new.example/", "title": "A grudge"}
    judge(person("rolf", Role.REVIEWER), claim, "True", explanation="A grudge.", evidence=[found])
    for who in (editor, person("emil", Role.EDITOR), person("ruth", Role.REVIEWER)):
        told = see(desk(who), claim)
        assert ("grudge" in told, "Readers still see “False”." in told) == (False, True)
    assert "A report Refutes · The port" in see(desk(editor), claim)  # on the page that readers see


def test_hostile_words_stay_words(desk, editor, claim):
    content = {"title": EVIL, "summary": EVIL, "text": EVIL}
    page = send(desk(editor), claim, **content)
    assert (inline_code(page), "<script>alert" in page.content.decode()) == ([], False)
    withdraw_fact_check(editor, FactCheck.objects.get().slug, EVIL)
    page = desk(editor).get(url("review_claim", claim.pk))
    assert (inline_code(page), "<script>alert" in page.content.decode()) == ([], False)


def test_the_page_asks_for_fact_checks_only_where_there_are_any(
    desk, editor, reviewer, claim, django_assert_max_num_queries
):
    def count(browser) -> int:
        with django_assert_max_num_queries(12) as asked:
            see(browser, claim)
        return len(asked)

    browsers = desk(reviewer), desk(editor)
    before = [count(browser) for browser in browsers]
    for _ in range(2):
        fact_check = publish_claim(editor, claim.pk, **CONTENT)
        correct_fact_check(editor, fact_check.slug, "Wrong.", text="Three.")
        withdraw_fact_check(editor, fact_check.slug, "Wrong.")
    publish_claim(editor, claim.pk, **CONTENT)
    # An editor's form asks for what readers see already, too.
    assert [count(browser) for browser in browsers] == [before[0] + 1, before[1] + 2]


def test_a_refusal_hides_no_correction_that_the_editor_has_not_read(desk, editor, claim, person):
    late, made = desk(person("emil", Role.EDITOR)), publish_claim(editor, claim.pk, **CONTENT)
    held = form_of(late.get(url("review_claim", claim.pk)), "fact_check_form")
    correct_fact_check(editor, made.slug, "A slip.", summary="The port counts 1,841.")
    address = url("correct_fact_check", claim.pk, made.slug)
    again = form_of(late.post(address, held | {"note": "", "evidence": []}), "fact_check_form")
    page = late.post(address, again | {"note": "Mine.", "title": "Mine", "evidence": []})
    assert (page.status_code, FactCheck.objects.get().summary) == (409, "The port counts 1,841.")


@pytest.mark.parametrize("act", ["dismiss_claim", "merge_claim"])
def test_what_readers_see_offers_no_dismissal_and_no_merger(desk, editor, claim, act):
    made = publish_claim(editor, claim.pk, **CONTENT)
    reopen_claim(editor, claim.pk, "New figures.")
    assert url(act, claim.pk) not in desk(editor).get(url("review_claim", claim.pk)).content.decode()
    withdraw_fact_check(editor, made.slug, "It was satire.")
    assert url(act, claim.pk) in desk(editor).get(url("review_claim", claim.pk)).content.decode()
