"""An editor publishes, corrects and withdraws with the keyboard alone, on a page that is for everyone."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from claims.models import Claim, FactCheck
from claims.publishing.fact_checks import correct_fact_check, publish_claim
from tests.admin.pages import url
from tests.browser.conftest import sign_in
from tests.browser.test_for_everyone import ON_A_PHONE, WCAG, faults, misfits
from tests.factories import judge, make_queued_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "https://port.example/" + "long" * 40


@pytest.fixture
def claim(reviewer, ratings) -> Claim:
    claim = make_queued_claim(stand_alone="The harbour employs roughly 2,500 dockers.")
    judge(reviewer, claim, "False", evidence=[{"url": LONG, "publisher": "The port", "stance": "refutes"}])
    return claim


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).focus()
    page.keyboard.press("Enter")


def type_on(page: Page, *words: str) -> None:
    """Into the fields that follow one another; an empty one is passed over."""
    for one in words:
        page.keyboard.press("Tab")
        if one:
            page.keyboard.press("Control+a")
            page.keyboard.type(one)


def test_an_editor_publishes_corrects_and_withdraws_by_keyboard_alone(desk, editor, claim):
    page = desk(editor, url("review_claim", claim.pk))
    unfold(page, "Publish a fact-check")
    type_on(page, "No, not 2,500", "", "The port counts 1,840.", "One.", "", "")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Published. The fact-check is on the desk’s public pages.")
    unfold(page, "Correct the fact-check")
    type_on(page, "It was 1,841.", "", "", "The port counts 1,841.", "", "", "")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Corrected.")
    unfold(page, "Withdraw the fact-check")
    type_on(page, "The report was forged.", "")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Withdrawn. Readers are told when and why.")
    fact_check = FactCheck.objects.get()
    assert (fact_check.title, fact_check.summary, fact_check.text) == (
        "No, not 2,500",
        "The port counts 1,841.",
        "One.",
    )
    assert (fact_check.evidence.count(), fact_check.corrections.get().note) == (1, "It was 1,841.")
    assert fact_check.withdrawn_because == "The report was forged."


def test_words_outlive_a_session_and_a_crash_until_the_desk_has_them(desk, editor, live_server, claim):
    page = desk(editor, url("review_claim", claim.pk))
    unfold(page, "Publish a fact-check")
    type_on(page, "No, not 2,500", "", "The port counts 1,840.", "One.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sign_in(editor), "url": live_server.url}])
    page.goto(url("review_claim", claim.pk))
    expect(page.get_by_text("What you typed here before is back.")).to_be_visible()
    assert [page.get_by_label(name, exact=True).first.input_value() for name in ("Title", "Summary", "Text")] == [
        "No, not 2,500",
        "The port counts 1,840.",
        "One.",
    ]
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Published.")
    unfold(page, "Correct the fact-check")
    type_on(page, "Wrong.", "No")
    page.reload()
    expect(page.get_by_label("What was wrong")).to_have_value("Wrong.")
    page.get_by_role("button", name="Drop it").click()
    page.reload()
    expect(page.get_by_text("What you typed here before is back.")).to_be_hidden()
    assert FactCheck.objects.get().title == "No, not 2,500"


def test_words_that_come_back_do_not_write_over_a_colleagues_correction(desk, editor, claim, complaints):
    fact_check = publish_claim(editor, claim.pk, title="No", summary="No.")
    page = desk(editor, url("review_claim", claim.pk))
    unfold(page, "Correct the fact-check")
    type_on(page, "Wrong.", "Mine")
    correct_fact_check(editor, fact_check.slug, note="Worse.", title="Theirs")
    page.reload()
    page.get_by_role("button", name="Publish the correction").click()
    expect(page.locator("form[data-kept] .refusal")).to_be_focused()
    complaints[:] = [one for one in complaints if "status of 4" not in one]
    assert page.get_by_label("Title", exact=True).first.input_value() == "Mine"
    assert FactCheck.objects.get().title == "Theirs"


def pages(page: Page, editor: Any, claim: Claim) -> Any:
    """The form, the form refused, and what is published with its two forms."""
    page.goto(url("review_claim", claim.pk))
    page.get_by_text("Publish a fact-check").click()
    yield page
    page.get_by_label("Title", exact=True).first.fill("x" * 301)
    page.get_by_label("Summary").fill("No.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Nothing is published yet: see below.")).to_be_focused()
    yield page
    publish_claim(editor, claim.pk, title="No, " + "x" * 200, summary="No.", evidence=[claim.evidence.get().pk])
    page.goto(url("review_claim", claim.pk))
    for form in ("Correct the fact-check", "Withdraw the fact-check"):
        page.get_by_text(form, exact=True).click()
    yield page
    page.goto(url("claims_factcheck_changelist"))
    yield page


def test_the_forms_are_for_everyone_light_and_dark_from_a_phone_to_a_wall(desk, editor, claim, complaints):
    page = desk(editor, color_scheme="light", bypass_csp=True)
    found = []
    for shown in pages(page, editor, claim):
        shown.set_viewport_size({"width": 1280, "height": 900})
        found += faults(shown, WCAG)
        shown.emulate_media(color_scheme="dark")
        shown.set_viewport_size({"width": 360, "height": 740})
        found += faults(shown, ON_A_PHONE)
        shown.emulate_media(color_scheme="light")
        found += misfits(shown, [360, 768, 1400])
    complaints[:] = [one for one in complaints if "status of 4" not in one]
    assert found == []


def test_the_places_of_an_editor_are_one_row_on_a_laptop(desk, editor, settings):
    settings.EMAIL_BACKEND = "claims.notifications.mailbox.MailboxBackend"
    page = desk(editor, viewport={"width": 1280, "height": 720})
    places, own = (page.locator(one).bounding_box() for one in ("#places", "#user-tools"))
    assert page.get_by_role("link", name="Mailbox").count() == 1
    assert own["y"] < places["y"] + places["height"]
