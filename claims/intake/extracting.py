"""The extraction job's bookkeeping: a version is taken, its claims are recorded once, a failure is shown."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.enums import ExtractionStatus, WebhookEvent
from claims.jobs import EXTRACT_VERSION, ROW_LEASE, enqueue_on_commit
from claims.marked import stored
from claims.models import ArticleVersion
from claims.notifications.routing import tell_article_failed
from claims.notifications.webhooks import tell_of_reading

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
SWEEP_BATCH = 500
RENEW_EVERY = ROW_LEASE / 6
GAVE_UP = stored("Gave up after %(number)s attempts: the worker died or ran out of time at each.")


class AttemptLost(Exception):
    """Another attempt has taken the version meanwhile: this one stops and records nothing."""


def takeable() -> QuerySet[ArticleVersion]:
    """Versions that wait, or whose job died with its lease."""
    lapsed = Q(extraction_status=ExtractionStatus.EXTRACTING, taken_until__lt=timezone.now())
    return ArticleVersion.objects.filter(Q(extraction_status=ExtractionStatus.WAITING) | lapsed)


@transaction.atomic
def take_version(version_id: int) -> ArticleVersion | None:
    """Take the version for one extraction attempt; None if there is nothing (more) to do."""
    version = (
        takeable().select_for_update(skip_locked=True, of=("self",)).select_related("article").filter(pk=version_id)
    ).first()
    if version is None:
        return None
    if version.extraction_status == ExtractionStatus.EXTRACTING and version.attempts % MAX_ATTEMPTS == 0:
        _fail(version, GAVE_UP % {"number": MAX_ATTEMPTS})
        return None
    version.extraction_status = ExtractionStatus.EXTRACTING
    version.attempts += 1
    version.taken_until = timezone.now() + ROW_LEASE
    version.save(update_fields=["extraction_status", "attempts", "taken_until"])
    return version


def renew_lease(version: ArticleVersion) -> None:
    """Go on holding the version; to be called often while its extraction lives, it writes once every RENEW_EVERY.

    Raises AttemptLost when another attempt holds the version by now.
    """
    now = timezone.now()
    if version.taken_until and version.taken_until > now + ROW_LEASE - RENEW_EVERY:
        return
    version.taken_until = now + ROW_LEASE
    if not _held(version).update(taken_until=version.taken_until):
        raise AttemptLost(f"attempt {version.attempts} at version {version.pk} was overtaken")


def lock_attempt(version: ArticleVersion) -> bool:
    """Lock the version's row; whether this attempt still holds it, so that only the last taker records."""
    return _held(version).select_for_update().exists()


def _held(version: ArticleVersion) -> QuerySet[ArticleVersion]:
    """The version's row if this attempt was the last to take it."""
    return ArticleVersion.objects.filter(
        pk=version.pk, attempts=version.attempts, extraction_status=ExtractionStatus.EXTRACTING
    )


@contextmanager
def recording_failure(version: ArticleVersion, *but_raising: type[Exception]) -> Iterator[None]:
    """Whatever goes wrong with a version is kept on it, where an editor sees it, and does not stop the worker.

    A database that fails is not the version's fault, nor is `but_raising`: those are raised, and the sweep tries again
    when the lease is over. An attempt that was overtaken just ends.
    """
    raised: tuple[type[Exception], ...] = (OperationalError, InterfaceError, *but_raising)
    try:
        yield
    except raised:
        raise
    except AttemptLost as lost:
        logger.info("%s", lost)
    except Exception as error:
        logger.exception("extraction of version %s failed", version.pk)
        with transaction.atomic():
            if lock_attempt(version):
                _fail(version, f"{type(error).__name__}: {error}")


def _fail(version: ArticleVersion, failure: str) -> None:
    version.extraction_status = ExtractionStatus.FAILED
    version.failure = failure
    version.taken_until = None
    version.save(update_fields=["extraction_status", "failure", "taken_until"])
    tell_article_failed(version)
    tell_of_reading(version, WebhookEvent.ARTICLE_FAILED)


@transaction.atomic
def retry_extraction(version_id: int) -> None:
    """Give a failed version another set of attempts."""
    failed = ArticleVersion.objects.filter(pk=version_id, extraction_status=ExtractionStatus.FAILED)
    if failed.update(extraction_status=ExtractionStatus.WAITING, failure="", woken_at=timezone.now()):
        enqueue_on_commit(EXTRACT_VERSION, version_id)


@transaction.atomic
def wake_waiting_versions() -> int:
    """The sweep: enqueue again what has waited too long. Returns how many."""
    cutoff = timezone.now() - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    due = takeable().filter(woken_at__lt=cutoff).order_by("woken_at").select_for_update(skip_locked=True)
    ids = list(due.values_list("pk", flat=True)[:SWEEP_BATCH])
    ArticleVersion.objects.filter(pk__in=ids).update(woken_at=timezone.now())
    for version_id in ids:
        enqueue_on_commit(EXTRACT_VERSION, version_id)
    return len(ids)


def release_taken_versions() -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    long_ago = timezone.now() - timedelta(days=1)
    unfinished = ArticleVersion.objects.filter(
        extraction_status__in=[ExtractionStatus.WAITING, ExtractionStatus.EXTRACTING]
    )
    unfinished.update(extraction_status=ExtractionStatus.WAITING, taken_until=None, woken_at=long_ago)
