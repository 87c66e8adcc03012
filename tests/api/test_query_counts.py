"""A list takes as many queries for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claimant
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_queued_claim

NAMES = ["ships", "boats", "docks"]


def grow(number: int, reviewer, editor, ratings) -> None:
    """One article more, with a decided claim, a held one and a queued one, and evidence for each."""
    words = NAMES[number]
    article = make_article(f"1 {words}. 2 {words}. 3 {words}.", outlet=words, added_by=editor)
    for count in (1, 2, 3):
        said_by = Claimant.objects.create(name=f"{count} {words}")
        claim = make_queued_claim(article=article, quote=f"{count} {words}", claimant=said_by)
        add_evidence(editor, claim.pk, url=f"https://port.test/{words}/{count}")
        if count < 3:
            turn = take_claim(reviewer, claim.pk)
        if count == 1:
            record_verdict(
                reviewer, turn.pk, turn.fence, rating=ratings[list(ratings)[number]], explanation="So it is."
            )


@pytest.mark.parametrize("path", ["articles/", "claims/", "assignments/", "queue/", "ratings/"])
def test_list_takes_a_constant_number_of_queries(api, reviewer, editor, ratings, path):
    counts, rows = [], []
    for number in range(3):
        grow(number, reviewer, editor, ratings)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows.append(len(api(reviewer).get(f"/api/v1/{path}").json()["results"]))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 10
    assert rows[0] < rows[2] or path == "ratings/"


@pytest.mark.parametrize("part", ["appearances", "history", "evidence"])
def test_parts_of_a_claim_take_a_constant_number_of_queries(api, reviewer, editor, part):
    claim, counts = make_queued_claim(), []
    for number in range(3):
        add_evidence((reviewer, editor)[number % 2], claim.pk, url=f"https://port.test/{number}")
        with CaptureQueriesContext(connection) as queries:
            api(reviewer).get(f"/api/v1/claims/{claim.pk}/{part}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 5
