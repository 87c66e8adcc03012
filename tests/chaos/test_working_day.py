"""A reviewer's day by keyboard alone, in Chromium, on a desk to which everything happens that happens to desks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.chaos.desk import Desk, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]
PREPARE = """
from claims.models import Seat
from claims.enums import SeatStatus
from tests.factories import make_queued_claims
Seat.objects.filter(status=SeatStatus.OPEN).update(status=SeatStatus.WITHDRAWN)  # of the demo articles
make_queued_claims(30)
"""
CLAIMS = 20


@contextmanager
def signed_in(desk: Desk, name: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_context(base_url=desk.url).new_page()
        page.goto("/admin/login/?next=/admin/review/")
        sign_in(page, name)
        yield page
        chromium.close()


def sign_in(page: Page, name: str) -> None:
    page.locator("[name=username]").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type("demo-desk")
    page.keyboard.press("Enter")


def write_verdict(page: Page, words: str) -> None:
    """A rating and an explanation; the keys work again afterwards."""
    expect(page.get_by_role("heading", name="Your verdict")).to_be_visible()
    wait_for_the_keys(page)
    page.keyboard.press("5")
    page.keyboard.press("e")
    page.keyboard.type(words)
    page.keyboard.press("Escape")


def wait_for_the_keys(page: Page) -> None:
    expect(page.locator("#keys-open")).to_be_visible()


def hand_in(page: Page) -> None:
    wait_for_the_keys(page)
    judged = page.url
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url != judged and "/verdict/" not in url)
    expect(page.locator(".messagelist")).to_contain_text("Verdict recorded")


def number_of(page: Page) -> int:
    return int(page.url.split("/review/")[1].split("/")[0])


def lapse(desk: Desk, page: Page, words: str) -> None:
    """The turn runs out while the words are typed; the verdict is refused, kept, and given in another turn."""
    desk.run("UPDATE claims_assignment SET expires_at = now() - interval '1 second' WHERE closed_at IS NULL")
    page.keyboard.press("s")
    expect(page.get_by_role("alert").first).to_contain_text("kept as your draft")
    wait_for_the_keys(page)
    page.keyboard.press("t")
    expect(page.locator("#explanation")).to_have_value(words)
    expect(page.locator("[name=rating]:checked")).to_have_count(1)


def race(desk: Desk, page: Page, words: str) -> None:
    """A colleague takes and judges what comes next, over REST."""
    token = desk.manage("create_token", "reviewer2").splitlines()[-1]
    for _ in range(3):
        status, turn = desk.call("POST", "assignments/", {}, token)
        verdict = {"fence": turn["fence"], "rating": "True", "explanation": "So it is."}
        assert (status, turn["claim"]["id"] != number_of(page)) == (201, True)
        assert desk.call("POST", f"assignments/{turn['id']}/verdict/", verdict, token)[0] == 201


def restart(desk: Desk, page: Page, words: str) -> None:
    """The web server dies before the draft is saved, and the page is loaded again when it is back."""
    address = page.url
    page.route("**/draft/", lambda route: route.abort())
    for process in desk.processes("gunicorn"):
        process.kill()
    wait_for(desk.answers, "the web server is back")
    page.unroute("**/draft/")
    page.goto(address)
    expect(page.locator("#explanation")).to_have_value(words)
    expect(page.locator("[name=rating]:checked")).to_have_count(1)


def sign_out_elsewhere(desk: Desk, page: Page, words: str) -> None:
    """The session ends while the words are typed: the verdict leads to the sign-in, and the words are there again."""
    page.route("**/draft/", lambda route: route.abort())
    desk.run("DELETE FROM django_session")
    page.keyboard.press("s")
    expect(page.locator("[name=password]")).to_be_visible()
    page.unroute("**/draft/")
    sign_in(page, "reviewer1")
    expect(page.locator("#explanation")).to_have_value(words)


HAPPENS = {4: lapse, 8: race, 12: restart, 16: sign_out_elsewhere}


def test_twenty_claims_are_judged_whatever_happens_and_no_word_is_lost(desk: Desk):
    wait_for(desk.is_idle, "the demo articles are extracted")
    desk.manage("shell", "-c", PREPARE)
    written = {}
    with signed_in(desk, "reviewer1") as page:
        wait_for_the_keys(page)
        page.keyboard.press("n")
        for number in range(CLAIMS):
            words = f"Word for word, note {number}: n, s and 3 are only signs here."
            write_verdict(page, words)
            written[number_of(page)] = words
            HAPPENS.get(number, lambda *_what: None)(desk, page, words)
            hand_in(page)
    found = desk.query(
        "SELECT a.claim_id, v.explanation FROM claims_verdict v JOIN claims_assignment a ON a.id = v.assignment_id "
        "JOIN claims_reviewer r ON r.id = a.reviewer_id WHERE r.username = 'reviewer1'"
    )
    assert (len(found), dict(found)) == (CLAIMS, written)
    assert "histories hold" in desk.manage("verify_history")
