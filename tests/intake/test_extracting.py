"""The extraction job's bookkeeping: taken once, given up at last, never silently lost."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from claims.extraction import iter_claims
from claims.intake.extracting import (
    MAX_ATTEMPTS,
    RENEW_EVERY,
    AttemptLost,
    lock_attempt,
    recording_failure,
    release_taken_versions,
    renew_lease,
    retry_extraction,
    take_version,
    wake_waiting_versions,
)
from claims.jobs import EXTRACT_VERSION, ROW_LEASE
from claims.models import ArticleVersion
from tests.broker import take_messages
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ArticleVersion:
    version = make_article().versions.get()
    change(version, extraction_status="waiting")
    return version


def change(version: ArticleVersion, **fields) -> None:
    ArticleVersion.objects.filter(pk=version.pk).update(**fields)
    version.refresh_from_db()


def ago(**how_long) -> datetime:
    return timezone.now() - timedelta(**how_long)


def test_a_version_is_taken_once(version):
    taken = take_version(version.pk)
    assert (taken.pk, taken.extraction_status, taken.attempts) == (version.pk, "extracting", 1)
    assert timedelta(0) < taken.taken_until - timezone.now() <= ROW_LEASE
    assert take_version(version.pk) is None


@pytest.mark.parametrize("status", ["extracted", "failed"])
def test_a_finished_version_is_not_taken(version, status):
    change(version, extraction_status=status)
    assert take_version(version.pk) is None


def test_a_version_that_is_not_there_is_not_taken(db):
    assert take_version(0) is None


def test_a_version_whose_job_died_is_taken_again_when_its_lease_is_over(version):
    take_version(version.pk)
    change(version, taken_until=ago(seconds=1))
    assert take_version(version.pk).attempts == 2


def test_the_lease_outlives_the_job(settings):
    assert timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) < ROW_LEASE


def test_a_version_that_kills_its_worker_each_time_is_given_up_and_says_so(version):
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert take_version(version.pk).attempts == attempt
        change(version, taken_until=ago(seconds=1))
    assert take_version(version.pk) is None
    version.refresh_from_db()
    assert (version.extraction_status, version.attempts, version.taken_until) == ("failed", 5, None)
    assert version.failure == "Gave up after 5 attempts: the worker died or ran out of time at each."


# A long extraction.


def holds_for(version: ArticleVersion) -> timedelta:
    version.refresh_from_db(fields=["taken_until"])
    return version.taken_until - timezone.now()


def test_a_living_extraction_keeps_its_version(version):
    taken = take_version(version.pk)
    change(taken, taken_until=timezone.now() + timedelta(seconds=3))
    renew_lease(taken)
    assert ROW_LEASE - timedelta(seconds=5) < holds_for(version) <= ROW_LEASE
    assert take_version(version.pk) is None


def test_a_lease_is_renewed_now_and_then_not_at_every_call(version, django_assert_num_queries):
    taken = take_version(version.pk)
    with django_assert_num_queries(0):
        renew_lease(taken)
    change(taken, taken_until=timezone.now() + ROW_LEASE - RENEW_EVERY - timedelta(seconds=1))
    with django_assert_num_queries(1):
        renew_lease(taken)
        renew_lease(taken)


def test_a_text_without_claims_keeps_its_version_as_well(version):
    taken = take_version(version.pk)
    change(taken, taken_until=timezone.now() + timedelta(seconds=3))
    text = "Who knows why? " * 200
    assert list(iter_claims(text, None, "en", on_window=partial(renew_lease, taken))) == []
    assert holds_for(version) > timedelta(seconds=20)


def test_an_extraction_that_came_to_its_senses_before_anybody_else_goes_on(version):
    taken = take_version(version.pk)
    change(taken, taken_until=ago(seconds=20))
    renew_lease(taken)
    assert take_version(version.pk) is None
    assert lock_attempt(taken) is True


def test_an_extraction_that_was_overtaken_stops_and_leaves_the_other_alone(version):
    slow = take_version(version.pk)
    change(slow, taken_until=ago(seconds=1))
    quick = take_version(version.pk)
    with pytest.raises(AttemptLost):
        renew_lease(slow)
    version.refresh_from_db()
    assert (version.extraction_status, version.attempts, version.taken_until) == ("extracting", 2, quick.taken_until)


def test_an_extraction_whose_version_is_done_stops(version):
    slow = take_version(version.pk)
    change(slow, taken_until=ago(seconds=1))
    ArticleVersion.objects.filter(pk=version.pk).update(extraction_status="extracted")
    with pytest.raises(AttemptLost):
        renew_lease(slow)


def test_being_overtaken_is_no_failure(version):
    slow = take_version(version.pk)
    with recording_failure(slow):
        raise AttemptLost
    version.refresh_from_db()
    assert (version.extraction_status, version.failure) == ("extracting", "")


# Failures.


def test_a_failure_is_recorded_where_an_editor_sees_it(version):
    with recording_failure(take_version(version.pk)):
        raise ValueError("no sentence ends")
    version.refresh_from_db()
    assert (version.extraction_status, version.failure) == ("failed", "ValueError: no sentence ends")


def test_an_attempt_that_was_overtaken_records_no_failure(version):
    slow = take_version(version.pk)
    change(version, taken_until=ago(seconds=1))
    take_version(version.pk)
    with recording_failure(slow):
        raise ValueError("too late")
    version.refresh_from_db()
    assert (version.extraction_status, version.failure) == ("extracting", "")


def test_only_the_last_attempt_may_record(version):
    slow = take_version(version.pk)
    assert lock_attempt(slow) is True
    change(version, taken_until=ago(seconds=1))
    quick = take_version(version.pk)
    assert (lock_attempt(slow), lock_attempt(quick)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_hangs_up_is_not_the_versions_failure(version):
    taken = take_version(version.pk)
    with pytest.raises(OperationalError), recording_failure(taken), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    version.refresh_from_db()
    assert (version.extraction_status, version.failure) == ("extracting", "")


def test_a_failed_version_gets_another_set_of_attempts(version):
    change(version, extraction_status="failed", failure="ValueError: -", attempts=5)
    retry_extraction(version.pk)
    version.refresh_from_db()
    assert (version.extraction_status, version.failure, version.attempts) == ("waiting", "", 5)
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]
    assert take_version(version.pk).attempts == 6


def test_a_busy_machine_is_not_the_versions_failure(version):
    with pytest.raises(TimeoutError), recording_failure(take_version(version.pk), TimeoutError):
        raise TimeoutError
    version.refresh_from_db()
    assert (version.extraction_status, version.failure) == ("extracting", "")


@pytest.mark.parametrize("status", ["waiting", "extracting", "extracted"])
def test_only_a_failed_version_is_retried(version, status):
    change(version, extraction_status=status, attempts=1)
    retry_extraction(version.pk)
    version.refresh_from_db()
    assert (version.extraction_status, version.attempts, take_messages()) == (status, 1, [])


# The sweep.


def test_the_sweep_wakes_what_has_waited_too_long_and_then_leaves_it_a_while(version):
    change(version, woken_at=ago(minutes=5))
    assert [wake_waiting_versions(), wake_waiting_versions()] == [1, 0]
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"extraction_status": "waiting"}, 1),
        ({"extraction_status": "extracting", "taken_until": ago(seconds=1)}, 1),
        ({"extraction_status": "extracting", "taken_until": timezone.now() + timedelta(hours=1)}, 0),
        ({"extraction_status": "extracted"}, 0),
        ({"extraction_status": "failed"}, 0),
    ],
    ids=["waiting", "died", "at-work", "done", "failed"],
)
def test_the_sweep_wakes_only_what_can_be_taken(version, fields, count):
    change(version, woken_at=ago(minutes=5), **fields)
    assert wake_waiting_versions() == count


def test_the_sweep_leaves_fresh_versions_to_their_job(version, settings):
    change(version, woken_at=ago(seconds=settings.SWEEP_AFTER_SECONDS - 5))
    assert wake_waiting_versions() == 0


def test_a_desk_that_starts_alone_takes_up_everything_at_once(version):
    take_version(version.pk)
    release_taken_versions()
    assert wake_waiting_versions() == 1
    assert take_version(version.pk).attempts == 2


def test_starting_leaves_finished_versions_alone(version):
    change(version, extraction_status="extracted")
    release_taken_versions()
    assert (take_version(version.pk), wake_waiting_versions()) == (None, 0)
