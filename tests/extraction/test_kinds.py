"""Where kinds are told apart; what each looks like at its plainest stands in test_english."""

import pytest

from claims.enums import ClaimKind
from claims.extraction.kinds import classify_clause
from tests.extraction.reading import read

CAUSATION, OTHER, PREDICTION, RULE = ClaimKind.CAUSATION, ClaimKind.OTHER, ClaimKind.PREDICTION, ClaimKind.RULE


def kind_of(sentence: str) -> ClaimKind:
    reading = read(sentence)
    return classify_clause(reading, reading.clauses[0])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The flood destroyed the bridge.", CAUSATION),
        ("The army destroyed the bridge.", OTHER),
        ("The heat cut the harvest.", CAUSATION),
        ("The company cut jobs.", OTHER),
        ("The mill closed due to the flood.", CAUSATION),
        ("The mill closed during the flood.", OTHER),
        ("“Strikes have delayed the ferries,” he said.", CAUSATION),
        ("The strike left the village without bread.", CAUSATION),
        ("The strike left the village.", OTHER),
        ("The repairs were delayed by a change of plan.", CAUSATION),
        ("The repairs were delayed by the mayor.", OTHER),
        ("It made the river rise.", CAUSATION),
        ("It made us feel small.", OTHER),
        ("Heavy rain feeds the river.", CAUSATION),
        ("Sailors blame a faulty crane.", CAUSATION),
        ("Keller attributes the delay to a lack of steel.", CAUSATION),
        ("The flood was the result of a blocked drain.", CAUSATION),
        ("Nobody oiled the gate, so it rusted.", CAUSATION),
        ("Nobody oiled the gate so far.", OTHER),
    ],
)
def test_thing_brings_about_what_people_do(sentence: str, kind: ClaimKind) -> None:
    assert kind_of(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Drivers may not enter the city.", RULE),
        ("Drivers avoid the city.", OTHER),
        ("Drivers are banned from the city.", RULE),
        ("We could not enter the city.", OTHER),
        ("Owners have six weeks to lodge a complaint.", RULE),
        ("Owners have six cats to feed.", OTHER),
        ("Towns have to publish a plan.", RULE),
        ("Towns have yet to publish a plan.", OTHER),
        ("A party needs a majority to govern.", RULE),
        ("Nor can owners be evicted.", RULE),
    ],
)
def test_rule_is_no_mere_inability(sentence: str, kind: ClaimKind) -> None:
    assert kind_of(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The council will close the bridge.", PREDICTION),
        ("The council is going to close the bridge.", PREDICTION),
        ("The council is likely to close the bridge.", PREDICTION),
        ("The bank forecasts a fall in wages.", PREDICTION),
        ("The bank cut its forecast in Ostrel.", OTHER),
        ("The council closed the bridge.", OTHER),
        ("The council would have closed the bridge.", OTHER),
    ],
)
def test_prediction_is_of_what_is_to_come(sentence: str, kind: ClaimKind) -> None:
    assert kind_of(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Under the port's guidelines, a crew that dumps waste is barred for a year.", RULE),
        ("Under the old bridge, a crew that dumps waste is at work.", OTHER),
        ("Under its code, a first offence carries a ban.", RULE),
        ("The Harbour Act charges ships a fee.", RULE),
        ("The harbour charges ships a fee.", OTHER),
        ("The guidelines say that every ferry should carry rafts.", RULE),
        ("The captain says that every ferry should carry rafts.", OTHER),
        ("Those who own a boat may moor here.", RULE),
    ],
)
def test_what_a_law_says_is_a_rule(sentence: str, kind: ClaimKind) -> None:
    reading = read(sentence)
    assert classify_clause(reading, reading.clauses[-1]) == kind


def test_what_someone_says_would_be_is_a_prediction() -> None:
    reading = read("Keller said that the council would close the bridge.")
    (kind,) = {classify_clause(reading, clause) for clause in reading.clauses}
    assert kind == PREDICTION


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Profit fell in May, as the storm kept ships in port.", CAUSATION),
        ("Profit fell in May, as the minister announced a plan.", OTHER),
    ],
)
def test_as_clause_behind_a_comma_tells_a_cause(sentence: str, kind: ClaimKind) -> None:
    reading = read(sentence)
    assert classify_clause(reading, reading.clauses[-1]) == kind
