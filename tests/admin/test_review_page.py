import pytest
from django.utils import timezone

from claims.admin.doorway import MOST_SHOWN
from claims.models import ArticleVersion, ClaimEvent, Evidence
from claims.review.assignments import take_claim
from claims.review.closing import merge_claim
from claims.review.contacts import ask_claimant
from claims.review.evidence import add_evidence
from tests.admin.conftest import lapse
from tests.admin.pages import url, words
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


def see(browser, claim):
    return browser.get(url("review_claim", claim.pk))


def test_the_page_tells_what_the_claim_is_and_why_it_is_here(desk, reviewer):
    facts = {"quantity": {"value": 2500, "bound": "about", "unit": "dockers"}}
    reasons = [{"name": "base", "weight": -1.0, "text": "Start"}, {"name": "q", "weight": 1.6, "text": "A figure"}]
    page = words(see(desk(reviewer), make_queued_claim(facts=facts, reasons=reasons)))
    for told in ("roughly 2,500 dockers", "Quantity", "about 2,500 dockers", "not named", "+1.6 A figure −1.0 Start"):
        assert told in page


def test_the_claim_stands_alone_under_its_headline_where_it_can(desk, reviewer):
    sentence = "The harbour of Velmar employs roughly 2,500 dockers."
    told, untold = make_queued_claims(2)
    told.stand_alone = sentence
    told.save()
    assert f'<p class="stand-alone" lang="" dir="auto">{sentence}</p>' in see(desk(reviewer), told).content.decode()
    assert "stand-alone" not in see(desk(reviewer), untold).content.decode()


def test_the_words_are_marked_in_the_article(desk, reviewer):
    page = see(desk(reviewer), make_queued_claim()).content.decode()
    assert 'employs <mark class="own" id="words">roughly 2,500 dockers</mark>. It opened' in page


def test_other_claims_of_the_article_are_marked_and_linked(desk, reviewer):
    claim = make_queued_claim()
    other = make_claim(article=claim.article, quote="March 2019")
    page = see(desk(reviewer), claim).content.decode()
    assert (
        f'<a class="other" href="{url("review_claim", other.pk)}" title="March 2019"><mark>March 2019</mark></a>'
        in page
    )


def test_words_that_two_claims_share_are_shown_once(desk, reviewer):
    claim = make_queued_claim()
    make_claim(article=claim.article, quote="employs roughly 2,500")
    text = words(see(desk(reviewer), claim))
    assert text.count("The harbour employs roughly 2,500 dockers. It opened in March 2019, officials said.") == 1


def test_the_page_says_when_a_newer_version_lacks_the_words(desk, reviewer):
    claim = make_queued_claim()
    ArticleVersion.objects.create(article=claim.article, number=2, text="Rewritten.", sha256="0" * 64)
    assert "These words stand in version 1; the newest version is 2." in words(see(desk(reviewer), claim))


def test_a_claim_that_is_free_is_offered(desk, reviewer):
    page = words(see(desk(reviewer), make_queued_claim()))
    assert "Nobody holds this claim. Take this claim" in page
    assert "Record verdict" not in page


def test_the_holder_finds_the_verdict_form(desk, reviewer, assignment, ratings):
    page = words(see(desk(reviewer), assignment.claim))
    assert "You hold this claim." in page
    for rating in ratings.values():
        assert f"{rating.name} {rating.meaning}" in page


def test_others_read_who_holds_the_claim(desk, editor, assignment):
    page = words(see(desk(editor), assignment.claim))
    assert f"rita holds this claim until {assignment.expires_at:%H:%M} UTC." in page
    assert "Record verdict" not in page


def test_whose_turn_ended_is_told_and_may_take_the_claim_again(desk, reviewer, assignment):
    lapse(assignment)
    page = words(see(desk(reviewer), assignment.claim))
    assert "Your turn ended on" in page
    assert "Take it again" in page


def test_who_added_the_claim_reads_why_they_do_not_judge_it(desk, reviewer):
    page = words(see(desk(reviewer), make_queued_claim(added_by=reviewer)))
    assert "You added this claim; a colleague judges it." in page


def test_evidence_is_listed_with_what_it_is(desk, reviewer, editor):
    claim = make_queued_claim()
    fields = {"title": "Yearbook", "publisher": "The port", "stance": "refutes", "is_primary": True}
    add_evidence(editor, claim.pk, url="https://port.example/", **fields)
    page = words(see(desk(reviewer), claim))
    assert "Yearbook Refutes · Primary source · The port · added by edna" in page


def test_the_history_tells_who_did_what(desk, reviewer, editor, jobs):
    claim = make_queued_claim()
    take_claim(reviewer, claim.pk)
    history = words(see(desk(editor), claim)).split("History")[1]
    for told in ("The desk put the claim into the review queue", "rita took the claim"):
        assert told in history


def test_only_the_latest_of_very_much_evidence_is_listed(desk, reviewer):
    claim = make_queued_claim()
    Evidence.objects.bulk_create(
        Evidence(claim=claim, url=f"https://port.example/{n}/", added_by=reviewer) for n in range(MOST_SHOWN + 1)
    )
    page = words(see(desk(reviewer), claim))
    assert "Only the latest 500 are listed." in page
    assert [f"port.example/{n}/ " in page for n in (0, 1, 500)] == [False, True, True]


def test_only_the_latest_of_a_very_long_history_is_told(desk, reviewer):
    claim = make_queued_claim()
    about = {"claim": claim, "kind": "reopened", "at": timezone.now()}
    ClaimEvent.objects.bulk_create(
        ClaimEvent(number=n, reason=f"Reason {n}.", **about) for n in range(3, MOST_SHOWN + 3)
    )
    page = words(see(desk(reviewer), claim))
    assert "Only the latest 500 entries are listed" in page
    assert ("put the claim into the review queue" in page, "Reason 3." in page, "Reason 502." in page) == (
        False,
        True,
        True,
    )


def test_a_claim_that_is_not_there_is_missing(desk, reviewer):
    assert desk(reviewer).get(url("review_claim", 99)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_what_is_shown(desk, reviewer, editor, django_assert_max_num_queries):
    claim = make_queued_claims(1)[0]
    browser = desk(reviewer)
    with django_assert_max_num_queries(10) as few:
        see(browser, claim)
    for number in range(3):
        make_claim(article=claim.article, quote="1000 ships"[: 4 + number])
        add_evidence(editor, claim.pk, url=f"https://port.example/{number}")
    with django_assert_max_num_queries(len(few)):
        see(browser, claim)


def test_who_judges_sees_all_there_is_with_twelve_queries(desk, reviewer, editor, django_assert_max_num_queries):
    claim, twin = make_queued_claims(2)
    take_claim(reviewer, claim.pk)
    add_evidence(editor, claim.pk, url="https://port.example/")
    ask_claimant(editor, claim.pk, channel="phone", question="How many?")
    merge_claim(editor, twin.pk, claim.pk, "The same.")
    browser = desk(reviewer)
    with django_assert_max_num_queries(13) as asked:
        page = see(browser, claim)
    assert ("How many?" in words(page), "Repeated in" in words(page), len(asked)) == (True, True, 12)


def test_a_claim_without_a_place_in_the_text_still_has_a_page(desk, reviewer):
    claim = make_queued_claim(article=make_article())
    claim.appearances.all().delete()
    assert "This claim stands in no version of the article." in words(see(desk(reviewer), claim))
