import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.quantities import Quantity, find_quantities
from tests.extraction.reading import read


def quantities(sentence: str) -> list[Quantity]:
    reading = read(sentence)
    return find_quantities(reading.tree, reading.dates)


def found(sentence: str) -> list[str]:
    return [sentence[slice(*quantity.span)] for quantity in quantities(sentence)]


def facts(sentence: str) -> dict[str, object]:
    return quantities(sentence)[0].amount.as_dict()


@pytest.mark.parametrize(
    ("sentence", "quantity"),
    [
        ("It keeps roughly 2,500 troops there.", "roughly 2,500 troops"),
        ("Some 160,000 vehicles a day cross it.", "Some 160,000 vehicles a day"),
        ("In May more than half of the city's hospitals closed.", "more than half of the city's hospitals"),
        ("It cost $4.3 billion to build.", "$4.3 billion"),
        ("It signed a $4.3 billion contract.", "$4.3 billion contract"),
        ("Almost one bus in five ran late.", "Almost one bus in five"),
        ("One pound in every nine was lost.", "One pound in every nine"),
        ("It employs 620 deckhands, engineers and cooks.", "620 deckhands, engineers and cooks"),
        ("It cost fr. 500 to build.", "fr. 500"),
        ("The N2.1 billion budgeted for drugs was spent.", "N2.1 billion"),
        ("Parents face a fine of N50,000.", "N50,000"),
        ("A room costs R1,200 here.", "R1,200"),
        ("Gusts of over 130km/h are expected.", "over 130km/h"),
        ("Gusts of up to 215 km/h were measured.", "up to 215 km/h"),
        ("Between a third and half of its records were lost.", "Between a third and half of its records"),
        ("Some 300 May Day marchers were held.", "Some 300 May Day marchers"),
        ("Rovers lost £31m in profit.", "£31m in profit"),
        ("The judge gave him seven years in prison.", "seven years in prison"),
        ("There were 31 votes in favour.", "31 votes in favour"),
        ("A beginner earns 2,650 euros a month before tax.", "2,650 euros a month"),
        ("It fell on 12 millimetres of rain.", "12 millimetres of rain"),
        ("It built 31% fewer than a year earlier.", "31% fewer than a year earlier"),
        ("Only one in five women voted.", "Only one in five women"),
        ("Police saw between 40 and 60 fighters.", "between 40 and 60 fighters"),
        ("Police saw 40 to 60 fighters.", "40 to 60 fighters"),
        ("Water is at its lowest level in 50 years.", "lowest level in 50 years"),
        ("There were 12 deaths per 100,000 people.", "12 deaths per 100,000 people"),
        ("It ships 2.5 million tonnes of grain.", "2.5 million tonnes of grain"),
        ("It lost 62% of registered voters.", "62% of registered voters"),
        ("It lost a third of its beds.", "a third of its beds"),
        ("Tens of thousands of people came.", "Tens of thousands of people"),
        ("About 300 US soldiers left.", "About 300 US soldiers"),
        ("It bought 14 newly built hospital beds.", "14 newly built hospital beds"),
        ("The strike followed a 14-month closure.", "14-month closure"),
        ("The town spends £1.9m a week on care.", "£1.9m a week"),
        ("Prices are 38% above the firm's target.", "38% above the firm's target"),
        ("It pays five times the price of 2019.", "five times the price"),
        ("It was the warmest winter since records began in 1995.", "warmest winter since records began in 1995"),
        ("The trees flowered 19 days earlier than in a normal year.", "19 days earlier than in a normal year"),
        ("Temperatures hit 40 degrees", "40 degrees"),
        ("The reef holds 41% less nitrogen than bare mud.", "41% less nitrogen"),
        ("The roof needs £900,000 of repairs.", "£900,000 of repairs"),
        ("It pays the driver €15,000 of it.", "€15,000"),
        ("A licence costs £144 more than in 2019.", "£144 more than in 2019"),
        ("Tenants pay up to £310 extra a year.", "up to £310 extra a year"),
        ("Millers earn below Sh6 a packet.", "below Sh6 a packet"),
        ("The agency buys bags at Sh3,500 each.", "Sh3,500 each"),
        ("The line closed after 138 years of rail services.", "138 years of rail services"),
        ("Adults need 30 grams of fibre a day.", "30 grams of fibre a day"),
        ("The bay was 2.1C above the September average.", "2.1C above the September average"),
        ("Their pressure was 3 points lower than those who ate none.", "3 points lower"),
        ("It was the largest swap since the war began.", "largest swap since the war began"),
        ("The council voted 84 to 31 against it.", "84 to 31"),
        ("She declared a 30-day state of emergency.", "30-day state of emergency"),
        ("They ended a six-month state of siege.", "six-month state of siege"),
    ],
)
def test_quantity_is_found_whole(sentence: str, quantity: str) -> None:
    assert found(sentence) == [quantity]


@pytest.mark.parametrize(
    "sentence",
    [
        "The G20 met on the 10th of May at 5 p.m. under Article 5.",
        "The two countries agree.",
        "A 45-year-old man spoke at 10:30.",
        "It was so in 2019 and since June 2020.",
        "See page 12 of chapter 3.",
        "Henrik Aas, 45, left.",
        "She left school at 14.",
    ],
)
def test_dates_ages_clock_times_and_labels_are_no_quantities(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("It has roughly 2,500 troops.", {"value": 2500, "bound": "about", "unit": "troops"}),
        ("It has around 2,500 troops.", {"value": 2500, "bound": "about", "unit": "troops"}),
        ("It has at least three hundred soldiers.", {"value": 300, "bound": "at_least", "unit": "soldiers"}),
        ("It has more than 300 soldiers.", {"value": 300, "bound": "at_least", "unit": "soldiers"}),
        ("It has up to 300 soldiers.", {"value": 300, "bound": "at_most", "unit": "soldiers"}),
        ("It has nearly 300 soldiers.", {"value": 300, "bound": "at_most", "unit": "soldiers"}),
        ("It has fewer than 300 soldiers.", {"value": 300, "bound": "at_most", "unit": "soldiers"}),
        ("It has exactly 300 soldiers.", {"value": 300, "unit": "soldiers"}),
        ("It has dozens of soldiers.", {"value": 12, "bound": "at_least", "unit": "soldiers"}),
        ("It has hundreds of soldiers.", {"value": 100, "bound": "at_least", "unit": "soldiers"}),
        ("It has 40 to 60 soldiers.", {"value": 40, "value_max": 60, "unit": "soldiers"}),
        ("It has between 80 and 95 million crowns.", {"value": 80_000_000, "value_max": 95_000_000, "unit": "crowns"}),
        ("It costs $4.3 billion.", {"value": 4_300_000_000, "currency": "USD"}),
        ("It costs €40 a day.", {"value": 40, "currency": "EUR", "per": "day"}),
        ("It costs between £40 and £60.", {"value": 40, "value_max": 60, "currency": "GBP"}),
        ("It costs 40 euros.", {"value": 40, "currency": "EUR"}),
        ("It cost a $4.3 billion contract.", {"value": 4_300_000_000, "unit": "contract", "currency": "USD"}),
        ("It was built over two years.", {"value": 2, "unit": "years"}),
        ("She waited over two years.", {"value": 2, "bound": "at_least", "unit": "years"}),
        ("He has over 20 years of practice.", {"value": 20, "bound": "at_least", "unit": "years"}),
        ("It hired over two hundred men.", {"value": 200, "bound": "at_least", "unit": "men"}),
        ("It lost half of the voters.", {"value": 0.5, "unit": "voters", "share": True}),
        ("It lost two-thirds of voters.", {"value": 0.666666666666667, "unit": "voters", "share": True}),
        ("It lost one in five voters.", {"value": 0.2, "unit": "voters", "share": True}),
        ("It lost 18% of the voters.", {"value": 18, "unit": "voters", "share": True}),
        ("It lost 18 percent of voters.", {"value": 18, "unit": "voters", "share": True}),
        ("It lost 18 per cent of voters.", {"value": 18, "unit": "voters", "share": True}),
        ("It handles 310,000 tonnes a year.", {"value": 310_000, "unit": "tonnes", "per": "year"}),
        ("There were 12 deaths per 100,000 people.", {"value": 12, "unit": "deaths", "per": "100,000 people"}),
        ("It serves around half a million homes.", {"value": 500_000, "unit": "homes", "bound": "about"}),
        ("It paid half a billion dollars.", {"value": 500_000_000, "currency": "USD"}),
        ("Three quarters of a million people fled.", {"value": 750_000, "unit": "people"}),
        ("The river is 2 to 3 metres deep.", {"value": 2, "value_max": 3, "unit": "metres"}),
        ("It lost 40 ships or more.", {"value": 40, "unit": "ships", "bound": "at_least"}),
        ("It lost 40 ships or fewer.", {"value": 40, "unit": "ships", "bound": "at_most"}),
        ("It is the lowest level in 50 years.", {"value": 50, "unit": "years", "record": "lowest"}),
        ("It is the highest rate since 1998.", {"value": 1998, "unit": "year", "record": "highest"}),
        ("It is the worst drought in decades.", {"unit": "decades", "record": "worst"}),
        ("It is the hottest summer on record.", {"unit": "record", "record": "hottest"}),
    ],
)
def test_amount_is_typed(sentence: str, amount: dict[str, object]) -> None:
    assert facts(sentence) == amount


@pytest.mark.parametrize(
    ("sentence", "comparison"),
    [
        ("Prices rose by 18%.", {"direction": "up"}),
        ("Prices fell by 18%.", {"direction": "down"}),
        ("It sold 300 ships, up from 200 in 2019.", {"direction": "up", "base": "200 in 2019"}),
        ("It sold 300 ships, down from 400 in 2019.", {"direction": "down", "base": "400 in 2019"}),
    ],
)
def test_comparison_has_direction_and_base(sentence: str, comparison: dict[str, str]) -> None:
    assert facts(sentence)["comparison"] == comparison


@pytest.mark.parametrize("sentence", ["It sold 300 ships.", "Prices stayed at 18% of wages."])
def test_no_comparison_is_invented(sentence: str) -> None:
    assert "comparison" not in facts(sentence)


@pytest.mark.parametrize(
    ("sentence", "needs_context"),
    [("Inflation fell to 3.5%.", True), ("It killed 40.", True), ("It lost 40 ships.", False)],
)
def test_bare_figure_needs_its_clause(sentence: str, needs_context: bool) -> None:
    assert quantities(sentence)[0].needs_context is needs_context


@pytest.mark.parametrize(
    ("sentence", "is_minor"),
    [
        ("It has two plants.", True),
        ("It has 40 plants.", False),
        ("It costs $2.", False),
        ("It lost 3% of voters.", False),
    ],
)
def test_handful_is_minor(sentence: str, is_minor: bool) -> None:
    assert quantities(sentence)[0].is_minor is is_minor


@given(st.integers(13, 10**9), st.sampled_from(("ships", "soldiers", "tonnes", "houses")))
def test_any_counted_number_is_read_back(number: int, noun: str) -> None:
    assert facts(f"The port lost {number:,} {noun}.") == {"value": number, "unit": noun}


def test_figure_in_another_unit_is_the_same_figure() -> None:
    assert found("The base is 90 km (56 miles) north of Ostrel.") == ["90 km"]


def test_one_more_is_no_quarter() -> None:
    assert found("Police hold 30 men and are looking for a fourth.") == ["30 men"]
    assert found("The firm lost a fourth of its staff.") == ["a fourth of its staff"]


def test_score_is_no_quantity() -> None:
    assert found("In a 2-1 decision, the court sent the case back.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It cut the risk in adults over 60, doctors said.",
        "Half of them are under 15.",
        "It was weaker in people older than 80.",
        "The tap stands at the end of Row 19.",
    ],
)
def test_limit_of_age_and_a_number_of_a_place_are_no_quantities(sentence: str) -> None:
    assert not any("60" in one or "15" in one or "80" in one or "19" in one for one in found(sentence))


def test_number_of_people_is_no_age() -> None:
    assert found("The number of people rose to over 60.") == ["over 60"]


def test_share_at_the_very_end_is_read() -> None:
    assert found("It lost five tenths") == ["five tenths"]


def test_distance_to_another_time_is_no_unit() -> None:
    sentence = "It logged 312 complaints in 2023, compared with 97 two years earlier."
    assert found(sentence) == ["312 complaints", "97"]


def test_range_of_parts_has_both_ends() -> None:
    assert facts("Between a quarter and half of its records were lost.") == {
        "value": 0.25, "value_max": 0.5, "unit": "records", "share": True,
    }  # fmt: skip


def test_speed_is_per_hour() -> None:
    assert facts("Gusts of 130km/h hit the coast.") == {"value": 130, "unit": "km", "per": "hour"}


@pytest.mark.parametrize(
    "sentence", ["N95 masks were worn.", "The N7.5 km road was shut.", "The R60 was shut.", "The rate was R0.9."]
)
def test_letter_before_a_number_is_no_money_by_itself(sentence: str) -> None:
    assert [one for one in quantities(sentence) if one.amount.currency] == []


@pytest.mark.parametrize(
    "words", ["It was the first since the", "It lost between a third", "It lost between a third and"]
)
def test_figure_that_breaks_off_is_read(words: str) -> None:
    assert isinstance(quantities(words), list)
