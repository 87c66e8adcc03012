"""A mail's bytes are those that Django would send."""

import pytest
from django.core.mail import EmailMultiAlternatives

from claims.notifications.mime import Mail

LONG = "Decide: " + "an outcome of which much can be said, " * 6


def write(make: type[EmailMultiAlternatives], subject: str, headers: dict[str, str]) -> bytes:
    mail = make(subject, "Good morning.\n.\n" + "x" * 1200, to=["Zoë <zoe@desk.test>"], headers=headers)
    mail.attach_alternative("<p>Größe, 数, --0--</p>", "text/html")
    made = mail.message()
    made.set_boundary("held-apart")
    return made.as_bytes(linesep="\r\n")


@pytest.mark.parametrize(
    "subject", ["Decide a claim", "", "Größe", "数" * 90, LONG, "x" * 67, "x" * 68, "=?utf-8?q?a?=", "\t a"]
)
def test_every_subject_is_written_as_django_writes_it(subject):
    headers = {"Date": "Mon, 23 Nov 2026 09:00:00 -0000", "Message-ID": "<1@desk.test>", "List-Id": subject}
    assert write(Mail, subject, headers) == write(EmailMultiAlternatives, subject, headers)


@pytest.mark.parametrize("subject", ["a\r\nBcc: all@desk.test", "a\nb"])
def test_a_header_never_becomes_two(subject):
    with pytest.raises(ValueError, match="newlines"):
        write(Mail, subject, {})


def test_the_mark_between_its_parts_is_another_each_time():
    made = [Mail("a", "b", to=["rita@desk.test"], alternatives=[("<p>b</p>", "text/html")]) for _ in range(2)]
    one, other = (mail.message().get_boundary() for mail in made)
    assert one != other
