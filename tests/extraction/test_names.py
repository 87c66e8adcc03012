import pytest

from claims.extraction.cast import Cast
from claims.extraction.names import is_anonymous, is_name, is_person, name_of
from tests.extraction.reading import parse

GROUPS = ("US officials", "sources familiar with the matter", "a person close to the talks", "witnesses")
PEOPLE = ("Henrik Aas", "Mohammed Shia al-Sudani", "Ursula von der Leyen")
BODIES = ("Pentagon", "World Bank", "Ostrel Port Authority", "University of Ostrel")


@pytest.mark.parametrize("name", GROUPS)
def test_groups_are_anonymous(name: str) -> None:
    assert (is_anonymous(name), is_name(name), is_person(name)) == (True, False, False)


@pytest.mark.parametrize("name", PEOPLE)
def test_people_have_names(name: str) -> None:
    assert (is_anonymous(name), is_name(name), is_person(name)) == (False, True, True)


@pytest.mark.parametrize("name", BODIES[2:])
def test_bodies_are_no_people(name: str) -> None:
    assert (is_anonymous(name), is_name(name), is_person(name)) == (False, True, False)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Department for Roads and Ferries closed the port.", "Department for Roads and Ferries"),
        ("Mum-of-three Shelley Pickard closed the port.", "Shelley Pickard"),
        ("Retiree Marlene Opitz closed the port.", "Marlene Opitz"),
        ("Baker Hughes closed the port.", "Baker Hughes"),
        ("The Council on Harbours and Shipping (CHS) closed the port.", "Council on Harbours and Shipping"),
        ("Analysts Keller & Aas closed the deal.", "Keller & Aas"),
        ("Volunteer Maria Keller closed the port.", "Maria Keller"),
        ("Det Insp Maria Keller closed the port.", "Maria Keller"),
        ("Shipping company Norvane Inc. closed the port.", "Norvane Inc."),
    ],
)
def test_name_is_whole_and_bare(sentence: str, name: str) -> None:
    tree = parse(sentence)
    closing = next(i for i, word in enumerate(tree.words) if word.lower == "closed")
    noun = next(tree.children(closing, "nsubj"))
    assert name_of(tree, noun) == name


def cast_of(*sentences: str) -> Cast:
    cast = Cast()
    for sentence in sentences:
        cast.meet(parse(sentence))
    return cast


@pytest.mark.parametrize(
    ("sentence", "short", "full"),
    [
        ("Henrik Aas resigned in 2021.", "Aas", "Henrik Aas"),
        ("Prime Minister Mohammed Shia al-Sudani resigned.", "Sudani", "Mohammed Shia al-Sudani"),
        ("Prime Minister Mohammed Shia al-Sudani resigned.", "al-Sudani", "Mohammed Shia al-Sudani"),
        ("The Institute for Coastal Data Freedom (ICDF) closed.", "ICDF", "Institute for Coastal Data Freedom"),
        ("The Ostrel Port Authority closed the port.", "the authority", "Ostrel Port Authority"),
        ("The shipping company Norvane Inc. closed the port.", "the company", "Norvane Inc."),
        ("The Ostrel Port Authority closed the port.", "OPA", "Ostrel Port Authority"),
        ("The Ostrel Port Authority closed the port.", "OP", "OP"),
        ("Henrik Aas resigned in 2021.", "Keller", "Keller"),
        ("Henrik Aas resigned in 2021.", "officials", "officials"),
    ],
)
def test_short_name_means_the_full_one_of_the_article(sentence: str, short: str, full: str) -> None:
    assert cast_of(sentence).resolve(short) == full


def test_name_that_two_people_share_stays_as_it_is() -> None:
    cast = cast_of("Henrik Aas resigned.", "Maria Aas resigned.")
    assert [cast.resolve(name) for name in ("Aas", "Henrik", "Maria")] == ["Aas", "Henrik Aas", "Maria Aas"]


def test_longer_name_of_one_person_is_no_second_person() -> None:
    assert cast_of("Henrik Aas resigned.", "Henrik Lund Aas resigned.").resolve("Aas") == "Henrik Aas"


def test_brackets_say_more_than_initials() -> None:
    sentences = ("The Wilmington Housing Office opened.", "The World Health Organization (WHO) closed.")
    assert cast_of(*sentences).resolve("WHO") == "World Health Organization"


def test_first_name_is_no_acronym() -> None:
    assert cast_of("The Social Affairs Ministry opened.").resolve("Sam") == "Sam"
