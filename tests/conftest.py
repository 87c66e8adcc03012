"""What the whole suite shares: people in their roles, a real broker, and jobs that run when a test says so."""

import gc
import os
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import translation
from rest_framework.test import APIClient

from claims.enums import Role
from claims.jobs import resume_publishing
from claims.models import Rating, Reviewer
from factcheck.celery import app
from tests.broker import flush_redis, take_messages

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_redis = f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{_worker + 1}"
app.conf.broker_url = settings.REDIS_URL = _redis  # one Redis database a test process
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # sign in a hundred times a second
settings.WHITENOISE_USE_FINDERS = False  # or each test's client looks through all static files
app.loader.import_default_modules()  # claims.tasks registers its jobs


def pytest_collection_finish() -> None:
    """What is collected stays to the end: the garbage collector need not walk through thousands of tests each time."""
    gc.freeze()


class Jobs:
    """The jobs that wait at the broker, run one by one in this process as a worker would."""

    def run(self) -> list[tuple[str, list[int]]]:
        """Commit, and run jobs until none waits; returns what ran, as (name, arguments)."""
        ran = []
        while waiting := take_messages():
            for name, arguments in waiting:
                app.tasks[name](*arguments)
            ran += waiting
        return ran


@pytest.fixture(autouse=True)
def _fresh_broker() -> None:
    resume_publishing()
    flush_redis()


@pytest.fixture(autouse=True)
def _english() -> None:
    """A request leaves its reader's language active, for the tests that follow too."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _own_mailbox(settings, tmp_path) -> None:
    settings.MAILBOX_FOLDER = tmp_path / "mail"


@pytest.fixture
def jobs(db) -> Jobs:
    return Jobs()


@pytest.fixture
def person(db) -> Callable[..., Reviewer]:
    """Makes a person: `person("ana", Role.REVIEWER)`."""

    def make(username: str, *roles: Role) -> Reviewer:
        made = Reviewer.objects.create_user(username, f"{username}@desk.test", "secret-enough")
        made.groups.set(Group.objects.filter(name__in=roles))
        return made

    return make


@pytest.fixture
def reviewer(person) -> Reviewer:
    return person("rita", Role.REVIEWER)


@pytest.fixture
def editor(person) -> Reviewer:
    return person("edna", Role.EDITOR)


@pytest.fixture
def producer(person) -> Reviewer:
    return person("paul", Role.PRODUCER)


@pytest.fixture
def administrator(person) -> Reviewer:
    return person("adam", Role.ADMINISTRATOR)


@pytest.fixture
def outsider(person) -> Reviewer:
    """Somebody with a login and no role at the desk."""
    return person("otto")


@pytest.fixture
def ratings(db) -> dict[str, Rating]:
    return {rating.name: rating for rating in Rating.objects.filter(scale__is_default=True)}


@pytest.fixture
def api() -> Callable[[Reviewer | None], APIClient]:
    """A REST client signed in as the person."""

    def client_for(who: Reviewer | None = None) -> APIClient:
        client = APIClient()
        client.force_authenticate(who)
        return client

    return client_for
