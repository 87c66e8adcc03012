"""The page for people without an account, in a browser: for everyone, on a phone, without scripts, and to its end."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claimant, OutsideOpinion
from claims.review.evidence import add_evidence
from claims.review.opinions import revoke_opinion
from tests.admin.pages import url
from tests.browser.test_for_everyone import ON_A_PHONE, WCAG, faults, misfits
from tests.factories import link_of, make_article, make_opinion, make_queued_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}}
TEXT = "\n\n".join(f"In {year} the harbour employed {year} dockers, it says. " * 4 for year in range(2001, 2006))


@pytest.fixture
def opinion(editor, ratings) -> OutsideOpinion:
    article = make_article(TEXT, outlet="The Courier", url="https://courier.example/" + "long" * 40)
    said_by = Claimant.objects.create(name="The port authority")
    claim = make_queued_claim(article=article, quote="2003 dockers", claimant=said_by)
    found = {"title": "Staff of the port", "publisher": "The port", "quote": "words " * 30}
    add_evidence(editor, claim.pk, url="https://port.example/" + "long" * 40, **found)
    return make_opinion(editor, claim, question="Is the number right? " * 6)


def pages(page: Page, opinion: OutsideOpinion, editor: Any) -> Any:
    """The form, the form refused, what became of the link, and a link to nowhere."""
    page.goto(link_of(opinion))
    yield page
    page.get_by_role("radio", name="I object").check()
    page.get_by_label("Your comment").fill("x" * 10_001)
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield page
    revoke_opinion(editor, opinion.pk)
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_role("heading", name="This link takes no answer any more")).to_be_visible()
    yield page
    page.goto("/opinions/nowhere/")
    yield page


def test_the_page_is_for_everyone_light_and_dark_from_a_phone_to_a_wall(desk, editor, opinion, complaints):
    page = desk(None, link_of(opinion), color_scheme="light", bypass_csp=True)
    found = []
    for shown in pages(page, opinion, editor):
        shown.set_viewport_size({"width": 1280, "height": 900})
        found += faults(shown, WCAG)
        shown.emulate_media(color_scheme="dark")
        shown.set_viewport_size({"width": 360, "height": 740})
        found += faults(shown, ON_A_PHONE)
        shown.emulate_media(color_scheme="light")
        found += misfits(shown, [360, 768, 1400])
    complaints[:] = [one for one in complaints if "status of 4" not in one]
    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_from_a_phone_reaches_the_desk(desk, editor, opinion, scripts):
    page = desk(None, link_of(opinion), java_script_enabled=scripts, **PHONE)
    page.get_by_label("I object").check()
    page.get_by_label("Your comment").fill("Not without the port's reply.")
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.context.cookies() == []
    review = desk(editor, url("review_claim", opinion.claim_id))
    expect(review.locator(".opinions")).to_contain_text("Not without the port's reply.")
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.comment) == ("object", "Not without the port's reply.")


def test_the_page_is_answered_with_the_keyboard_alone(desk, opinion):
    page = desk(None, link_of(opinion))
    page.get_by_role("radio", name="I agree").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("No.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.comment) == ("object", "No.")


def test_an_editor_asks_from_a_phone(desk, editor, opinion):
    page = desk(editor, url("review_claim", opinion.claim_id), bypass_csp=True, **PHONE)
    page.get_by_text("Ask somebody without an account").click()
    page.get_by_label("Name", exact=True).fill("Ana")
    page.get_by_label("E-mail address").fill("ana@law.test")
    page.locator("#opinion_question").fill("So?")
    assert faults(page, WCAG) + list(misfits(page, [360])) == []
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator(".messagelist")).to_contain_text("Ana gets a mail")
    assert OutsideOpinion.objects.get(name="Ana").status == "open"
