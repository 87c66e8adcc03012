"""Every page under the strict policy, with hostile words in everything a person or a machine can write."""

import pytest

from claims.models import Article, ArticleVersion, Claim, Claimant
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from tests.admin.pages import STRICT, inline_code, policy, url
from tests.factories import make_article, make_queued_claim

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} \"' &amp;"
EVIL_TEXT = f"It said {EVIL} and</mark></p> more."


@pytest.fixture
def hostile(editor, person) -> Claim:
    """A claim where every text is an attack, held by `editor`."""
    article = make_article(EVIL_TEXT, outlet=EVIL, section=EVIL, external_id=EVIL)
    Article.objects.update(title=EVIL)
    ArticleVersion.objects.update(failure=EVIL, extractor=EVIL[:40])
    claim = make_queued_claim(
        article=article,
        quote=EVIL,
        claimant=Claimant.objects.create(name=EVIL),
        facts={EVIL: EVIL, "quantity": {"value": EVIL, "unit": EVIL}, "date": EVIL},
        reasons=[{"name": EVIL, "weight": 1.0, "text": EVIL}],
    )
    editor.first_name = EVIL[:150]
    editor.save()
    take_claim(editor, claim.pk)
    fields = {"title": EVIL, "publisher": EVIL, "quote": EVIL}
    add_evidence(editor, claim.pk, url="https://x.example/?a=%22%3E%3Cscript%3E", **fields)
    save_draft(editor, claim, explanation=f"</textarea>{EVIL}", evidence=[fields | {"url": f'"{EVIL}'}])
    return claim


def pages(claim: Claim) -> list[str]:
    lists = ("article", "claim", "claimant", "evidence", "claimevent", "assignment", "verdict", "outgoingemail")
    return [
        url("index"),
        url("review_queue"),
        url("review_queue") + "?outlet=%3Cscript%3Ealert(1)%3C/script%3E&after=%22%3E",
        url("review_claim", claim.pk),
        url("similar_claims", claim.pk),
        url("policy"),
        url("mail_choices"),
        url("mail_previews"),
        url("mail_preview", "digest"),
        url("article", claim.article_id),
        url("add_article"),
        url("password_change"),
        *(url(f"claims_{name}_changelist") for name in lists),
        url("claims_evidence_change", claim.evidence.get().pk),
        url("claims_claimevent_change", claim.events.first().pk),
        url("claims_assignment_change", claim.assignments.get().pk),
        url("claims_claimant_change", claim.claimant_id),
    ]


def is_safe(page) -> bool:
    body = page.content.decode()
    return policy(page) >= STRICT and not inline_code(page) and "<script>alert" not in body and "<img src=x" not in body


def test_hostile_words_stay_words_on_every_page(desk, editor, hostile):
    browser = desk(editor)
    assert [page for page in pages(hostile) if not is_safe(browser.get(page))] == []


def test_hostile_words_stay_words_in_a_dismissed_claim(desk, editor, hostile):
    dismiss_claim(editor, hostile.pk, EVIL)
    assert is_safe(desk(editor).get(url("review_claim", hostile.pk)))


def test_the_pages_of_the_administrator_are_strict(desk, administrator):
    browser = desk(administrator)
    names = ("reviewer", "rating", "ratingscale")
    seen = [url(f"claims_{name}_{kind}") for name in names for kind in ("changelist", "add")]
    seen.append(url("claims_reviewer_change", administrator.pk))
    assert [page for page in seen if not is_safe(browser.get(page))] == []


def test_the_login_and_the_refusal_are_strict(client, desk, producer):
    assert is_safe(client.get(url("login")))
    assert is_safe(desk(producer).get(url("review_queue")))


def test_hostile_words_come_back_as_words_from_a_form(desk, editor, hostile):
    browser = desk(editor)
    typed = {"text": " ", "title": EVIL, "url": EVIL, "outlet": EVIL}
    assert is_safe(browser.post(url("add_article"), typed))
    assert is_safe(browser.post(url("add_claim", hostile.article_id), {"words": f"{EVIL}!"}))
    assert is_safe(browser.post(url("add_evidence", hostile.pk), {"evidence_url": EVIL}))


def test_pages_are_not_kept_by_caches(desk, reviewer, hostile):
    assert "no-store" in desk(reviewer).get(url("review_claim", hostile.pk))["Cache-Control"]
