"""A running desk, used over REST as a stranger would."""

import email
import email.policy
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.chaos.desk import Desk, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

ARTICLE = """Velmar Post > Politics

Harbour of Velmar to lose a third of its dockers

2024-01-25 POLITICS 112

The harbour of Velmar has roughly 2,500 dockers, according to the port authority. It closed a pier on January 10th.

TAG:"""


def test_an_article_goes_in_and_a_verdict_comes_out(desk: Desk):
    status, article = desk.call("POST", "articles/", {"text": ARTICLE, "outlet": "Velmar Post"})
    assert (status, article["title"]) == (202, "Harbour of Velmar to lose a third of its dockers")
    assert desk.call("POST", "articles/", {"text": ARTICLE})[0] == 200
    claim = wait_for(lambda: find_claim(desk, article["id"], "roughly 2,500 dockers"), "the claim is queued", 10)

    reviewer = desk.manage("create_token", "reviewer2").splitlines()[-1]
    status, turn = desk.call("POST", "assignments/", {"claim": claim["id"]}, reviewer)
    assert (status, turn["claim"]["headline"]) == (201, "roughly 2,500 dockers")
    verdict = {"fence": turn["fence"], "rating": "True", "explanation": "The port's register says 2,512.",
               "evidence": [{"url": "https://port.velmar.example/register", "stance": "supports"}]}  # fmt: skip
    assert desk.call("POST", f"assignments/{turn['id']}/verdict/", verdict, reviewer)[0] == 201
    assert desk.call("POST", f"assignments/{turn['id']}/verdict/", verdict, reviewer)[0] == 409

    assert desk.call("GET", f"claims/{claim['id']}/")[1]["status"] == "decided"
    history = desk.call("GET", f"claims/{claim['id']}/history/", token=reviewer)[1]["results"]
    kinds = ["extracted", "queued", "taken", "evidence_added", "verdict_recorded", "decided"]
    assert sorted(event["kind"] for event in history) == sorted(kinds)
    subject = "Recorded as “True”: roughly 2,500 dockers"
    wait_for(lambda: ("reviewer2@desk.example", subject) in read_mails(desk), "the receipt arrives", 10)


def find_claim(desk: Desk, article: int, headline: str) -> dict | None:
    claims = desk.call("GET", f"claims/?article={article}&status=queued")[1]["results"]
    return next((claim for claim in claims if claim["headline"] == headline), None)


def read_mails(desk: Desk) -> list[tuple[str, str]]:
    """(recipient, subject) of every mail delivered."""
    files = (desk.folder / "mail").glob("*.eml")
    mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    return [(str(mail["To"]), " ".join(str(mail["Subject"]).split())) for mail in mails]  # a header may be folded


def test_sixteen_reviewers_take_two_hundred_claims_and_share_none(desk: Desk):
    wait_for(desk.is_idle, "the demo articles are extracted")
    desk.manage("shell", "-c", PREPARE)
    tokens = [desk.manage("create_token", f"taker{number}").splitlines()[-1] for number in range(16)]

    def take_all(token: str) -> list[int]:
        taken = []
        while True:
            status, turn = desk.call("POST", "assignments/", {}, token)
            if status == 204:
                return taken
            assert status == 201
            taken.append(turn["claim"]["id"])

    with ThreadPoolExecutor(16) as pool:
        taken = [claim for claims in pool.map(take_all, tokens) for claim in claims]
    assert Counter(taken).most_common(1)[0][1] == 1
    assert len(taken) == 200


PREPARE = """
from django.contrib.auth.models import Group
from claims.models import Claim, Reviewer, Seat
from claims.enums import SeatStatus
from tests.factories import make_queued_claims
Seat.objects.filter(status=SeatStatus.OPEN).update(status=SeatStatus.WITHDRAWN)  # of the demo articles
for number in range(16):
    taker = Reviewer.objects.create_user(f"taker{number}", f"taker{number}@desk.test", "secret-enough")
    taker.groups.add(Group.objects.get(name="reviewer"))
make_queued_claims(200)
"""
