import pytest

from claims.admin import words
from claims.admin.amounts_in_words import describe_amount
from claims.admin.dates_in_words import describe_date
from claims.admin.facts_in_words import describe_facts
from claims.admin.history_in_words import _SENTENCES
from claims.admin.rules_in_words import describe_rule, describe_time
from claims.admin.typed_verdict import TypedVerdict
from claims.enums import EventKind
from claims.models import SignOffRule


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"value": 2500, "bound": "about", "unit": "troops"}, "about 2,500 troops"),
        ({"value": 2500, "unit": "troops"}, "2,500 troops"),
        ({"value": 18, "unit": "%", "share": True}, "18%"),
        ({"value": 0.5, "unit": "%", "share": True}, "0.5%"),
        ({"value": 0.5, "share": True}, "50%"),
        ({"value": 18, "value_max": 20, "unit": "%", "share": True}, "18 to 20%"),
        ({"value": 30, "bound": "at_least", "unit": "voters", "share": True}, "at least 30% of voters"),
        ({"value": 0.666666666666667, "unit": "pieces", "share": True}, "66.67% of pieces"),
        ({"value": 1.5, "bound": "at_most", "unit": "metres"}, "at most 1.5 metres"),
        ({"value": 5, "value_max": 7, "bound": "about", "unit": "days"}, "about 5 to 7 days"),
        ({"value": 4_300_000_000, "currency": "USD", "per": "day"}, "USD 4.3 billion a day"),
        ({"value": 30, "unit": "cases", "per": "100,000 people"}, "30 cases per 100,000 people"),
        ({"value": 60, "unit": "kilometres", "per": "hour"}, "60 kilometres an hour"),
        ({"value": 1_234_567, "unit": "people"}, "1,234,567 people"),
        ({"value": 2_000_000, "value_max": 3_000_000, "unit": "people"}, "2 million to 3 million people"),
        ({"value": -1_500_000}, "-1.5 million"),
        ({"value": 0, "unit": "deaths"}, "0 deaths"),
        ({"value": 37}, "37"),
        ({"value": 3, "unit": "strike", "ordinal": True}, "3rd strike"),
        ({"value": 50, "unit": "years", "record": "lowest", "comparison": {"direction": "down"}}, "lowest in 50 years"),
        ({"value": 1998, "unit": "year", "record": "highest"}, "highest since 1998"),
        ({"unit": "record", "record": "hottest"}, "hottest on record"),
        ({"unit": "decade", "record": "worst"}, "worst in a decade"),
        ({"unit": "decades", "record": "worst"}, "worst in decades"),
        ({"record": "fewest"}, "fewest"),
        ({}, ""),
    ],
)
def test_amounts_are_told_in_words(facts, said):
    assert describe_facts({"quantity": facts}) == [("Amount", said)]


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        ({"direction": "up", "base": "a year earlier"}, "12%, up compared with a year earlier"),
        ({"direction": "down"}, "12%, down"),
        ({"direction": "more", "base": "in 2019"}, "12% more than in 2019"),
        ({"direction": "less"}, "12% less"),
        ({"direction": "times", "base": "in 2019"}, "12%, compared with in 2019"),
        ({"direction": "same", "base": "in 2019"}, "12%, the same as in 2019"),
        ({"direction": "sideways", "base": "in 2019"}, "12%"),
        ("up", "12%"),
    ],
)
def test_comparisons_are_told_in_words(comparison, said):
    assert describe_amount({"value": 12, "unit": "%", "share": True, "comparison": comparison}) == said


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2021-12", "December 2021"),
        ("2024-01-10", "10 January 2024"),
        ("2024-01-15/2024-01-21", "15 January 2024 to 21 January 2024"),
        ("2013/2023", "2013 to 2023"),
        ("2024-01-04~", "around 4 January 2024"),
        ("2023", "2023"),
        ("2023-22", "summer 2023"),
        ("2023-21~", "around spring 2023"),
        ("201X", "the 2010s"),
        ("201X~", "around the 2010s"),
        ("18XX", "the 1800s"),
        ("XXXX-07-17", "17 July"),
        ("XXXX-02-29", "29 February"),
        ("XXXX-12", "December"),
        ("2024-13-40", "2024-13-40"),
        ("2024-13", "2024-13"),
        ("2024-01/", "since January 2024"),
        ("../2024-01", "until January 2024"),
        ("", ""),
    ],
)
def test_dates_are_told_in_words(edtf, said):
    assert describe_date(edtf) == said


def test_facts_nobody_foresaw_are_shown_as_they_are():
    assert describe_facts({"place_name": "Oslo", "past": True, "empty": ""}) == [
        ("Place name", "Oslo"),
        ("Past", "yes"),
    ]


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        ("prioritised", {"changes": {"boost": {"old": -1, "new": 0}}}, "boost from -1 to 0"),
        (
            "prioritised",
            {"changes": {"due_at": {"old": "2024-01-02T10:00:00+00:00", "new": "2024-01-03T10:00:00+00:00"}}},
            "deadline from 2 Jan 2024, 10:00 UTC to 3 Jan 2024, 10:00 UTC",
        ),
        ("decided", {"rating": "True"}, "decided the claim: “True”"),
        ("decided", {"rating": "True", "policy": 3}, "decided the claim: “True”, under version 3 of the policy"),
        ("dismissed", {"category": "other"}, "dismissed the claim"),
        ("dismissed", {"category": "opinion"}, "dismissed the claim (an opinion)"),
        ("claimant_asked", {"channel": "in_person"}, "asked the claimant (in person)"),
    ],
)
def test_what_happened_is_told_with_what_is_known(kind, details, said):
    assert _SENTENCES[EventKind(kind)](details).removeprefix("changed its place in the queue: ") == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "One reviewer decides. Within 3 days."),
        ({"is_blind": True, "hours_to_decide": 1}, "One reviewer decides. Within 1 hour."),
        ({"seats": 2, "agreeing": 2}, "Two reviewers; both must agree. Else an editor decides. Within 3 days."),
        (
            {"seats": 3, "agreeing": 3, "is_blind": True, "adjudicated_by": "administrator", "hours_to_decide": 36},
            "Three reviewers, blind; all three must agree. Else an administrator decides. Within 36 hours.",
        ),
        (
            {"seats": 3, "agreeing": 2, "tolerance": 1, "min_publishers": 1},
            "Three reviewers; two of them must agree, or be one step apart. Else an editor decides. "
            "The evidence must come from 1 publisher. Within 3 days.",
        ),
    ],
)
def test_a_rule_is_told_in_words(rule, said):
    rule = SignOffRule(**rule)
    assert f"{describe_rule(rule)} {describe_time(rule)}" == said


def test_every_kind_of_event_has_a_sentence():
    assert {kind: bool(tell({})) for kind, tell in _SENTENCES.items()} == dict.fromkeys(EventKind, True)


def test_every_word_of_a_vocabulary_is_known():
    assert all(set(known) == set(vocabulary) for vocabulary, known in words._WORDS.items())


def test_a_word_that_is_not_known_is_shown_as_it_is():
    assert words.say(words.ClaimStatus, "lost") == "lost"


def test_blank_evidence_fields_are_no_evidence():
    assert (TypedVerdict().is_blank, TypedVerdict(new_evidence={"url": "x"}).is_blank) == (True, False)
