"""What is typed is kept, and one window of a person does not write over another's."""

import pytest

from claims.exceptions import Conflict
from claims.models import Draft
from claims.review.drafts import DraftChanged, Window, moment_of, save_draft
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(reviewer):
    """Save a text from a window of a name, which knows of the draft of `seen`."""
    claim = make_queued_claim()
    return lambda words, *window: save_draft(
        reviewer, claim, explanation=words, window=Window(*window) if window else None
    )


def kept() -> str:
    return Draft.objects.get().explanation


def test_a_window_saves_again_and_again(save):
    for words in ("One", "Two", "Three"):
        save(words, "a", "")
    assert kept() == "Three"


def test_a_window_that_was_opened_before_anothers_saving_is_told(save):
    first = save("One", "a", "")
    with pytest.raises(DraftChanged) as refusal:
        save("Two", "b", "")
    assert (kept(), refusal.value.code, refusal.value.seen) == ("One", "draft_changed", moment_of(first))


def test_a_window_that_knows_of_the_other_saving_saves_over_it(save):
    seen = moment_of(save("One", "a", ""))
    save("Two", "b", seen)
    assert kept() == "Two"
    with pytest.raises(DraftChanged):
        save("Three", "a", seen)
    assert kept() == "Two"


def test_a_window_without_a_name_has_to_know_the_last_saving(save):
    save("One", "", "")
    with pytest.raises(Conflict):
        save("Two", "", "")
    save("Three", "", moment_of(Draft.objects.get()))
    assert kept() == "Three"


def test_a_program_saves_over_whatever_is_there(save):
    save("One", "a", "")
    save("Two")
    save("Three", "b")
    assert kept() == "Three"
