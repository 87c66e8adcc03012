"""Mails that nobody gets: for each kind what it may tell of, made up and kept nowhere.

It is in the language that is active.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.enums import ClaimKind, EmailKind, Role
from claims.extraction.worthiness import FEATURES
from claims.intake.extracting import GAVE_UP, MAX_ATTEMPTS
from claims.intake.web_failures import STATUS
from claims.models import (
    Article,
    Assignment,
    Claim,
    Claimant,
    Correction,
    DigestEntry,
    FactCheck,
    Feed,
    OutsideOpinion,
    Rating,
    Reviewer,
    Verdict,
    Webhook,
    WebhookDelivery,
)
from claims.notifications.links import MASK
from claims.notifications.messages import write_subject
from claims.notifications.webhook_posting import REFUSES
from claims.permissions import remember_roles
from claims.review.digest import Waiting

ARTICLES = [
    (gettext_noop("The harbour of Velmar grows faster than its roads"), "Velmar Post"),
    (gettext_noop("Bridge in Calder Sound closed after cracks found"), "Northern Courier"),
]
CLAIMS = [  # article, headline, on its own, kind, claimant
    (0, gettext_noop("roughly 2,500 dockers"),
     gettext_noop("The harbour of Velmar employs roughly 2,500 dockers."),
     ClaimKind.QUANTITY, gettext_noop("the port authority")),
    (1, gettext_noop("December 2021 end of ferry service"),
     gettext_noop("The ferry between Calder and Velmar ended in December 2021."),
     ClaimKind.EVENT, ""),
    (1, gettext_noop("cracks caused by salt water"),
     gettext_noop("The cracks in the bridge were caused by salt water that entered the cables."),
     ClaimKind.CAUSATION, gettext_noop("the engineers")),
    (0, gettext_noop("no night flights since 2019"),
     gettext_noop("Planes have not been allowed to land at night in Velmar since 2019."),
     ClaimKind.RULE, "Henrik Aas"),
]  # fmt: skip


def sample_person() -> Reviewer:
    person = Reviewer(username="maren", first_name="Maren", last_name="Lind", email="maren@desk.example")
    remember_roles(person, [Role.REVIEWER, Role.EDITOR])
    return person


def sample(kind: EmailKind) -> dict[str, Any]:
    """What a mail of the kind is told, as `claims.notifications` and the digest tell it."""
    return _SAMPLES[kind]()


def _article(number: int) -> Article:
    title, outlet = ARTICLES[number]
    return Article(pk=3 + number, title=_(title), outlet=outlet)


def _claim(number: int, **fields: Any) -> Claim:
    article, headline, stand_alone, kind, claimant = CLAIMS[number]
    said_by = Claimant(name=_(claimant)) if claimant else None
    words = {"headline": _(headline), "stand_alone": _(stand_alone), "kind": kind, "claimant": said_by}
    return Claim(pk=40 + number, article=_article(article), **words, **fields)


def _turn() -> Assignment:
    until = timezone.now() + timedelta(minutes=20)
    return Assignment(pk=7, claim=_claim(0), reviewer=sample_person(), assigned_by=_colleague(), expires_at=until)


def _colleague() -> Reviewer:
    return Reviewer(username="tomas", first_name="Tomas", last_name="Berg")


def _of_a_turn() -> dict[str, Any]:
    turn = _turn()
    return {"assignment": turn, "claim": turn.claim, "by": turn.assigned_by}


def _of_a_claim() -> dict[str, Any]:
    return {"claim": _claim(0, rating=_rating()), "was": Rating(name=_("Half true"))}


def _published() -> dict[str, Any]:
    summary = _("The port’s own report counts 1,840 dockers. The figure of 2,500 includes drivers and clerks.")
    fact_check = FactCheck(
        slug="harbour-of-velmar-40",
        title=_("No, the harbour of Velmar does not employ 2,500 dockers"),
        summary=summary,
        rating=_rating(),
        claim=_claim(0),
    )
    return {"fact_check": fact_check, "claim": fact_check.claim}


def _corrected() -> dict[str, Any]:
    note = _("We had taken the report of 2022 for that of 2023.")
    changes = {"rating": {"old": _("Half true"), "new": _("Mostly false")}}
    return _published() | {"correction": Correction(number=1, note=note, changes=changes), "note": note}


def _rating() -> Rating:
    return Rating(name=_("Mostly false"))


def _verdict() -> dict[str, Any]:
    explanation = _(
        "The port’s own report of 2023 counts 1,840 dockers. The figure of 2,500 includes drivers and clerks of"
        " other firms.\n\nThe authority confirmed this by phone."
    )
    turn = _turn()
    verdict = Verdict(assignment=turn, rating=_rating(), explanation=explanation)
    return {"verdict": verdict, "claim": turn.claim}


def _waiting() -> dict[str, Any]:
    return {"articles": [_article(0), _article(1)], "claims": [_claim(number) for number in range(4)], "total": 23}


def _overdue() -> dict[str, Any]:
    late = timezone.now() - timedelta(hours=2)
    return {"claims": [_claim(number, due_at=late) for number in (0, 2)], "total": 2, "level": 1}


def _failed() -> dict[str, Any]:
    return {"article": _article(1), "failure": GAVE_UP % {"number": MAX_ATTEMPTS}, "has_text": True}


def _failing() -> dict[str, Any]:
    since, error = timezone.now() - timedelta(hours=2), STATUS % {"status": 503}
    url = "https://velmar-post.example/feed.xml"
    return {"feed": Feed(pk=4, outlet="Velmar Post", url=url, failures=4, failing_since=since, last_error=error)}


def _digest() -> dict[str, Any]:
    due = timezone.now() + timedelta(hours=30)
    reasons = [FEATURES["dated"], FEATURES["attributed"]]
    return {
        "held": [_turn()],
        "contested": [_claim(3, due_at=due)],
        "waiting": [Waiting(_claim(number, due_at=due), _(CLAIMS[number][2]), reasons) for number in (1, 2)],
        "total": 2,
        "is_more": False,
        "entries": [_entry(EmailKind.CLAIM_DECIDED), _entry(EmailKind.TURN_ENDED)],
    }


def _entry(kind: EmailKind) -> DigestEntry:
    told = sample(kind)
    return DigestEntry(kind=kind, claim=told["claim"], subject=write_subject(kind, told, sample_person()))


def _opinion() -> dict[str, Any]:
    asked = OutsideOpinion(
        claim=_claim(0),
        asked_by=_colleague(),
        name="Dr Ines Holm",
        question=_("Does the port’s report count drivers as dockers?"),
        expires_at=timezone.now() + timedelta(days=7),
    )
    return {"opinion": asked, "claim": asked.claim}


def _opinion_asked() -> dict[str, Any]:
    return {"opinion": _opinion()["opinion"], "link": MASK}


def _paused() -> dict[str, Any]:
    webhook = Webhook(pk=2, description=_("Website of the Velmar Post"), url="https://cms.example/hooks/desk")
    return {"webhook": webhook, "delivery": WebhookDelivery(last_error=REFUSES % {"status": 503}), "is_gone": False}


_SAMPLES: dict[EmailKind, Callable[[], dict[str, Any]]] = {
    EmailKind.CLAIMS_WAITING: _waiting,
    EmailKind.CLAIM_ASSIGNED: _of_a_turn,
    EmailKind.TURN_ENDED: _of_a_turn,
    EmailKind.TURN_LAPSED: _of_a_turn,
    EmailKind.VERDICT_RECORDED: _verdict,
    EmailKind.SECOND_VERDICT: _of_a_claim,
    EmailKind.ADJUDICATION_NEEDED: _of_a_claim,
    EmailKind.CLAIM_DECIDED: _of_a_claim,
    EmailKind.OUTCOME_CHANGED: _of_a_claim,
    EmailKind.FACT_CHECK_PUBLISHED: _published,
    EmailKind.FACT_CHECK_CORRECTED: _corrected,
    EmailKind.CLAIMS_OVERDUE: _overdue,
    EmailKind.ARTICLE_FAILED: _failed,
    EmailKind.FEED_FAILING: _failing,
    EmailKind.OPINION_ASKED: _opinion_asked,
    EmailKind.OPINION_GIVEN: _opinion,
    EmailKind.WEBHOOK_PAUSED: _paused,
    EmailKind.DIGEST: _digest,
}
