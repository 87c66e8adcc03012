import pytest

from claims.extraction.nominals import nominalise, past_of
from tests.extraction.reading import draft, read


def events(sentence: str) -> list[str]:
    return [event.headline for _, event in read(sentence).events]


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("The army declared the end of its combat role in December 2021.", "December 2021 end of combat role"),
        ("Velmark withdrew from the grain deal on July 17th.", "July 17th withdrawal from grain deal"),
        ("The harbour bridge was closed in March 2022.", "March 2022 closure of harbour bridge"),
        ("In March 2022, the council approved its budget.", "March 2022 approval of budget"),
        ("They agreed to form a commission last summer.", "last summer agreement to form commission"),
        ("The tower collapsed in 2018.", "2018 collapse of tower"),
        ("The bridge opened in May 2019.", "May 2019 opening of bridge"),
        ("The army was dissolved in 2003.", "2003 dissolution of army"),
        ("The strike ended on 4 June 2021.", "4 June 2021 end of strike"),
        ("The union voted on 3 May 2023.", "3 May 2023 vote of union"),
        ("The court convicted the mayor in 2019.", "2019 conviction of mayor"),
        ("The company sold the mill in 2019.", "2019 sale of mill"),
        ("The government raised taxes in 2021.", "2021 rise in taxes"),
        ("The princess was born in 1931.", "1931 birth of princess"),
        ("The mill burned on Monday.", "Monday burning of mill"),
        ("The summit opens on 3 May 2026.", "3 May 2026 opening of summit"),
        ("The ban came into force on 3 March 2021.", "3 March 2021 entry into force of ban"),
        ("The army carried out a raid on the camp in June 2022.", "June 2022 raid on camp"),
        ("The two sides held talks in Doha in June 2022.", "June 2022 talks"),
        ("Fighting broke out in April 2023.", "April 2023 outbreak of fighting"),
        ("The firm dismissed her in March 2022.", "March 2022 dismissal"),
        ("The ban was lifted on Tuesday night.", "Tuesday night lifting of ban"),
        ("Velmark first proposed the ban in November 2022.", "November 2022 proposal of ban"),
        ("The council voted in December to close the port.", "December vote to close port"),
        ("The earthquake struck before dawn on Tuesday.", "Tuesday earthquake"),
        ("It was awarded the licence in March 2022.", "March 2022 award of licence"),
        ("He led the guard until his arrest in May 2022.", "May 2022 arrest"),
        ("The Ports Act, which she signed on May 3, taxes ships.", "May 3 signing of Ports Act"),
        ("The air force began flying drones in May 2019.", "May 2019 start of flying drones"),
        ("A strong earthquake shook the coast on Monday.", "Monday strong earthquake on coast"),
        ("The storm made landfall on Wednesday.", "Wednesday landfall of storm"),
        ("The mayor promised in May 2023 not to touch the museum.", "May 2023 promise not to touch museum"),
        ("Guards in the north walked out on 21 June.", "21 June walkout of guards"),
        ("Guards walked out of peace talks on Friday.", "Friday walkout from peace talks"),
        ("Guards had withdrawn from the camp in May 2019.", "May 2019 withdrawal from camp"),
        ("Prime Minister Ana Keller resigned on 21 June.", "21 June resignation of Prime Minister Ana Keller"),
        ("The mayor pleaded guilty in May 2019 to fraud.", "May 2019 guilty plea to fraud"),
        ("The mayor won the election in May 2019.", "May 2019 victory in election"),
        ("The nurses won damages in May 2019.", "May 2019 winning of damages"),
        ("Velmark Steel took over the yard in May 2019.", "May 2019 takeover of yard"),
    ],
)
def test_event_is_a_date_and_a_noun(sentence: str, headline: str) -> None:
    assert events(sentence) == [headline]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor lived in Ostrel in 2019.",  # a state
        "The army will withdraw from Ostrel in 2026.",  # is to come
        "The bridge has 40 arches.",  # has no date
        "The mayor said in 2019 that the port was safe.",  # saying is no event
        "The mayor told the council on Monday.",
        "The port is safe, the mayor disclosed on Monday.",
    ],
)
def test_date_of_a_state_a_saying_or_the_future_is_no_event(sentence: str) -> None:
    assert events(sentence) == []


def test_two_dates_are_two_events() -> None:
    sentence = "The king died in 1990, and his son was born in 1991."
    assert events(sentence) == ["1990 death of king", "1991 birth of son"]


def test_quote_holds_the_date_and_what_happened() -> None:
    sentence = "In March 2022, the council approved its budget."
    ((day, event),) = read(sentence).events
    assert (day.edtf, sentence[slice(*event.span)]) == ("2022-03", "March 2022, the council approved its budget")


@pytest.mark.parametrize(
    ("verb", "tag", "particle", "noun"),
    [
        ("withdrew", "VBD", "", ("withdrawal", "")),
        ("approved", "VBD", "", ("approval", "of")),
        ("shut", "VBD", "down", ("shutdown", "of")),
        ("raised", "VBD", "", ("rise", "in")),
        ("opens", "VBZ", "", ("opening", "of")),
        ("painted", "VBD", "", ("painting", "of")),
        ("carried", "VBD", "out", ("carrying out", "of")),
        ("built", "VBN", "up", ("build-up", "of")),
        ("wound", "VBD", "up", ("winding up", "of")),
        ("slept", "VBD", "", ("", "")),
    ],
)
def test_verb_is_turned_into_a_noun(verb: str, tag: str, particle: str, noun: tuple[str, str]) -> None:
    assert nominalise(verb, tag, particle) == noun


@pytest.mark.parametrize(
    ("entry", "event", "day"),
    [
        ("September 2023: Police charge Brannock.", "September 2023 charging of Brannock", "2023-09"),
        ("1885: the museum opens.", "1885 opening of museum", "1885"),
        ("Nov. 20: Rebels seize the bridge and the silos.", "Nov. 20 seizure of bridge and silos", "2023-11-20"),
        ("Early August: The army dropped supplies.", "Early August drop of supplies", "2023-08"),
        ("• 2017: Talks break down in Ostrel.", "2017 breakdown of talks", "2017"),
        ("5 March 2024: Court upholds appeal", "5 March 2024 upholding of appeal", "2024-03-05"),
    ],
)
def test_entry_of_a_timeline_is_an_event_of_its_date_though_told_in_the_present(
    entry: str, event: str, day: str
) -> None:
    (claim,) = draft(entry)
    assert (claim.kind, claim.headline, claim.facts, claim.claimant) == ("event", event, {"date": day}, None)


def test_figure_of_an_entry_has_its_date_and_the_next_line_has_not() -> None:
    claims = draft("June 2022: The army buys 212 tanks.\n\nThe navy has 40 ships.")
    assert [(claim.headline, claim.facts.get("date")) for claim in claims] == [
        ("212 tanks", "2022-06"),
        ("40 ships", None),
    ]


@pytest.mark.parametrize(
    "entry", ["Mary: The army drops supplies.", "Mayor: Police charge Brannock.", "2,000: a start."]
)
def test_other_label_dates_nothing(entry: str) -> None:
    assert [claim for claim in draft(entry) if claim.kind == "event"] == []


def test_hour_is_of_the_day_that_was_spoken_of() -> None:
    claims = draft("The ship sailed from Ostrel on Tuesday. It lost its engine shortly after 2 a.m.")
    assert [(claim.headline, claim.facts["date"]) for claim in claims] == [
        ("Tuesday sailing from Ostrel", "2024-01-23"),
        ("2 a.m. loss of engine", "2024-01-23"),
    ]


def test_hour_beside_a_day_is_no_second_date() -> None:
    assert events("The plant exploded at 4.12am on August 14th.") == ["August 14th explosion of plant"]


@pytest.mark.parametrize(
    ("present", "past"),
    [
        ("seizes", "seized"),
        ("bans", "banned"),
        ("carries", "carried"),
        ("cuts", "cut"),
        ("goes", "went"),
        ("paints", "painted"),
        ("are", "were"),
    ],
)
def test_present_is_turned_into_the_past(present: str, past: str) -> None:
    assert past_of(present) == past


@pytest.mark.parametrize(
    ("sentence", "headlines"),
    [
        (
            "The court on Monday quashed a Rs 1,240-crore tender.",
            ["Monday quashing of Rs 1,240 crore tender", "Rs 1,240-crore tender"],
        ),
        ("The court on Monday fined 40 firms.", ["40 firms"]),
    ],
)
def test_figure_that_only_describes_one_thing_hides_no_event(sentence: str, headlines: list[str]) -> None:
    assert [claim.headline for claim in draft(sentence)] == headlines


def test_hour_of_every_day_is_no_event_and_of_no_day() -> None:
    claims = draft("The deal was signed on 3 March 2023. The market opens at 9am and serves 200 people.")
    assert [claim.facts.get("date") for claim in claims if claim.kind == "event"] == ["2023-03-03"]
    assert [claim.facts.get("date") for claim in claims if claim.headline == "200 people"] == [None]


def test_later_date_of_an_entry_is_told_from_its_label() -> None:
    (charging, freeing) = draft("June 2022: Police charge Brannock. Two years later, 40 men are freed.")
    assert (charging.facts["date"], freeing.facts["date"]) == ("2022-06", "2024-06")
