"""The pages for readers, in a browser: for everyone, on every screen, with nothing from elsewhere and no complaint."""

from urllib.parse import urlsplit

import pytest

from claims.models import Claimant, FactCheck
from claims.publishing.fact_checks import correct_fact_check, withdraw_fact_check
from claims.review.closing import reopen_claim
from claims.review.evidence import add_evidence
from tests.browser.test_for_everyone import ON_A_PHONE, RUNS_FROM_THE_RIGHT, WCAG, WIDTHS, faults, misfits
from tests.factories import make_article, make_queued_claim
from tests.pages.published import CORRECTIONS, EVIL, LIST, page_of, publish, publish_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "long" * 40
ARABIC = "2500 عامل في ميناء فيلمار"


@pytest.fixture
def live(editor, reviewer, ratings) -> FactCheck:
    """Everything that a page can hold, in words that try to break it."""
    text = "\n\n".join(f"In {year} the harbour employed {year} dockers, it says. " * 4 for year in range(2001, 2006))
    about = {"outlet": "The Courier", "url": f"https://courier.example/{LONG}", "language": "en"}
    said = {"claimant": Claimant.objects.create(name="The port authority"), "stand_alone": EVIL}
    claim = make_queued_claim(article=make_article(text, **about), quote="2003 dockers", **said)
    found = {"title": "Staff of the port", "publisher": "The port", "quote": "words " * 30, "is_primary": True}
    shown = [add_evidence(reviewer, claim.pk, url=f"https://port.example/{LONG}{n}", **found).pk for n in range(2)]
    made = publish(editor, reviewer, claim, title=EVIL, summary="words " * 60, text=text, evidence=shown)
    why = "The year was wrong. " * 20
    correct_fact_check(editor, made.slug, why, title="2,003 dockers", text=f"{text} No.", evidence=[])
    correct_fact_check(editor, made.slug, "Another slip.", title=EVIL, evidence=shown)
    reopen_claim(editor, claim.pk, "New figures.")
    return made


@pytest.fixture
def pages(live, editor, reviewer) -> list[str]:
    gone, *_others = publish_many(editor, reviewer, 21)
    withdraw_fact_check(editor, gone.slug, "It was another port. " * 9)
    return [LIST, page_of(live), page_of(gone), CORRECTIONS, f"{LIST}nowhere/"]


def test_pages_for_readers_are_for_everyone_light_and_dark_from_a_phone_to_a_wall(desk, pages, complaints):
    page = desk(None, LIST, color_scheme="light", bypass_csp=True)
    found = []
    for path in pages:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        found += faults(page, WCAG)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 360, "height": 740})
        found += faults(page, ON_A_PHONE)
        page.emulate_media(color_scheme="light")
        found += misfits(page, WIDTHS)
        page.evaluate("document.documentElement.dir = 'rtl'")
        found += misfits(page, [360, 1400])
    complaints[:] = [one for one in complaints if "status of 4" not in one]
    assert found == []


def test_nothing_is_loaded_from_elsewhere_nothing_is_kept_and_nothing_is_complained_of(desk, pages, complaints):
    page = desk(None, LIST)
    asked, here = [], urlsplit(page.url).netloc
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page.goto(path)
        assert page.context.cookies() == []
    assert {urlsplit(one).netloc for one in asked} == {here}
    assert len(complaints) == 2  # the two pages that say so: 410 and 404
    complaints.clear()


def test_a_browser_reads_the_data_of_a_page_as_it_was_written(desk, live):
    page = desk(None, page_of(live))
    data = page.evaluate("JSON.parse(document.querySelector('script').textContent)")
    assert (data["@type"], data["name"], data["claimReviewed"]) == ("ClaimReview", live.title, " ".join(EVIL.split()))
    assert page.locator("script").count() == 1


def test_arabic_words_run_from_right_to_left_on_an_english_page(desk, editor, reviewer, ratings):
    claim = make_queued_claim(article=make_article(f"{ARABIC}.", language="ar"), quote=ARABIC)
    made = publish(editor, reviewer, claim, title=f"{ARABIC}؟", summary=f"{ARABIC}!")
    page = desk(None, page_of(made))
    for place in ("h1", ".lead p", ".claim", ".passage"):
        assert (place, page.locator(place).evaluate(RUNS_FROM_THE_RIGHT)) == (place, True)
    assert not page.locator(".outcome").evaluate(RUNS_FROM_THE_RIGHT)
