"""Currencies as newspapers write them -> ISO 4217. Signs and full names come from CLDR, the rest from usage."""

import re
from functools import cache

from babel.core import Locale
from babel.numbers import get_currency_name

# What a sign or a bare noun means where nothing else is said. Words that many countries share and none owns (peso,
# krona, dinar) are missing on purpose: better no currency than the wrong one.
_USAGE = {
    "USD": "$ us$ u$s usd$ dollar dollars dollaro dollari dólar dólares buck bucks greenback greenbacks دولار دولارات",
    "EUR": "€ euro euros يورو",
    "GBP": "£ gb£ uk£ pound pounds quid sterling libra libras pfund",
    "JPY": "¥ jp¥ yen iene ienes ين",
    "INR": "₹ rs rs. rupee rupees rupien rupias roupies روبية",
    "CNY": "cn¥ rmb yuan renminbi 元 يوان",
    "RUB": "₽ rouble roubles ruble rubles rubel rublos روبل",
    "CHF": "fr. sfr sfr. franc francs franken",
    "PLN": "zł zloty zlotys zloties złoty złotys zlotych",
    "BRL": "r$ real reais",
    "AUD": "a$ au$",
    "CAD": "c$ ca$ can$",
    "HKD": "hk$",
    "NZD": "nz$",
    "TWD": "nt$",
    "SGD": "s$ sg$",
    "MXN": "mx$ mex$",
    "KRW": "₩ won",
    "ILS": "₪ shekel shekels sheqel sheqels nis شيكل",
    "TRY": "₺ tl lira liras",
    "UAH": "₴ hryvnia hryvnias hryvnya",
    "NGN": "₦ naira",
    "ZAR": "rand rands",
    "THB": "฿ baht",
    "VND": "₫ dong",
    "PHP": "₱",
    "IDR": "rp rupiah rupiahs",
    "MYR": "rm ringgit ringgits",
    "BDT": "৳ tk taka",
    "SEK": "skr",
    "NOK": "nkr",
    "DKK": "dkr",
    "CZK": "kč koruna korunas",
    "HUF": "forint forints",
    "SAR": "riyal riyals ريال",
    "AED": "dirham dirhams dhs درهم",
    "GHS": "gh₵ cedi cedis",
    "KES": "ksh kshs sh",
    "TZS": "tsh",
    "UGX": "ush",
    "ETB": "birr",
}  # fmt: skip
LETTER_SIGNS = frozenset(
    ("Rs", "Sh", "Ksh", "KSh", "Tsh", "TSh", "Ush", "USh", "Tk", "Rp", "SKr", "NKr", "DKr")
)  # signs of letters alone
_LONE_LETTERS = {"N": "NGN", "R": "ZAR"}  # `N2.1 billion`, `R1,200`, but not `N95` or `R60`
BEFORE_MUCH = (
    r"\b[NR](?=[0-9]+(?:,[0-9]{3}|(?:\.[0-9]+)?(?:\s?(?:thousand|million|billion|trillion)|bn|tn|m)\b)"
    r"|[0-9]{2,}\.[0-9]{2}\b)"
)
_BEFORE_MUCH = re.compile(BEFORE_MUCH)
_BY_USAGE = {words: code for code, line in _USAGE.items() for words in line.split()}
_CODE = re.compile(r"[A-Z]{3}")
# Currencies that a reader could meet in words but not in prose: testing codes, precious metals, units of account.
_NO_MONEY = frozenset(("XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA", "XDR"))


def is_sign(text: str, figure: str) -> bool:
    """`Sh`, `A$`: letters that touch the figure and are no word."""
    return text in LETTER_SIGNS or text.endswith("$") or bool(lone_letter_code(f"{text}{figure}", 0))


def lone_letter_code(text: str, start: int) -> str | None:
    """ISO 4217 of the `N` or `R` at the place, where a sum of money follows."""
    return _LONE_LETTERS[text[start]] if _BEFORE_MUCH.match(text, start) else None


def currency_code(words: str) -> str | None:
    """ISO 4217 of `US$`, `EUR`, `zloty` or `Canadian dollars`; None where it cannot be told (`pesos`, `kroner`).

    It knows no context: `won`, `real` and `pound` are money here whatever the sentence meant.
    """
    words = " ".join(words.split())
    if _CODE.fullmatch(words):
        return words if words in _codes() else None
    return _BY_USAGE.get(words.lower()) or _names().get(words.lower())


@cache
def _codes() -> frozenset[str]:
    return frozenset(Locale.parse("en").currencies) - _NO_MONEY


@cache
def _names() -> dict[str, str]:
    """English names of money, one and many (`swedish krona`, `swedish kronor`), in small letters, with their codes."""
    return {
        get_currency_name(code, count=count, locale="en").lower(): code for code in sorted(_codes()) for count in (2, 1)
    }
