import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.limits import count_scripts, explain_limits

GUESS = "and how much each deserves a check is a rough, uncalibrated guess."


@pytest.mark.parametrize("language", ["en", "en-GB", "EN"])
def test_english_has_no_limits(language):
    assert explain_limits("The port moved 1.2 million tonnes in 2023.", language) == ""


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("de", "Der Hafen beschäftigt 2.500 Menschen.", f"In German only figures and dates are found, {GUESS}"),
        ("fr", "Le port emploie 2 500 personnes.", f"In French only figures and dates are found, {GUESS}"),
        ("es-MX", "El puerto emplea a 2.500 personas.", f"In Spanish only figures and dates are found, {GUESS}"),
        ("pt", "O porto emprega 2.500 pessoas.", f"In Portuguese only figures and dates are found, {GUESS}"),
        ("it", "Il porto dà lavoro a 2.500 persone.", f"In Italian only figures and dates are found, {GUESS}"),
        ("nl", "De haven telt 2.500 werknemers.", f"In Dutch only figures and dates are found, {GUESS}"),
        ("ar", "يعمل في الميناء 2500 عامل.", f"In Arabic only figures and dates are found, {GUESS}"),
        ("sv", "Hamnen har 2 500 anställda.", f"In this language (sv) only figures are found, {GUESS}"),
        ("fa", "این بندر ۲۵۰۰ کارگر دارد.", f"In this language (fa) only figures are found, {GUESS}"),
        ("und", "2,500 dockers", "The language of the text is not clear; it was read as if it were English."),
        ("", "2,500 dockers", "The language of the text is not clear; it was read as if it were English."),
    ],
)
def test_a_language_without_a_calibrated_model_says_what_is_found(language, text, sentence):
    assert explain_limits(text, language) == sentence


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("В порту работают 2500 человек.", "Cyrillic"),
        ("Το λιμάνι απασχολεί 2.500 εργάτες.", "Greek"),
        ("בנמל עובדים 2,500 סוורים.", "Hebrew"),
        ("बंदरगाह में 2,500 कर्मचारी हैं।", "Devanagari"),
        ("ท่าเรือมีคนงาน 2,500 คน", "Thai"),
        ("港口雇用了2500名工人。", "Chinese"),
        ("港では2500人が働いている。", "Japanese"),
        ("항구에는 2500명이 일한다.", "Korean"),
        ("የወደቡ ሠራተኞች 2500 ናቸው።", "Ethiopic"),
        ("ნავსადგურში 2500 ადამიანი მუშაობს.", "Georgian"),
    ],
)
@pytest.mark.parametrize("language", ["und", "en"])
def test_a_script_that_cannot_be_read_is_named(text, script, language):
    sentence = f"Most of the text is in {script} script, which the extractor cannot read."
    assert explain_limits(text, language) == sentence


def test_a_quotation_in_another_script_is_no_limit():
    assert explain_limits("“Порт закрыт”, a sign at the gate of the harbour said.", "en") == ""


def test_a_latin_letter_in_another_dress_is_latin():
    assert count_scripts("ａ𝐁ﬁé") == {"Latin": 4}


@pytest.mark.parametrize("text", ["", "2,500", "😀 — 12 %"])
def test_a_text_without_words_says_so(text):
    assert explain_limits(text, "en") == "The text holds no words, so no claims were found in it."


@given(st.text(), st.text(max_size=5))
def test_any_text_is_explained(text, language):
    assert explain_limits(text, language) == explain_limits(text, language)


def test_every_letter_has_a_script():
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt", "Lo")]
    assert "" not in count_scripts("".join(letters))


def test_a_long_text_is_explained_at_once():
    began = time.perf_counter()
    explain_limits("The port moved 1.2 million tonnes in 2023. " * 25_000, "en")
    assert time.perf_counter() - began < 2
