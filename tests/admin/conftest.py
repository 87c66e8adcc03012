from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.models import Assignment, Reviewer
from claims.review.assignments import take_claim
from tests.factories import make_queued_claim


@pytest.fixture
def desk() -> Callable[[Reviewer], Client]:
    """A browser in which the person is signed in."""

    def signed_in(person: Reviewer) -> Client:
        client = Client()
        client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return signed_in


@pytest.fixture
def assignment(reviewer) -> Assignment:
    return take_claim(reviewer, make_queued_claim().pk)


def lapse(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
