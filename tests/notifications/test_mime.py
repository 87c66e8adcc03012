"""A mail's bytes are those that Django would send."""

import re

import pytest
from django.core.mail import EmailMultiAlternatives

from claims.notifications.mime import Mail

WORDS = {
    "subject": "a",
    "text": "Good morning.\n.\r\nTo\rall",
    "html": "<p>Größe, 数, --0--</p>",
    "to": "rita@desk.test",
}
HEADERS = {"Date": "Mon, 23 Nov 2026 09:00:00 -0000", "Message-ID": "<1@desk.test>"}
LONG = "Decide: " + "an outcome of which much can be said, " * 6


def write(headers: dict[str, str] = HEADERS, **words: str) -> Mail:
    return Mail(**WORDS | words, headers=headers)


def mark_of(mail: Mail) -> str:
    return re.search(rb'boundary="(.+)"', mail.envelope.content)[1].decode()


def written_by_django(mail: Mail, text: str, html: str) -> bytes:
    same = EmailMultiAlternatives(mail.subject, text, to=mail.to, headers=mail.extra_headers)
    same.attach_alternative(html, "text/html")
    made = same.message()
    made.set_boundary(mark_of(mail))
    return made.as_bytes(linesep="\r\n")


@pytest.mark.parametrize(
    "words",
    ["Decide a claim", "", "Größe", "数" * 90, LONG, "x" * 67, "x" * 68, "x" * 990, "=?utf-8?q?a?=", "\t a", " a  b "],
)
def test_every_header_is_written_as_django_writes_it(words):
    address = f"<https://desk.test/{'x' * 80}>"
    mail = write(HEADERS | {"List-Id": words, "List-Unsubscribe": address}, subject=words)
    assert mail.envelope.content == written_by_django(mail, WORDS["text"], WORDS["html"])


@pytest.mark.parametrize("text", ["A line", "\n", "Größe\n", "x" * 999, "数" * 333, "two\n\nthree\n", "From\n..\n"])
def test_every_text_is_written_as_django_writes_it(text):
    mail = write(text=text, html=text)
    assert mail.envelope.content == written_by_django(mail, text, text)


@pytest.mark.parametrize("to", ["Zoë <zoe@desk.test>", "Rita <rita@desk.test>", "zoë@desk.test", "rita@größe.test"])
def test_every_address_is_written_as_django_writes_it(to):
    mail = write(to=to)
    assert mail.envelope.content == written_by_django(mail, WORDS["text"], WORDS["html"])


@pytest.mark.parametrize("words", ["a\r\nBcc: all@desk.test", "a\nb"])
def test_a_header_never_becomes_two(words):
    with pytest.raises(ValueError, match="newlines"):
        write(subject=words)
    with pytest.raises(ValueError, match="newlines"):
        write({"List-Id": words})
    with pytest.raises(ValueError, match="Invalid address"):
        write(to=words)


def test_the_mark_between_its_parts_is_another_each_time():
    assert mark_of(write()) != mark_of(write())
