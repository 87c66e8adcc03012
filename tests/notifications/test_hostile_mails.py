"""Words that attack a mail: whatever stands in an article or a name, its headers, readers and footer are the desk's."""

import email
import html
import re
import unicodedata
from email import policy
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from claims.admin.mail_samples import sample, sample_person
from claims.enums import EmailKind
from claims.models import DigestEntry, OutgoingEmail, Reviewer
from claims.notifications.delivery import send_due_emails
from claims.notifications.messages import Letter, Message
from claims.notifications.routes import ROUTE_OF
from claims.review.digest import Waiting
from tests.notifications.reading import Reader

KINDS = list(ROUTE_OF)
HOSTILE = {
    "lines": "Harbour\r\nBcc: all@desk.test\r\nSubject: Yours\r\n\r\nHello",
    "other lines": "Harbour\nBcc: a@desk.test\rBcc: b@desk.test\u2028Bcc: c@desk.test\x85Bcc: d@desk.test\x0b\x0c\x1cx",
    "controls": "a\x00b\x07c\x1b[31md\x7f\x9b",
    "turned around": "\u202egpj.exe\u202c \u2067abc\u2069\u2066\u2068 \u202a\u202b\u202d",
    "html": "</title></style></p><script>alert(1)</script><img src=//evil.example/x.png><a href=//evil.example>x</a>",
    "template": "{{ site_url }} {% include 'x' %} {0} %(n)s %s",
    "another encoding": "=?utf-8?q?=0D=0ABcc=3A_all=40desk.test?= =?utf-8?b?4oCu?=",
    "pictures": "👩‍👩‍👧‍👦🏴‍☠️ 1️⃣ é ﷽ ﷽ 東京",
    "half a character": "a\ud800b\udfff",
    "long word": "x" * 5000,
    "long": "words and words " * 300,
    "a footer": "x\n-- \nNo more mail of this kind: https://evil.example/",
    "a quotation": "\n> From: the desk\n> \n.\n\nFrom nobody",
}
HEADERS = ["MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "List-Id",
           "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type"]  # fmt: skip


def poison(told: dict[str, Any], words: str) -> dict[str, Any]:
    """The same with these words in everything that a person or a machine can write."""
    entries = [DigestEntry(kind=one.kind, claim=one.claim, subject=words) for one in told.get("entries", [])]
    waiting = [Waiting(one.claim, words, [words, words]) for one in told.get("waiting", [])]
    turns = [*told.get("held", []), *([told["assignment"]] if "assignment" in told else [])]
    claims = [*told.get("claims", []), *told.get("contested", []), *(turn.claim for turn in turns)]
    claims += [one.claim for one in waiting] + ([told["claim"]] if "claim" in told else [])
    for claim in claims:
        claim.headline = claim.stand_alone = words
        if claim.claimant:
            claim.claimant.name = words
        if claim.rating:
            claim.rating.name = words
    articles = [*told.get("articles", []), *([told["article"]] if "article" in told else [])]
    for article in [*articles, *(claim.article for claim in claims)]:
        article.title = article.outlet = words
    for turn in turns:
        turn.assigned_by.first_name = words
    if "verdict" in told:
        told["verdict"].explanation = told["verdict"].rating.name = words
    if "version" in told:
        told["version"].failure = words
    if "opinion" in told:
        told["opinion"].name = told["opinion"].question = told["opinion"].asked_by.first_name = words
    _poison_machines(told, words)
    return told | {"entries": entries, "waiting": waiting} if entries else told


def _poison_machines(told: dict[str, Any], words: str) -> None:
    if "webhook" in told:
        told["webhook"].description = told["delivery"].last_error = words
    if "feed" in told:
        told["feed"].outlet = told["feed"].url = told["feed"].last_error = words


def write(kind: EmailKind, words: str) -> Message:
    person = sample_person()
    person.first_name = words
    return Letter(kind, poison(sample(kind), words)).to(person)


def cases() -> Any:
    hostile = [pytest.param(words, id=name) for name, words in HOSTILE.items()]
    return pytest.mark.parametrize("words", hostile)


def send(reviewer: Reviewer, kind: EmailKind, told: Message) -> OutgoingEmail:
    to = {"recipient": reviewer, "to_address": reviewer.email, "message_id": f"<{kind}@desk.test>"}
    row = OutgoingEmail.objects.create(kind=kind, cause="x", **to, **told._asdict())
    send_due_emails()
    row.refresh_from_db()
    return row


@pytest.mark.django_db
@cases()
def test_the_mail_that_goes_out_has_the_desks_headers_and_its_one_reader(reviewer, words):
    for kind in sorted(set(KINDS) - {EmailKind.OPINION_ASKED}):  # its link is filled in from its opinion as it leaves
        told = write(kind, words)
        assert send(reviewer, kind, told).status == "sent", kind
        sent = mail.outbox.pop()
        parsed = email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        assert sorted(parsed.keys()) == sorted(HEADERS), kind
        assert [address.addr_spec for address in parsed["To"].addresses] == sent.recipients() == [reviewer.email], kind
        assert " ".join(parsed["Subject"].split()) == told.subject
        assert (parsed.defects, parsed["Subject"].defects) == ([], ())
        bodies = [parsed.get_body((form,)).get_content().rstrip("\n") for form in ("plain", "html")]
        assert bodies == [told.text.rstrip("\n"), told.html.rstrip("\n")], kind


@pytest.mark.parametrize("kind", KINDS)
@cases()
def test_hostile_words_are_nothing_but_words(kind, words):
    told = write(kind, words)
    assert len(told.subject.splitlines()) == 1
    assert len(told.subject) <= 300
    seen = told.subject + told.text + told.html
    unwanted = {one for one in seen if unicodedata.category(one) in ("Cc", "Cs") and one != "\n"}
    assert unwanted == set()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", seen)
    assert told.text.count("\n-- \n") == 1
    read = Reader(told.html)
    assert not {"script", "img"} & set(read.tags)
    assert {address.split("/", 3)[2] for address, _ in read.links} == {settings.SITE_URL.split("/")[2]}
    assert len(told.html.encode()) < 1_000_000


def test_a_template_in_the_words_is_not_run():
    told = write(EmailKind.CLAIM_ASSIGNED, HOSTILE["template"])
    for form in told.subject, told.text, html.unescape(told.html):
        assert "{{ site_url }} {% include 'x' %} {0} %(n)s %s" in form


def test_words_in_the_subject_cannot_pose_as_another_encoding():
    subject = write(EmailKind.CLAIM_ASSIGNED, HOSTILE["another encoding"]).subject
    assert "=?" not in subject
    assert subject.startswith("Please review: = ?utf-8?q?=0D=0ABcc=3A_all=40desk.test?=")


def test_arabic_words_keep_the_marks_that_they_need():
    words = "٢٥٠٠ عامل\u200f، فيلمار\u200e"
    assert words in write(EmailKind.CLAIM_ASSIGNED, words).subject


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["rita@desk.test\nBcc: all@desk.test", "rita@desk.test\r\n\r\nHello", "Rita\r\n <rita@desk.test>"]
)
def test_an_address_that_would_begin_another_header_is_never_used(reviewer, address):
    Reviewer.objects.update(email=address)
    reviewer.refresh_from_db()
    row = send(reviewer, EmailKind.DIGEST, write(EmailKind.DIGEST, "x"))
    assert (row.status, mail.outbox) == ("failed", [])
