"""Each person reads the desk in their own language; programs and what is stored keep to one."""

import json

import pytest
from django.test import Client
from django.utils import translation

from claims.admin.mail_samples import sample
from claims.enums import DismissalReason, EmailKind, Role
from claims.extraction.limits import FIGURES_AND_DATES
from claims.models import ClaimEvent, OutgoingEmail, Reviewer, SignOffPolicy
from claims.notifications.batches import FULL, GIVEN_UP
from claims.notifications.outbox import queue_email
from claims.notifications.webhook_posting import REDIRECTS, REFUSES
from claims.review.closing import dismiss_claim
from claims.stored_words import say_stored
from tests.admin.pages import said, url, words
from tests.factories import make_article, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db
PAGE = url("choose_language")


def speak(person: Reviewer, language: str) -> Reviewer:
    person.language = language
    person.save()
    return person


@pytest.fixture
def german(editor) -> Reviewer:
    return speak(editor, "de")


# Pages.


def test_a_page_is_in_the_language_that_the_browser_asks_for(desk, reviewer):
    browser = desk(reviewer)
    assert "Review queue" in words(browser.get(url("index")))
    answer = browser.get(url("index"), headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    assert "Prüfliste" in words(answer)
    assert '<html lang="de" dir="ltr"' in answer.content.decode()
    assert answer["Content-Language"] == "de"
    assert "Accept-Language" in answer["Vary"]


def test_a_persons_own_language_goes_before_the_browsers(desk, german, reviewer):
    answer = desk(german).get(url("index"), headers={"Accept-Language": "en"})
    assert "Prüfliste" in words(answer)
    assert answer["Content-Language"] == "de"
    answer = desk(speak(reviewer, "en")).get(url("index"), headers={"Accept-Language": "de"})
    assert "Review queue" in words(answer)
    assert answer["Content-Language"] == "en"


def test_a_language_that_the_desk_does_not_speak_is_none(desk, reviewer):
    answer = desk(speak(reviewer, "tlh")).get(url("index"), headers={"Accept-Language": "tlh,de;q=0.5"})
    assert answer["Content-Language"] == "de"


def test_the_language_of_one_request_is_not_that_of_the_next(desk, german, reviewer):
    assert "Prüfliste" in words(desk(german).get(url("index")))
    assert "Review queue" in words(desk(reviewer).get(url("index")))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/admin/login/", "Anmelden"),
        ("/admin/nowhere/", "Anmelden"),  # who is not signed in learns no more
        ("/nowhere/", "Hier ist nichts"),
        ("/admin/login/?a=%00", ""),
    ],
)
def test_whoever_is_not_signed_in_reads_the_browsers_language_too(address, sentence):
    answer = Client(headers={"Accept-Language": "de"}).get(address, follow=True)
    assert sentence in words(answer)
    assert '<html lang="de"' in answer.content.decode()


def test_a_wrong_password_is_refused_in_the_browsers_language(reviewer):
    browser = Client(headers={"Accept-Language": "de"})
    answer = browser.post("/admin/login/", {"username": "rita", "password": "wrong"})
    assert "Bitte Benutzername und Passwort eingeben" in words(answer)


def test_what_was_said_keeps_its_own_language(desk, german):
    claim = make_queued_claim(article=make_article(language="en"))
    page = desk(german).get(url("review_claim", claim.pk)).content.decode()
    assert '<h1 lang="en" dir="auto">roughly 2,500 dockers</h1>' in page
    assert '<p lang="en" dir="auto">The harbour employs' in page


# Choosing.


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator"])
def test_everybody_chooses_their_language(request, desk, who):
    person = request.getfixturevalue(who)
    browser = desk(person)
    assert PAGE in browser.get(url("own_settings")).content.decode()
    answer = browser.post(PAGE, {"language": "de"}, follow=True)
    assert said(answer) == "Ihre Sprache ist gespeichert."
    assert '<option value="de" selected>Deutsch</option>' in answer.content.decode()
    assert Reviewer.objects.get(pk=person.pk).language == "de"
    answer = browser.post(PAGE, {"language": ""}, follow=True, headers={"Accept-Language": "en"})
    assert said(answer) == "Your language is saved."
    assert Reviewer.objects.get(pk=person.pk).language == ""


def test_what_is_no_language_is_refused_and_changes_nothing(desk, german):
    assert desk(german).post(PAGE, {"language": "xx"}).status_code == 400
    assert Reviewer.objects.get(pk=german.pk).language == "de"


def test_strangers_choose_nothing(outsider, desk):
    assert Client().post(PAGE, {"language": "de"}).status_code == 302
    desk(outsider).post(PAGE, {"language": "de"})
    assert Reviewer.objects.get(pk=outsider.pk).language == ""


def test_an_administrator_chooses_it_for_others(desk, administrator, reviewer):
    page = desk(administrator).get(url("claims_reviewer_change", reviewer.pk)).content.decode()
    assert '<option value="de">Deutsch</option>' in page


# Numbers and dates.


def test_numbers_and_dates_are_the_readers_and_fields_are_the_browsers(desk, german):
    claim = make_queued_claim(check_worthiness=0.8)
    page = desk(german).get(url("review_claim", claim.pk)).content.decode()
    assert '<span class="worth">0,80 ' in page
    assert 'width="0.800"' in page
    figures = desk(german).get(url("figures") + "?since=2024-03-05&until=2024-03-06").content.decode()
    assert 'type="date" name="since" value="2024-03-05"' in figures
    assert "5. Mär 2024 bis 6. Mär 2024" in figures
    policy = desk(german).get(url("policy")).content.decode()
    assert 'name="rules-0-min_check_worthiness" value="0"' in policy


# Programs.


def test_a_program_is_answered_in_english_whatever_its_browser_and_person_speak(desk, german):
    browser = desk(german)
    for answer in (browser.get("/api/v1/nowhere/"), browser.post("/api/v1/claims/999/dismissal/", {"reason": "x"})):
        assert answer["Content-Language"] == "en"
        assert "nichts" not in answer.content.decode()
    claim = make_queued_claim()
    answer = browser.post(
        f"/api/v1/claims/{claim.pk}/reopening/",
        json.dumps({"reason": "Why not"}),
        content_type="application/json",
        headers={"Accept-Language": "de", "X-CSRFToken": "x"},
    )
    assert answer.json()["detail"] == "It is open: only a closed claim can be reopened."


def test_a_refusal_on_a_page_is_in_the_persons_language(desk, german):
    claim = make_queued_claim()
    answer = desk(german).post(url("reopen_claim", claim.pk), {"reason": "Darum"})
    assert "Nur eine abgeschlossene Behauptung lässt sich wieder öffnen." in words(answer)


# What is stored.


def chain(claim) -> list[tuple]:
    return list(ClaimEvent.objects.filter(claim=claim).values_list("kind", "from_status", "to_status", "reason"))


def test_the_history_says_the_same_whoever_acted_and_each_reads_it_in_their_language(desk, german, person):
    english = speak(person("enid", Role.EDITOR), "en")
    first, second = (
        make_queued_claim(),
        make_queued_claim(article=make_article(text="There are 2,500 ships."), quote="2,500 ships"),
    )
    for browser, claim in ((desk(german), first), (desk(english), second)):
        bulk = {"claim": claim.pk, "act": "dismiss", "category": "opinion", "reason": "Why"}
        browser.post(url("bulk"), bulk)
        done = browser.get(url("review_queue")).content.decode().partition('name="done" value="')[2].partition('"')[0]
        browser.post(url("bulk_undo"), {"done": done})
    assert [row[:3] for row in chain(first)] == [row[:3] for row in chain(second)]
    assert chain(first)[-1][3] == "Undone by edna"
    assert chain(second)[-1][3] == "Undone by enid"
    assert "Rückgängig gemacht von enid" in words(desk(german).get(url("review_claim", second.pk)))
    assert "Undone by edna" in words(desk(english).get(url("review_claim", first.pk)))


def test_a_category_is_stored_as_its_code(german):
    claim = make_queued_claim()
    with translation.override("de"):
        dismiss_claim(german, claim.pk, "Darum", DismissalReason.OPINION)
    assert claim.events.last().details == {"category": "opinion"}


def test_what_the_extractor_said_is_stored_in_english_and_read_in_german(desk, german):
    note = FIGURES_AND_DATES % {"language": "Spanish"}
    article = make_article()
    article.versions.update(extraction_note=note)
    reasons = [
        {"name": "dated", "weight": 0.46, "text": "Names a date"},
        {"name": "old", "weight": -1.0, "text": "Once said"},
    ]
    claim = make_claim(article, reasons=reasons)
    assert "In dieser Sprache (Spanisch) werden nur Zahlen und Daten gefunden" in words(
        desk(german).get(url("article", article.pk))
    )
    page = words(desk(german).get(url("review_claim", claim.pk)))
    assert "+0,5 Nennt ein Datum" in page
    assert "−1,0 Once said" in page  # of an extractor that is gone


def test_what_became_of_a_mail_is_stored_in_english_and_read_in_german(desk, german):
    values = {"kind": EmailKind.CLAIM_ASSIGNED, "recipient": german, "to_address": german.email, "subject": "Ваша"}
    stored = {
        GIVEN_UP % {"words": "450 Later,\nplease"}: "Aufgegeben. Die letzte Antwort war: 450 Later,",
        FULL % {"n": 30}: "Wartet: An diese Person gingen binnen einer Stunde schon 30 E-Mails.",
        "550 No such user": "550 No such user",  # a server's own words
    }
    for number, (words_stored, words_read) in enumerate(stored.items()):
        mail = OutgoingEmail.objects.create(cause=f"assignment:{number}", message_id=f"<{number}>", **values)
        OutgoingEmail.objects.filter(pk=mail.pk).update(last_error=words_stored)
        for page in url("claims_outgoingemail_changelist"), url("claims_outgoingemail_change", mail.pk):
            assert words_read in words(desk(german).get(page))


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (REFUSES % {"status": 503}, "Das Ziel antwortet mit 503."),
        (
            REDIRECTS % {"status": 301},
            "Das Ziel antwortet mit 301. "
            "Umleitungen folgt der Desk nicht: bitte die Adresse angeben, zu der sie führen.",
        ),
        ("What the desk never wrote.", "What the desk never wrote."),
    ],
)
def test_a_sentence_is_read_back_from_the_longest_pattern_that_fits(stored, read):
    with translation.override("de"):
        assert say_stored(stored) == read


def test_the_reasons_in_a_digest_are_the_readers(german):
    context = sample(EmailKind.DIGEST)
    queue_email(EmailKind.DIGEST, "digest:1", [german], context)
    assert "Warum: Nennt ein Datum; " in OutgoingEmail.objects.get().text


def test_the_desks_own_note_is_no_data(desk, german):
    assert SignOffPolicy.objects.get().note == "What every desk starts with"
    assert "Womit jeder Desk beginnt" in words(desk(german).get(url("policy")))


# Mail.


def test_a_mail_is_in_its_recipients_language_whoever_caused_it(reviewer, german, settings):
    article = make_article()
    context = {"articles": [article], "claims": [make_claim(article)], "total": 1}
    with translation.override("fr"):
        queue_email(EmailKind.CLAIMS_WAITING, "version:1", [reviewer, german], context)
    subjects = dict(OutgoingEmail.objects.values_list("recipient__username", "subject"))
    assert subjects == {
        "rita": "1 claim to review: Harbour grows",
        "edna": "1 Behauptung zu prüfen: Harbour grows",
    }
    html = OutgoingEmail.objects.get(recipient=german).html
    assert '<html lang="de" dir="ltr"' in html
    assert "Menge" in html
    assert "Quantity" in OutgoingEmail.objects.get(recipient=reviewer).html


def test_who_has_chosen_no_language_is_mailed_in_the_desks(reviewer, settings):
    settings.LANGUAGE_CODE = "de"
    context = {"articles": [make_article()], "claims": [], "total": 2}
    queue_email(EmailKind.CLAIMS_WAITING, "version:1", [reviewer], context)
    assert OutgoingEmail.objects.get().subject.startswith("2 Behauptungen zu prüfen")
