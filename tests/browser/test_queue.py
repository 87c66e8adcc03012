"""Editors work in the queue all day: it stays as it should be, by itself, and moves nothing under their hands."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from claims.admin.queue_rows import PAGE
from claims.enums import ClaimStatus
from claims.models import Assignment, Claim
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from tests.factories import make_article, make_queued_claim, make_queued_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def claims() -> list[Claim]:
    return make_queued_claims(3)


@pytest.fixture
def page(desk, editor, claims) -> Page:
    """An editor's queue; the clock goes on as the test says."""
    page = desk(editor, "/admin/review/")
    page.mouse.move(0, 0)
    page.clock.install()
    page.reload()
    return page


def wait(page: Page, rounds: int = 1) -> None:
    """The page looks again every 15 seconds."""
    for _ in range(rounds):
        with page.expect_response(lambda answer: "live=1" in answer.url):
            page.clock.run_for(15_000)


def row(page: Page, claim: Claim) -> Locator:
    return page.locator(f"tr[data-claim='{claim.pk}']")


def make_news() -> Claim:
    return make_queued_claim(article=make_article("It opened in 1999."), quote="1999", check_worthiness=0.99)


# Live.


def test_who_holds_a_claim_is_shown_where_it_stands(page, claims, reviewer):
    take_claim(reviewer, claims[1].pk)
    wait(page)
    expect(row(page, claims[1]).locator("[data-label=Status]")).to_contain_text("rita, until")
    assert page.locator("tr[data-claim] .headline").all_inner_texts() == ["1000 ships", "1001 ships", "1002 ships"]


def test_new_claims_wait_behind_a_bar(page, claims):
    make_news()
    wait(page)
    expect(page.get_by_role("link", name="1 new claim – show")).to_be_visible()
    assert page.locator("tr[data-claim]").count() == 3
    page.get_by_role("link", name="1 new claim – show").click()
    expect(page.locator("tr[data-claim] .headline").first).to_have_text("1999")


def test_what_has_left_the_list_is_dimmed_and_stays(page, claims, editor):
    dismiss_claim(editor, claims[0].pk, "Dull.")
    wait(page)
    expect(row(page, claims[0])).to_have_class("gone")
    expect(row(page, claims[1])).not_to_have_class("gone")
    assert page.locator("tr[data-claim]").count() == 3


def test_a_row_under_the_pointer_waits(page, claims, reviewer):
    row(page, claims[0]).hover()
    for claim in claims[:2]:
        take_claim(reviewer, claim.pk)
    wait(page)
    expect(row(page, claims[1])).to_contain_text("rita, until")
    expect(row(page, claims[0])).not_to_contain_text("rita, until")
    page.mouse.move(0, 0)
    wait(page)
    expect(row(page, claims[0])).to_contain_text("rita, until")


def test_a_row_with_the_focus_or_an_open_menu_waits(page, claims, reviewer):
    row(page, claims[0]).locator(".headline").focus()
    row(page, claims[1]).locator(".assign").evaluate("menu => menu.open = true")
    for claim in claims:
        take_claim(reviewer, claim.pk)
    wait(page)
    told = [row(page, claim).locator("[data-label=Status]").inner_text() for claim in claims]
    assert ["rita" in words for words in told] == [False, False, True]


def test_what_moves_to_the_next_page_is_neither_gone_nor_new(desk, editor):
    make_queued_claims(PAGE + 1)
    page = desk(editor, "/admin/review/")
    page.clock.install()
    page.reload()
    make_news()
    wait(page)
    expect(page.get_by_role("link", name="1 new claim – show")).to_be_visible()
    assert page.locator("tr.gone").count() == 0


def test_a_hidden_tab_asks_for_nothing(page):
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(60_000)
    assert [url for url in asked if not url.endswith(".svg")] == []  # the browser asks for the icon when it likes
    with page.expect_response(lambda answer: "live=1" in answer.url):
        page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")


def test_a_desk_that_is_away_is_told_of_and_looked_for(page, claims, reviewer, complaints):
    page.context.set_offline(True)
    page.clock.run_for(15_000)
    expect(page.get_by_text("The desk does not answer.")).to_be_visible()
    page.context.set_offline(False)
    take_claim(reviewer, claims[0].pk)
    wait(page)
    expect(page.get_by_text("The desk does not answer.")).to_be_hidden()
    expect(row(page, claims[0])).to_contain_text("rita, until")
    complaints.clear()


def test_who_is_signed_out_is_told(page):
    Session.objects.all().delete()
    page.clock.run_for(15_000)
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("#news-out a")).to_have_attribute("href", "/admin/login/?next=/admin/review/")
    assert page.locator("tr[data-claim]").count() == 3


# Many at once.


def test_a_page_of_claims_is_chosen_dismissed_and_brought_back(page, claims):
    page.get_by_label("All on this page").check()
    expect(page.locator("#chosen")).to_have_text("With 3 chosen:")
    page.get_by_label("Choose 1001 ships").uncheck()
    expect(page.locator("#chosen")).to_have_text("With 2 chosen:")
    page.locator("#bulk summary", has_text="Dismiss").click()
    page.get_by_label("Why (kept in the history)").fill("Dull.")
    page.locator("#bulk").get_by_role("button", name="Dismiss").click()
    expect(page.locator(".messagelist")).to_contain_text("Done for 2 claims.")
    assert Claim.objects.filter(status=ClaimStatus.DISMISSED).count() == 2
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone for 2 claims.")
    assert Claim.objects.filter(status=ClaimStatus.QUEUED).count() == 3


def test_enter_in_a_field_does_no_other_act(page, claims, reviewer):
    page.get_by_label("Choose 1000 ships").check()
    page.locator("#bulk [name=reviewer]").evaluate("(menu, pk) => menu.value = pk", str(reviewer.pk))
    page.locator("#bulk summary", has_text="Dismiss").click()
    page.get_by_label("Why (kept in the history)").fill("Dull.")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Choose what to do with the claims.")
    assert not Assignment.objects.exists()


def test_many_are_given_to_somebody_without_javascript(desk, editor, reviewer, claims):
    page = desk(editor, "/admin/review/", java_script_enabled=False)
    page.get_by_label("Choose 1000 ships").check()
    page.get_by_label("Choose 1002 ships").check()
    page.locator("#bulk summary", has_text="Assign to").click()
    page.locator("#bulk [name=reviewer]").select_option("rita")
    page.locator("#bulk").get_by_role("button", name="Assign").click()
    expect(page.locator(".messagelist")).to_contain_text("Done for 2 claims.")
    assert Assignment.objects.filter(reviewer=reviewer).count() == 2


def test_search_works_without_javascript(desk, editor, claims):
    page = desk(editor, "/admin/review/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("1001")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-claim] .headline")).to_have_text("1001 ships")


def test_nothing_is_wider_than_a_phone(desk, editor, claims):
    page = desk(editor, "/admin/review/", viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
