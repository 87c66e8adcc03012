"""Evidence for and against a claim, from anybody who reviews."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.exceptions import DeskError, NotPermitted
from claims.models import Claim, Evidence
from claims.review.evidence import add_evidence
from tests.factories import broken_at, make_claim

pytestmark = pytest.mark.django_db
WEB = "https://port.example/staff"


@pytest.fixture
def claim() -> Claim:
    return make_claim()


def test_evidence_is_added_and_remembered(claim, reviewer):
    fields = {"url": WEB, "title": "Staff", "publisher": "The port", "quote": "1,900 people", "stance": "refutes"}
    evidence = add_evidence(reviewer, claim.pk, **fields)
    evidence.refresh_from_db()
    assert {name: getattr(evidence, name) for name in fields} == fields
    assert (evidence.claim, evidence.added_by, evidence.is_primary) == (claim, reviewer, False)
    event = claim.events.last()
    assert (event.kind, event.actor, event.details) == (
        "evidence_added",
        reviewer,
        {"evidence": evidence.pk, "url": WEB},
    )
    assert broken_at(claim) is None


def test_an_address_is_enough(claim, editor):
    assert add_evidence(editor, claim.pk, url=WEB).stance == "context"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"url": ""},
        {"url": "port.example/staff"},
        {"url": "javascript:alert(1)"},
        {"url": "ftp://port.example/staff"},
        {"url": WEB + "x" * 2000},
        {"url": WEB, "stance": ""},
        {"url": WEB, "stance": "neutral"},
        {"url": WEB, "publisher": "x" * 201},
        {"url": WEB, "colour": "red"},
        {"url": WEB, "is_primary": "perhaps"},
    ],
    ids=lambda fields: str(fields)[:40],
)
def test_evidence_that_does_not_hold_is_refused_whole(claim, reviewer, fields):
    with pytest.raises(DeskError) as refusal:
        add_evidence(reviewer, claim.pk, **fields)
    assert (refusal.value.code, refusal.value.message[:10]) == ("evidence", "Evidence: ")
    assert (Evidence.objects.count(), claim.events.count()) == (0, 1)


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_others_add_no_evidence(claim, request, who):
    with pytest.raises(NotPermitted):
        add_evidence(request.getfixturevalue(who), claim.pk, url=WEB)
    assert not Evidence.objects.exists()


def test_evidence_needs_a_claim(reviewer):
    with pytest.raises(Claim.DoesNotExist):
        add_evidence(reviewer, 0, url=WEB)


def test_adding_evidence_holds_the_claim_so_that_its_history_stays_in_line(claim, reviewer):
    with CaptureQueriesContext(connection) as queries:
        add_evidence(reviewer, claim.pk, url=WEB)
    statements = [query["sql"] for query in queries]
    locked = next(n for n, sql in enumerate(statements) if 'FOR UPDATE OF "claims_claim"' in sql)
    written = next(n for n, sql in enumerate(statements) if 'INSERT INTO "claims_evidence"' in sql)
    assert locked < written
