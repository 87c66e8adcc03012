"""A date among a claim's facts, in EDTF (ISO 8601-2), as a person says it."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY_OF_ANY_YEAR = re.compile(r"XXXX-\d{2}-\d{2}")
_MONTH_OF_ANY_YEAR = re.compile(r"XXXX-\d{2}")
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_SPAN_OF_YEARS = re.compile(r"\d{2}XX|\d{3}X")
_SEASONS = {
    "21": _("spring %(year)s"),
    "22": _("summer %(year)s"),
    "23": _("autumn %(year)s"),
    "24": _("winter %(year)s"),
}
_LEAP_YEAR = "2000"  # stands for the year that is not known: it has every day


def describe_date(edtf: str) -> str:
    """`2021-12` as "December 2021"; `/` is a span, a trailing `~` or `?` makes it uncertain. Else as it is."""
    if "/" in edtf:
        return _describe_span(*edtf.split("/", 1))
    if edtf.endswith(("~", "?", "%")):
        return str(_("around %(date)s") % {"date": describe_date(edtf[:-1])})
    if season := _SEASON.fullmatch(edtf):
        return str(_SEASONS[season[2]] % {"year": season[1]})
    if _SPAN_OF_YEARS.fullmatch(edtf):
        return str(_("the %(year)ss") % {"year": edtf.replace("X", "0")})
    return _describe_day_or_month(edtf)


def _describe_span(start: str, end: str) -> str:
    known = {"start": describe_date(start), "end": describe_date(end)}
    if start in ("", ".."):
        return str(_("until %(end)s") % known)
    if end in ("", ".."):
        return str(_("since %(start)s") % known)
    return str(_("%(start)s to %(end)s") % known)


def _describe_day_or_month(edtf: str) -> str:
    known = edtf.replace("XXXX", _LEAP_YEAR)
    formats = (
        (_DAY, _("j F Y"), ""),
        (_MONTH, _("F Y"), "-01"),
        (_DAY_OF_ANY_YEAR, _("j F"), ""),
        (_MONTH_OF_ANY_YEAR, "F", "-01"),
    )
    for pattern, words, day in formats:
        if pattern.fullmatch(edtf):
            try:
                return date_format(date.fromisoformat(known + day), str(words))
            except ValueError:  # no such day
                return edtf
    return edtf
