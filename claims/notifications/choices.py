"""When a person hears of a kind of event: their own choice, else the desk's, else the table's; and not in the night."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.enums import EmailKind, Timing
from claims.kept_queries import KeptQuery
from claims.models import MailChoice, Reviewer
from claims.notifications.routes import ROUTE_OF, ROUTES, timings_of
from claims.permissions import Power, require


@KeptQuery
def _chosen(kind: Any) -> QuerySet[MailChoice]:
    return MailChoice.objects.filter(kind=kind)


def choose_timings(kind: EmailKind, people: Iterable[Reviewer]) -> dict[int, Timing]:
    """By the ids of those who can be reached at all. Who is away or has paused mail hears of things in the digest."""
    reachable = [person for person in people if can_be_mailed(person)]
    if not reachable:
        return {}
    chosen = {one.reviewer_id: Timing(one.timing) for one in _chosen(kind)}
    usual = chosen.get(None, ROUTE_OF[kind].timing)
    return {person.pk: _unless_paused(person, chosen.get(person.pk, usual)) for person in reachable}


def can_be_mailed(person: Reviewer) -> bool:
    return person.wants_mail and person.is_active and bool(person.email)


def _unless_paused(person: Reviewer, timing: Timing) -> Timing:
    return Timing.DIGEST if timing is Timing.AT_ONCE and is_paused(person) else timing


def is_paused(person: Reviewer) -> bool:
    today = local_time(person, timezone.now()).date()
    return any(until and until > today for until in (person.away_until, person.mail_paused_until))


def zone_of(person: Reviewer | None) -> ZoneInfo:
    """Who has chosen none, or has no account, reads the desk's clock."""
    return ZoneInfo((person and person.time_zone) or settings.DESK_TIME_ZONE)


def local_time(person: Reviewer, at: datetime) -> datetime:
    return at.astimezone(zone_of(person))


def end_of_quiet(person: Reviewer, now: datetime) -> datetime:
    """When the person's quiet hours that hold `now` are over; `now` itself outside of them."""
    begins, ends = person.quiet_from, person.quiet_until
    if begins is None or ends is None:
        return now
    local = local_time(person, now)
    time = local.time()
    is_quiet = begins <= time < ends if begins <= ends else time >= begins or time < ends
    if not is_quiet:
        return now
    over = datetime.combine(_day_of_end(local, ends), ends, local.tzinfo)
    return max(over.astimezone(now.tzinfo), now)  # the clocks may be put back meanwhile


def _day_of_end(local: datetime, ends: Any) -> date:
    return local.date() + timedelta(days=1) if ends <= local.time() else local.date()


# What has been chosen, and choosing.


def choices_of(person: Reviewer | None) -> dict[EmailKind, Timing]:
    """What holds for the person, or for who has not chosen (None): of every kind."""
    usual = {route.kind: route.timing for route in ROUTES} | _read(None)
    return usual | _read(person) if person else usual


def _read(person: Reviewer | None) -> dict[EmailKind, Timing]:
    rows = MailChoice.objects.filter(reviewer=person).values_list("kind", "timing")
    return {EmailKind(kind): Timing(timing) for kind, timing in rows}


@transaction.atomic
def choose(person: Reviewer, choices: Mapping[EmailKind, Timing]) -> None:
    """What a person wants. What is as the desk has it is not kept as theirs: they go along when the desk changes it."""
    _keep(person, choices, usual=choices_of(None))


@transaction.atomic
def choose_for_desk(administrator: Reviewer, choices: Mapping[EmailKind, Timing]) -> None:
    """What holds for everybody who has not chosen."""
    require(administrator, Power.ADMINISTER)
    _keep(None, choices, usual={route.kind: route.timing for route in ROUTES})


def _keep(person: Reviewer | None, choices: Mapping[EmailKind, Timing], usual: Mapping[EmailKind, Timing]) -> None:
    for kind, timing in choices.items():
        assert timing in timings_of(kind)  # noqa: S101  the forms offer no other
        if timing == usual[kind]:
            MailChoice.objects.filter(reviewer=person, kind=kind).delete()
        else:
            MailChoice.objects.update_or_create(reviewer=person, kind=kind, defaults={"timing": timing})


def switch_off(person: Reviewer, kind: EmailKind) -> None:
    """They no longer want to hear of this, whatever the desk sends by itself."""
    MailChoice.objects.update_or_create(reviewer=person, kind=kind, defaults={"timing": Timing.NEVER})
