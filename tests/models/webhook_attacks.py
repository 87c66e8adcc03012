"""Attacks on webhooks and their deliveries, for `test_constraints`, which says what its rows are."""

from collections.abc import Callable
from typing import Any

from tests.models.attacking import change, double, tomorrow

WEBHOOK_ATTACKS: list[tuple[str, Callable[[Any], object]]] = [
    ("webhook_is_on_the_web", lambda r: change(r.webhook, url="ftp://cms.example/")),
    ("webhook_has_known_events", lambda r: change(r.webhook, events=["claim.taken"])),
    ("webhook_has_known_events", lambda r: change(r.webhook, events=["ping"])),
    ("webhook_has_known_events", lambda r: double(r.webhook, events=[])),
    ("webhook_has_a_secret", lambda r: double(r.webhook, secret="")),
    ("previous_secret_has_an_end_and_only_a_previous_one", lambda r: change(r.webhook, previous_secret="whsec_x")),
    (
        "previous_secret_has_an_end_and_only_a_previous_one",
        lambda r: change(r.webhook, previous_secret_until=tomorrow()),
    ),
    ("paused_webhook_says_why_and_only_a_paused_one", lambda r: change(r.webhook, paused_at=tomorrow())),
    ("paused_webhook_says_why_and_only_a_paused_one", lambda r: change(r.webhook, paused_because="gone")),
    (
        "paused_webhook_says_why_and_only_a_paused_one",
        lambda r: change(r.webhook, paused_because="mood", paused_at=tomorrow()),
    ),
    ("failing_webhook_says_since_when_and_only_a_failing_one", lambda r: change(r.webhook, failures=1)),
    ("one_delivery_per_webhook_and_cause", lambda r: double(r.delivery)),
    (
        "one_delivery_at_a_time_per_webhook",
        lambda r: [double(r.delivery, cause=str(n), status="sending", taken_until=tomorrow()) for n in (7, 8)],
    ),
    ("delivery_has_a_known_type", lambda r: change(r.delivery, type="claim.taken")),
    ("delivery_has_a_known_status", lambda r: change(r.delivery, status="lost")),
    ("delivery_has_a_body", lambda r: change(r.delivery, body="")),
    ("delivery_being_sent_has_an_end_and_only_that", lambda r: change(r.delivery, status="sending")),
    ("delivery_being_sent_has_an_end_and_only_that", lambda r: change(r.delivery, taken_until=tomorrow())),
    ("delivered_has_a_time_and_only_what_is_delivered", lambda r: change(r.delivery, status="delivered")),
    ("delivered_has_a_time_and_only_what_is_delivered", lambda r: change(r.delivery, delivered_at=tomorrow())),
]
