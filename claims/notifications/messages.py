"""What a mail says: subject, text and HTML, in the language and time zone that are active."""

import re
import secrets
from collections.abc import Mapping
from textwrap import wrap
from typing import Any, NamedTuple

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape

from claims.enums import EmailKind
from claims.models import Reviewer
from claims.notifications.headers import off_address
from claims.notifications.routes import ROUTE_OF
from claims.permissions import Power, can

ALSO_FOR_SENDERS = {  # of articles: see `routes`
    EmailKind.CLAIM_DECIDED,
    EmailKind.OUTCOME_CHANGED,
    EmailKind.FACT_CHECK_PUBLISHED,
    EmailKind.FACT_CHECK_CORRECTED,
    EmailKind.DIGEST,
}
LONGEST_SUBJECT = 300
LONGEST_LINE = 76  # of the text, unless a word is longer
# Characters that no mail needs: they would turn words around, end lines, or keep the mail from being sent.
_ENDS_OF_LINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAME, _OFF = (f"{what}-{secrets.token_hex(12)}" for what in ("name", "off"))
_inliner = CSSInliner(load_remote_stylesheets=False)


class Message(NamedTuple):
    subject: str
    text: str
    html: str


class Letter:
    """What is told of one occasion, rendered once for all who read the same language, clock and pages.

    A reader's name, and where they switch it off, are filled in afterwards: marks stand for them that nobody can guess.
    """

    def __init__(self, kind: EmailKind, context: Mapping[str, Any]) -> None:
        self.kind, self.context = kind, context
        self._forms: dict[tuple[Any, ...], Message] = {}

    def to(self, person: Reviewer | None) -> Message:
        """To the person, or (None) to somebody without an account."""
        form = self._find_form(person)
        if person is None:
            return form._replace(text=_lay_out(form.text))
        name, off_url = " ".join(_clean(str(person)).split()), off_address(person.pk, self.kind)
        text = form.text.replace(_NAME, name).replace(_OFF, off_url)
        return Message(form.subject, _lay_out(text), form.html.replace(_NAME, escape(name)).replace(_OFF, off_url))

    def _find_form(self, person: Reviewer | None) -> Message:
        told = _shared(self.kind, person)
        read_as = translation.get_language(), timezone.get_current_timezone_name(), person is None, told["reads_review"]
        if read_as not in self._forms:
            self._forms[read_as] = self._render(told | {"subject": write_subject(self.kind, self.context, person)})
        return self._forms[read_as]

    def _render(self, told: dict[str, Any]) -> Message:
        told |= self.context
        text = render_to_string(f"claims/mail/{self.kind}.txt", told)
        html = render_to_string(f"claims/mail/{self.kind}.html", told)
        # Many programs drop <style>: what it says is written onto the elements; only the dark colours stay there.
        return Message(told["subject"], _clean(text), _inliner.inline(_clean(html)))


def write_subject(kind: EmailKind, context: Mapping[str, Any], person: Reviewer | None) -> str:
    """One line. "=?" would begin words in another encoding, and hide anything in them."""
    subject = render_to_string(f"claims/mail/{kind}.subject.txt", {**_shared(kind, person), **context})
    return " ".join(_clean(subject).replace("=?", "= ?").split())[:LONGEST_SUBJECT]


def _shared(kind: EmailKind, person: Reviewer | None) -> dict[str, Any]:
    return {
        "person": person and _NAME,
        "site_url": settings.SITE_URL,
        "off_url": _OFF if person else "",
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
