"""Single keys: what they must not do."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Assignment
from claims.review.assignments import take_claim
from tests.browser.test_reviewing import press, wait_for_the_keys
from tests.factories import make_queued_claim, make_queued_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(desk, reviewer, ratings) -> Page:
    """The page of a claim that the reviewer holds."""
    turn = take_claim(reviewer, make_queued_claim().pk)
    return desk(reviewer, f"/admin/review/{turn.claim_id}/")


def test_the_keys_work_again_once_their_help_is_closed_and_it_closes_each_time(page):
    for _time in range(2):
        press(page, "?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "e")
    expect(page.locator("#explanation")).to_be_focused()


def test_no_key_acts_behind_the_open_help(page):
    press(page, "?")
    page.evaluate("document.activeElement.blur()")  # as a click on its words does in some browsers
    press(page, "1")
    assert page.locator("input[name=rating]:checked").count() == 0


def test_a_key_that_is_held_down_takes_one_claim(desk, reviewer, ratings):
    make_queued_claims(3)
    page = desk(reviewer, "/admin/review/")
    wait_for_the_keys(page)
    page.keyboard.down("n")
    for _time in range(3):
        expect(page.get_by_role("heading", name="Your verdict")).to_be_visible()
        wait_for_the_keys(page)
        page.keyboard.down("n")  # it repeats
        page.wait_for_timeout(300)
    assert Assignment.objects.count() == 1


def test_a_key_that_leads_into_a_field_and_is_held_down_types_nothing_there(page):
    for _time in range(3):
        page.keyboard.down("e")
    page.keyboard.up("e")
    page.keyboard.type("The end")
    expect(page.locator("#explanation")).to_have_value("The end")


def reload_with(page: Page, *acts: str) -> None:
    """Load the page again; the acts are done when it stands there and its keys do not work yet."""
    script = "addEventListener('readystatechange', () => { if (document.readyState === 'interactive') { %s } }, true)"
    page.add_init_script(script % ";".join(acts))
    page.reload()
    wait_for_the_keys(page)


def key(name: str, how: str = "") -> str:
    event = f"new KeyboardEvent('keydown', {{ key: '{name}', bubbles: true, cancelable: true, {how} }})"
    return f"window.isLeftAlone = document.body.dispatchEvent({event})"


def test_a_key_still_held_down_while_the_page_comes_is_none_of_its_keys(page):
    reload_with(page, key("1"), key("2", "repeat: true"))
    expect(page.locator('[data-key="1"]')).to_be_checked()


def test_keys_pressed_before_a_hand_went_into_a_field_are_not_typed_there(page):
    reload_with(page, key("e"), key("1"), "document.querySelector('#explanation').focus()")
    expect(page.locator("#explanation")).to_have_value("")
    expect(page.locator("#explanation")).to_be_focused()


@pytest.mark.parametrize("is_off", [True, False])
def test_keys_that_are_turned_off_are_left_to_the_browser_from_the_beginning(page, is_off):
    if is_off:
        page.evaluate("localStorage.setItem('desk-keys-off', '1')")
    reload_with(page, key("1"))
    assert page.evaluate("isLeftAlone") == is_off


def test_where_the_keys_do_not_come_a_blank_presses_a_button_all_the_same(page, complaints):
    page.route("**/keys*.js", lambda route: route.abort())
    page.reload()
    page.locator("#save-draft").focus()
    with page.expect_navigation():
        press(page, "Space")
    complaints.clear()
