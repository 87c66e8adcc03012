"""A claim's events as sentences."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.admin.words import say
from claims.enums import Channel, ClaimKind, DismissalReason, EventKind, OpinionAnswer, OpinionStatus
from claims.models import ClaimEvent, Reviewer
from claims.stored_words import say_stored
from claims.words import within_sentence

Details = dict[str, Any]


class Line(NamedTuple):
    """`who` is None where the machine acted, and a name where somebody without an account did."""

    number: int
    who: Reviewer | str | None
    what: str
    at: datetime
    reason: str
    url: str


def tell(event: ClaimEvent) -> Line:
    what = _SENTENCES[EventKind(event.kind)](event.details)
    return Line(
        event.number, event.actor or _outsider(event), what, event.at, _reason(event), _web_address(event.details)
    )


_BY_OUTSIDERS = frozenset({EventKind.OPINION_OPENED, EventKind.OPINION_GIVEN, EventKind.OPINION_REFUSED})


def _outsider(event: ClaimEvent) -> str | None:
    if event.kind not in _BY_OUTSIDERS:
        return None
    return _("%(name)s (from outside)") % _name(event.details)


def _reason(event: ClaimEvent) -> str:
    """As it was written; what the desk wrote of itself in the reader's language."""
    return say_stored(event.reason)


def _web_address(details: Details) -> str:
    url = str(details.get("url") or "")
    return url if url.startswith(("http://", "https://")) else ""


def _extracted(details: Details) -> str:
    version = details.get("version")
    return _("found the claim in version %(number)s of the article") % {"number": version} if version else _found()


def _found() -> str:
    return _("found the claim")


def _appeared(details: Details) -> str:
    return _("found the same words in version %(number)s of the article") % {"number": details.get("version", "?")}


def _relabelled(details: Details) -> str:
    headline = details.get("changes", {}).get("headline")
    known = {"extractor": details.get("extractor", "?"), "old": headline["old"] if headline else ""}
    if headline:
        return _("relabelled the claim by extractor %(extractor)s; it was “%(old)s”") % known
    return _("weighed the claim anew by extractor %(extractor)s") % known


def _assigned(details: Details) -> str:
    return _("gave the claim to %(reviewer)s") % {"reviewer": details.get("reviewer", "?")}


def _lapsed(details: Details) -> str:
    return _("ended the turn of %(reviewer)s, whose time had run out") % {"reviewer": details.get("reviewer", "?")}


def _verdict(details: Details) -> str:
    return _("gave the verdict “%(rating)s”") % {"rating": details.get("rating", "?")}


def _decided(details: Details) -> str:
    return _("decided the claim: “%(rating)s”") % {"rating": details.get("rating", "?")} + _under(details)


def _under(details: Details) -> str:
    """Under which policy, where the event knows it: those from before there were policies do not."""
    number = details.get("policy")
    return _(", under version %(number)s of the policy") % {"number": number} if number else ""


def _dismissed(details: Details) -> str:
    category = details.get("category", DismissalReason.OTHER)
    if category == DismissalReason.OTHER:
        return _("dismissed the claim")
    return _("dismissed the claim (%(category)s)") % {"category": within_sentence(say(DismissalReason, category))}


def _reassigned(details: Details) -> str:
    known = {"reviewer": details.get("reviewer", "?"), "instead_of": details.get("instead_of", "?")}
    return _("gave the turn of %(instead_of)s to %(reviewer)s") % known


def _adjudicated(details: Details) -> str:
    return _("decided between the verdicts: “%(rating)s”") % {"rating": details.get("rating", "?")} + _under(details)


def _merged(details: Details) -> str:
    return _("merged the claim into claim %(target)s") % {"target": details.get("into", "?")}


def _prioritised(details: Details) -> str:
    changes = details.get("changes", {})
    said = {"boost": _("boost from %(old)s to %(new)s"), "due_at": _("deadline from %(old)s to %(new)s")}
    words = [
        str(said[name]) % {end: _value(value) for end, value in change.items()}
        for name, change in changes.items()
        if name in said
    ]
    return _("changed its place in the queue: %(changes)s") % {"changes": ", ".join(words)}


def _value(value: Any) -> str:
    """A boost as it is, a time as people write it."""
    at = parse_datetime(value) if isinstance(value, str) else None
    return _("%(time)s UTC") % {"time": date_format(at, _("j M Y, H:i"))} if at else str(value or 0)


def _asked(details: Details) -> str:
    channel = details.get("channel")
    if not channel:
        return _("asked the claimant")
    return _("asked the claimant (%(channel)s)") % {"channel": within_sentence(say(Channel, channel))}


def _corrected(details: Details) -> str:
    changes = details.get("changes", {})
    said = {"headline": _("headline “%(old)s”"), "quote": _("words “%(old)s”"), "kind": _("kind %(old)s")}
    was = [str(words) % {"old": _old(name, changes[name])} for name, words in said.items() if name in changes]
    return _("corrected the claim; before: %(was)s") % {"was": ", ".join(was)}


def _name(details: Details) -> dict[str, str]:
    return {"name": details.get("name", "?")}


def _opinion_given(details: Details) -> str:
    return _("answered: “%(answer)s”") % {"answer": say(OpinionAnswer, details.get("answer", "?"))}


def _opinion_refused(details: Details) -> str:
    said = {
        OpinionStatus.ANSWERED: _("used the link once more after it was answered"),
        OpinionStatus.REVOKED: _("used the link after it was revoked"),
    }
    return said.get(details.get("link", ""), _("used the link after its time was over"))


def _old(name: str, change: Details) -> str:
    old = str(change.get("old", ""))
    return within_sentence(say(ClaimKind, old)) if name == "kind" else old


def _rated(details: Details) -> dict[str, str]:
    return {"rating": details.get("rating", "?")}


def _fact_check_corrected(details: Details) -> str:
    if "rating" in details.get("changes", ()):
        return _("corrected the fact-check, now rated “%(rating)s”") % _rated(details)
    return _("corrected the fact-check")


def _escalated(details: Details) -> str:
    if details.get("level") == 1:
        return _("told the editors that the claim is late")
    return _("told editors and administrators that the claim is more than a day late")


_SENTENCES: dict[EventKind, Callable[[Details], str]] = {
    EventKind.EXTRACTED: _extracted,
    EventKind.APPEARED: _appeared,
    EventKind.RELABELLED: _relabelled,
    EventKind.RETIRED: lambda _details: _("retired the claim"),
    EventKind.FOUND_AGAIN: lambda _details: _("brought the claim back"),
    EventKind.QUEUED: lambda _details: _("put the claim into the review queue"),
    EventKind.TAKEN: lambda _details: _("took the claim"),
    EventKind.ASSIGNED: _assigned,
    EventKind.RELEASED: lambda _details: _("released the claim"),
    EventKind.LAPSED: _lapsed,
    EventKind.EVIDENCE_ADDED: lambda _details: _("added evidence"),
    EventKind.VERDICT_RECORDED: _verdict,
    EventKind.DECIDED: _decided,
    EventKind.DISMISSED: _dismissed,
    EventKind.REOPENED: lambda _details: _("reopened the claim"),
    EventKind.REASSIGNED: _reassigned,
    EventKind.VERDICTS_DIFFER: lambda _details: _("found that the verdicts differ, and asks for an adjudicator"),
    EventKind.ADJUDICATED: _adjudicated,
    EventKind.SENT_BACK: lambda _details: _("asked other people for another round"),
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: lambda _details: _("took the merger back"),
    EventKind.RESTORED: lambda _details: _("let the earlier decision stand again"),
    EventKind.PRIORITISED: _prioritised,
    EventKind.ESCALATED: _escalated,
    EventKind.CLAIMANT_ASKED: _asked,
    EventKind.CORRECTED: _corrected,
    EventKind.SPLIT: lambda details: _("split off claim %(part)s") % {"part": details.get("into", "?")},
    EventKind.CLAIMANT_ANSWERED: lambda _details: _("noted the claimant's answer"),
    EventKind.OPINION_ASKED: lambda details: _("asked %(name)s, who has no account, for an opinion") % _name(details),
    EventKind.OPINION_OPENED: lambda _details: _("opened the link for the first time, or their mail program did"),
    EventKind.OPINION_GIVEN: _opinion_given,
    EventKind.OPINION_REVOKED: lambda details: _("revoked the link of %(name)s") % _name(details),
    EventKind.OPINION_REFUSED: _opinion_refused,
    EventKind.PUBLISHED: lambda details: _("published the fact-check, rated “%(rating)s”") % _rated(details),
    EventKind.FACT_CHECK_CORRECTED: _fact_check_corrected,
    EventKind.FACT_CHECK_WITHDRAWN: lambda _details: _("withdrew the fact-check"),
}
