import pytest

from claims.models import Claim, FactCheck
from claims.publishing.fact_checks import publish_claim
from tests.factories import judge, make_queued_claim

WORDS = {"title": "No, it is 1,900 dockers", "summary": "The port counts 1,900."}


@pytest.fixture
def decided(reviewer) -> Claim:
    """A claim that was decided to be false, with a piece of evidence."""
    claim = make_queued_claim()
    judge(reviewer, claim, "False", evidence=[{"url": "https://port.example/staff"}])
    claim.refresh_from_db()
    return claim


@pytest.fixture
def published(decided, editor) -> FactCheck:
    return publish_claim(editor, decided.pk, **WORDS)
