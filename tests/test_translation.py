"""What a person reads is marked, collected, translated whole, and compiled."""

import ast
import gettext
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from claims import exceptions
from claims.management.catalogue import MARKS, collect, compiled, entries, faults, key_of, languages, path_of, read
from claims.management.catalogue import _in_code as read_code
from claims.management.catalogue import _in_template as read_template

CLAIMS = settings.BASE_DIR / "claims"
CODE = sorted(path for path in CLAIMS.rglob("*.py") if "migrations" not in path.parts)
REFUSALS = {name for name in vars(exceptions) if name[0].isupper()} | {"FetchRefused"}
NOT_FOR_PEOPLE = {CLAIMS / "api", CLAIMS / "management"}  # programs and operators are answered in English
MACHINE_FORMATS = {"c", "Y-m-d", "H:i"}


@pytest.fixture(scope="module")
def asked() -> Catalog:
    return collect()


@pytest.mark.parametrize("language", languages())
def test_a_language_is_complete(language):
    assert faults(read(language)) == []


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_holds_what_the_code_says_and_nothing_else(language, asked):
    """`make messages` brings it up to date."""
    known = {key_of(entry) for entry in entries(read(language))}
    assert known == {key_of(entry) for entry in entries(asked)}


@pytest.mark.parametrize("language", languages())
def test_what_the_desk_reads_was_compiled_from_what_is_translated(language):
    written = gettext.GNUTranslations(io.BytesIO(compiled(read(language))))
    in_use = gettext.GNUTranslations(io.BytesIO(path_of(language).with_suffix(".mo").read_bytes()))
    assert vars(in_use)["_catalog"] == vars(written)["_catalog"]


def test_german_is_among_the_languages():
    assert languages() == ["de"]


@pytest.mark.parametrize(
    ("words", "said", "fault"),
    [
        ("Hello", "", "untranslated"),
        (("%(n)s claim", "%(n)s claims"), ("%(n)s Behauptung", ""), "untranslated"),
        ("Hello %(name)s", "Guten Tag", "other placeholders"),
        ("%(low)s to %(high)s", "%(low)s bis %(hoch)s", "other placeholders"),
        ("85%%", "85", "other placeholders"),
        (" or ", "oder", "other blanks"),
    ],
)
def test_what_is_amiss_is_told(words, said, fault):
    catalog = Catalog(locale="de")
    catalog.add(words, said)
    assert [line.startswith(fault) for line in faults(catalog)] == [True]


def test_a_guess_is_told_and_what_fits_is_not():
    catalog = Catalog(locale="de")
    catalog.add("Hello %(name)s", "Guten Tag, %(name)s")
    catalog.add(("a claim", "%(n)s claims"), ("eine Behauptung", "%(n)s Behauptungen"))
    assert faults(catalog) == []
    catalog.add("Desk", "Tisch", flags=["fuzzy"])
    assert faults(catalog) == ["fuzzy: 'Desk'"]


def test_messages_are_found_wherever_they_stand():
    code = """
f"{_('within')}", _(variable), _("two " "parts"), pgettext("key", "Esc"), ngettext("%(n)s one", "%(n)s many", n)
"""
    found = [(one.words, one.context) for one in read_code(code, "a.py")]
    assert found == [("within", None), ("two parts", None), ("Esc", "key"), (("%(n)s one", "%(n)s many"), None)]
    template = """{% load i18n %}
    {% translate "Ctrl" context "key" %} {{ at|date:_("j F Y") }} {% include "x.html" with label=_("Why?") %}
    {% blocktranslate count n=n %}{{ n }} one{% plural %}{{ n }} many{% endblocktranslate %}"""
    found = [(one.words, one.context) for one in read_template(template, "a.html")]
    assert found == [("Ctrl", "key"), ("j F Y", None), ("Why?", None), (("%(n)s one", "%(n)s many"), None)]


def test_a_new_field_and_a_new_label_are_messages_without_a_mark(asked):
    known = {key_of(entry) for entry in entries(asked)}
    assert {("field", "check worthiness"), ("choice", "Verdicts differ"), ("model", "claims")} <= known
    assert (None, "empty: the desk") in known


def test_every_sentence_of_a_refusal_is_marked():
    bare = [
        f"{path.name}:{call.lineno}"
        for path in CODE
        if not NOT_FOR_PEOPLE & set(path.parents)
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS and call.args
        if isinstance(call.args[0], ast.Constant) or _is_bare(call.args[0])
    ]
    assert bare == []


def _is_bare(sentence: ast.expr) -> bool:
    """An f-string that says something itself, rather than putting sentences together."""
    parts = sentence.values if isinstance(sentence, ast.JoinedStr) else []
    return any(isinstance(part, ast.Constant) and part.value.strip() for part in parts)


def test_the_pages_can_say_every_sentence_that_is_stored():
    """Whoever stores it, a job that no page knows among them."""
    calls = (call for path in CODE for call in ast.walk(ast.parse(path.read_text())) if isinstance(call, ast.Call))
    stored = {ast.literal_eval(call.args[0]) for call in calls if getattr(call.func, "id", "") == "stored"}
    show = "import django, json; django.setup(); import factcheck.urls, claims.marked as m; print(json.dumps(m.STORED))"
    shown = subprocess.run([sys.executable, "-c", show], cwd=CLAIMS.parent, capture_output=True, timeout=60, check=True)
    assert len(stored) > 20
    assert stored - set(json.loads(shown.stdout)) == set()


def test_every_name_that_marks_is_known():
    imported = {
        (name.asname or name.name)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }
    assert imported <= set(MARKS)


def test_dates_are_written_as_the_language_does():
    templates = [path for path in (CLAIMS / "templates").rglob("*") if path.is_file()]
    formats = [one for path in templates for one in re.findall(r'\|date:"([^"]*)"', path.read_text())]
    assert set(formats) <= MACHINE_FORMATS
    assert not [path for path in CODE if re.search(r'date_format\([^()]*, "', Path(path).read_text())]
