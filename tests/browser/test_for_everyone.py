"""Every page of the desk for everyone: WCAG 2.2 AA by axe, light and dark, from a phone to a wall, right to left."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib import admin
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.enums import Channel, EmailKind, Role
from claims.models import Article, Claim, Claimant, Feed, Reviewer, Webhook
from claims.notifications.headers import off_address
from claims.notifications.mailbox import MailboxBackend, read_mailbox
from claims.review.assignments import release_assignment, take_claim
from claims.review.closing import dismiss_claim
from claims.review.contacts import ask_claimant
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from tests.admin.pages import url
from tests.factories import judge, make_article, make_policy, make_queued_claim, make_queued_claims
from tests.intake.feeding import make_entry, make_feed
from tests.notifications.hooks import make_delivery, make_webhook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ON_A_PHONE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
WIDTHS = [360, 700, 768, 1400, 3840]  # 700: what a page of 1400 has at a zoom of 200 %
LONGEST_LINE = 90  # characters
SENTENCES = [
    f"In {year} the harbour of Velmar handled {year} ships and roughly {year} lorries." for year in range(2001, 2009)
]
ARABIC = "2500 عامل في ميناء فيلمار"
FIND_FAULTS = """async (only) => {
  const how = { runOnly: only, resultTypes: ["violations"], iframes: false, preload: false };
  const { violations } = await axe.run(document, how);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target}: ${node.html}`));
}"""
# The elements that make the page scroll sideways; those in a pane that scrolls by itself do not.
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((e) => { const box = e.getBoundingClientRect(); return box.right > innerWidth || box.left < 0; })
  .map((e) => `${e.tagName}.${e.className}`)"""
# The paragraphs whose full lines hold more letters than can be read in one go, however short their last line is.
LONG_LINES = """(longest) => [...document.querySelectorAll("main :is(p, dd, blockquote, .rules li)")].flatMap((e) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(e).font;
  const held = (text) => Math.floor(e.clientWidth * text.length / pen.measureText(text).width);
  const isLong = (text) => text.length > held(text) && held(text) > longest;
  return e.innerText.trim().split("\\n").filter(isLong).map((text) => `${held(text)} a line: ${text.slice(0, 60)}`);
})"""
# What has the focus; "unseen" where no line is around it, or where something lies upon it.
FOCUSED = """() => {
  const e = document.activeElement;
  const box = e.getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 8), y = box.top + Math.min(box.height / 2, 8);
  const above = document.elementFromPoint(x, y);
  const shown = e.closest("label.step") ?? e;
  const isSeen = getComputedStyle(shown).outlineStyle !== "none" && (!above || e.contains(above) || above.contains(e));
  const isThere = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  return e === document.body ? "BODY" : `${isSeen && isThere ? "seen" : "unseen"} ${e.tagName} ${e.id} ${e.innerText}`;
}"""
# Whether the first character stands to the right of the last.
RUNS_FROM_THE_RIGHT = """(e) => {
  const leaves = document.createTreeWalker(e, NodeFilter.SHOW_TEXT, (n) => n.data.trim() ? 1 : 2);
  const first = leaves.nextNode();
  let last = first;
  while (leaves.nextNode()) last = leaves.currentNode;
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  return box(first, first.data.search(/\\S/)).left > box(last, last.data.trimEnd().length - 1).left;
}"""
TURN_AROUND = """() => {
  document.documentElement.dir = "rtl";
  return Promise.all(["rtl", "responsive_rtl"].map((name) => new Promise((resolve) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: `/static/admin/css/${name}.css`, onload: resolve });
    document.querySelector("link[href*='claims/desk']").before(link);
  })));
}"""


@pytest.fixture
def colleagues(person) -> list[Reviewer]:
    return [person(name, Role.REVIEWER) for name in ("ruth", "rolf")]


@pytest.fixture
def claims(editor, reviewer, colleagues, ratings) -> dict[str, Any]:
    """One claim in each state that a review page can show."""
    article = make_article(
        "\n\n".join(SENTENCES), outlet="The Courier", section="Economy", url="https://courier.example/1"
    )
    held = make_queued_claim(article=article, quote="2001 ships", claimant=Claimant.objects.create(name="The port"))
    facts = {"quantity": {"value": "2002", "unit": "ships"}, "date": "2002"}
    reasons = [{"name": "figure", "weight": 1.2, "text": "It gives a figure."}]
    waiting = make_queued_claim(
        article=article, quote="2002 ships", facts=facts, reasons=reasons, stand_alone=SENTENCES[1]
    )
    make_policy(seats=2, agreeing=2, min_publishers=1)
    states = [
        make_queued_claim(article=article, quote=f"{year} ships", stand_alone=SENTENCES[year - 2001])
        for year in (2003, 2004, 2005)
    ]
    differing, decided, dismissed = states
    take_claim(reviewer, held.pk)
    found = {"url": "https://port.example/ships", "publisher": "The port", "quote": "2001 ships came."}
    evidence = add_evidence(reviewer, held.pk, title="A report", **found)
    save_draft(reviewer, held, rating=ratings["True"], explanation="So far, so good.", evidence=[evidence.pk])
    ask_claimant(reviewer, held.pk, channel=Channel.PHONE, question="Which ships?")
    for claim, said in ((differing, ("True", "False")), (decided, ("False", "False"))):
        for colleague, rating in zip(colleagues, said, strict=True):
            judge(colleague, claim, rating, evidence=[found])
    dismiss_claim(editor, dismissed.pk, "An opinion.")
    return {"held": held, "waiting": waiting, "differing": differing, "decided": decided, "dismissed": dismissed}


@pytest.fixture
def mail(settings, editor) -> str:
    settings.EMAIL_BACKEND = "claims.notifications.mailbox.MailboxBackend"
    mail = EmailMultiAlternatives("Yours", "Hello", to=[editor.email], headers={"Message-ID": "<1>"})
    mail.attach_alternative("<p>Hello</p>", "text/html")
    MailboxBackend().send_messages([mail])
    return read_mailbox()[0].name


@pytest.fixture
def webhook(producer) -> Webhook:
    """One that fails, with a delivery to read."""
    failing = make_webhook(producer, f"https://cms.example/{'hook' * 40}", failures=1, failing_since=timezone.now())
    ended = {"last_status": 500, "last_error": "The target answers 500.", "last_answer": "Oops " * 200}
    make_delivery(failing, attempts=1, body="x" * 2000, **ended)
    return failing


@pytest.fixture
def feed(editor) -> Feed:
    """One that fails, with entries to read."""
    why = "Nothing answers at this address, or it is one that the desk does not fetch from."
    known = {"failures": 1, "failing_since": timezone.now(), "last_error": why}
    failing = make_feed(editor, f"https://post.example/{'feed' * 40}", **known)
    make_entry(failing, 1, title="Harbour" * 40, status="failed", last_error=why)
    make_entry(failing, 2, status="skipped")
    return failing


@pytest.fixture
def pages(claims, mail, webhook, feed, editor, reviewer, producer, administrator) -> dict[str, list[str]]:
    """The pages by who opens them."""
    article = claims["held"].article_id
    review = {state: url("review_claim", claim.pk) for state, claim in claims.items()}
    review["similar"] = url("similar_claims", claims["waiting"].pk)
    start = [url("index")]
    behind = [f"{url('figure_claims')}?figure={figure}" for figure in ("verdicts", "salaries")]
    own = [url("add_article"), url("article", article), url("policy"), url("figures"), *behind, url("password_change")]
    mails = [url("mailbox"), url("mailbox_mail", mail), url("mail_previews"), url("mail_preview", EmailKind.DIGEST)]
    feeds = [url("feeds"), url("feed", feed.pk)]
    return {
        "stranger": [url("login"), urlsplit(off_address(reviewer.pk, EmailKind.DIGEST)).path],
        "reviewer": [*start, url("review_queue"), review["held"], url("mail_choices")],
        "editor": [*start, url("review_queue"), *review.values(), *own, *feeds, *mails],
        "producer": [
            *start,
            url("article", article),
            url("review_queue"),
            url("review_claim", 10**6),
            url("webhooks"),
            url("webhook", webhook.pk),
            "/admin/no/such/page/",
        ],
        "administrator": [*start, url("mail_defaults"), *registers()],
    }


def registers() -> Iterator[str]:
    """Each register's list, the form of a row where the desk has no page of its own for it, and of a new person."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield url(f"{name}_changelist")
        row = model._default_manager.order_by("pk").first()
        if row and model not in (Article, Claim):
            yield url(f"{name}_change", row.pk)
    yield url("claims_reviewer_add")


@pytest.fixture
def people(editor, reviewer, producer, administrator) -> dict[str, Reviewer | None]:
    named = {"editor": editor, "reviewer": reviewer, "producer": producer, "administrator": administrator}
    return named | {"stranger": None}


@pytest.fixture(params=["stranger", "reviewer", "editor", "producer", "administrator"])
def opened(request, desk, people, pages, complaints) -> Callable[..., Iterator[Page]]:
    """All the pages of a person, one after the other, with everything unfolded."""

    def open_all(**how: Any) -> Iterator[Page]:
        page = desk(people[request.param], pages[request.param][0], **how)
        for path in pages[request.param]:
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            yield page
        complaints[:] = [one for one in complaints if "status of 40" not in one]  # the refusals that were asked for

    return open_all


def faults(page: Page, only: list[str]) -> list[str]:
    """Whatever axe finds; its script goes in through the browser's own tools."""
    page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
    return [f"{page.url.partition('/admin')[2]} {fault}" for fault in page.evaluate(FIND_FAULTS, only)]


def turn_around(page: Page) -> None:
    """Right to left, as the page comes in Arabic or Hebrew: no language of the desk is written so, yet."""
    page.evaluate(TURN_AROUND)


def misfits(page: Page, widths: Sequence[int]) -> Iterator[str]:
    """What makes the page scroll sideways; and, at the last of the widths, lines too long to be read."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{page.url} at {width}: {one}" for one in page.evaluate(TOO_WIDE))
    yield from (f"{page.url}: {line}" for line in page.evaluate(LONG_LINES, LONGEST_LINE))


def test_every_page_is_accessible_in_the_light_and_in_the_dark_and_fits_every_screen(opened):
    found = []
    for page in opened(color_scheme="light", bypass_csp=True):  # axe styles what it measures
        found += faults(page, WCAG)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 360, "height": 740})
        found += faults(page, ON_A_PHONE)
        page.emulate_media(color_scheme="light")
        found += misfits(page, WIDTHS)
        turn_around(page)
        found += misfits(page, [360, 1400])
    assert found == []


def test_a_refused_verdict_is_told_to_everyone(desk, reviewer, claims, complaints):
    page = desk(reviewer, url("review_claim", claims["held"].pk), bypass_csp=True)
    release_assignment(reviewer, claims["held"].assignments.get().pk)
    page.get_by_role("button", name="Record verdict").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert faults(page, WCAG) == []
    assert [one for one in complaints if "409" in one]
    complaints.clear()


@pytest.mark.parametrize("width", [360, 1280])
def test_whoever_tabs_through_the_page_sees_where_they_are(desk, reviewer, claims, width):
    page = desk(reviewer, url("review_claim", claims["held"].pk), viewport={"width": width, "height": 720})
    seen = []
    while (found := page.evaluate(FOCUSED)) != "BODY" or not seen:
        seen.append(found)
        page.keyboard.press("Tab")
    assert len(seen) > 30
    assert [one for one in seen if one.startswith("unseen")] == []


def test_what_sticks_to_the_edges_of_the_queue_hides_no_focus(desk, editor, ratings):
    make_queued_claims(20)
    page = desk(editor, url("review_queue"), viewport={"width": 1280, "height": 720})
    page.locator(".queue .headline").last.focus()
    seen = []
    while (found := page.evaluate(FOCUSED)) != "BODY":
        seen.append(found)
        page.keyboard.press("Shift+Tab")
    assert len(seen) > 60
    assert [one for one in seen if one.startswith("unseen")] == []


def test_the_panes_swap_sides_from_right_to_left(desk, reviewer, claims):
    page = desk(reviewer, url("review_claim", claims["held"].pk), viewport={"width": 1400, "height": 900})
    article, work = page.locator(".review > .article"), page.locator(".review > .work")
    assert article.bounding_box()["x"] < work.bounding_box()["x"]
    turn_around(page)
    assert article.bounding_box()["x"] > work.bounding_box()["x"]


def test_arabic_words_run_from_right_to_left_in_an_english_desk(desk, reviewer, ratings):
    claim = make_queued_claim(article=make_article(f"{ARABIC}.", outlet="The Courier"), quote=ARABIC)
    Claim.objects.update(headline="2500 عامل")
    page = desk(reviewer, url("review_claim", claim.pk))
    for place in (".claim-head h1", ".article-text p", ".words"):
        assert (place, page.locator(place).evaluate(RUNS_FROM_THE_RIGHT)) == (place, True)
    assert not page.locator("#article-title").evaluate(RUNS_FROM_THE_RIGHT)
    page.goto(url("review_queue"))
    assert page.locator(".queue .headline").evaluate(RUNS_FROM_THE_RIGHT)


def test_nothing_moves_for_whoever_wants_it_still(desk, editor, claims):
    page = desk(editor, url("review_claim", claims["held"].pk), reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_the_words_and_the_chosen_rating_stay_marked_where_the_system_picks_the_colours(desk, reviewer, claims):
    page = desk(reviewer, url("review_claim", claims["held"].pk), forced_colors="active")
    ground = page.locator("mark.own").evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert ground != page.locator("body").evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert ground != page.locator(".other mark").first.evaluate("(e) => getComputedStyle(e).backgroundColor")
    lines = [step.evaluate("(e) => getComputedStyle(e).outlineStyle") for step in page.locator(".step").all()]
    assert lines == ["solid"] + ["none"] * 5


def test_paper_has_the_article_and_the_verdicts_and_nothing_to_press(desk, editor, claims):
    page = desk(editor, url("review_claim", claims["decided"].pk), viewport={"width": 1400, "height": 400})
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(":is(button, input, select, textarea, nav):visible").all_inner_texts() == []
    text = page.locator(".article-text")
    assert text.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")
    assert text.evaluate("(e) => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    expect(page.locator(".verdict").first).to_contain_text("It is false.")
