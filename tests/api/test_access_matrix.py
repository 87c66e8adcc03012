"""Who may call what: every call of every route, by everybody. A route that is missing here fails a test."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from knox.models import get_token_model
from rest_framework.test import APIClient

from claims.api.urls import urlpatterns
from claims.enums import Channel, Role
from claims.models import Reviewer
from claims.publishing.fact_checks import publish_claim
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from claims.review.contacts import ask_claimant
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.queue import queue_claim
from tests.broker import flush_redis
from tests.factories import judge, make_article, make_claim, make_opinion, make_queued_claim, make_unread_article
from tests.intake.feeding import make_entry, make_feed
from tests.notifications.hooks import make_delivery, make_webhook

PEOPLE = ["anonymous", "inactive", "outsider", "producer", "reviewer", "editor", "administrator"]
SECRETS = [
    "cms.test",
    "feeds.test",
    "Whose figure",
    "Harbour grows",
    "dockers",
    "Gazette",
    "holda",
    "port.test",
    "A rumour",
    "Half a sentence",
    "No officials",
]

EVERYBODY = (200, 200, 200, 200)
MANAGERS = (403, 403, 200, 200)  # of feeds
REASON = {"reason": "So it is."}
HOOK = {"url": "https://new.test/hook", "events": ["claim.queued"]}
VERDICT = {"fence": 1, "rating": "True", "explanation": "So it is."}

# (route, method, body): what a producer, a reviewer, an editor and an administrator get. All others: 401 or 403.
MATRIX: dict[tuple[str, str], tuple[Any, tuple[int, int, int, int]]] = {
    ("articles", "get"): (None, EVERYBODY),
    ("articles", "post"): ({"text": "New words."}, (202, 403, 202, 202)),
    ("article-bulk", "post"): ({"text": "New words."}, (202, 403, 202, 202)),
    ("article", "get"): (None, EVERYBODY),
    ("article-reading", "post"): ({}, (202, 403, 202, 202)),
    ("claims", "get"): (None, EVERYBODY),
    ("claims", "post"): ({"article": "ARTICLE", "start": 4, "end": 11}, (403, 201, 201, 403)),
    ("claim", "get"): (None, EVERYBODY),
    ("claim-appearances", "get"): (None, EVERYBODY),
    ("claim-matches", "get"): (None, EVERYBODY),
    ("claim-history", "get"): (None, (403, 200, 200, 200)),
    ("claim-evidence", "get"): (None, (403, 200, 200, 200)),
    ("claim-evidence", "post"): ({"url": "https://archive.test/"}, (403, 201, 201, 403)),
    ("claim-dismissal", "post"): (REASON, (403, 200, 200, 403)),
    ("claim-reopening", "post"): (REASON, (403, 403, 200, 403)),
    ("claim-restoration", "post"): (REASON, (403, 403, 409, 403)),
    ("claim-correction", "post"): ({"headline": "Corrected"}, (403, 403, 200, 403)),
    ("claim-split", "post"): ({"start": 0, "end": 3}, (403, 403, 201, 403)),
    ("claim-merge", "post"): (REASON | {"into": "HELD"}, (403, 403, 200, 403)),
    ("claim-unmerge", "post"): (REASON, (403, 403, 409, 403)),
    ("claim-adjudication", "post"): (REASON | {"rating": "True"}, (403, 403, 409, 403)),  # the rule names editors
    ("claim-priority", "post"): ({"boost": 1}, (403, 403, 200, 403)),
    ("claim-verdicts", "get"): (None, (403, 200, 200, 200)),
    ("claim-contacts", "get"): (None, (403, 200, 200, 200)),
    ("claim-contacts", "post"): ({"channel": "phone", "question": "Says who?"}, (403, 201, 201, 403)),
    ("contact-answer", "post"): ({"answer": "The port."}, (403, 200, 200, 403)),
    ("claim-opinions", "get"): (None, (403, 200, 200, 200)),
    ("claim-opinions", "post"): (
        {"name": "Ana", "address": "ana@law.test", "question": "So?"},
        (403, 403, 201, 403),
    ),
    ("claim-opinion", "delete"): (None, (403, 403, 204, 403)),
    ("reassignment", "post"): ({"reviewer": "rosa"}, (403, 403, 201, 403)),
    ("fact-checks", "get"): (None, EVERYBODY),
    ("fact-checks", "post"): ({"claim": "DECIDED", "title": "No", "summary": "Not so."}, (403, 403, 201, 403)),
    ("fact-check", "get"): (None, EVERYBODY),
    ("fact-check-claim-review", "get"): (None, EVERYBODY),
    ("fact-check-corrections", "get"): (None, EVERYBODY),
    ("fact-check-corrections", "post"): ({"note": "A slip.", "title": "Yes"}, (403, 403, 201, 403)),
    ("fact-check-withdrawal", "post"): (REASON, (403, 403, 200, 403)),
    ("policy", "get"): (None, (403, 200, 200, 200)),
    ("policy", "post"): ({"rules": [{"seats": 2, "agreeing": 2}]}, (403, 403, 201, 201)),
    ("claim-draft", "get"): (None, (403, 404, 404, 403)),  # the draft is the holder's
    ("claim-draft", "put"): ({"explanation": "Mine"}, (403, 200, 200, 403)),
    ("assignments", "get"): (None, (403, 200, 200, 403)),
    ("assignments", "post"): ({}, (403, 201, 201, 403)),
    ("assignment", "get"): (None, (403, 404, 404, 403)),  # the assignment is the holder's
    ("assignment", "delete"): (None, (403, 404, 404, 403)),
    ("heartbeat", "post"): ({"fence": 1}, (403, 404, 404, 403)),
    ("verdict", "post"): (VERDICT, (403, 404, 404, 403)),
    ("ratings", "get"): (None, EVERYBODY),
    ("queue", "get"): (None, (403, 200, 200, 200)),
    ("figures-agreement", "get"): (None, (403, 403, 200, 200)),
    ("figures-flow", "get"): (None, (403, 403, 200, 200)),
    ("figures-ratings", "get"): (None, (403, 403, 200, 200)),
    ("figures-dismissals", "get"): (None, (403, 403, 200, 200)),
    ("figures-agreement-csv", "get"): (None, (403, 403, 200, 200)),
    ("figures-flow-csv", "get"): (None, (403, 403, 200, 200)),
    ("figures-ratings-csv", "get"): (None, (403, 403, 200, 200)),
    ("figures-dismissals-csv", "get"): (None, (403, 403, 200, 200)),
    ("webhooks", "get"): (None, (200, 403, 200, 200)),
    ("webhooks", "post"): (HOOK, (201, 403, 201, 201)),
    ("webhook", "get"): (None, (404, 403, 404, 200)),  # its owner's and administrators'
    ("webhook", "patch"): ({"is_active": False}, (404, 403, 404, 200)),
    ("webhook", "delete"): (None, (404, 403, 404, 204)),
    ("webhook-secret", "post"): ({}, (404, 403, 404, 200)),
    ("webhook-test", "post"): ({}, (404, 403, 404, 202)),
    ("webhook-deliveries", "get"): (None, (404, 403, 404, 200)),
    ("delivery-replay", "post"): ({}, (404, 403, 404, 202)),
    ("feeds", "get"): (None, MANAGERS),
    ("feeds", "post"): ({"url": "https://new.test/feed"}, (403, 403, 201, 201)),
    ("feed", "get"): (None, MANAGERS),
    ("feed", "patch"): ({"is_active": False}, MANAGERS),
    ("feed", "delete"): (None, (403, 403, 204, 204)),
    ("feed-reading", "post"): ({}, (403, 403, 202, 202)),
    ("feed-entries", "get"): (None, MANAGERS),
    ("entry-reading", "post"): ({}, (403, 403, 202, 202)),
    ("me", "get"): (None, EVERYBODY),
    ("preferences", "patch"): ({"wants_mail": False}, EVERYBODY),
}
PUBLIC = {("schema", "get")}


def calls_of_the_urlconf() -> set[tuple[str, str]]:
    return {
        (pattern.name, method)
        for pattern in urlpatterns
        for method in ("get", "post", "put", "patch", "delete")
        if hasattr(pattern.callback.cls, method)
    }


def test_matrix_holds_every_call_of_every_route():
    assert calls_of_the_urlconf() == set(MATRIX) | PUBLIC


@dataclass
class Desk:
    """Rows that could leak, each with words of its own."""

    article: int
    unread: int
    queued: int
    held: int
    closed: int
    assignment: int
    contact: int
    opinion: int
    webhook: int
    delivery: int
    decided: int
    feed: int
    entry: int
    fact_check: str

    def path(self, route: str) -> str:
        pattern = next(pattern for pattern in urlpatterns if pattern.name == route)
        claim = {"claim-reopening": self.closed, "claim-draft": self.held}.get(route, self.queued)
        article = self.unread if route == "article-reading" else self.article
        path = str(pattern.pattern).replace("<int:article_id>", str(article))
        path = path.replace("<int:claim_id>", str(claim)).replace("<int:assignment_id>", str(self.assignment))
        path = path.replace("<int:contact_id>", str(self.contact)).replace("<int:opinion_id>", str(self.opinion))
        path = path.replace("<int:webhook_id>", str(self.webhook)).replace("<int:delivery_id>", str(self.delivery))
        path = path.replace("<int:feed_id>", str(self.feed)).replace("<int:entry_id>", str(self.entry))
        return f"/api/v1/{path.replace('<slug:slug>', self.fact_check)}"


def make_person(username: str, *roles: Role, **fields: Any) -> Reviewer:
    made = Reviewer.objects.create(username=username, **fields)
    made.groups.set(Group.objects.filter(name__in=roles))
    return made


@pytest.fixture
def desk(db) -> Desk:
    holder = make_person("holda", Role.EDITOR)
    article = make_article(outlet="The Gazette", url="https://gazette.test/harbour")
    unread = make_unread_article("https://gazette.test/quay", added_by=holder)
    queued = make_queued_claim(article=article, quote="2,500 dockers")
    held = make_queued_claim(article=article, quote="roughly 2,500 dockers")
    closed = make_claim(article, "opened in March 2019")
    dismiss_claim(holder, closed.pk, "A rumour.")
    add_evidence(holder, queued.pk, url="https://port.test/staff")
    turn = take_claim(holder, held.pk)
    save_draft(holder, held, explanation="Half a sentence")
    make_person("rosa", Role.REVIEWER)
    contact = ask_claimant(holder, held.pk, channel=Channel.PHONE, question="Whose figure is it, pray?")
    opinion = make_opinion(holder, queued, question="Whose figure is it, if I may?")
    webhook = make_webhook(holder, "https://cms.test/hook")
    delivery = make_delivery(webhook)
    decided, told = (make_claim(article, words) for words in ("dockers", "officials said"))
    for claim in (decided, told):
        judge(holder, queue_claim(claim.pk), "False")
    fact_check = publish_claim(holder, told.pk, title="No officials said so", summary="Nobody did.")
    feed = make_feed(holder, "https://feeds.test/")
    rows = (
        article,
        unread,
        queued,
        held,
        closed,
        turn,
        contact,
        opinion,
        webhook,
        delivery,
        decided,
        feed,
        make_entry(feed),
    )
    return Desk(*(row.pk for row in rows), fact_check.slug)


def client_of(who: str) -> APIClient:
    client = APIClient(raise_request_exception=False)
    if who != "anonymous":
        roles = {"outsider": [], "inactive": [Role.EDITOR]}.get(who, [who])
        person = make_person(who, *roles, is_active=who != "inactive")
        client.credentials(HTTP_AUTHORIZATION=f"Token {get_token_model().objects.create(person)[1]}")
    return client


def call(client: APIClient, desk: Desk, route: str, method: str, body: Any) -> Any:
    if body is None:
        return getattr(client, method)(desk.path(route))
    if route == "article-bulk":
        return client.generic("POST", desk.path(route), b'{"text": "New words."}', "application/x-ndjson")
    rows = {"ARTICLE": desk.article, "HELD": desk.held, "DECIDED": desk.decided}
    body = {name: rows.get(value, value) if isinstance(value, str) else value for name, value in body.items()}
    return getattr(client, method)(desk.path(route), body, format="json")


def expected(statuses: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(PEOPLE, (401, 401, 403, *statuses), strict=True))


class Undo(Exception):
    """Rolls back what a call has done, so that the next call finds the desk as it was."""


@pytest.mark.parametrize("who", PEOPLE)
def test_access(desk, who):
    client, answers = client_of(who), {}
    for (route, method), (body, _) in MATRIX.items():
        flush_redis()  # strangers may ask sixty times a minute
        with suppress(Undo), transaction.atomic():
            answers[route, method] = call(client, desk, route, method, body)
            raise Undo
    assert {asked: answer.status_code for asked, answer in answers.items()} == {
        asked: expected(statuses)[who] for asked, (_, statuses) in MATRIX.items()
    }
    for refusal in (answer for answer in answers.values() if answer.status_code >= 400):
        assert refusal.headers["Content-Type"] == "application/problem+json"
        assert [secret for secret in SECRETS if secret in refusal.content.decode()] == []


@pytest.mark.parametrize("who", ["anonymous", "outsider", "producer", "editor"])
def test_asking_for_headers_alone_is_asking(desk, who):
    client = client_of(who)
    for (route, method), (_, statuses) in MATRIX.items():
        if method == "get":
            assert client.head(desk.path(route)).status_code == expected(statuses)[who], route


@pytest.mark.parametrize("who", PEOPLE)
def test_schema_is_public_and_holds_no_row(desk, who):
    answer = client_of(who).get("/api/v1/schema/")
    assert answer.status_code == (401 if who == "inactive" else 200)
    assert [secret for secret in SECRETS if secret in answer.content.decode()] == []


@pytest.mark.parametrize("who", ["outsider", "producer", "reviewer", "administrator"])
def test_forbidden_call_changes_nothing(desk, who):
    client, before = client_of(who), dump(desk)
    for (route, method), (body, statuses) in MATRIX.items():
        if method != "get" and expected(statuses)[who] in (403, 404):
            call(client, desk, route, method, body)
    assert dump(desk) == before


def dump(desk: Desk) -> list[Any]:
    """All that the forbidden calls could have changed."""
    client = APIClient()
    client.force_authenticate(Reviewer.objects.get(username="holda"))
    paths = ["webhooks/", f"webhooks/{desk.webhook}/deliveries/"]
    paths += ["fact-checks/", f"fact-checks/{desk.fact_check}/corrections/"]
    paths = ["webhooks/", f"webhooks/{desk.webhook}/deliveries/", "feeds/", f"feeds/{desk.feed}/entries/"]
    paths += ["articles/", "claims/", "assignments/", "queue/", f"claims/{desk.held}/draft/"]
    paths += [
        f"claims/{claim}/{part}/"
        for claim in (desk.queued, desk.held, desk.closed)
        for part in ("history", "evidence", "opinions")
    ]
    return [client.get(f"/api/v1/{path}").json() for path in paths]
