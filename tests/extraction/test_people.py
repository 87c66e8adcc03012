import pytest

from claims.extraction.people import EITHER, People

FULL = {"beck": "Karl Beck", "holm": "Ida Holm", "bergman": "Lena Bergman"}


def people(text: str, *spoken_of: str) -> People:
    found = People()
    for person in spoken_of:
        found.think_of(person)
    found.learn(text, FULL)
    return found


@pytest.mark.parametrize(
    ("text", "she"),
    [
        ("Mr Beck left.", "Ida Holm"),
        ("It was her brother, Karl Beck.", "Ida Holm"),
        ("Ms Beck left.", "Karl Beck"),
        ("Beck left.", "Karl Beck"),
        ("Mr Holm met Mr Beck.", None),
    ],
)
def test_pronoun_means_the_last_who_may_be_meant(text: str, she: str | None) -> None:
    assert people(text, "Ida Holm", "Karl Beck").meant_by("she") == she


def test_pronoun_stays_with_whom_it_once_meant() -> None:
    both = people("", "Ida Holm", "Karl Beck")
    assert [both.meant_by(pronoun) for pronoun in ("he", "she", "he")] == ["Karl Beck", "Ida Holm", "Karl Beck"]


@pytest.mark.parametrize(("person", "she"), [("spokesman for the port", None), ("Lena Bergman", "Lena Bergman")])
def test_word_for_a_person_tells_the_pronoun_and_a_name_does_not(person: str, she: str | None) -> None:
    assert people("", person).meant_by("she") == she


def test_age_may_be_anyones() -> None:
    assert people("Mr Beck left.", "Ida Holm", "Karl Beck").meant_by(EITHER) == "Karl Beck"
