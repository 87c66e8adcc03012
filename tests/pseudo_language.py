"""A language in which every translated letter is a full-width one: an ASCII letter on a page was not translated."""

import re
import string
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import translation

from claims.management.catalogue import collect, compiled, entries

CODE = "en-xa"
DATE_FORMATS = re.compile(r"(?=.*[jFMY])[jFMYHisT ,:]+")  # their letters are signs
_KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;")
_WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters})
_SAID = ("aria-label", "title", "placeholder", "alt")


def widen(words: str) -> str:
    """`%(n)s claims` as `%(n)s ｃｌａｉｍｓ`."""
    if DATE_FORMATS.fullmatch(words):
        return words
    plain = _KEPT.split(words)
    kept = [*_KEPT.findall(words), ""]
    return "".join(part.translate(_WIDE) + sign for part, sign in zip(plain, kept, strict=True))


def make_pseudo_language(folder: Path) -> None:
    """What the desk says, and what Django and the libraries say in German, as a catalogue in the folder."""
    catalog = Catalog(locale="en")
    for said in [collect(), *_of_libraries()]:
        for entry in entries(said):
            ids = entry.id if isinstance(entry.id, list | tuple) else (entry.id,)
            words = tuple(widen(one) for one in ids)
            catalog.add(entry.id, words if len(words) > 1 else words[0], context=entry.context)
    path = folder / translation.to_locale(CODE) / "LC_MESSAGES"
    path.mkdir(parents=True)
    (path / "django.mo").write_bytes(compiled(catalog))


def _of_libraries() -> Iterator[Catalog]:
    folders = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    for folder in folders:
        path = folder / "locale" / "de" / "LC_MESSAGES" / "django.po"
        if path.exists() and settings.BASE_DIR / "claims" not in path.parents:
            with path.open("rb") as file:
                german = read_po(file, locale="de")
            said = Catalog(locale="de")
            for entry in entries(german):
                if entry.string and all(entry.string) and not entry.fuzzy:
                    said.add(entry.id, context=entry.context)
            yield said


class Reader(HTMLParser):
    """All that a page says: its text, what is read aloud, what fields suggest, and what scripts will say."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        given = {name: value or "" for name, value in attrs}
        is_button = tag == "input" and given.get("type") in ("submit", "button", "reset")
        self.said += [value for name, value in given.items() if name in _SAID or (name == "value" and is_button)]
        self.said += [value for name, value in given.items() if name.startswith("data-") and " " in value.strip()]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self.said.append(" ".join(data.split()))


def untranslated(page: str, exceptions: re.Pattern[str]) -> list[str]:
    """What the page says with ASCII letters in it, but for what the exceptions allow."""
    reader = Reader()
    reader.feed(page)
    return [words for words in reader.said if re.search("[A-Za-z]", exceptions.sub("", words))]
