"""What people tell of themselves, in their own words or in reported ones."""

import pytest

from claims.enums import ClaimKind
from tests.extraction.reading import propose


def kinds(text: str) -> dict[str, ClaimKind]:
    return {claim.headline: claim.kind for claim in propose(text)}


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ana Keller, 46, a tea seller, said the blast had thrown her across the road.",
         "the blast had thrown her across the road"),
        ("Ana Keller, a nurse, said she walked 11 kilometres along the track.",
         "she walked 11 kilometres along the track"),
        ("A night guard said he had been locked in a cupboard.", "he had been locked in a cupboard"),
        ("Ana Keller, a baker, said her card had been charged twice.", "her card had been charged twice"),
        ('"I was feeding the baby when the wall came in," Ana Keller said.',
         "I was feeding the baby when the wall came in"),
        ('"The mower drove over my foot while I was watering the roses," Ana Keller said.',
         "The mower drove over my foot while I was watering the roses"),
        ('"I wrote to the port twice, and nobody ever replied," Ana Keller said.', "nobody ever replied"),
    ],
)  # fmt: skip
def test_private_person_tells_what_happened_to_them(text: str, headline: str) -> None:
    assert kinds(text)[headline] is ClaimKind.EXPERIENCE


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ana Keller, the mayor, said she had met the builders.", "she had met the builders"),
        ("Ana Keller, a baker, said her party had voted against the plan.", "her party had voted against the plan"),
        ("The ministry said he had left the camp.", "he had left the camp"),
        ("“He knew the ship was unsafe,” said Ana Keller, a nurse.", "He knew the ship was unsafe"),
        ("She had left the camp.", "She had left the camp"),
        ('"The mayor wrote to the port twice, and nobody ever replied," Ana Keller said.', "nobody ever replied"),
    ],
)
def test_office_body_or_someone_else_tells_no_experience(text: str, headline: str) -> None:
    assert kinds(text)[headline] is ClaimKind.OTHER


def test_two_who_did_something_are_two_experiences() -> None:
    assert kinds('"I heard a bang and ran outside, and nobody came to me," Ana Keller said.') == {
        "I heard a bang and ran outside": ClaimKind.EXPERIENCE,
        "nobody came to me": ClaimKind.EXPERIENCE,
    }


def test_what_we_did_with_figures_is_a_figure() -> None:
    assert kinds('"We signed 11 players for a league that failed," Ana Keller said.') == {
        "11 players": ClaimKind.QUANTITY
    }
