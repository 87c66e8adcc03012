import re
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.local_numbers import figure_form, read_figure, read_number_word

_FIGURE = re.compile(figure_form("group"))
languages = st.sampled_from(("de", "fr", "es", "pt", "pt_PT", "it", "nl", "ar", "es_MX", "de_CH", "sv"))


@given(st.integers(0, 10**9) | st.decimals(0, 10**6, places=2), languages)
def test_number_in_the_form_of_a_language_is_read_back(number: Decimal, language: str) -> None:
    written = format_decimal(number, format="#,##0.##", locale=language)
    figure = re.sub("[\u00a0\u202f’]", lambda mark: "'" if mark[0] == "’" else " ", written)
    assert _FIGURE.fullmatch(figure)
    assert read_figure(figure, language) == Decimal(number)


@pytest.mark.parametrize(
    ("figure", "language", "value"),
    [
        ("2.500", "de", "2500"), ("2,500", "de", "2.5"), ("2,500", "ar", "2500"), ("1.234.567,8", "de", "1234567.8"),
        ("1 234,5", "fr", "1234.5"), ("4.3", "es", "4.3"), ("٢٥٠٠", "ar", "2500"), ("٢٫٥", "ar", "2.5"),
        ("0.500", "pt", "0.5"), ("1.234", "xx", "1.234"),
    ],
)  # fmt: skip
def test_marks_are_read_as_the_language_has_them(figure: str, language: str, value: str) -> None:
    assert read_figure(figure, language) == Decimal(value)


@pytest.mark.parametrize(
    ("word", "language", "value"),
    [("zwölf", "de", 12), ("mille", "fr", 1000), ("un millón", "es", 10**6), ("zwölf", "fr", None)],
)
def test_words_are_numbers_of_their_language_only(word: str, language: str, value: int | None) -> None:
    assert read_number_word(word, language) == value
