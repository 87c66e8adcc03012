"""Names of the jobs, and the only door to the broker. The database is the truth: a lost message costs minutes."""

from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction

EXTRACT_VERSION = "claims.extract_version"
QUEUE_CLAIMS = "claims.queue_claims"
SEND_EMAIL = "claims.send_email"

# How long a job holds its row: Celery has killed it by then, so whoever comes next is alone.
ROW_LEASE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 5)


def enqueue_on_commit(job: str, row_id: int) -> None:
    """Wake a worker for a row once its transaction has committed; a broker that is away is logged, not raised."""

    def wake_worker() -> None:  # Django names the callback that failed, and a partial has no name
        current_app.send_task(job, args=[row_id])

    transaction.on_commit(wake_worker, robust=True)
