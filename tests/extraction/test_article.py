import pytest

from tests.extraction.reading import draft


def claimants(text: str) -> dict[str, str | None]:
    """Who says each claim of the text, by its headline."""
    return {claim.headline: claim.claimant for claim in draft(text)}


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Maria Keller runs the port.\n\nKeller said that 40 ships had sailed.", "Maria Keller"),
        ("Maria Keller runs the port.\n\nMs Keller said that 40 ships had sailed.", "Maria Keller"),
        ("Prime Minister Mohammed Shia al-Sudani resigned.\n\nMr Sudani said that 40 ships had sailed.",
         "Mohammed Shia al-Sudani"),
        ("The Ostrel Port Authority (OPA) closed the port.\n\nThe OPA said that 40 ships had sailed.",
         "Ostrel Port Authority"),
        ("Maria Keller runs the port.\n\nShe said that 40 ships had sailed.", "Maria Keller"),
        ("Henrik Aas resigned in 2021.\n\nHe said that 40 ships had sailed.", "Henrik Aas"),
        ("Judge Harold Marsh sat alone.\n\nThe judge said that 40 ships had sailed.", "Harold Marsh"),
        ("Ida Holm, the deputy mayor, runs the port.\n\nThe mayor said that 40 ships had sailed.", "Ida Holm"),
        ("Verrano Systems moved.\n\nThe software maker said that 40 ships had sailed.", "Verrano Systems"),
        ("Norvane Coaches moved.\n\nThe company said that 40 ships had sailed.", "Norvane Coaches"),
        ("The Red Cross said it was ready.\n\n40 ships had sailed, it added.", "Red Cross"),
        ("Ida Holm fled.\n\nA nurse at the port said it was loud.\n\nShe said 40 ships had sailed.",
         "nurse at the port"),
        ("Ida Holm runs the port.\n\n“We lost 40 ships,” the 34-year-old told us.", "Ida Holm"),
        ("Ida Holm left. Mr Karl Beck stayed.\n\nShe said 40 ships had sailed.", "Ida Holm"),
        ("Karl Beck left.\n\nAmong the owners is Ida Holm.\n\nShe said 40 ships had sailed.", "Ida Holm"),
        ("Karl Beck left.\n\nThe mayor, Ida Holm, stayed.\n\nShe said 40 ships had sailed.", "Ida Holm"),
        ("Ida Holm left.\n\nThe fog lay on Lake Vanir.\n\nShe said 40 ships had sailed.", "Ida Holm"),
        ("Ida T. Holm left.\n\nHolm said 40 ships had sailed.", "Ida T. Holm"),
        ('Superintendent Carla Dross: "The port lost 40 ships."', "Carla Dross"),
        ("She said that 40 ships had sailed.", None),
        ("Officials said that nothing was wrong.\n\nMaria Keller runs the port.\n\n40 ships had sailed.", None),
    ],
)  # fmt: skip
def test_claimant_is_named_in_full(text: str, claimant: str | None) -> None:
    assert claimants(text)["40 ships"] == claimant


@pytest.mark.parametrize(
    "text",
    [
        "“The port lost 40 ships. The town hired 900 sailors,” Maria Keller said.",
        "“The port lost 40 ships,” Maria Keller said. “The town hired 900 sailors.”",
        "“The port lost 40 ships,” Maria Keller said.\n\n“The town hired 900 sailors.”",
        "‘The port lost 40 ships,’ Maria Keller said. ‘The town hired 900 sailors.’",
        "'The port lost 40 ships,' said Maria Keller. 'The town hired 900 sailors.'",
        "“The port lost 40 ships,” Maria Keller said. “It was a hard year.\n\n“The town hired 900 sailors.”",
    ],
)
def test_quotation_has_one_claimant_to_its_end(text: str) -> None:
    assert claimants(text) == {"40 ships": "Maria Keller", "900 sailors": "Maria Keller"}


def test_outlet_speaks_again_after_a_quotation() -> None:
    text = "“The port lost 40 ships,” Maria Keller said.\n\nThe town hired 900 sailors."
    assert claimants(text) == {"40 ships": "Maria Keller", "900 sailors": None}


def test_who_takes_the_word_second_is_not_credited_with_the_first() -> None:
    text = "Maria Keller said the port lost 40 ships and Karl Beck said the town hired 900 sailors."
    assert claimants(text) == {"40 ships": "Maria Keller", "900 sailors": None}


def test_who_answers_is_the_same_whoever_is_spoken_of_between() -> None:
    text = "Ana Keller met us.\n\nQ: Why?\n\nA: Ida Holm left.\n\nQ: And then?\n\nA: They lost 40 ships."
    assert claimants(text)["40 ships"] == "Ana Keller"


def test_month_says_nothing() -> None:
    text = "The group now expects a margin of 11 per cent, against its July forecast of about 14 per cent."
    assert set(claimants(text).values()) == {"group"}


def test_who_takes_the_word_second_has_the_rest_of_the_sentence() -> None:
    first, second = (
        "The port lost 40 ships last year, the mayor said on Thursday",
        "only one boat in five has a full crew",
    )
    assert claimants(f"{first}, and the union says that {second}.") == {
        "40 ships": "mayor",
        "only one boat in five": "union",
    }


@pytest.mark.parametrize("place", ["The Berlin Police Department moved.", "Berlin Hilton opened a shop."])
def test_label_of_a_place_gives_no_one_the_word(place: str) -> None:
    assert claimants(f"{place}\n\nBerlin: The port lost 40 ships.")["40 ships"] is None


def test_saying_itself_is_the_outlets() -> None:
    text = "Maria Keller said that the port lost 40 ships. The town hired 900 sailors."
    assert claimants(text) == {"40 ships": "Maria Keller", "900 sailors": None}


def test_label_of_an_interview_names_the_claimant() -> None:
    text = "Mary Keller spoke to us.\n\nKeller: The port lost 40 ships."
    assert claimants(text) == {"40 ships": "Mary Keller"}


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Officials in Ostrel said that 40 ships had sailed.", "Officials in Ostrel"),
        ("Sources close to the talks said that 40 ships had sailed.", "sources close to the talks"),
    ],
)
def test_source_without_a_name_is_told_as_such(text: str, claimant: str) -> None:
    (claim,) = draft(text)
    assert claim.claimant == claimant
    assert claim.features >= {"attributed", "anonymous"}


def test_source_with_a_name_is_not_anonymous() -> None:
    (claim,) = draft("40 ships had sailed, Maria Keller said.")
    assert claim.features & {"attributed", "anonymous"} == {"attributed"}


def test_he_is_no_body_that_spoke_before() -> None:
    text = "Shelling killed 14 people, officials said.\n\n“Forty boats are lost,” he says."
    assert [claim.claimant for claim in draft(text)] == ["officials", None]
