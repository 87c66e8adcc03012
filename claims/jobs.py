"""Names of the jobs, and the only door to the broker. The database is the truth: a lost message costs minutes."""

import logging
import time
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

EXTRACT_VERSION = "claims.extract_version"
QUEUE_CLAIMS = "claims.queue_claims"
SEND_EMAILS = "claims.send_emails"  # what is due, whichever it is
SEND_WEBHOOK = "claims.send_webhook"
READ_FEED = "claims.read_feed"
READ_ENTRY = "claims.read_entry"
READ_PAGE = "claims.read_page"

# How long a job holds its row: Celery has killed it by then, so whoever comes next is alone. The extraction may take
# longer and renews its lease while it lives.
ROW_LEASE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 5)


# After a publish that failed, this process leaves the broker alone for so many seconds: a broker that is silent, not
# gone, costs every publish its time-out, and the sweep wakes the workers in any case.
PAUSE = 5.0
_silent_until = 0.0


def enqueue_on_commit(job: str, *row_id: int) -> None:
    """Wake a worker once the transaction has committed, for a row, or for all that waits.

    A broker that is away is logged, not raised.
    """

    def wake() -> None:  # Django logs the name of a callback that failed, and a partial has none
        _wake_worker(job, *row_id)

    transaction.on_commit(wake, robust=True)


def _wake_worker(job: str, *row_id: int) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(job, args=list(row_id))
    except (OperationalError, OSError) as error:
        _silent_until = time.monotonic() + PAUSE
        logger.warning("the broker is away (%s); what waits is swept up later", error)


def resume_publishing() -> None:
    """End a pause early, for a caller that knows the broker to be back."""
    global _silent_until
    _silent_until = 0.0
