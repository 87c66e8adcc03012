"""A blind reviewer tries every read path, and every refusal, in worlds that differ only in what they must not know."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from rest_framework.test import APIClient

from claims.api.urls import urlpatterns
from claims.enums import OpinionAnswer, Role
from claims.models import Claim, OutgoingEmail, Rating, Reviewer
from claims.permissions import is_blind_to
from claims.publishing.fact_checks import publish_claim
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.assignments import take_claim
from claims.review.contacts import ask_claimant
from claims.review.evidence import add_evidence
from claims.review.opinion_answers import give_opinion
from claims.review.policy import adopt_policy
from claims.review.verdicts import record_verdict
from tests.factories import judge, make_article, make_claim, make_opinion, make_queued_claim

pytestmark = pytest.mark.django_db
SECRETS = ["grudge", "secret.example", "adjudic", "differ", "sent_back", "verdict_recorded"]
World = Callable[["Desk"], None]


class Desk:
    """A claim in blind review by two, some colleagues, and the reviewer who must not know."""

    def __init__(self, person: Callable[..., Reviewer]) -> None:
        self.editor = person("edna", Role.EDITOR)
        self.cora, self.carl = person("cora", Role.REVIEWER), person("carl", Role.REVIEWER)
        self.dora, self.blind = person("dora", Role.REVIEWER), person("rita", Role.REVIEWER)
        told = make_queued_claim(article=make_article("It has 7 docks."), quote="7 docks")
        judge(self.editor, told, "False")
        self.fact_check = publish_claim(self.editor, told.pk, title="No, 8 docks", summary="So it is.")
        adopt_policy(self.editor, [{"seats": 2, "agreeing": 2, "is_blind": True}])
        self.claim = make_queued_claim()
        self.other = make_claim(article=self.claim.article, quote="March 2019")
        add_evidence(self.editor, self.other.pk, url="https://port.example/")
        self.opinion = make_opinion(self.editor, self.claim)
        self.contact = ask_claimant(self.cora, self.claim.pk, channel="phone", question="Whose figure is it?")

    def judge(self, who: Reviewer, rating: str, evidence: int = 1) -> None:
        turn = take_claim(who, self.claim.pk)
        found = [{"url": f"https://secret.example/{n}", "stance": "refutes"} for n in range(evidence)]
        words = "A grudge of mine. " * (1 + evidence)
        record_verdict(who, turn.pk, 1, rating=rating_called(rating), explanation=words, evidence=found)


def rating_called(name: str) -> Rating:
    return Rating.objects.get(scale__is_default=True, name=name)


def one_said_true(desk: Desk) -> None:
    desk.judge(desk.cora, "True", evidence=0)
    give_opinion(desk.opinion.pk, OpinionAnswer.AGREE, "A grudge says yes.", corrections=0)


def one_said_false(desk: Desk) -> None:
    desk.judge(desk.cora, "False", evidence=3)
    give_opinion(desk.opinion.pk, OpinionAnswer.OBJECT, "A grudge says no. " * 3, corrections=0)
    make_opinion(desk.editor, desk.claim, address="secret@law.example", question="A grudge?")


def they_differ(desk: Desk) -> None:
    desk.judge(desk.cora, "True")
    desk.judge(desk.carl, "False")


def both_are_at_work(desk: Desk) -> None:
    for who in (desk.cora, desk.carl):
        take_claim(who, desk.claim.pk)


def nobody_has_judged(desk: Desk) -> None:
    """As the second round begins for who knows nothing of the first."""


def they_differed_and_others_are_asked(desk: Desk) -> None:
    they_differ(desk)
    send_to_another_round(desk.editor, desk.claim.pk, "A grudge on both sides.")


class Undo(Exception):
    """Rolls a world back."""


def read_world(person: Callable[..., Reviewer], world: World, read: Callable[[Desk], Any]) -> Any:
    """What is read in a world of its own, whose rows have the same numbers and times as in every other."""
    with suppress(Undo), transaction.atomic(), time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        restart_sequences()
        desk = Desk(person)
        clock.shift(60)
        world(desk)
        assert is_blind_to(desk.blind, desk.claim)
        seen = read(desk)
        raise Undo
    return seen


def restart_sequences() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I', sequencename) FROM pg_sequences WHERE sequencename LIKE 'claims_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {name} RESTART WITH 5000")


def paths_of(desk: Desk, claim: Claim) -> list[str]:
    """Every address of the API that can be read, filled in with this claim, and the lists under every filter."""
    numbers = {"claim_id": claim.pk, "article_id": claim.article_id, "contact_id": desk.contact.pk, "assignment_id": 1,
               "opinion_id": desk.opinion.pk, "webhook_id": 1, "feed_id": 1, "slug": desk.fact_check.slug}  # fmt: skip
    paths = []
    for pattern in urlpatterns:
        if hasattr(pattern.callback.cls, "get"):
            paths.append(re.sub(r"<\w+:(\w+)>", lambda found: str(numbers[found[1]]), str(pattern.pattern)))
    statuses = ["queued", "in_review", "in_adjudication", "decided", "dismissed"]
    asked = [f"claims/?status={status}" for status in statuses] + [f"queue/?status={s}" for s in ("open", "taken")]
    asked += [f"claims/?q={words}" for words in ("grudge", "secret", "dockers", "True")]
    return [f"/api/v1/{path}" for path in paths + asked + ["claims/?status=in_review&status=in_adjudication"]]


def read_everything(desk: Desk) -> dict[str, Any]:
    client = client_of(desk.blind)
    answers = {}
    for path in [path for claim in (desk.claim, desk.other) for path in paths_of(desk, claim)]:
        answer = client.get(path)
        answers[path] = (answer.status_code, answer.content.decode())
    mails = OutgoingEmail.objects.filter(recipient=desk.blind).order_by("pk")
    return answers | {"mail": [(mail.subject, mail.text, mail.html) for mail in mails]}


def client_of(person: Reviewer) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("assignments/", {}),
    ("assignments/", {"claim": "CLAIM"}),
    ("claims/CLAIM/dismissal/", {"reason": "Dull."}),
    ("claims/CLAIM/reopening/", {"reason": "Again."}),
    ("claims/CLAIM/adjudication/", {"reason": "So.", "rating": "True"}),
    ("claims/CLAIM/merge/", {"reason": "Same.", "into": 1}),
    ("claims/CLAIM/restoration/", {"reason": "Back."}),
    ("claims/CLAIM/evidence/", {"url": "https://mine.example/"}),
    ("claims/CLAIM/contacts/", {"channel": "phone", "question": "Once more?"}),
    ("claims/CLAIM/priority/", {"boost": 1}),
    ("claims/CLAIM/opinions/", {"name": "Lex", "address": "lex@law.test", "question": "So?"}),
]


def try_everything(desk: Desk) -> list[tuple[int, str]]:
    """What each act of the blind reviewer is answered, each undone before the next."""
    answers = []
    for path, body in ACTS:
        body = {name: desk.claim.pk if value == "CLAIM" else value for name, value in body.items()}
        with suppress(Undo), transaction.atomic():
            answer = client_of(desk.blind).post(
                f"/api/v1/{path.replace('CLAIM', str(desk.claim.pk))}", body, format="json"
            )
            # The row that the act has made has a number of its own, and a turn the moment of the database's clock.
            own = r'"id":\d+|"taken_at":"[^"]+"'
            answers.append((answer.status_code, re.sub(own, "", answer.content.decode())))
            raise Undo
    return answers


NO_TELLING = ('"in_adjudication": 0', '"differences"', "/adjudication/")  # a count of none, re-extractions, the address


def tells(seen: Any) -> bool:
    words = json.dumps(seen).replace("\\", "").replace('":0', '": 0')
    for harmless in NO_TELLING:
        words = words.replace(harmless, "")
    return any(secret in words for secret in SECRETS)


def without_numbers_of_rows(seen: Any) -> str:
    """Later rounds have later rows: their numbers are the one thing that may tell."""
    return re.sub(r'"(id|seat|fence|cursor)\\*":\d+', "", json.dumps(seen))


def test_what_a_colleague_said_shows_nowhere(person):
    said_true = read_world(person, one_said_true, read_everything)
    assert read_world(person, one_said_false, read_everything) == said_true
    assert [secret for secret in SECRETS[:2] if secret in json.dumps(list(said_true.values()))] == []


def test_what_a_colleague_said_shows_in_no_answer_to_an_act(person):
    said_true = read_world(person, one_said_true, try_everything)
    assert read_world(person, one_said_false, try_everything) == said_true


def test_that_verdicts_differ_shows_nowhere(person):
    seen = {
        path: answer
        for path, answer in read_world(person, they_differ, read_everything).items()
        if not path.endswith(("schema/", "policy/", "me/"))  # they tell what there is at a desk, not of a claim
    }
    claim = next(answer for path, answer in seen.items() if re.search(r"claims/\d+/$", path))
    assert json.loads(claim[1])["status"] == "in_review"
    assert {path for path, answer in seen.items() if tells(answer)} <= {
        path
        for path in seen
        if "in_adjudication" in path  # the question, repeated
    }
    found = {path: len(json.loads(answer[1])["results"]) for path, answer in seen.items() if "claims/?status" in path}
    assert found["/api/v1/claims/?status=in_adjudication"] == 0
    assert (
        found["/api/v1/claims/?status=in_review"]
        == found["/api/v1/claims/?status=in_review&status=in_adjudication"]
        == 1
    )


def test_a_claim_in_adjudication_looks_like_one_that_is_judged(person):
    assert read_world(person, they_differ, read_everything) == read_world(person, both_are_at_work, read_everything)
    answers = read_world(person, they_differ, try_everything)
    assert answers == read_world(person, both_are_at_work, try_everything)


def test_that_verdicts_differ_shows_in_no_answer_to_an_act(person):
    answers = read_world(person, they_differ, try_everything)
    assert [answer for answer in answers if tells(answer)] == []
    assert {status for status, _ in answers} <= {201, 204, 403, 409}


def test_a_second_round_looks_like_a_first_one(person):
    first = read_world(person, nobody_has_judged, read_everything)
    second = read_world(person, they_differed_and_others_are_asked, read_everything)
    assert {
        path for path in first if without_numbers_of_rows(first[path]) != without_numbers_of_rows(second[path])
    } == set()


# The other side: who may know does.


def test_who_has_judged_sees_the_others(person):
    def read(desk: Desk) -> tuple[int, int]:
        seen = [client_of(who).get(f"/api/v1/claims/{desk.claim.pk}/verdicts/").json()["results"] for who in
                (desk.cora, desk.carl, desk.editor, desk.blind)]  # fmt: skip
        return tuple(len(one) for one in seen)

    assert read_world(person, they_differ, read) == (2, 2, 2, 0)
    assert read_world(person, one_said_true, read) == (1, 0, 0, 0)


def test_a_decision_opens_everything(person):
    def decide_and_read(desk: Desk) -> tuple[str, int, str]:
        adjudicate_claim(desk.editor, desk.claim.pk, rating_called("False"), "The port's own books.")
        claim = client_of(desk.blind).get(f"/api/v1/claims/{desk.claim.pk}/").json()
        verdicts = client_of(desk.blind).get(f"/api/v1/claims/{desk.claim.pk}/verdicts/").json()["results"]
        history = client_of(desk.blind).get(f"/api/v1/claims/{desk.claim.pk}/history/").json()["results"]
        return claim["status"], len(verdicts), history[-1]["kind"]

    assert read_world(person, they_differ, decide_and_read) == ("decided", 2, "adjudicated")
