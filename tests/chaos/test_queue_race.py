"""Fifty processes take and judge ten thousand seats while some of them are killed: nobody's work is lost or doubled."""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from claims.enums import ClaimKind, ClaimStatus, EventKind, Role, SeatStatus
from claims.history import END_OF_CHAIN, build_event
from claims.models import Assignment, Claim, ClaimEvent, Reviewer, Seat, SignOffRule, Verdict
from claims.priority import weigh_priority
from claims.review.policy import adopt_policy, rules_in_force
from tests.chaos.desk import ROOT
from tests.chaos.taker import sweep, work
from tests.factories import make_article
from tests.review.promises import check_tables, lay_tables, read_rows

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]
SEATS, TAKERS = 10_000, 50
PEOPLE = 40  # some of them work in two windows
RULES: dict[ClaimKind | str, dict[str, Any]] = {
    ClaimKind.EVENT: {"seats": 2, "agreeing": 2, "is_blind": True},
    ClaimKind.CAUSATION: {"seats": 3, "agreeing": 2},
    ClaimKind.RULE: {"seats": 3, "agreeing": 2, "tolerance": 1, "is_blind": True},
    "": {"seats": 1},
}
KINDS = (ClaimKind.QUANTITY, ClaimKind.EVENT, ClaimKind.CAUSATION, ClaimKind.RULE, ClaimKind.OTHER)
SEATS_OF_KINDS = 10


class Crowd:
    """Processes that work on the test's database; whoever is killed is replaced by somebody new."""

    def __init__(self, folder: Path) -> None:
        # Real processes, from a server that has loaded Django once: fifty that load it themselves take a minute.
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([work.__module__])
        self.database, self.folder = connection.settings_dict["NAME"], folder
        self.members: list[tuple[Callable[[], BaseProcess], BaseProcess]] = []

    def add(self, target: Callable[..., None], *arguments: Any) -> None:
        def start() -> BaseProcess:
            process = self.context.Process(target=target, args=(self.database, *arguments), daemon=True)
            process.start()
            return process

        self.members.append((start, start()))

    def kill_one(self) -> None:
        number = random.SystemRandom().randrange(len(self.members))
        start, process = self.members[number]
        process.kill()
        process.join()
        self.members[number] = (start, start())

    def check_alive(self) -> None:
        assert all(process.exitcode is None for _, process in self.members), "somebody ended by an error of their own"

    def kill_all(self) -> None:
        for _, process in self.members:
            process.kill()
        for _, process in self.members:
            process.join()

    def told(self) -> list[int]:
        """Ids of verdicts that somebody was told are recorded."""
        return [int(line) for log in self.folder.iterdir() for line in log.read_text().splitlines()]


@contextmanager
def crowd_at_work(folder: Path, people: list[Reviewer]) -> Iterator[Crowd]:
    crowd = Crowd(folder)
    try:
        crowd.add(sweep)
        for number in range(TAKERS):
            crowd.add(work, people[number % len(people)].username, folder / f"{number}.log")
        yield crowd
    finally:
        crowd.kill_all()


@pytest.fixture
def people(person) -> list[Reviewer]:
    made = [person(f"reviewer{number}", Role.REVIEWER) for number in range(PEOPLE)]
    Reviewer.objects.update(wants_mail=False)
    return made


def fill_queue(editor: Reviewer, seats: int) -> None:
    """As many seats, of all rules by turns, as the queue would open them one by one."""
    adopt_policy(editor, [{"kind": kind} | rule for kind, rule in RULES.items()])
    rules = {rule.kind: rule for rule in rules_in_force()}
    article = make_article()
    claims = [
        build_claim(number, rules.get(KINDS[number % len(KINDS)], rules[""]), article=article)
        for number in range(seats // SEATS_OF_KINDS * len(KINDS))
    ]
    Claim.objects.bulk_create(claims)
    ClaimEvent.objects.bulk_create([event for claim in claims for event in build_events(claim)])
    Claim.objects.bulk_update(claims, END_OF_CHAIN, batch_size=500)
    Seat.objects.bulk_create([seat for claim in claims for seat in build_seats(claim)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def build_claim(number: int, rule: SignOffRule, **fields: Any) -> Claim:
    now = timezone.now()
    begun = {"review_began_at": now, "due_at": now + timedelta(hours=72), "round": 1, "first_round": 1}
    kind, worth = KINDS[number % len(KINDS)], number % 7 / 7
    queued = {"status": ClaimStatus.QUEUED, "rule": rule, **begun}
    return Claim(headline=f"{number} ships", kind=kind, check_worthiness=worth, **queued, **fields)


def build_events(claim: Claim) -> Iterator[ClaimEvent]:
    extracted = ClaimStatus.EXTRACTED
    yield build_event(claim, EventKind.EXTRACTED, to_status=extracted)
    yield build_event(claim, EventKind.QUEUED, from_status=extracted, to_status=ClaimStatus.QUEUED)


def build_seats(claim: Claim) -> Iterator[Seat]:
    since = claim.review_began_at
    for number in range(1, claim.rule.seats + 1):
        yield Seat(claim=claim, number=number, priority=weigh_priority(claim, 1, since), created_at=since)


def somebody_is_needed() -> bool:
    return Claim.objects.filter(status__in=[ClaimStatus.QUEUED, ClaimStatus.IN_REVIEW]).exists()


def test_fifty_processes_judge_ten_thousand_seats_and_deaths_among_them_change_nothing(
    editor, people, tmp_path, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    fill_queue(editor, SEATS)
    with crowd_at_work(tmp_path, people) as crowd:
        while somebody_is_needed():
            time.sleep(0.3)
            crowd.check_alive()
            crowd.kill_one()
        crowd.check_alive()
    check_tables(lay_tables(read_rows()))
    assert set(Claim.objects.values_list("status", flat=True)) == {ClaimStatus.DECIDED, ClaimStatus.IN_ADJUDICATION}
    told, kept = crowd.told(), set(Verdict.objects.values_list("pk", flat=True))
    assert len(told) == len(set(told))
    assert set(told) <= kept
    states = list(Seat.objects.values_list("status", flat=True))
    assert len(states) == SEATS
    assert set(states) == {SeatStatus.FILLED, SeatStatus.WITHDRAWN}
    assert states.count(SeatStatus.FILLED) == len(kept)
    assert set(Assignment.objects.values_list("outcome", flat=True)) == {"verdict", "released", "lapsed"}
