"""A person's own keys."""

import pytest
from django.urls import reverse

from claims.admin.keys import ACTS, keys_of
from claims.enums import Role
from claims.models import Reviewer

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:change_keys")
USUAL = {act.name: act.key for act in ACTS}


def own_keys(person: Reviewer) -> dict[str, str]:
    return {act.name: act.key for act in keys_of(Reviewer.objects.get(pk=person.pk))}


def test_the_usual_keys_are_one_an_act():
    assert len(set(USUAL.values())) == len(ACTS)
    assert not set(USUAL.values()) & set("123456789")


@pytest.mark.parametrize("key", ["w", "ö", "x", ";", "0", "Q"])
def test_an_act_gets_another_key(desk, reviewer, key):
    desk(reviewer).post(PAGE, USUAL | {"explain": key})
    assert own_keys(reviewer) == USUAL | {"explain": key}
    assert Reviewer.objects.get(pk=reviewer.pk).keys == {"explain": key}


def test_two_acts_can_change_places(desk, reviewer):
    swapped = USUAL | {"next_claim": "k", "previous_claim": "j"}
    desk(reviewer).post(PAGE, swapped)
    assert own_keys(reviewer) == swapped


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"explain": "v"}, "“v” is already the key for: write the explanation."),
        ({"explain": "1"}, "The digits 1 to 9 choose ratings."),
        ({"explain": ""}, "This field is required."),
        ({"explain": " "}, "This field is required."),
        ({"explain": "ab"}, "Type one letter or sign."),
        ({"explain": "\u200b"}, "Type one letter or sign."),
    ],
)
def test_a_key_that_would_not_do_is_refused_and_nothing_changes(desk, reviewer, typed, told):
    answer = desk(reviewer).post(PAGE, USUAL | typed)
    assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert own_keys(reviewer) == USUAL


def test_the_usual_keys_come_back(desk, reviewer):
    desk(reviewer).post(PAGE, USUAL | {"explain": "w"})
    desk(reviewer).post(PAGE, {"usual": "1"})
    assert Reviewer.objects.get(pk=reviewer.pk).keys == {}


def test_the_help_of_the_queue_shows_ones_own_key(desk, reviewer, editor):
    desk(reviewer).post(PAGE, USUAL | {"take_next": "ü"})
    queue = reverse("admin:review_queue")
    assert '<kbd data-does="take_next">ü</kbd>' in desk(reviewer).get(queue).content.decode()
    assert '<kbd data-does="take_next">n</kbd>' in desk(editor).get(queue).content.decode()


def test_who_has_no_review_page_has_no_keys(desk, person):
    assert desk(person("paul", Role.PRODUCER)).get(PAGE).status_code == 403
