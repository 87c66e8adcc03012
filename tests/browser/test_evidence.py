"""Evidence whose title and publisher come from the page at its address."""

from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from claims.admin import evidence_details
from claims.models import Assignment, Draft
from claims.review.assignments import take_claim
from tests.factories import make_queued_claim
from tests.web import HERE, Site, fetcher_for, page, serving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REFUSED = (
    "The site answers 404 instead of the page. Check the address in a browser. You can fill in the fields by hand."
)


@pytest.fixture
def gate() -> Iterator[Event]:
    """The site's slow page is answered once this is set."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def site(monkeypatch, gate) -> Iterator[Site]:
    def answer(path: str) -> list[bytes]:
        if path == "/slow":
            gate.wait(5)
        if path == "/gone":
            return page("", "404 Not Found")
        return page(f"<meta property=og:site_name content='Port of Velmar'><title>Staff of {path}</title>")

    with serving(answer) as running:
        monkeypatch.setattr(evidence_details, "FETCHER", fetcher_for(running, resolve=lambda host: [HERE]))
        yield running


@pytest.fixture
def turn(reviewer, ratings) -> Assignment:
    return take_claim(reviewer, make_queued_claim().pk)


@pytest.fixture
def form(desk, reviewer, turn, site) -> Page:
    """The page of a claim that the reviewer holds, with the form for evidence open."""
    opened = desk(reviewer, f"/admin/review/{turn.claim_id}/")
    opened.locator("#new-evidence").click()
    return opened


def paste(form: Page, address: str) -> None:
    form.locator("#evidence_url").fill("")
    form.locator("#evidence_url").focus()
    form.evaluate("words => document.execCommand('insertText', false, words)", address)
    form.locator("#evidence_url").blur()


def shows(form: Page, title: str, publisher: str, status: str) -> None:
    expect(form.locator("#evidence-status")).to_have_text(status)
    expect(form.locator("#evidence_title")).to_have_value(title)
    expect(form.locator("#evidence_publisher")).to_have_value(publisher)


def test_title_and_publisher_are_filled_in_and_kept_in_the_draft(form, site):
    paste(form, site.url("/a"))
    shows(form, "Staff of /a", "Port of Velmar", "Filled in from the page")
    expect(form.locator("#draft-status")).to_have_text("Draft saved")
    kept = Draft.objects.get().evidence[0]
    assert (kept["title"], kept["publisher"]) == ("Staff of /a", "Port of Velmar")


def test_what_a_person_has_typed_stays(form, site, gate):
    form.locator("#evidence_publisher").fill("The port")
    paste(form, site.url("/a"))
    shows(form, "", "The port", "")
    form.locator("#evidence_publisher").fill("")
    paste(form, site.url("/slow"))
    shows(form, "", "", "Looking it up…")
    form.locator("#evidence_title").fill("My own words")
    gate.set()
    shows(form, "My own words", "Port of Velmar", "Filled in from the page")


def test_another_address_takes_what_was_filled_in_for_the_first(form, site):
    paste(form, site.url("/a"))
    shows(form, "Staff of /a", "Port of Velmar", "Filled in from the page")
    paste(form, site.url("/b"))
    shows(form, "Staff of /b", "Port of Velmar", "Filled in from the page")


def test_a_look_up_ends_when_the_address_changes(form, site, gate):
    paste(form, site.url("/slow"))
    shows(form, "", "", "Looking it up…")
    paste(form, site.url("/b"))
    shows(form, "Staff of /b", "Port of Velmar", "Filled in from the page")
    gate.set()
    form.wait_for_timeout(200)
    shows(form, "Staff of /b", "Port of Velmar", "Filled in from the page")


def test_a_refusal_is_said_and_leaves_the_form_as_it_was(form, site, complaints):
    paste(form, site.url("/gone"))
    shows(form, "", "", REFUSED)
    complaints.clear()  # the browser notes every answer that is a refusal


def test_the_lookup_begins_with_the_paste_before_the_field_is_left(form, site):
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.evaluate("words => navigator.clipboard.writeText(words)", site.url("/a"))
    form.locator("#evidence_url").focus()
    form.keyboard.press("Control+V")
    shows(form, "Staff of /a", "Port of Velmar", "Filled in from the page")
    expect(form.locator("#evidence_url")).to_be_focused()
    form.locator("#evidence_url").blur()
    form.wait_for_timeout(200)
    assert site.paths == ["/a"]  # and is not asked again when the field is left
