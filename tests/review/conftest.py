"""Colleagues, for claims that several people judge."""

import pytest

from claims.enums import Role
from claims.models import Reviewer


@pytest.fixture
def cora(person) -> Reviewer:
    return person("cora", Role.REVIEWER)


@pytest.fixture
def carl(person) -> Reviewer:
    return person("carl", Role.REVIEWER)


@pytest.fixture
def dora(person) -> Reviewer:
    return person("dora", Role.REVIEWER)


@pytest.fixture
def dirk(person) -> Reviewer:
    return person("dirk", Role.REVIEWER)


@pytest.fixture
def other_editor(person) -> Reviewer:
    return person("emil", Role.EDITOR)
