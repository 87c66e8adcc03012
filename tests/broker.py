"""What waits at the real broker, read without running it; the broker emptied, and taken away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from kombu import Connection, pools
from redis import Redis

from claims.jobs import resume_publishing
from factcheck.celery import app

DEAD_BROKER = "redis://127.0.0.1:1/0"


def flush_redis() -> None:
    """Neither messages nor counters."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.flushdb()


def commit() -> None:
    """Do what a commit would: run the callbacks that wait for it."""
    waiting, connection.run_on_commit[:] = connection.run_on_commit[:], []
    for _, callback, _ in waiting:
        callback()


def take_messages() -> list[tuple[str, list[int]]]:
    """Commit, and take every message off the queue; returns them as (job, arguments)."""
    commit()
    with app.connection_for_read() as broker:
        return [message for queue in app.conf.task_queues for message in _take_from(broker, queue.name)]


def _take_from(broker: Connection, name: str) -> Iterator[tuple[str, list[int]]]:
    with broker.SimpleQueue(name) as queue:
        while True:
            try:
                message = queue.get_nowait()
            except queue.Empty:
                return
            yield message.headers["task"], message.payload[0]
            message.ack()


@contextmanager
def broker_url(url: str) -> Iterator[None]:
    """Publish to another broker, or to none, for the length of the block."""
    before = app.conf.broker_url
    try:
        _publish_to(url)
        yield
    finally:
        _publish_to(before)


def _publish_to(url: str) -> None:
    app.conf.broker_url = url
    pools.reset()
    app._pool = app.amqp._producer_pool = None
    resume_publishing()
