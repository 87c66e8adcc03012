"""Events and who hears of them: the one table. Every row is mail; when, the desk and each person may choose otherwise.

Who is told is found by the function of `claims.notifications.routing` with the same name; nobody is told of their own
act, but that a verdict has come in is confirmed to who gave it.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.enums import EmailKind, Timing


class Route(NamedTuple):
    kind: EmailKind
    event: Promise
    hears: Promise
    timing: Timing  # unless the desk or the person has chosen another one


ROUTES = (
    Route(
        EmailKind.CLAIMS_WAITING,
        _("An article brought claims to review"),
        _("who reviews its topic and language; one mail an hour at most"),
        Timing.AT_ONCE,
    ),
    Route(EmailKind.CLAIM_ASSIGNED, _("An editor gave you a claim"), _("you"), Timing.AT_ONCE),
    Route(EmailKind.TURN_ENDED, _("Somebody ended your turn"), _("you"), Timing.AT_ONCE),
    Route(EmailKind.TURN_LAPSED, _("Your turn ran out, and your draft is kept"), _("you"), Timing.AT_ONCE),
    Route(EmailKind.VERDICT_RECORDED, _("Your verdict came in"), _("you, as a receipt"), Timing.AT_ONCE),
    Route(
        EmailKind.SECOND_VERDICT,
        _("A claim needs another verdict"),
        _("who reviews its topic and language, except in a blind review"),
        Timing.DIGEST,
    ),
    Route(
        EmailKind.ADJUDICATION_NEEDED,
        _("Verdicts differ"),
        _("who may decide between them; if that is nobody, administrators"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.CLAIM_DECIDED,
        _("A claim was decided"),
        _("who judged it, who added it, who sent its article"),
        Timing.DIGEST,
    ),
    Route(
        EmailKind.OUTCOME_CHANGED,
        _("A claim was decided otherwise than before"),
        _("everybody who was told the old outcome"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.FACT_CHECK_PUBLISHED,
        _("A fact-check was published"),
        _("who judged its claim, who added it, who sent its article"),
        Timing.DIGEST,
    ),
    Route(
        EmailKind.FACT_CHECK_CORRECTED,
        _("A published fact-check was corrected or withdrawn"),
        _("everybody who was told the old outcome"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.CLAIMS_OVERDUE,
        _("Claims are overdue"),
        _("editors; a day later administrators, too"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.ARTICLE_FAILED,
        _("An article could not be read"),
        _("editors, and who sent it"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.FEED_FAILING,
        _("A feed cannot be read"),
        _("who manages feeds; once, until it has been read again"),
        Timing.AT_ONCE,
    ),
    Route(
        EmailKind.OPINION_GIVEN,
        _("Somebody without an account gave their opinion"),
        _("who asked for it; if they have left, other editors"),
        Timing.AT_ONCE,
    ),
    Route(EmailKind.WEBHOOK_PAUSED, _("The desk paused your webhook"), _("its owner"), Timing.AT_ONCE),
    Route(
        EmailKind.DIGEST,
        _("Morning digest"),
        _("you: what waits for you, and what you chose to hear of in the digest"),
        Timing.AT_ONCE,
    ),
)
OUTSIDE = Route(  # nobody at the desk hears of it, and who does switches nothing off
    EmailKind.OPINION_ASKED,
    _("Somebody without an account is asked for an opinion"),
    _("who is asked"),
    Timing.AT_ONCE,
)
ROUTE_OF = {route.kind: route for route in (*ROUTES, OUTSIDE)}


def timings_of(kind: EmailKind) -> list[Timing]:
    """What may be chosen. A digest of digests there is none."""
    return [timing for timing in Timing if kind is not EmailKind.DIGEST or timing is not Timing.DIGEST]
