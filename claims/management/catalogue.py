"""The catalogues of translations: what is to be translated, and how far each language is. No gettext tools needed."""

import ast
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from claims.words import own_words

ROOT = settings.BASE_DIR
LOCALE = ROOT / "claims" / "locale"
SOURCE_LANGUAGE = "en"
# How a message is marked, and which of its arguments are a context, the words, and their plural.
MARKS: dict[str, tuple[int | None, ...]] = {
    **dict.fromkeys(("_", "_now", "gettext", "gettext_lazy", "gettext_noop", "marked", "stored"), (None, 0)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%s")


class Found(NamedTuple):
    """A message as it stands in the code; `words` is a pair where it has a plural."""

    words: str | tuple[str, str]
    context: str | None
    file: str


def collect() -> Catalog:
    """Everything that a person may read, in the order of the files it stands in."""
    catalog = Catalog(project="Fact-check desk", fuzzy=False)
    for found in (*_in_files(), *_own()):
        catalog.add(found.words, locations=[(found.file, None)], context=found.context)  # type: ignore[list-item]
    return catalog


def _in_files() -> Iterator[Found]:
    for path in sorted((ROOT / "claims").rglob("*")):
        parts, file = path.relative_to(ROOT).parts, str(path.relative_to(ROOT))
        if path.suffix == ".py" and "migrations" not in parts:
            yield from _in_code(path.read_text(), file)
        elif "templates" in parts and path.is_file():
            yield from _in_template(path.read_text(), file)


def _in_code(code: str, file: str) -> Iterator[Found]:
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        mark = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if mark in MARKS:
            yield from _read([getattr(one, "value", None) for one in call.args], mark, file)


def _in_template(template: str, file: str) -> Iterator[Found]:
    """Django makes a template look like code; in brackets, its indents do not matter."""
    code = io.BytesIO(f"({templatize(template)})".encode())
    for _line, mark, words, _comments in extract_python(code, dict.fromkeys(MARKS), [], {"encoding": "utf-8"}):
        yield from _read(list(words) if isinstance(words, list | tuple) else [words], str(mark), file)


def _read(given: list[Any], mark: str, file: str) -> Iterator[Found]:
    """What is no constant is translated from somewhere else."""
    found = [None if place is None else given[place] for place in MARKS[mark] if (place or 0) < len(given)]
    words = [one for one in found[1:] if isinstance(one, str) and one]
    if words and len(words) == len(found) - 1:
        yield Found(words[0] if len(words) == 1 else (words[0], words[1]), found[0], file)


def _own() -> Iterator[Found]:
    with translation.override(None):
        yield from (Found(words, context, "claims/models") for context, words in dict.fromkeys(own_words()))


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def path_of(language: str) -> Path:
    return LOCALE / translation.to_locale(language) / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=translation.to_locale(language), project="Fact-check desk", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=translation.to_locale(language), domain="django")


def update(language: str) -> Catalog:
    """The catalogue with what the code holds now. A near miss is kept as fuzzy; what is gone is gone."""
    catalog = read(language)
    catalog.update(collect(), update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def write(language: str, catalog: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""  # no name, no address
    with path.open("wb") as file:
        write_po(file, catalog, width=118, include_lineno=False, omit_header=False)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def entries(catalog: Catalog) -> list[Entry]:
    return [entry for entry in catalog if entry.id]


def key_of(entry: Entry) -> tuple[str | None, Any]:
    return entry.context, tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id


def faults(catalog: Catalog) -> list[str]:
    """What is not translated, only guessed, or does not fit its original; a line each."""
    return [f"{what}: {entry.id!r}" for entry in entries(catalog) for what in _faults_of(entry, catalog.num_plurals)]


def _faults_of(entry: Entry, plurals: int) -> Iterator[str]:
    ids = entry.id if isinstance(entry.id, list | tuple) else [entry.id]
    said = [str(one) for one in (entry.string if isinstance(entry.string, list | tuple) else [entry.string or ""])]
    if not all(said) or (len(ids) > 1 and len(said) != plurals):
        yield "untranslated"
    elif entry.fuzzy:
        yield "fuzzy"
    elif any(_misses(one, ids) for one in said):
        yield f"other placeholders in {said!r}"
    elif any(_edges(one) != _edges(ids[0]) for one in said):
        yield f"other blanks at its ends in {said!r}"


def _misses(said: str, ids: Iterable[str]) -> bool:
    """A plural may leave out the number, as its singular does."""
    return all(_placeholders(said) != _placeholders(one) for one in ids)


def _placeholders(words: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(words))


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
