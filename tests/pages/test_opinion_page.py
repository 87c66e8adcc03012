"""The page behind the link: what it shows, what it keeps to itself, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from claims.models import Article, Claim, Claimant, OutsideOpinion
from claims.pages.opinion_page import MOST_A_MINUTE
from claims.review.assignments import take_claim
from claims.review.correcting import correct_claim
from claims.review.evidence import add_evidence
from claims.review.opinion_answers import LONGEST_COMMENT
from claims.review.opinions import revoke_opinion
from tests.admin.pages import STRICT, inline_code, policy, words
from tests.factories import broken_at, hand_in, link_of, make_article, make_opinion, make_queued_claim

pytestmark = pytest.mark.django_db
TYPED = {"answer": "object", "comment": "Not without the port's reply.", "corrections": "0"}
SECRETS = ["dockers", "Harbour", "May we publish", "rita", "port.example", "It is false"]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} \"' &amp;"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock, reviewer) -> Claim:
    article = make_article(outlet="The Courier", url="https://courier.example/harbour")
    claim = make_queued_claim(article=article, claimant=Claimant.objects.create(name="The port authority"))
    found = {"title": "Staff of the port", "publisher": "The port", "stance": "refutes", "quote": "1,900 people."}
    add_evidence(reviewer, claim.pk, url="https://port.example/", **found)
    return claim


@pytest.fixture
def opinion(claim, editor) -> OutsideOpinion:
    return make_opinion(editor, claim)


def test_the_page_shows_the_claim_in_its_place_with_what_was_found(client, opinion):
    page = client.get(link_of(opinion))
    told = words(page)
    for said in ("Hello Lex Juris, edna asks you:", "May we publish this as it stands?", "roughly 2,500 dockers",
                 "The harbour employs roughly 2,500 dockers. It opened in March 2019", "The port authority",
                 "Harbour grows", "Staff of the port", "1,900 people.", "29 November 2026, 10:00 UTC"):  # fmt: skip
        assert said in told, said
    assert "<mark>roughly 2,500 dockers</mark>" in page.content.decode()
    assert 'href="https://courier.example/harbour"' in page.content.decode()


def test_the_page_tells_no_verdict_no_stance_and_nobody_else_name(client, opinion, claim, reviewer):
    hand_in(take_claim(reviewer, claim.pk), "False")
    page = client.get(link_of(opinion)).content.decode()
    for secret in ("rita", "It is false", "False", "efutes", "ecided", "/admin/"):
        assert secret not in page, secret


def test_the_page_is_closed_to_everything_else(client, opinion):
    page = client.get(link_of(opinion))
    assert (policy(page) >= STRICT, inline_code(page), page.cookies) == (True, [], {})
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert (page["X-Robots-Tag"], page["X-Frame-Options"]) == ("noindex, nofollow", "DENY")


def test_an_answer_needs_no_cookie_no_session_and_no_account(opinion, claim):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post(link_of(opinion), TYPED, headers={"Origin": "null"})
    assert (page.status_code, page["Location"], page.cookies) == (302, link_of(opinion), {})
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.comment) == ("object", "Not without the port's reply.")
    assert broken_at(claim) is None


def test_thanks_are_said_and_the_claim_is_gone(client, opinion):
    page = client.post(link_of(opinion), TYPED, follow=True)
    assert "An answer was given with this link on 22 November 2026, 10:00 UTC" in words(page)
    assert [secret for secret in (*SECRETS, "port's reply") if secret in words(page)] == []
    assert not opinion.claim.events.filter(kind="opinion_refused").exists()


def test_reading_uses_nothing_up_and_the_first_time_is_noted(client, opinion, claim):
    client.head(link_of(opinion))
    assert not claim.events.filter(kind="opinion_opened").exists()
    for _ in range(3):
        assert client.get(link_of(opinion)).status_code == 200
    assert claim.events.filter(kind="opinion_opened").count() == 1
    assert client.post(link_of(opinion), TYPED).status_code == 302


# Links that hold no more.


def expire(opinion, editor, clock):
    clock.shift(timedelta(days=7))


def revoke(opinion, editor, clock):
    revoke_opinion(editor, opinion.pk)


def answer(opinion, editor, clock):
    Client().post(link_of(opinion), TYPED)


ENDS = [
    (expire, 410, 410, "It could be answered until 29 November 2026, 10:00 UTC."),
    (revoke, 410, 410, "The desk has withdrawn its question on 22 November 2026, 10:00 UTC."),
    (answer, 200, 409, "on 22 November 2026, 10:00 UTC"),
]


@pytest.mark.parametrize(("end", "got", "posted", "said"), ENDS, ids=["expired", "revoked", "answered"])
def test_a_link_that_holds_no_more_says_why_and_whom_to_ask(client, opinion, editor, clock, end, got, posted, said):
    client.get(link_of(opinion))
    end(opinion, editor, clock)
    before = list(OutsideOpinion.objects.values_list("answer", "comment"))
    read = client.get(link_of(opinion))
    sent = client.post(link_of(opinion), TYPED | {"answer": "agree", "comment": "My other words."})
    assert (read.status_code, sent.status_code) == (got, posted)
    for page in (read, sent):
        assert said in words(page)
        assert "write to edna, who asked you. edna@desk.test" in words(page)
        assert [secret for secret in SECRETS if secret in page.content.decode()] == []
    assert "The desk did not get this. Copy it from here. My other words." in words(sent)
    assert "My other words." not in words(read)
    assert list(OutsideOpinion.objects.values_list("answer", "comment")) == before
    assert opinion.claim.events.filter(kind="opinion_refused").count() == 1
    assert broken_at(opinion.claim) is None


@pytest.mark.parametrize("link", ["x", "x.y", "********", "%00", "%F0%9F%98%80.%C3%BC", "x" * 5000])
def test_an_unknown_link_leads_nowhere(client, opinion, link):
    for page in (client.get(f"/opinions/{link}/"), client.post(f"/opinions/{link}/", TYPED)):
        assert page.status_code == 404
        assert "This link leads nowhere" in words(page)
        assert [secret for secret in (*SECRETS, "edna", "Lex") if secret in page.content.decode()] == []


def test_a_link_that_was_tampered_with_leads_nowhere(client, opinion, claim):
    link = link_of(opinion)
    for at in (10, 30, len(link) - 3):
        changed = link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1 :]
        assert client.get(changed).status_code == 404
    assert not claim.events.filter(kind="opinion_opened").exists()


def test_other_ways_to_knock_are_refused(client, opinion):
    for method in ("put", "patch", "delete", "options"):
        assert getattr(client, method)(link_of(opinion)).status_code == 405


# What is typed.


def test_a_refusal_does_not_hide_that_the_claim_was_corrected(client, opinion, claim, editor):
    correct_claim(editor, claim.pk, headline="some 250 dockers")
    page = client.post(link_of(opinion), TYPED | {"answer": ""})
    assert (page.status_code, 'name="corrections" value="0"' in page.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("different", "status", "said"),
    [
        ({"answer": ""}, 400, "Choose an answer."),
        ({"answer": "perhaps"}, 400, "Select a valid choice."),
        ({"comment": "x" * (LONGEST_COMMENT + 1)}, 400, "longer than 10,000 characters"),
        ({"corrections": "-1"}, 409, "The claim was corrected while you read it."),
        ({"corrections": "\x00 1' OR 1"}, 409, "The claim was corrected while you read it."),
    ],
    ids=["none", "unknown", "long", "old", "hostile"],
)
def test_a_refusal_keeps_what_was_typed(client, opinion, different, status, said):
    typed = TYPED | different
    page = client.post(link_of(opinion), typed)
    assert (page.status_code, said in words(page)) == (status, True)
    assert f">{typed['comment'].replace(chr(39), '&#x27;')}</textarea>" in page.content.decode()
    assert OutsideOpinion.objects.get().status == "open"


def test_ten_megabytes_are_too_long_and_come_back(client, opinion):
    page = client.post(link_of(opinion), TYPED | {"comment": "word " * 2_000_000})
    assert (page.status_code, len(page.content) > 9_999_999) == (400, True)
    assert OutsideOpinion.objects.get().status == "open"


def test_what_was_corrected_meanwhile_is_read_again_before_it_is_answered(client, opinion, claim, editor):
    correct_claim(editor, claim.pk, headline="some 250 dockers")
    page = client.post(link_of(opinion), TYPED)
    assert (page.status_code, "some 250 dockers" in words(page)) == (409, True)
    assert 'id="answer-object" value="object" required checked' in page.content.decode()
    (count,) = re.findall(r'name="corrections" value="(\d+)"', page.content.decode())
    assert client.post(link_of(opinion), TYPED | {"corrections": count}).status_code == 302


def test_a_nul_is_left_out_and_lines_end_as_the_desk_ends_them(client, opinion):
    client.post(link_of(opinion), TYPED | {"comment": "One\x00.\r\nTwo."})
    assert OutsideOpinion.objects.get().comment == "One.\nTwo."


def test_a_form_for_another_claim_answers_its_own(client, opinion, editor):
    other = make_opinion(editor, make_queued_claim(article=opinion.claim.article, quote="March 2019"))
    client.post(link_of(opinion), TYPED | {"opinion": other.pk, "claim": other.claim_id, "key": other.key})
    assert [one.status for one in OutsideOpinion.objects.order_by("pk")] == ["answered", "open"]


def test_hostile_words_stay_words(client, editor, reviewer):
    article = make_article(f"It said {EVIL} and</mark></p> more.", outlet=EVIL)
    Article.objects.update(title=EVIL)
    claim = make_queued_claim(article=article, quote=EVIL, claimant=Claimant.objects.create(name=EVIL))
    add_evidence(reviewer, claim.pk, url="https://x.example/?a=%22%3E%3Cscript%3E", title=EVIL, quote=EVIL)
    opinion = make_opinion(editor, claim, name=EVIL, question=EVIL)
    typed = TYPED | {"comment": f"</textarea>{EVIL}"}
    for page in (client.get(link_of(opinion)), client.post(link_of(opinion), typed | {"answer": EVIL})):
        assert (policy(page) >= STRICT, inline_code(page)) == (True, [])
        assert "<script>alert" not in page.content.decode()
    client.post(link_of(opinion), typed)
    assert "<script>alert" not in client.post(link_of(opinion), typed).content.decode()


def test_the_page_speaks_the_language_of_the_browser(client, opinion, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "Arabic")]
    page = client.get(link_of(opinion), headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert ('<html lang="de" dir="ltr">' in page.content.decode(), page["Content-Language"]) == (True, "de")
    assert "29. November 2026" in words(page)
    assert "höchstens 10.000 Zeichen" in words(page)
    page = client.get(link_of(opinion), headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    assert "Accept-Language" in page["Vary"]


def test_a_claim_without_a_place_in_the_text_can_be_answered(client, opinion, claim):
    claim.appearances.all().delete()
    page = client.get(link_of(opinion))
    assert ("roughly 2,500 dockers" in words(page), "<mark>" in page.content.decode()) == (True, False)


def test_knocking_too_often_is_refused_for_a_minute(client, opinion):
    with time_machine.travel("2026-11-22 10:00:30Z", tick=False) as clock:
        for _ in range(MOST_A_MINUTE):
            assert client.get("/opinions/x/").status_code == 404
        page = client.get(link_of(opinion))
        assert (page.status_code, page["Retry-After"]) == (429, "60")
        told = [words(client.post(link, TYPED)) for link in (link_of(opinion), "/opinions/x/")]
        assert [TYPED["comment"] in page for page in told] == [True, False]
        assert client.get(link_of(opinion), REMOTE_ADDR="10.0.0.7").status_code == 200
        clock.shift(30)
        assert client.get(link_of(opinion)).status_code == 200
