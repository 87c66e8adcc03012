"""Generated requests to every operation: no failure of ours, and every answer as the OpenAPI description has it."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from knox.models import get_token_model
from schemathesis.checks import CHECKS

from claims.enums import Channel
from claims.publishing.fact_checks import publish_claim
from claims.review.assignments import take_claim
from claims.review.contacts import ask_claimant
from tests.factories import judge, make_opinion, make_queued_claims
from tests.intake.feeding import make_entry, make_feed
from tests.notifications.hooks import make_delivery, make_webhook

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in SCHEMA.get_all_operations())}
PROMISES = CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def write_lines(context, value) -> bytes:
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """As Django's own test client: a request neither begins nor ends by closing the test's transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("_kept_connection")
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_operation_keeps_its_description(label, editor):
    held, decided, *_ = make_queued_claims(3)
    judge(editor, decided, "False")
    webhook, feed = make_webhook(editor), make_feed(editor)
    rows = {
        "claim_id": held.pk,
        "article_id": held.article_id,
        "assignment_id": take_claim(editor, held.pk).pk,
        "contact_id": ask_claimant(editor, held.pk, channel=Channel.PHONE, question="Says who?").pk,
        "opinion_id": make_opinion(editor, held).pk,
        "slug": publish_claim(editor, decided.pk, title="Not so", summary="It is not so.").slug,
        "webhook_id": webhook.pk,
        "delivery_id": make_delivery(webhook).pk,
        "feed_id": feed.pk,
        "entry_id": make_entry(feed).pk,
    }
    headers = {"Authorization": f"Token {get_token_model().objects.create(editor)[1]}"}

    @settings(
        max_examples=8, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=OPERATIONS[label].as_strategy(), of_a_row=st.booleans())
    def check(case, of_a_row):
        if of_a_row:
            case.path_parameters = {name: rows[name] for name in case.path_parameters or {}}
        case.call_and_validate(headers=headers, checks=PROMISES)

    check()
