import pytest

from claims.extraction.currencies import currency_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("US$", "USD"), ("A$", "AUD"),
        ("C$", "CAD"), ("HK$", "HKD"), ("R$", "BRL"), ("EUR", "EUR"), ("dollars", "USD"), ("pounds", "GBP"),
        ("roubles", "RUB"), ("zloty", "PLN"), ("francs", "CHF"), ("Canadian dollars", "CAD"),
        ("Swedish kronor", "SEK"), ("Egyptian pounds", "EGP"), ("Mexican  pesos", "MXN"), ("يورو", "EUR"),
    ],
)  # fmt: skip
def test_money_has_its_code(words: str, code: str) -> None:
    assert currency_code(words) == code


@pytest.mark.parametrize("words", ["", "pesos", "kroner", "the", "try", "top", "XXX", "XAU", "NATO", "¤"])
def test_what_could_be_any_or_none_has_no_code(words: str) -> None:
    assert currency_code(words) is None
