"""Each mail as programs show it: on a phone and wider, light and dark, right to left, and with <style> dropped."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from claims.admin.mail_preview import write_sample
from claims.enums import EmailKind

pytestmark = pytest.mark.browser

WIDTHS = [320, 360, 600, 1200]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIND_FAULTS = """async (only) => {
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth > innerWidth"
GROUND = "() => getComputedStyle(document.querySelector('.mail')).backgroundColor"


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(FIND_FAULTS, WCAG)


def misfits(page: Page, html: str) -> list[int]:
    page.set_content(html)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [width] if page.evaluate(TOO_WIDE) else []
    return found


@pytest.mark.parametrize("kind", EmailKind)
def test_every_mail_can_be_read_in_the_light_and_in_the_dark_and_fits(page, kind):
    html = write_sample(kind, "en").html
    for scheme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(21, 24, 27)")):
        page.emulate_media(color_scheme=scheme)
        assert misfits(page, html) == []
        assert page.evaluate(GROUND) == ground
        assert faults(page) == []


@pytest.mark.parametrize("kind", EmailKind)
def test_a_mail_keeps_its_looks_in_a_program_that_drops_its_head(page, kind):
    html = re.sub(r"<head>.*?</head>", "", write_sample(kind, "en").html, flags=re.DOTALL)
    assert "<style" not in html
    assert misfits(page, html) == []
    button = page.locator(".button").evaluate("(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]")
    assert button == ["rgb(29, 79, 115)", "rgb(255, 255, 255)"]
    assert page.locator(".preview").is_hidden()


def test_a_mail_in_a_language_from_right_to_left_is_its_mirror(page):
    html = write_sample(EmailKind.DIGEST, "ar").html
    assert misfits(page, html) == []
    page.set_viewport_size({"width": 600, "height": 800})
    edge = page.locator(".claim").first.evaluate(
        "(e) => [getComputedStyle(e).borderRightWidth, e.getBoundingClientRect().right]"
    )
    assert edge == ["4px", 584]


def test_long_words_break_instead_of_widening_the_mail(page):
    html = write_sample(EmailKind.CLAIM_ASSIGNED, "en").html.replace("roughly 2,500 dockers", "x" * 300)
    assert misfits(page, html) == []
