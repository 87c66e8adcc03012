"""The desk in German: a claim from the queue to its verdict without a mouse, and pages that fit everybody."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Reviewer, Verdict
from claims.review.assignments import take_claim
from tests.admin.pages import url
from tests.browser.test_for_everyone import WCAG, faults, misfits
from tests.browser.test_reviewing import press
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def german(editor) -> Reviewer:
    """Whose browser speaks English."""
    Reviewer.objects.filter(pk=editor.pk).update(language="de")
    return Reviewer.objects.get(pk=editor.pk)


def test_a_claim_is_taken_judged_and_recorded_without_a_mouse(desk, german, ratings):
    make_queued_claim(article=make_article(language="en"))
    page = desk(german, "/admin/review/")
    expect(page.get_by_role("heading", name="Prüfliste")).to_be_visible()
    expect(page.locator("#keys-open")).to_contain_text("Tasten")
    press(page, "n")
    expect(page.get_by_role("heading", name="Ihr Urteil")).to_be_visible()
    expect(page.locator("#time-left")).to_have_text("Ihre Zeit endet in 20 Minuten.")
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    press(page, "5", "e")
    page.keyboard.type("Der Hafen nennt 1.900; n und 3 sind hier nur Zeichen.")
    expect(page.locator("#draft-status")).to_have_text("Entwurf gespeichert")
    press(page, "Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Urteil abgegeben: „roughly 2,500 dockers“")
    page.goto(url("review_claim", Verdict.objects.get().assignment.claim_id))
    expect(page.locator(".history")).to_contain_text("edna hat das Urteil „False“ abgegeben")


def test_the_language_is_chosen_with_the_keyboard(desk, reviewer):
    page = desk(reviewer, url("choose_language"))
    page.get_by_label("Language of pages and mails").focus()
    page.keyboard.type("Deutsch")
    press(page, "Tab", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Ihre Sprache ist gespeichert.")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_who_is_not_signed_in_is_greeted_in_their_browsers_language(desk):
    page = desk(None, locale="de-AT")
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible()


@pytest.fixture
def main_pages(german) -> list[str]:
    held, waiting = make_queued_claims(2)
    take_claim(german, held.pk)
    decided = make_claim(make_article(text="There are 12 ships."), quote="12 ships", headline="12 ships")
    claims = [url("review_claim", claim.pk) for claim in (held, waiting, decided)]
    others = ["index", "review_queue", "policy", "figures", "add_article", "change_keys", "choose_language"]
    return [*claims, *(url(name) for name in others), url("article", held.article_id)]


def test_the_main_pages_are_accessible_and_fit_a_phone(desk, german, main_pages):
    page: Page = desk(german, bypass_csp=True)  # axe styles what it measures
    found = []
    for path in main_pages:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        found += [*faults(page, WCAG), *misfits(page, [360, 1400])]
    assert found == []
