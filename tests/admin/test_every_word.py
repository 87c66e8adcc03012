"""Every word of the desk is translated: its pages are read in a language that no English word belongs to."""

import html
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import resolve, reverse

from claims.admin.mail_preview import write_sample
from claims.enums import EmailKind, Role, Stance
from claims.models import Article, Claim, FactCheck, OutgoingEmail, Rating, Reviewer
from claims.notifications.headers import off_address
from claims.notifications.messages import Message
from claims.notifications.routes import ROUTE_OF
from claims.notifications.routing import tell_claims_waiting
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim
from claims.review.evidence import add_evidence
from tests.admin.busy_desk import WHY, fill_desk
from tests.admin.pages import url
from tests.factories import link_of, make_article, make_queued_claim
from tests.pages.published import CORRECTIONS, FEED, LIST, page_of, publish
from tests.pseudo_language import CODE, make_pseudo_language, untranslated

pytestmark = pytest.mark.django_db
# What is not for translation: addresses, the names of things and of languages, units of time and data.
NO_WORDS = re.compile(
    r"https?://\S*|[^\s<>]+@[^\s<>]+"  # addresses
    r"|^[a-z]$|\bUTC\b|UTF-8|\bMB\b|English|Deutsch|Pseudo|\bru\b"  # keys, units, languages
    r"|^\{.*\}$|\b[0-9a-f]{8,}\b|\w+\*{5,}|\bmd5\b"  # details of an event, hashes
    r"|Maren Lind|Tomas Berg|Dr Ines Holm|Henrik Aas|Velmar Post|Northern Courier"  # the names in made-up mails
    r"|\b(claim|article|fact_check)\.[a-z]+\b|\bping\b|\bmsg_\d+|application/json"  # what programs are told
    r"|^(True|False|None|Search)$"  # what Django writes below its ticks and its search button in every language
)
MOST_OF_A_PAGE = 6
ALIKE = {
    "o",
    "_changelist_filters",
    "_facets",
    "p",
    "language",
}  # links that show the same otherwise
# What is no page, and what only leads to one.
LEFT_OUT = {"admin:logout", "admin:claims_claim_change", "admin:claims_article_change", "admin:claims_factcheck_change"}
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("locale")
    make_pseudo_language(made)
    return made


@pytest.fixture
def pseudo(settings, folder) -> None:
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Pseudo")]
    settings.LANGUAGE_CODE = CODE  # what is written to somebody without an account


@pytest.fixture
def people(person, editor, administrator) -> dict[str, Reviewer]:
    reviewers = [person(name, Role.REVIEWER) for name in ("rita", "sam", "noor")]
    return {"reviewer": reviewers[0], "other": reviewers[1], "third": reviewers[2]} | {
        "editor": editor,
        "administrator": administrator,
    }


@pytest.fixture
def claims(pseudo, people) -> list[Claim]:
    Reviewer.objects.update(language=CODE)
    for one in people.values():
        one.refresh_from_db()
    reviewers = [people[name] for name in ("reviewer", "other", "third")]
    return fill_desk(reviewers, people["editor"], people["administrator"])


def read_everything(browser: Client, start: str) -> dict[str, list[str]]:
    """By address, what is said there in English. Every page that links lead to, as far as they are not alike."""
    found, seen, alike = {}, set(), Counter()
    ahead = [start]
    while ahead:
        address = ahead.pop(0)
        parts = urlsplit(address)
        page = resolve(parts.path).view_name if parts.path.startswith("/admin/") else ""
        query = set(parse_qs(parts.query, keep_blank_values=True))
        if address in seen or query & ALIKE or not page or page in LEFT_OUT:
            continue
        seen.add(address)
        alike[page] += 1
        if alike[page] > MOST_OF_A_PAGE:
            continue
        answer = browser.get(address, follow=True)
        assert answer.status_code in (200, 403), address  # Django links to people whom not everybody may see
        if not answer["Content-Type"].startswith("text/html"):
            continue
        content = answer.content.decode()
        if said := untranslated(content, NO_WORDS):
            found[address] = said
        ahead += [urljoin(address, link.replace("&amp;", "&")).partition("#")[0] for link in LINK.findall(content)]
    assert len(seen) > 20
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["administrator", "editor", "reviewer"])
def test_every_page_is_translated(claims, people, desk, who):
    found = read_everything(desk(people[who]), reverse("admin:index"))
    lines = sorted({f"{words}   ({address})" for address, said in found.items() for words in said})
    assert not lines, "\n".join(lines)


def test_every_standing_of_a_fact_check_is_translated(claims, people, desk):
    browser = desk(people["editor"])
    rated = Rating.objects.order_by("pk")
    Claim.objects.filter(status="published").update(status="decided", rating=rated[0])
    FactCheck.objects.filter(withdrawn_at=None, claim=claims[9]).update(rating=rated[1])
    seen = FactCheck.objects.values_list("claim", flat=True).distinct()
    assert len(seen) == 3
    for claim in seen:
        page = browser.get(url("review_claim", claim)).content.decode()
        assert ('id="published"' in page, untranslated(page, NO_WORDS)) == (True, [])


def test_every_mail_is_translated(claims):
    tell_claims_waiting(claims[0].article.versions.latest("number"), claims, len(claims))
    mails = OutgoingEmail.objects.all()
    assert mails
    for mail in mails:
        assert english_of(mail) == []


@pytest.mark.parametrize("kind", EmailKind)
def test_every_kind_of_mail_is_translated(pseudo, kind):
    assert english_of(write_sample(kind, CODE)) == []


def english_of(mail: Message | OutgoingEmail) -> list[str]:
    plain = "".join(f"<p>{part}</p>" for part in [mail.subject, *mail.text.split("\n\n")])
    return untranslated(mail.html + plain, NO_WORDS)


def test_what_somebody_without_an_account_reads_is_translated(claims):
    browser = Client(headers={"Accept-Language": CODE})
    links = [link_of(opinion) for opinion in claims[0].opinions.order_by("pk")]
    answers = [browser.get(link) for link in [*links, "/opinions/x/"]]
    answers += [browser.post(link, {"comment": "Нет"}) for link in links]
    assert [answer.status_code for answer in answers] == [200, 200, 410, 410, 404, 400, 409, 410, 410]
    for answer in answers:
        assert untranslated(answer.content.decode(), NO_WORDS) == []


@pytest.fixture
def published(pseudo, settings, editor, reviewer) -> list[str]:
    """The pages for readers, of what is corrected and reviewed again, of what is withdrawn, and of nothing."""
    settings.DESK_NAME = "Газета"
    article = make_article("Гавань видела 1000 судов, 2000 судов", outlet="Газета", published_on="2026-11-22")
    Article.objects.update(title="Гавань растёт")
    Rating.objects.filter(name="False").update(name="Ложь", meaning="Неправда.")
    claims = [make_queued_claim(article=article, quote=f"{number}000 судов") for number in (1, 2)]
    sources = [{"url": f"https://порт.рф/{stance}", "title": "Порт", "stance": stance} for stance in Stance]
    shown = [add_evidence(reviewer, claims[0].pk, is_primary=True, **one).pk for one in sources]
    live, gone = (publish(editor, reviewer, claim, "Ложь", title="Нет", summary="Меньше.") for claim in claims)
    correct_fact_check(editor, live.slug, "Да.", title="Да", summary="Много.", text="Да.", evidence=shown)
    reopen_claim(editor, live.claim_id, "Да.")
    withdraw_fact_check(editor, gone.slug, "Нет.")
    publish_claim(editor, gone.claim_id, title="Нет", summary="Мало.")
    older = [f"{LIST}?before={live.pk}", f"{CORRECTIONS}?before=2020-01-01T00:00:00Z"]
    return [LIST, CORRECTIONS, page_of(live), page_of(gone), f"{LIST}x/", *older]


def test_what_readers_are_told_is_translated(published):
    browser = Client(headers={"Accept-Language": CODE})
    answers = [browser.get(address) for address in published]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 410, 404, 200, 200]
    for answer in answers:
        assert untranslated(answer.content.decode(), NO_WORDS) == []
    feed = html.unescape(re.sub(r"<(published|updated)>[^<]*", "", browser.get(FEED).content.decode()))
    assert untranslated(feed, NO_WORDS) == []


@pytest.mark.parametrize("address", [LIST, CORRECTIONS])
def test_that_nothing_is_published_yet_is_translated(pseudo, settings, address):
    settings.DESK_NAME = "Газета"
    answer = Client(headers={"Accept-Language": CODE}).get(address)
    assert untranslated(answer.content.decode(), NO_WORDS) == []


@pytest.mark.parametrize("kind", ROUTE_OF)
def test_switching_a_kind_of_mail_off_is_translated(pseudo, reviewer, kind):
    browser = Client(headers={"Accept-Language": CODE})
    address = urlsplit(off_address(reviewer.pk, kind)).path
    for answer in browser.get(address), browser.post(address):
        assert untranslated(answer.content.decode(), NO_WORDS) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("add_article", {}),
        ("add_article", {"text": "Суда", "url": "ftp://порт", "published_on": "вчера"}),
        ("add_article", {"text": "Суда\x01"}),
        ("add_article", {"text": "Суда", "outlet": "Г" * 201}),
        ("policy", {"rules-TOTAL_FORMS": "0", "rules-INITIAL_FORMS": "0", "last-seats": "2", "last-agreeing": "1"}),
        ("change_keys", {"take": "11", "explain": "1"}),
        ("choose_language", {"language": "?"}),
        ("dismiss_claim", {"reason": ""}),
        ("reopen_claim", {"reason": WHY}),
        ("restore_decision", {"reason": WHY}),
        ("merge_claim", {"target": "0", "reason": WHY}),
        ("unmerge_claim", {"reason": WHY}),
        ("adjudicate", {"reason": ""}),
        ("another_round", {"reason": WHY}),
        ("ask_claimant", {"channel": "?", "asked_at": "вчера"}),
        ("prioritise_claim", {"boost": "9", "due_at": "вчера"}),
        ("correct_claim", {"words": "Ничего", "headline": ""}),
        ("split_claim", {"words": "Ничего"}),
        ("publish_claim", {"title": "", "evidence": "1"}),
        ("publish_claim", {"title": "Нет", "summary": "Нет"}),
        ("add_evidence", {"evidence_url": ""}),
        ("add_evidence", {"evidence_url": "http://", "evidence_title": "Р" * 301}),
        ("bulk", {"act": "dismiss"}),
        ("bulk", {"claim": "999999999", "act": "boost", "boost": "1"}),
        ("bulk_undo", {"done": ""}),
        ("assign_claim", {}),
    ],
)
def test_every_refusal_of_a_form_is_translated(pseudo, people, desk, name, typed):
    Reviewer.objects.update(language=CODE, username=Concat(Value("Имя "), "pk", output_field=CharField()))
    article = make_article("Гавань видела 1000 судов", outlet="Газета")
    claim = make_queued_claim(article=article, quote="1000 судов")
    Article.objects.update(title="Гавань растёт")
    Rating.objects.update(name=Concat(Value("Оценка "), "pk", output_field=CharField()), meaning="Значение")
    of_claim = name not in ("add_article", "policy", "change_keys", "choose_language", "bulk", "bulk_undo")
    answer = desk(people["editor"]).post(url(name, *[claim.pk] * of_claim), typed, follow=True)
    assert "ｎ" in answer.content.decode()
    assert untranslated(answer.content.decode(), NO_WORDS) == []


def test_what_strangers_and_the_lost_are_told_is_translated(pseudo, reviewer, settings):
    settings.AXES_FAILURE_LIMIT = 2
    browser = Client(headers={"Accept-Language": CODE}, enforce_csrf_checks=True)
    answers = [browser.get(url("login")), browser.get("/nowhere/"), browser.get("/%00/"), browser.post("/admin/login/")]
    browser = Client(headers={"Accept-Language": CODE})
    wrong = {"username": "рита", "password": "wrong"}
    answers += [browser.post(url("login"), typed) for typed in ({}, wrong, wrong, wrong)]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 403, 200, 200, 429, 429]
    for answer in answers:
        assert untranslated(answer.content.decode(), NO_WORDS) == []
        assert f'<html lang="{CODE}"' in answer.content.decode()
