"""A small desk with a past: something for every number among the figures to count."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import time_machine

from claims.enums import ClaimKind, DismissalReason, Role
from claims.models import Claim, Rating, Reviewer, Seat
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.assignments import lapse_expired, take_claim
from claims.review.closing import dismiss_claim, reopen_claim
from tests.factories import make_article, make_queued_claim
from tests.judging import adopt_seats, judge

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
_KINDS = (ClaimKind.QUANTITY, ClaimKind.EVENT, ClaimKind.RULE)


def at(days_ago: int, hours: int = 0) -> time_machine.travel:
    return time_machine.travel(NOW - timedelta(days=days_ago) + timedelta(hours=hours), tick=False)


def make_past(person: Callable[..., Reviewer], ratings: Mapping[str, Rating]) -> dict[str, list[Claim]]:
    """The claims by what became of them, as it is at NOW; edna edits, and rita, sam, noor and lena review."""
    edna = person("edna", Role.EDITOR)
    rita, sam, noor, lena = (person(name, Role.REVIEWER) for name in ("rita", "sam", "noor", "lena"))
    true, false, unsure = ratings["True"], ratings["False"], ratings["Unverifiable"]
    past = {}
    with at(40):
        past["alone"] = _claims("alone", 4)
    with at(39):
        for claim, rating in zip(past["alone"], (true, false, false, unsure), strict=True):
            judge(claim, {rita: rating})
    with at(38):
        reopen_claim(edna, past["alone"][3].pk, "There is a register.")
        judge(past["alone"][3], {sam: true})
        adopt_seats(edna, 2, is_blind=False)
        past["together"] = _claims("together", 4)
    with at(5):
        for claim, given in zip(past["together"], [(true, true), (false, true), (unsure, unsure)], strict=False):
            judge(claim, {rita: given[0], sam: given[1]})
        adjudicate_claim(edna, past["together"][1].pk, false, "The register is the better source.")
        judge(past["together"][3], {rita: true, sam: false})
        send_to_another_round(edna, past["together"][3].pk, "Look at the register.")
        judge(past["together"][3], {noor: true, lena: true})
    with at(4):
        past["dismissed"] = _claims("dismissed", 5, check_worthiness=0.35)
        reasons = (DismissalReason.OPINION, DismissalReason.OPINION, DismissalReason.TRIVIAL, DismissalReason.OTHER)
        for claim, reason in zip(past["dismissed"], reasons, strict=False):
            dismiss_claim(edna, claim.pk, "Says who?", reason)
        dismiss_claim(edna, past["dismissed"][4].pk, "Too soon.")
        reopen_claim(edna, past["dismissed"][4].pk, "After all.")
        dismiss_claim(edna, past["dismissed"][4].pk, "Too soon, still.")
        Claim.objects.filter(pk=past["dismissed"][3].pk).update(dismissed_as="")  # as before reasons had names
    with at(3):
        past["waiting"] = _claims("waiting", 4)
        Seat.objects.filter(claim=past["waiting"][0]).update(is_overdue=True)
        take_claim(lena, past["waiting"][2].pk)
    with at(2):
        lapse_expired()
        take_claim(sam, past["waiting"][2].pk)
        lapse_expired()
    with at(1):
        lapse_expired()
    with at(0):
        take_claim(rita, past["waiting"][1].pk)
        take_claim(noor, past["waiting"][1].pk)
        take_claim(sam, past["waiting"][3].pk)
    return past


def _claims(name: str, count: int, **fields: float) -> list[Claim]:
    """Of one article, of several kinds in turn."""
    quotes = [f"{number + 10} {name} ships" for number in range(count)]
    article = make_article(". ".join(f"The harbour saw {quote}" for quote in quotes), outlet="The Courier")
    return [
        make_queued_claim(article=article, quote=quote, kind=_KINDS[number % 3], **fields)
        for number, quote in enumerate(quotes)
    ]
