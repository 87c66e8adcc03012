"""All pages as they look: no complaint of the browser, nothing wider than a phone, words that can be read."""

import pytest
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Page, expect

from claims.enums import Channel, Role
from claims.notifications.mailbox import MailboxBackend, read_mailbox
from claims.review.assignments import take_claim
from claims.review.contacts import ask_claimant
from claims.review.evidence import add_evidence
from tests.factories import judge, make_article, make_policy, make_queued_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 360, "height": 740}}
# The worst contrast of any text on the page with its background (WCAG), leaving out what is hidden.
WORST_CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  let worst = [99, ""];
  for (const element of document.querySelectorAll("body *")) {
    const text = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join("");
    if (!text || !element.checkVisibility({ visibilityProperty: true }) || element.closest("svg")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < worst[0]) worst = [contrast, `${element.className}: ${text.slice(0, 40)}`];
  }
  return worst;
}"""


@pytest.fixture
def pages(editor, person, settings, ratings) -> list[str]:
    settings.EMAIL_BACKEND = "claims.notifications.mailbox.MailboxBackend"
    claim = make_queued_claim(article=make_article(outlet="The Courier", url="https://x.example/" + "long" * 40))
    make_policy(seats=2, agreeing=2, is_blind=True, min_publishers=1)
    differing = make_queued_claim(article=claim.article, quote="March 2019")
    ask_claimant(editor, differing.pk, channel=Channel.PHONE, question="Which year? " * 20)
    take_claim(editor, claim.pk)
    add_evidence(editor, claim.pk, url="https://x.example/" + "long" * 40, quote="words " * 30)
    mail = EmailMultiAlternatives("Yours", "Hello", to=[editor.email], headers={"Message-ID": "<1>"})
    mail.attach_alternative('<p style="color:green">Hello</p>', "text/html")
    MailboxBackend().send_messages([mail])
    for name, rating in (("rita", "True"), ("rolf", "False")):
        found = {"url": f"https://{name}.example/" + "long" * 40, "quote": "words " * 30}
        judge(person(name, Role.REVIEWER), differing, rating, evidence=[found])
    own = [f"review/{one.pk}/" for one in (claim, differing)]
    own += [
        "policy/",
        "review/",
        "articles/add/",
        f"articles/{claim.article_id}/",
        "mailbox/",
        "mail/",
        "mail/preview/",
    ]
    lists = [f"claims/{name}/" for name in ("article", "claim", "evidence", "claimevent", "outgoingemail")]
    return ["", *own, f"mailbox/{read_mailbox()[0].name}/", *lists]


def too_wide(page: Page) -> list[str]:
    """The elements that make the page scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
           .filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => `${e.tagName}.${e.className}`)"""
    )


def test_no_page_is_wider_than_a_phone(desk, editor, pages):
    page = desk(editor, **PHONE)
    for path in pages:
        page.goto(f"/admin/{path}")
        assert (path, too_wide(page)) == (path, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(desk, editor, pages, scheme):
    page = desk(editor, color_scheme=scheme)
    for path in pages:
        page.goto(f"/admin/{path}")
        contrast, words = page.evaluate(WORST_CONTRAST)
        assert contrast >= 4.5, (path, words, contrast)


def test_the_first_tab_leads_past_the_header(desk, editor):
    page = desk(editor, "/admin/review/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_mail_is_shown_in_its_frame_with_its_own_styles(desk, editor, pages):
    page = desk(editor, f"/admin/{pages[-6]}")
    paragraph = page.frame_locator("iframe.mail-html").locator("p")
    expect(paragraph).to_have_text("Hello")
    assert paragraph.evaluate("e => getComputedStyle(e).color") == "rgb(0, 128, 0)"


def test_a_rating_wears_its_colour(desk, editor, pages):
    page = desk(editor, f"/admin/{pages[1]}")
    colour = page.locator(".step").first.evaluate("e => getComputedStyle(e).borderLeftColor")
    assert colour == "rgb(27, 120, 55)"
