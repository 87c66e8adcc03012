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


def wait_for_the_keys(page: Page) -> None:
    expect(page.locator("#keys-open")).to_be_visible()


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
    press(page, "Tab", "Tab", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Verdict recorded")
    expect(page.locator("#take-next")).to_be_focused()
    page.goto(f"/admin/review/{Verdict.objects.get().assignment.claim_id}/")
    expect(page.locator(".history")).to_contain_text("rita gave the verdict “False”")


def test_what_a_fast_hand_types_before_the_page_is_ready_is_neither_lost_nor_taken_for_keys(page):
    page.route("**/keys*.js", lambda route: (page.keyboard.type("5eNo; n, 3."), route.continue_()))
    page.reload()
    wait_for_the_keys(page)
    expect(page.locator('[data-key="5"]')).to_be_checked()
    expect(page.locator("#explanation")).to_have_value("No; n, 3.")


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


def test_what_was_typed_while_the_desk_was_away_is_there_after_a_reload_and_then_saved(page, complaints):
    page.context.set_offline(True)
    press(page, "4", "e")
    page.keyboard.type("Typed on a train")
    expect(page.locator("#draft-status")).to_contain_text("could not be saved")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#explanation")).to_have_value("Typed on a train")
    expect(page.get_by_role("radio", name="Mostly false")).to_be_checked()
    wait_for_the_draft(page)
    assert Draft.objects.get().explanation == "Typed on a train"
    complaints[:] = [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_two_windows_do_not_write_over_each_other(page, complaints):
    other = page.context.new_page()
    other.goto(page.url)
    press(page, "e")
    page.keyboard.type("In the first")
    wait_for_the_draft(page)
    press(other, "e")
    other.keyboard.type("In the second")
    expect(other.get_by_role("alert")).to_contain_text("another window")
    assert Draft.objects.get().explanation == "In the first"
    other.get_by_role("button", name="Keep this text").click()
    wait_for_the_draft(other)
    assert Draft.objects.get().explanation == "In the second"
    page.keyboard.type(" window")
    page.get_by_role("button", name="Show that text").click()
    expect(page.locator("#explanation")).to_have_value("In the second")
    complaints[:] = [one for one in complaints if "409" not in one]


def test_a_window_that_typed_on_does_not_conflict_with_itself(page):
    for words in ("One. ", "Two. ", "Three."):
        press(page, "Escape", "e")
        page.keyboard.type(words)
        wait_for_the_draft(page)
        page.locator("#draft-status").evaluate("one => { one.textContent = '' }")
    page.reload()
    press(page, "e", "Control+End")
    page.keyboard.type(" Four.")
    wait_for_the_draft(page)
    assert Draft.objects.get().explanation == "One. Two. Three. Four."


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


def test_one_key_leads_from_the_verdict_to_the_next_claim(desk, reviewer, ratings):
    first, second = make_queued_claims(2)
    page = desk(reviewer, f"/admin/review/{take_claim(reviewer, first.pk).claim_id}/")
    press(page, "5", "e")
    page.keyboard.type("The port says 1,900.")
    press(page, "Escape", "s")
    expect(page.get_by_role("heading", name=second.headline, exact=True)).to_be_visible()
    wait_for_the_keys(page)
    expect(page.locator(".messagelist")).to_contain_text(f"Verdict recorded: “{first.headline}”.")
    press(page, "1", "e")
    page.keyboard.type("It holds.")
    press(page, "Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Nothing waits for you")
    assert Verdict.objects.count() == 2


def test_keys_that_are_pressed_while_a_form_is_under_way_are_not_for_the_old_page(page):
    page.evaluate("document.querySelector('#verdict-form').addEventListener('submit', (e) => e.preventDefault())")
    press(page, "1", "e")
    page.keyboard.type("It holds.")
    press(page, "Escape", "s", "e")
    expect(page.locator("#explanation")).not_to_be_focused()
    press(page, "Escape", "e")  # it is no longer sent
    expect(page.locator("#explanation")).to_be_focused()


def test_a_claim_is_dismissed_by_key(page):
    press(page, "d", "Tab")
    page.keyboard.type("Only an opinion.")
    press(page, "Tab", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("ismissed")


def test_the_claims_of_the_list_are_a_key_apart(desk, reviewer):
    make_queued_claims(3)
    page = desk(reviewer, "/admin/review/")
    headlines = page.locator(".queue .headline").all_inner_texts()
    press(page, "j", "Enter")
    expect(page.get_by_role("heading", name=headlines[0], exact=True)).to_be_visible()
    for key, there in (("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        wait_for_the_keys(page)
        press(page, key)
        expect(page.get_by_role("heading", name=headlines[there], exact=True)).to_be_visible()


def test_without_a_list_the_claims_of_the_article_follow_each_other(desk, reviewer):
    first, second, _third = make_queued_claims(3)
    page = desk(reviewer, f"/admin/review/{first.pk}/")
    press(page, "j")
    expect(page.get_by_role("heading", name=second.headline, exact=True)).to_be_visible()


def test_keys_of_ones_own_work_and_the_usual_ones_no_longer(desk, reviewer, turn):
    page = desk(reviewer, "/admin/keys/")
    page.get_by_label("write the explanation").fill("w")
    page.get_by_role("button", name="Save").click()
    page.goto(f"/admin/review/{turn.claim_id}/")
    wait_for_the_keys(page)
    press(page, "e")
    expect(page.locator("#explanation")).not_to_be_focused()
    press(page, "w")
    expect(page.locator("#explanation")).to_be_focused()


def test_evidence_is_added_while_the_verdict_is_being_written(page, complaints):
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
    complaints[:] = [one for one in complaints if "502" not in one]  # there is no such page to look up


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


def test_a_turn_that_ends_soon_is_announced_and_any_key_keeps_it(desk, reviewer, turn):
    Assignment.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    page = desk(reviewer, f"/admin/review/{turn.claim_id}/")
    expect(page.get_by_role("alert")).to_contain_text("It ends soon.")
    assert page.title().startswith("in ")
    page.wait_for_timeout(1100)
    with page.expect_response("**/heartbeat/"):
        press(page, "Shift")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#time-left")).to_have_text("Your turn ends in 20 minutes.")


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
