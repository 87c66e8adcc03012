"""What was said before comes to the review page while it is read, and moves nothing."""

import pytest
from playwright.sync_api import expect

from claims.models import Claim
from tests.admin.pages import url
from tests.browser.test_for_everyone import WCAG, faults
from tests.factories import judge, make_article, make_queued_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VELMAR = "The harbour of Velmar employs roughly 2,500 dockers."


def say(headline: str, sentence: str = VELMAR) -> Claim:
    article = make_article(f"{sentence} {headline} ({Claim.objects.count()})", outlet="The Courier")
    return make_queued_claim(article=article, quote=sentence, headline=headline, stand_alone=sentence)


@pytest.fixture
def claim(reviewer, ratings) -> Claim:
    judge(reviewer, say("2,500 dockers in Velmar"), "False")
    say("dockers in the harbour of Velmar")
    return say("roughly 2,500 dockers")


@pytest.mark.parametrize("width", [360, 1400])
def test_it_arrives_and_moves_nothing(desk, editor, claim, width):
    page = desk(editor, url("index"), viewport={"width": width, "height": 900}, bypass_csp=True)
    page.route("**/similar/?part=1", lambda route: held.append(route))
    held: list = []
    page.goto(url("review_claim", claim.pk))
    link = page.get_by_role("link", name="Look for similar claims")
    expect(link).to_be_visible()
    before = page.locator("#history-title").bounding_box()
    page.wait_for_function("() => true")
    held.pop().continue_()
    found = page.get_by_role("link", name="1 earlier fact-check, 1 similar claim")
    expect(found).to_be_visible()
    assert page.locator("#history-title").bounding_box() == before
    found.click()
    part = page.get_by_role("region", name="Said before?")
    expect(part).to_be_in_viewport()
    expect(part.get_by_role("heading").first).to_have_text("Earlier fact-checks")
    assert faults(page, WCAG) == []


def test_an_editor_merges_from_there(desk, editor, claim):
    page = desk(editor, url("review_claim", claim.pk))
    page.get_by_role("region", name="Said before?").get_by_role("link", name="Merge into").last.click()
    expect(page.get_by_label("Why are they the same?")).to_be_focused()
    page.keyboard.type("The same dockers.")
    page.get_by_role("button", name="Look at the other claim").click()
    page.get_by_role("button", name="Yes, merge").click()
    expect(page.get_by_text("Merged into “")).to_be_visible()


def test_where_nothing_is_alike_nothing_is_left_to_press(desk, reviewer):
    page = desk(reviewer, url("review_claim", make_queued_claim().pk))
    expect(page.get_by_text("Nothing like it was found.")).to_be_visible()
    expect(page.get_by_role("link", name="Look for similar claims")).to_have_count(0)


def test_without_a_script_the_link_leads_to_a_page(desk, reviewer, claim):
    page = desk(reviewer, url("review_claim", claim.pk), java_script_enabled=False)
    page.get_by_role("link", name="Look for similar claims").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("roughly 2,500 dockers")
    expect(page.get_by_role("link", name="2,500 dockers in Velmar")).to_be_visible()


def test_what_cannot_be_fetched_leaves_the_link(desk, reviewer, claim, complaints):
    page = desk(reviewer, url("index"))
    page.route("**/similar/?part=1", lambda route: route.abort())
    page.goto(url("review_claim", claim.pk))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name="Look for similar claims")).to_be_visible()
    complaints.clear()
