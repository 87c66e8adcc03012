from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.local_dates import find_local_dates

PUBLISHED_ON = date(2024, 1, 25)  # a Thursday


def found(sentence: str, language: str, published_on: date | None = PUBLISHED_ON) -> list[tuple[str, str | None]]:
    return [(sentence[day.start : day.end], day.edtf) for day in find_local_dates(sentence, published_on, language)]


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(("de", "fr", "es", "pt", "pt_PT", "ar", "ar_EG", "ar_IQ", "it", "nl", "sv", "ru", "pl", "tr")),
    st.sampled_from(("d MMMM y", "d MMM y", "long", "MMMM y")),
)
def test_date_in_the_form_of_a_language_is_read_back(day: date, language: str, form: str) -> None:
    written = format_date(day, form, locale=language)
    expected = f"{day:%Y-%m}" if form == "MMMM y" else day.isoformat()
    assert [edtf for _, edtf in found(f"({written})", language)] == [expected]


@pytest.mark.parametrize(
    ("language", "sentence", "expression", "edtf"),
    [
        ("de", "Es begann am 3. März 2022.", "3. März 2022", "2022-03-03"),
        ("de", "Es begann im Dezember 2021.", "Dezember 2021", "2021-12"),
        ("de", "Es begann am 3. März.", "3. März", "2023-03-03"),
        ("de", "Es begann am 3.-5. März 2022.", "3.-5. März 2022", "2022-03-03/2022-03-05"),
        ("de", "In den 1990er Jahren war es so.", "1990er", "199X"),
        ("de", "Seit 2019 steigt es.", "2019", "2019"),
        ("de", "Zwischen 2013 und 2023 stieg es.", "Zwischen 2013 und 2023", "2013/2023"),
        ("de", "Er kam letzte Woche.", "letzte Woche", "2024-01-15/2024-01-21"),
        ("de", "Er kam am Montag.", "Montag", "2024-01-22"),
        ("fr", "C'était le 1er mai 2021.", "1er mai 2021", "2021-05-01"),
        ("fr", "C'était hier.", "hier", "2024-01-24"),
        ("fr", "C'était l'année dernière.", "année dernière", "2023"),
        ("es", "Empezó el 5 de mayo de 2021.", "5 de mayo de 2021", "2021-05-05"),
        ("es", "Empezó ayer.", "ayer", "2024-01-24"),
        ("pt", "Começou em março de 2022.", "março de 2022", "2022-03"),
        ("pt", "Começou ontem.", "ontem", "2024-01-24"),
        ("ar", "انتهت في ٣ مارس ٢٠٢٢.", "٣ مارس ٢٠٢٢", "2022-03-03"),
        ("ar", "انتهت في 3 آذار 2022.", "3 آذار 2022", "2022-03-03"),
        ("ar", "انتهت أمس.", "أمس", "2024-01-24"),
        ("ar", "انتهت عام ٢٠١٩.", "٢٠١٩", "2019"),
        ("sv", "Det var den 3 mars 2022.", "3 mars 2022", "2022-03-03"),
    ],
)
def test_date_is_found_in_the_words_as_written(language: str, sentence: str, expression: str, edtf: str) -> None:
    assert found(sentence, language) == [(expression, edtf)]


def test_without_publication_only_the_written_part_is_known() -> None:
    sentence = "Am 3. März und gestern."
    assert found(sentence, "de", None) == [("3. März", "XXXX-03-03"), ("gestern", None)]
    assert [day.relative for day in find_local_dates(sentence, None, "de")] == [True, True]


@pytest.mark.parametrize("sentence", ["Er hat 2019 Freunde, 30. Februar 2022.", "Mai tai", "Seite 2.3.", "1.234 Mark"])
def test_other_words_and_numbers_are_no_dates(sentence: str) -> None:
    assert [edtf for _, edtf in found(sentence, "de") if edtf != "2022-02"] == []
