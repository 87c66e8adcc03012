"""CLDR's names of months and days and its decimal marks, for any language."""

from functools import lru_cache

from babel.core import Locale, UnknownLocaleError

from claims.extraction.languages import base_language

# Arabic and German name months differently from country to country.
_VARIANTS = {"ar": ("ar", "ar_IQ", "ar_MA", "ar_DZ"), "de": ("de", "de_AT")}
_EXTRA_MONTHS = {"es": {"setiembre": 9}, "de": {"maerz": 3}}
_SHORTEST_NAME = 3
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def fold_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0 to 9, every character at its own place."""
    return text if text.isascii() else text.translate(_DIGITS)


@lru_cache(maxsize=32)
def month_numbers(language: str) -> dict[str, int]:
    """Names in small letters, whole and short, without a full stop -> 1 to 12."""
    base = base_language(language)
    names = {
        name.lower().rstrip(".").replace("\u00a0", " "): number
        for locale in _locales(base)
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for number, name in locale.months[context][width].items()
    }
    return {
        name: number
        for name, number in names.items()
        if len(name) >= _SHORTEST_NAME or not name.isascii()
        if not name.isdigit()
    } | _EXTRA_MONTHS.get(base, {})


@lru_cache(maxsize=32)
def weekday_numbers(language: str) -> dict[str, int]:
    """Whole names in small letters -> 0 (Monday) to 6."""
    return {
        name.lower(): number
        for locale in _locales(base_language(language))
        for number, name in locale.days["format"]["wide"].items()
    }


@lru_cache(maxsize=32)
def decimal_mark(language: str) -> str:
    """`,` or `.`; that of the region where the tag names one (`es-MX`)."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return "."
    return str(locale.number_symbols["latn"]["decimal"])


def _locales(base: str) -> list[Locale]:
    try:
        return [Locale.parse(name) for name in _VARIANTS.get(base, (base,))]
    except (UnknownLocaleError, ValueError):
        return []
