import pytest

from claims.admin import words
from claims.admin.facts_in_words import describe_date, describe_facts
from claims.admin.history_in_words import _SENTENCES
from claims.admin.typed_verdict import TypedVerdict
from claims.enums import EventKind


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"value": 2500, "unit": "troops", "approximate": True}, "about 2,500 troops"),
        ({"value": 2500, "unit": "troops"}, "2,500 troops"),
        ({"value": 30, "unit": "%", "share": True, "bound": "at_least"}, "at least 30%"),
        ({"value": 30, "unit": "tenants", "share": True}, "30% of tenants"),
        ({"value": 2 / 3, "unit": "pieces", "share": True, "approximate": True}, "about 66.67% of pieces"),
        ({"value": 1.5, "unit": "metres", "bound": "at_most"}, "at most 1.5 metres"),
        ({"value": 5, "value_max": 7, "unit": "days", "approximate": True}, "about 5 to 7 days"),
        ({"value": 4300000000, "unit": "$"}, "$4,300,000,000"),
        ({"value": 37, "unit": ""}, "37"),
        ({"record": "highest", "unit": "temperature", "since": "since 1911"}, "highest temperature since 1911"),
    ],
)
def test_amounts_are_told_in_words(facts, said):
    assert describe_facts({"quantity": facts}) == [("Amount", said)]


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2021-12", "December 2021"),
        ("2024-01-10", "10 January 2024"),
        ("2024-01-15/2024-01-21", "15 January 2024 to 21 January 2024"),
        ("2024-01-04~", "around 4 January 2024"),
        ("2023", "2023"),
        ("2023-21", "2023-21"),
        ("2024-13-40", "2024-13-40"),
        ("2024-01/", "January 2024 to open"),
    ],
)
def test_dates_are_told_in_words(edtf, said):
    assert describe_date(edtf) == said


def test_facts_nobody_foresaw_are_shown_as_they_are():
    assert describe_facts({"place_name": "Oslo", "past": True, "empty": ""}) == [
        ("Place name", "Oslo"),
        ("Past", "yes"),
    ]


def test_every_kind_of_event_has_a_sentence():
    assert {kind: bool(tell({})) for kind, tell in _SENTENCES.items()} == dict.fromkeys(EventKind, True)


def test_every_word_of_a_vocabulary_is_known():
    assert all(set(known) == set(vocabulary) for vocabulary, known in words._WORDS.items())


def test_a_word_that_is_not_known_is_shown_as_it_is():
    assert words.say(words.ClaimStatus, "lost") == "lost"


def test_blank_evidence_fields_are_no_evidence():
    assert (TypedVerdict().is_blank, TypedVerdict(new_evidence={"url": "x"}).is_blank) == (True, False)
