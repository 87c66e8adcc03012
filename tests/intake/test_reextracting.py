"""Who may have what read again: only what an older extractor has read, and only once."""

import threading

import pytest
from django.db import connection

from claims.exceptions import NotPermitted
from claims.extraction import EXTRACTOR_VERSION
from claims.intake.extracting import MAX_ATTEMPTS, take_version
from claims.intake.reextracting import extract_again, outdated_versions
from claims.jobs import EXTRACT_VERSION
from claims.models import ArticleVersion
from tests.broker import take_messages
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ArticleVersion:
    """Read by an older extractor."""
    version = make_article(language="en").versions.get()
    change(version, extractor="rules-0", attempts=2)
    return version


def change(version: ArticleVersion, **fields) -> None:
    ArticleVersion.objects.filter(pk=version.pk).update(**fields)
    version.refresh_from_db()


def test_an_outdated_version_waits_to_be_read_again(version, editor):
    assert extract_again(version.pk, editor) is True
    version.refresh_from_db()
    assert (version.extraction_status, version.asked_by, version.extractor) == ("waiting", editor, "rules-0")
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


def test_asking_twice_orders_once(version):
    assert [extract_again(version.pk) for _ in range(2)] == [True, False]
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


def test_another_reading_has_all_its_attempts(version):
    extract_again(version.pk)
    for _ in range(MAX_ATTEMPTS):
        assert take_version(version.pk) is not None
        change(version, taken_until="2020-01-01T00:00Z")
    assert take_version(version.pk) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"extractor": EXTRACTOR_VERSION},
        {"extractor": ""},
        {"extraction_status": "waiting"},
        {"extraction_status": "extracting"},
        {"extraction_status": "failed"},
    ],
    ids=str,
)
def test_what_is_not_outdated_is_left_alone(version, fields):
    change(version, **fields)
    assert extract_again(version.pk) is False
    assert (take_messages(), list(outdated_versions())) == ([], [])


def test_only_the_newest_version_is_read_again(version):
    article = version.article
    newer = article.versions.create(number=2, text="New.", sha256="2" * 64, extraction_status="extracted")
    assert extract_again(version.pk) is False
    change(newer, extractor="rules-0")
    assert list(outdated_versions()) == [newer]


def test_a_version_that_is_not_there_is_none(db):
    assert extract_again(0) is False


def test_only_editors_have_articles_read_again(version, reviewer, producer, administrator, outsider, editor):
    for person in (reviewer, producer, administrator, outsider):
        with pytest.raises(NotPermitted):
            extract_again(version.pk, person)
    assert take_messages() == []
    assert extract_again(version.pk, editor) is True


def test_an_order_becomes_a_new_reading(version, editor, jobs):
    extract_again(version.pk, editor)
    jobs.run()
    version.refresh_from_db()
    (difference,) = version.differences
    assert (version.extraction_status, version.extractor) == ("extracted", EXTRACTOR_VERSION)
    assert (difference["from"], difference["to"]) == ("rules-0", EXTRACTOR_VERSION)
    assert (difference["asked_by"], bool(difference["added"])) == ("edna", True)


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_order_once(version):
    barrier, results = threading.Barrier(8), []

    def ask() -> None:
        barrier.wait()
        results.append(extract_again(version.pk))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 7 + [True]
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]
