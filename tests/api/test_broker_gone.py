from collections.abc import Iterator

import pytest

from claims.jobs import EXTRACT_VERSION, enqueue_on_commit
from claims.models import ArticleVersion
from tests.broker import DEAD_BROKER, broker_url, commit
from tests.factories import TEXT


@pytest.fixture
def dead_broker() -> Iterator[None]:
    """A broker at a port where nobody listens."""
    with broker_url(DEAD_BROKER):
        yield


def test_article_is_accepted_while_the_broker_is_away(
    api, producer, dead_broker, django_capture_on_commit_callbacks, caplog
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        answer = api(producer).post("/api/v1/articles/", {"text": TEXT})
    assert (answer.status_code, len(callbacks)) == (202, 1)
    assert ArticleVersion.objects.get().extraction_status == "waiting"
    assert "the broker is away" in caplog.text


def test_a_broker_that_is_away_is_asked_once_and_then_left_alone_for_a_while(dead_broker, caplog, db):
    for row_id in range(100):
        enqueue_on_commit(EXTRACT_VERSION, row_id)
    commit()
    assert caplog.text.count("the broker is away") == 1
