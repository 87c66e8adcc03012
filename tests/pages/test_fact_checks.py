"""What the desk has published, as everybody reads it: whole, in the open, and safe from the words in it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.enums import Role
from claims.models import Appearance, Claim, Claimant, FactCheck, Reviewer
from claims.pages.fact_checks import NEAR, PAGE_SIZE
from claims.publishing.claim_review import build_claim_review
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim
from claims.review.evidence import add_evidence
from tests.admin.pages import STRICT, inline_code, policy, words
from tests.factories import judge, make_article, make_queued_claim
from tests.pages.published import CORRECTIONS, EVIL, FEED, LIST, claim_review_in, page_of, publish, publish_many

pytestmark = pytest.mark.django_db
DATA_ONLY = ['<script type="application/ld+json">']  # which no browser runs, so that no policy forbids it
ARABIC = "2500 عامل في ميناء فيلمار"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def colleague(person) -> Reviewer:
    return person("ruth", Role.REVIEWER)


@pytest.fixture
def claim(clock) -> Claim:
    about = {"outlet": "The Courier", "url": "https://courier.example/harbour", "language": "en"}
    said = {"claimant": Claimant.objects.create(name="The port authority")}
    stand_alone = "The harbour of Velmar employs roughly 2,500 dockers."
    return make_queued_claim(article=make_article(**about), stand_alone=stand_alone, **said)


@pytest.fixture
def fact_check(claim, editor, reviewer) -> FactCheck:
    found = {"title": "Staff of the port", "publisher": "The port", "stance": "refutes", "quote": "1,900 people."}
    shown = add_evidence(reviewer, claim.pk, url="https://port.example/", is_primary=True, **found)
    add_evidence(reviewer, claim.pk, url="https://rumour.example/", title="A rumour")
    return publish(editor, reviewer, claim, text="We asked.\nThey counted.\n\nIt is so.", evidence=[shown.pk])


# The list.


def test_the_list_has_the_newest_first_with_claim_and_rating_in_words(client, fact_check, editor, reviewer, clock):
    clock.shift(timedelta(days=1))
    publish_many(editor, reviewer, 1)
    told = words(client.get(LIST))
    assert told.index("Ships, 1") < told.index("The harbour has 1,900 dockers")
    for said in ("False 22 November 2026", "The claim by The port authority: The harbour of Velmar employs roughly",
                 "It employs 1,900, not 2,500.", "23 November 2026"):  # fmt: skip
        assert said in told, said
    assert f'href="{page_of(fact_check)}"' in client.get(LIST).content.decode()


def test_the_list_has_only_what_is_live(client, fact_check, editor, reviewer):
    publish_many(editor, reviewer, 1)
    withdraw_fact_check(editor, fact_check.slug, "We were wrong.")
    told = words(client.get(LIST))
    assert ("Ships, 1" in told, "dockers" in told) == (True, False)


def test_an_empty_list_says_so(client):
    assert "Nothing is published yet." in words(client.get(LIST))
    assert "Nothing has been corrected or withdrawn yet." in words(client.get(CORRECTIONS))


def test_older_ones_are_a_page_further(client, clock, editor, reviewer):
    """All are published at the same instant: their order is that of their numbers."""
    made = publish_many(editor, reviewer, PAGE_SIZE + 1)
    older = f"?before={made[1].pk}"
    first, last = client.get(LIST), client.get(f"{LIST}{older}")
    assert ("Ships, 2 " in words(first), "Ships, 1 " in words(first)) == (True, False)
    assert ("Ships, 2 " in words(last), "Ships, 1 " in words(last)) == (False, True)
    assert (older in first.content.decode(), "?before=" in last.content.decode()) == (True, False)
    withdraw_fact_check(editor, made[1].slug, "We were wrong.")
    assert "Ships, 1 " in words(client.get(f"{LIST}{older}"))
    assert "Nothing older." in words(client.get(f"{LIST}?before={made[0].pk}"))


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "1e3", "%00", "²", "9" * 18, "9" * 5000, "1&before=x"])
def test_nonsense_begins_anew(client, fact_check, before):
    page = client.get(f"{LIST}?before={before}")
    assert (page.status_code, "The harbour has 1,900 dockers" in words(page)) == (200, True)


# A page.


def test_a_page_says_what_was_claimed_what_holds_and_on_what_it_rests(client, fact_check):
    page = client.get(page_of(fact_check))
    told = words(page)
    for said in ("The harbour has 1,900 dockers", "It employs 1,900, not 2,500.", "The port authority",
                 "The harbour of Velmar employs roughly 2,500 dockers.", "Harbour grows", "The Courier", "False",
                 "The evidence contradicts the claim.", "Staff of the port", "1,900 people.",
                 "Contradicts the claim · Primary source · The port",
                 "Published by Fact-check desk on 22 November 2026."):  # fmt: skip
        assert said in told, said
    body = page.content.decode()
    assert "<p>We asked.<br>They counted.</p>\n\n<p>It is so.</p>" in body
    assert "harbour employs <mark>roughly 2,500 dockers</mark>. It opened" in body
    assert ('href="https://courier.example/harbour"' in body, 'href="https://port.example/"' in body) == (True, True)
    assert [gone for gone in ("A rumour", "being checked again", "Corrected on") if gone in told] == []


def test_a_page_describes_itself_to_programs(client, fact_check, settings):
    settings.SITE_URL = "https://desk.example"
    page = client.get(page_of(fact_check))
    assert claim_review_in(page) == build_claim_review(fact_check)
    address, body = f"https://desk.example{page_of(fact_check)}", page.content.decode()
    for line in (
        f'<link rel="canonical" href="{address}">',
        f'<meta property="og:url" content="{address}">',
        '<meta property="og:title" content="The harbour has 1,900 dockers">',
        '<meta property="og:description" content="It employs 1,900, not 2,500.">',
        'type="application/atom+xml" title="Fact-checks of Fact-check desk" href="/fact-checks/feed/">',
    ):
        assert line in body, line


def test_the_longest_text_is_shown_whole(client, claim, editor, reviewer):
    text = "\n\n".join(["word " * 98 + "end."] * 100)
    page = client.get(page_of(publish(editor, reviewer, claim, text=text.ljust(50_000, "."))))
    assert words(page).count("word end.") == 100


def test_of_a_long_article_only_the_neighbourhood_is_read(client, editor, reviewer):
    article = make_article("é " * NEAR + "So 2,500 dockers " + "ü " * NEAR)
    page = publish(editor, reviewer, make_queued_claim(article=article, quote="2,500 dockers"))
    body = client.get(page_of(page)).content.decode()
    assert "… é é" in body
    assert "é So <mark>2,500 dockers</mark> ü" in body
    assert "ü …</blockquote>" in body
    assert len(body) < 10_000


def test_the_words_stay_those_that_were_published(client, fact_check):
    before = client.get(page_of(fact_check)).content
    Appearance.objects.all().delete()
    assert client.get(page_of(fact_check)).content == before


def test_a_claim_that_no_text_held_has_its_page(client, fact_check):
    FactCheck.objects.update(version=None, start=None, end=None)
    page = client.get(page_of(fact_check))
    assert (page.status_code, "<mark>" in page.content.decode()) == (200, False)


# Corrected, reviewed again, withdrawn.


def test_a_correction_stands_in_the_open(client, fact_check, editor, colleague, clock):
    clock.shift(timedelta(days=3))
    reopen_claim(editor, fact_check.claim_id, "New figures.")
    judge(colleague, fact_check.claim, "Half true")
    correct_fact_check(editor, fact_check.slug, "The port counted anew.", summary="It employs 2,200.")
    told = words(client.get(page_of(fact_check)))
    assert "Corrected on 25 November 2026. What was corrected" in told
    assert "Our rating Half true" in told
    changed = "Rating Before False After Half true Summary Before It employs 1,900, not 2,500. After It employs 2,200."
    assert f"Correction 1, 25 November 2026 The port counted anew. {changed}" in told


def test_a_page_under_review_says_only_that_it_is_checked_again(client, fact_check, editor, colleague):
    """Until what came of it is published, too."""
    before = words(client.get(page_of(fact_check)))
    notice = "This claim is being checked again. What this page says may change."
    reopen_claim(editor, fact_check.claim_id, "New figures.")
    during = words(client.get(page_of(fact_check)))
    judge(colleague, fact_check.claim, "True")
    decided = words(client.get(page_of(fact_check)))
    assert notice not in before
    assert during == decided
    assert during.replace(f"{notice} ", "") == before
    correct_fact_check(editor, fact_check.slug, "The port counted anew.")
    assert notice not in words(client.get(page_of(fact_check)))


def test_a_withdrawn_one_says_when_and_why_and_judges_no_more(client, fact_check, editor, clock):
    correct_fact_check(editor, fact_check.slug, "A slip.", summary="It employs 1,901.")
    clock.shift(timedelta(days=1))
    withdraw_fact_check(editor, fact_check.slug, "We counted another port.\n\nWe are sorry.")
    page = client.get(page_of(fact_check))
    told, body = words(page), page.content.decode()
    assert (page.status_code, page["X-Robots-Tag"]) == (410, "noindex")
    assert '<meta name="robots" content="noindex">' in body
    assert "Fact-check desk withdrew this fact-check on 23 November 2026." in told
    assert "<p>We counted another port.</p>\n\n<p>We are sorry.</p>" in body
    for gone in ("False", "1,901", "We asked", "Staff of the port", "ld+json", "A slip", "canonical"):
        assert gone not in body, gone


def test_a_withdrawn_one_leads_to_what_was_published_in_its_place(client, fact_check, editor):
    withdraw_fact_check(editor, fact_check.slug, "We counted another port.")
    assert "a new fact-check" not in words(client.get(page_of(fact_check)))
    newer = publish_claim(editor, fact_check.claim_id, title="The harbour has 2,200 dockers", summary="2,200.")
    page = client.get(page_of(fact_check))
    assert "We have published a new fact-check of this claim: The harbour has 2,200 dockers" in words(page)
    assert (page.status_code, f'href="{page_of(newer)}"' in page.content.decode()) == (410, True)


# Addresses that lead nowhere, and other ways to knock.


@pytest.mark.parametrize("slug", ["x", "the-harbour-1", "a" * 5000, "__"])
def test_an_unknown_address_says_so(client, fact_check, slug):
    page = client.get(f"{LIST}{slug}/")
    assert (page.status_code, "There is no such fact-check" in words(page)) == (404, True)
    german = client.get(f"{LIST}{slug}/", headers={"Accept-Language": "de"})
    assert (german.status_code, "Diesen Faktencheck gibt es nicht" in words(german)) == (404, True)


@pytest.mark.parametrize("slug", ["%00", "x%00", "%F0%9F%98%80", "..%2f", "a b", "<b>"])
def test_what_is_no_address_is_not_found(client, slug):
    assert client.get(f"{LIST}{slug}/").status_code == 404


def test_nothing_can_be_sent(fact_check):
    browser = Client(enforce_csrf_checks=True)
    for path in (LIST, page_of(fact_check), CORRECTIONS, FEED):
        for method in ("post", "put", "patch", "delete", "options"):
            assert getattr(browser, method)(path).status_code == 405, (method, path)
        head = browser.head(path)
        assert (head.status_code, head.content) == (200, b"")


def test_pages_are_closed_to_everything_else_and_set_no_cookie(client, fact_check, editor):
    gone = publish_gone(fact_check, editor)
    for path in (LIST, page_of(fact_check), CORRECTIONS, FEED, gone, f"{LIST}x/"):
        page = client.get(path)
        assert (policy(page) >= STRICT, page.cookies, page["X-Frame-Options"]) == (True, {}, "DENY"), path
        assert inline_code(page) == (DATA_ONLY if path == page_of(fact_check) else [])


def publish_gone(fact_check: FactCheck, editor) -> str:
    gone = FactCheck.objects.create(
        claim=fact_check.claim, slug="gone-1", claim_reviewed="It is", title="Gone", summary="It is.",
        rating=fact_check.rating, published_by=editor,
        withdrawn_at=fact_check.published_at, withdrawn_because="It was wrong.",
    )  # fmt: skip
    return page_of(gone)


# What caches keep.


def test_a_page_is_kept_for_a_minute_and_asked_for_again_by_its_etag(client, fact_check, editor):
    for path in (LIST, page_of(fact_check), CORRECTIONS, FEED):
        page = client.get(path)
        assert (page["Cache-Control"], "Last-Modified" in page) == ("public, max-age=60", False)
        assert "Accept-Language" in page["Vary"]
        again = client.get(path, headers={"If-None-Match": page["ETag"]})
        assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, max-age=60")
        german = {"If-None-Match": page["ETag"], "Accept-Language": "de"}
        assert client.get(path, headers=german).status_code == 200


def test_whatever_changes_a_page_changes_its_etag(client, fact_check, editor, reviewer):
    seen = {client.get(page_of(fact_check))["ETag"]}
    correct_fact_check(editor, fact_check.slug, "A slip.", summary="It employs 1,901.")
    seen.add(client.get(page_of(fact_check))["ETag"])
    reopen_claim(editor, fact_check.claim_id, "New figures.")
    seen.add(client.get(page_of(fact_check))["ETag"])
    fact_check.rating.name = "Wrong"
    fact_check.rating.save()
    seen.add(client.get(page_of(fact_check))["ETag"])
    assert len(seen) == 4
    withdraw_fact_check(editor, fact_check.slug, "We were wrong.")
    assert client.get(page_of(fact_check), headers={"If-None-Match": ", ".join(seen)}).status_code == 410


# Words of others.


def test_hostile_words_stay_words(client, editor, reviewer, settings):
    settings.DESK_NAME = EVIL
    article = make_article(f"It said {EVIL} and</mark></p> more.", outlet=EVIL, language='"><b')
    article.title = EVIL
    article.save()
    claim = make_queued_claim(
        article=article, quote=EVIL, claimant=Claimant.objects.create(name=EVIL), stand_alone=EVIL
    )
    found = {"title": EVIL, "publisher": EVIL, "quote": EVIL}
    evidence = add_evidence(reviewer, claim.pk, url="https://x.example/?a=%22%3E%3Cscript%3E", **found)
    made = publish(editor, reviewer, claim, title=EVIL, summary=EVIL, text=EVIL, evidence=[evidence.pk])
    made.rating.colour, made.rating.name, made.rating.meaning = '"/><b>', "</script><script>", EVIL
    made.rating.save()
    correct_fact_check(editor, made.slug, EVIL, text=f"{EVIL} 2", evidence=[])
    live = [client.get(path) for path in (page_of(made), LIST, CORRECTIONS)]
    assert claim_review_in(live[0])["claimReviewed"] == " ".join(EVIL.split())
    withdraw_fact_check(editor, made.slug, EVIL)
    for page in [*live, client.get(page_of(made)), client.get(CORRECTIONS)]:
        assert (policy(page) >= STRICT, set(inline_code(page)) <= set(DATA_ONLY)) == (True, True)
        assert [evil for evil in ("<script>", "<img", '"/><b>') if evil in page.content.decode()] == []


def test_the_page_speaks_the_language_of_the_reader_and_leaves_others_theirs(client, editor, reviewer):
    article = make_article(f"{ARABIC}.", outlet="فيلمار", language="ar")
    claim = make_queued_claim(article=article, quote=ARABIC, stand_alone=f"{ARABIC}.")
    made = publish(editor, reviewer, claim, title=f"{ARABIC}؟", summary="لا.")
    for path in (page_of(made), LIST):
        page = client.get(path, headers={"Accept-Language": "de-AT,de;q=0.9"})
        body = page.content.decode()
        assert ('<html lang="de" dir="ltr">' in body, page["Content-Language"]) == (True, "de")
        assert 'lang="ar" dir="auto"' in body
    assert "Unsere Bewertung" in words(client.get(page_of(made), headers={"Accept-Language": "de"}))
    assert claim_review_in(client.get(page_of(made)))["reviewBody"] == "لا."


def test_pages_turn_around_for_who_reads_from_right_to_left(client, fact_check, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    for path in (page_of(fact_check), LIST, CORRECTIONS):
        assert '<html lang="ar" dir="rtl">' in client.get(path, headers={"Accept-Language": "ar"}).content.decode()


def test_days_are_those_of_the_desks_place(client, clock, claim, editor, reviewer, settings):
    settings.DESK_TIME_ZONE = "Pacific/Auckland"
    clock.move_to("2026-11-22 12:00:00Z")
    made = publish(editor, reviewer, claim)
    assert "on 23 November 2026" in words(client.get(page_of(made)))


def test_a_page_takes_few_queries_and_always_as_many(client, claim, fact_check, editor, reviewer):
    counts = {}
    for number in range(3):
        evidence = [add_evidence(reviewer, claim.pk, url=f"https://port.example/{number}").pk]
        evidence += fact_check.evidence.values_list("pk", flat=True)
        correct_fact_check(editor, fact_check.slug, f"Slip {number}.", evidence=evidence)
        publish_many(editor, reviewer, 1, start=number)
        for path in (LIST, page_of(fact_check), CORRECTIONS, FEED):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.setdefault(path, []).append(len(queries))
    assert list(counts.values()) == [[1] * 3, [5] * 3, [2] * 3, [1] * 3]
