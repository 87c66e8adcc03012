import pytest

from claims.extraction.attributions import is_anonymous
from claims.extraction.claimants import find_attribution
from claims.extraction.tokens import tokenise


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("They formed a commission last summer, according to the Pentagon, as a start.", "Pentagon"),
        ("According to sources familiar with the matter, talks begin soon.", "sources familiar with the matter"),
        ("Diplomats will be involved, officials said.", "officials"),
        ("It depends on conditions, US officials said on Monday.", "US officials"),
        ("The nurses' union said that half of the beds are empty.", "nurses' union"),
        ("“We lost it all,” said Ilka Maren, who farms there.", "Ilka Maren"),
        ("Maria Keller, the mayor of Nordhafen, said the bridge was safe.", "Maria Keller"),
        ("It will cost more, its director, Henrik Aas, told the Brennholt Echo.", "Henrik Aas"),
        ("The minister told reporters that the port would close.", "minister"),
        ("It starts in 2026, according to the agency's director, Henrik Aas.", "Henrik Aas"),
        ("A study by the university found that rents doubled.", "study by the university"),
    ],
)
def test_claimant_is_named_without_determiner(sentence: str, claimant: str) -> None:
    attribution = find_attribution(sentence, tokenise(sentence))
    assert attribution is not None
    assert attribution.claimant == claimant


@pytest.mark.parametrize(
    "sentence", ["The port closed in May.", "The army announced the end of its role.", "She left."]
)
def test_no_claimant_is_invented(sentence: str) -> None:
    assert find_attribution(sentence, tokenise(sentence)) is None


def test_groups_are_anonymous_and_names_are_not() -> None:
    assert [is_anonymous(name) for name in ("US officials", "Pentagon", "Henrik Aas")] == [True, False, False]
