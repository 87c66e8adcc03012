"""A reviewer at work, with the keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Assignment, Draft, Verdict
from claims.review.assignments import take_claim
from tests.factories import make_article, make_queued_claim, make_queued_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def turn(reviewer, ratings) -> Assignment:
    return take_claim(reviewer, make_queued_claim().pk)


@pytest.fixture
def page(desk, reviewer, turn) -> Page:
    """The page of a claim that the reviewer holds."""
    return desk(reviewer, f"/admin/review/{turn.claim_id}/")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def wait_for_the_draft(page: Page) -> None:
    expect(page.locator("#draft-status")).to_have_text("Draft saved")


def test_a_claim_is_judged_from_sign_in_to_history_without_a_mouse(desk, reviewer, ratings):
    make_queued_claim()
    page = desk(None)
    page.keyboard.type("rita")
    press(page, "Tab")
    page.keyboard.type("secret-enough")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Hello, rita")).to_be_visible()
    page.goto("/admin/review/")
    press(page, "n")
    expect(page.get_by_role("heading", name="Your verdict")).to_be_visible()
    press(page, "5", "e")
    page.keyboard.type("The port says 1,900; n and 3 are only letters here.")
    press(page, "Tab", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Verdict recorded")
    expect(page.locator("#take-next")).to_be_focused()
    page.goto(f"/admin/review/{Verdict.objects.get().assignment.claim_id}/")
    expect(page.locator(".history")).to_contain_text("rita gave the verdict “False”")


def test_what_was_typed_is_there_again_after_a_reload(page):
    press(page, "2", "e")
    page.keyboard.type("The port says")
    wait_for_the_draft(page)
    page.reload()
    expect(page.locator("#explanation")).to_have_value("The port says")
    expect(page.get_by_role("radio", name="Mostly true")).to_be_checked()


def test_what_was_typed_just_before_leaving_is_kept(page):
    press(page, "e")
    page.keyboard.type("At the last moment")
    page.goto("/admin/review/")
    for _ in range(50):
        if not Draft.objects.exists():
            page.wait_for_timeout(100)
    assert Draft.objects.get().explanation == "At the last moment"


def test_a_verdict_leaves_no_draft_behind(page):
    press(page, "1", "e")
    page.keyboard.type("It holds.")
    page.get_by_role("button", name="Record verdict").click()
    expect(page.locator(".messagelist")).to_contain_text("Verdict recorded")
    page.wait_for_timeout(300)
    assert (Verdict.objects.count(), Draft.objects.count()) == (1, 0)


def test_drafts_are_saved_again_on_a_page_that_the_browser_had_kept(page):
    page.evaluate("document.querySelector('#verdict-form').addEventListener('submit', (e) => e.preventDefault())")
    page.get_by_role("button", name="Record verdict").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    press(page, "e")
    page.keyboard.type("On second thoughts")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    wait_for_the_draft(page)
    assert Draft.objects.get().explanation == "On second thoughts"


def test_keys_are_letters_while_typing(page):
    press(page, "e")
    page.keyboard.type("1 e v n q ?")
    expect(page.locator("#explanation")).to_have_value("1 e v n q ?")
    assert page.locator("input[name=rating]:checked").count() == 0


def test_keys_with_a_modifier_are_the_browsers(page):
    press(page, "Control+1", "Alt+e", "Meta+v")
    assert page.locator("input[name=rating]:checked").count() == 0
    expect(page.locator("#explanation")).not_to_be_focused()


def test_keys_can_be_turned_off_and_stay_off(page):
    press(page, "?")
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    press(page, "1")
    assert page.locator("input[name=rating]:checked").count() == 0


def test_evidence_is_added_while_the_verdict_is_being_written(page):
    press(page, "e")
    page.keyboard.type("Half a sentence")
    press(page, "Escape")
    page.locator("#explanation").blur()
    press(page, "v")
    page.keyboard.type("https://port.example/staff")
    press(page, "Enter")
    expect(page.get_by_role("link", name="https://port.example/staff").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="My verdict rests on")).to_be_checked()
    expect(page.locator("#explanation")).to_have_value("Half a sentence")


def test_the_turn_is_extended_while_the_page_is_used(desk, reviewer, turn, settings):
    settings.LEASE_SECONDS = 3
    soon = timezone.now() + timedelta(seconds=30)
    Assignment.objects.update(expires_at=soon)
    page = desk(reviewer, f"/admin/review/{turn.claim_id}/")
    settings.LEASE_SECONDS = 1200
    with page.expect_response("**/heartbeat/"):
        page.mouse.click(5, 5)
    turn.refresh_from_db()
    assert turn.expires_at > soon + timedelta(minutes=10)
    expect(page.locator("#time-left")).to_have_text("Your turn ends in 20 minutes.")


def test_nobody_at_the_page_lets_the_turn_run_out(desk, reviewer, turn, settings):
    settings.LEASE_SECONDS = 3
    page = desk(reviewer, f"/admin/review/{turn.claim_id}/")
    before = Assignment.objects.get().expires_at
    page.wait_for_timeout(1500)
    assert Assignment.objects.get().expires_at == before


def test_the_end_of_the_turn_is_announced(desk, reviewer, turn):
    Assignment.objects.update(expires_at=timezone.now() + timedelta(seconds=2))
    page = desk(reviewer, f"/admin/review/{turn.claim_id}/")
    expect(page.get_by_role("alert")).to_contain_text("Your turn has ended.")


def test_the_words_are_in_sight_in_a_long_article(desk, reviewer, ratings):
    article = make_article("Ships came and went. " * 2000 + "Then 40 ships left.")
    page = desk(reviewer, f"/admin/review/{make_queued_claim(article=article, quote='40 ships').pk}/")
    expect(page.locator("#words")).to_be_in_viewport()


def test_the_list_is_walked_with_j_and_k(desk, reviewer):
    make_queued_claims(3)
    page = desk(reviewer, "/admin/review/")
    press(page, "j", "j", "j", "j", "k")
    expect(page.get_by_role("link", name="1001 ships")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="1001 ships")).to_be_visible()


def test_a_claim_is_judged_without_script(desk, reviewer, turn):
    page = desk(reviewer, f"/admin/review/{turn.claim_id}/", java_script_enabled=False)
    page.get_by_role("radio", name="Half true").check()
    page.get_by_label("Explanation").fill("Partly.")
    page.get_by_role("button", name="Record verdict").click()
    expect(page.locator(".messagelist")).to_contain_text("Verdict recorded")
