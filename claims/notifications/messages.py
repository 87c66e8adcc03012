"""What a mail says: subject, text and HTML, in the language and time zone that are active."""

import re
from collections.abc import Mapping
from textwrap import wrap
from typing import Any, NamedTuple

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from claims.enums import EmailKind
from claims.models import Reviewer
from claims.notifications.headers import off_address
from claims.notifications.routes import ROUTE_OF
from claims.permissions import Power, can

ALSO_FOR_SENDERS = {EmailKind.CLAIM_DECIDED, EmailKind.OUTCOME_CHANGED, EmailKind.DIGEST}  # of articles: see `routes`
LONGEST_SUBJECT = 300
LONGEST_LINE = 76  # of the text, unless a word is longer
# Characters that no mail needs: they would turn words around, end lines, or keep the mail from being sent.
_ENDS_OF_LINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_inliner = CSSInliner(load_remote_stylesheets=False)


class Message(NamedTuple):
    subject: str
    text: str
    html: str


def write_message(kind: EmailKind, context: Mapping[str, Any], person: Reviewer | None) -> Message:
    """To the person, or (None) to somebody without an account."""
    subject = write_subject(kind, context, person)
    told = {**_shared(kind, person), **context, "subject": subject}
    text = render_to_string(f"claims/mail/{kind}.txt", told)
    html = render_to_string(f"claims/mail/{kind}.html", told)
    # Many programs drop <style>: what it says is written onto the elements; only the dark colours stay there.
    return Message(subject, _lay_out(_clean(text)), _inliner.inline(_clean(html)))


def write_subject(kind: EmailKind, context: Mapping[str, Any], person: Reviewer | None) -> str:
    """One line. "=?" would begin words in another encoding, and hide anything in them."""
    subject = render_to_string(f"claims/mail/{kind}.subject.txt", {**_shared(kind, person), **context})
    return " ".join(_clean(subject).replace("=?", "= ?").split())[:LONGEST_SUBJECT]


def _shared(kind: EmailKind, person: Reviewer | None) -> dict[str, Any]:
    return {
        "person": person,
        "site_url": settings.SITE_URL,
        "off_url": off_address(person.pk, kind) if person else "",
        "route": ROUTE_OF.get(kind),
        "reads_review": kind not in ALSO_FOR_SENDERS or (person is not None and can(person, Power.SEE_REVIEW)),
    }


def _clean(words: str) -> str:
    return _UNSEEN.sub("", _ENDS_OF_LINES.sub("\n", words))


def _lay_out(text: str) -> str:
    """Lines that every program shows whole, and no gaps where a part has nothing to say."""
    lines = "\n".join(_wrap(line) for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _wrap(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    mark = re.match(r" *(?:- |> )?", line)[0]  # type: ignore[index]  # it matches nothing, too
    indent = mark.replace("-", " ")
    return "\n".join(wrap(line, LONGEST_LINE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))
