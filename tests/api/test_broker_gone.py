from collections.abc import Iterator

import pytest

from claims.models import ArticleVersion
from factcheck.celery import app
from tests.factories import TEXT


@pytest.fixture
def dead_broker() -> Iterator[None]:
    """A broker at a port where nobody listens."""
    alive = app.conf.broker_url
    _point_to("redis://127.0.0.1:1/0")
    yield
    _point_to(alive)


def _point_to(url: str) -> None:
    app.conf.broker_url = url
    app._pool = app.amqp._producer_pool = None  # the next message opens a connection to there


def test_article_is_accepted_while_the_broker_is_away(
    api, producer, dead_broker, django_capture_on_commit_callbacks, caplog
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        answer = api(producer).post("/api/v1/articles/", {"text": TEXT})
    assert (answer.status_code, len(callbacks)) == (202, 1)
    assert ArticleVersion.objects.get().extraction_status == "waiting"
    assert "Error calling" in caplog.text
