import pytest

from claims.extraction.claimants import find_attribution
from tests.extraction.reading import parse


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("They formed a commission last summer, according to the Pentagon, as a start.", "Pentagon"),
        ("According to the World Bank, 40 ships had sailed.", "World Bank"),
        ("According to sources familiar with the matter, talks begin soon.", "sources familiar with the matter"),
        ("A person familiar with the talks said that 40 ships had sailed.", "person familiar with the talks"),
        ("Diplomats will be involved, officials said.", "officials"),
        ("It depends on conditions, US officials said on Monday.", "US officials"),
        ("The US said that 40 ships had sailed.", "US"),
        ("The nurses' union said that half of the beds are empty.", "nurses' union"),
        ("The ministry said 40 ships had sailed.", "ministry"),
        ("The army said in a statement that 40 ships had sailed.", "army"),
        ("“We lost it all,” said Ilka Maren, who farms there.", "Ilka Maren"),
        ("“We sold 40 ships,” Maria Keller said.", "Maria Keller"),
        ("The mayor said: “The port lost 40 ships.”", "mayor"),
        ("Maria Keller, the mayor of Nordhafen, said the bridge was safe.", "Maria Keller"),
        ("Prime Minister Mohammed Shia al-Sudani said that 40 ships had sailed.", "Mohammed Shia al-Sudani"),
        ("It will cost more, its director, Henrik Aas, told the Brennholt Echo.", "Henrik Aas"),
        ("The army's spokesman, Henrik Aas, said that 40 ships had sailed.", "Henrik Aas"),
        ("The minister told reporters that the port would close.", "minister"),
        ("Maria Keller wrote that 40 ships had sailed.", "Maria Keller"),
        ("Two port officials said that 40 ships had sailed.", "two port officials"),
        ("The port lost 40 ships, its treasurer said, adding that more would follow.", "treasurer"),
        ("Corvane Maritime, a Dutch company that runs the port, said 40 ships had sailed.", "Corvane Maritime"),
        ("Natural Resources Wales, the regulator, said 40 ships had sailed.", "Natural Resources Wales"),
        ("The union's Maria Keller said that 40 ships had sailed.", "Maria Keller"),
        ("Norvane reported 40 deaths at the mill, the union says.", "union"),
        ("Maria Keller points out that 40 ships have sailed.", "Maria Keller"),
        ("County Clerk Doreen Miska said that 40 ships had sailed.", "Doreen Miska"),
        ("House Speaker Lena Marsh said that 40 ships had sailed.", "Lena Marsh"),
        ("The port lost 40 ships, the National Guild of Pilots argues.", "National Guild of Pilots"),
        ("The port lost 40 ships, Customs and Border Protection said.", "Customs and Border Protection"),
        ("The port lost 40 ships, according to a study published on Monday.", "study"),
        ("The port lost 40 ships, according to a memo seen by us.", "memo"),
        ("The port lost 40 ships, according to Norvane Inc.", "Norvane Inc."),
        ("The port lost 40 ships, according to analysts at the broker Keller & Aas.",
         "analysts at the broker Keller & Aas"),
        ("A spokeswoman for the port, Col Ida Holm, said 40 ships had sailed.", "Ida Holm"),
        ("The port lost 40 ships, said the council's head of trade, Karl Beck.", "Karl Beck"),
        ("The Secretary-General of the Sailors' League, Mr Karl Beck, said the port was shut.", "Karl Beck"),
        ("The mayor of Nordhafen, a port, said 40 ships had sailed.", "mayor of Nordhafen"),
        ("Sailors put the loss at nearly £12m.", "sailors"),
        ("Among them was Ida Holm, 38, who said 40 ships had sailed.", "Ida Holm"),
        ("Among them was Karl Beck, a broker, who said 40 ships had sailed.", "Karl Beck"),
        ("An audit by Keller & Aas found rot in 40 ships.", "Keller & Aas"),
        ("40 ships were lost, according to a first count by the Coast Service.", "Coast Service"),
        ("“It is lost,” said Ida Holm of Norvane village.", "Ida Holm"),
        ("The port lost 40 ships, said a pilot who asked not to be named.", "pilot"),
        ("Transport Norvane said 40 ships had sailed.", "Transport Norvane"),
        ("The port lost 40 ships, according to the Federal Ice Laboratory.", "Federal Ice Laboratory"),
        ("Ms Holm said her bank had refused to pay.", "Holm"),
        ("The port lost 40 ships, according to an army document seen by this network.", "army document"),
        ("Dr Holm linked the loss to the fog.", "Holm"),
        ("HWF general secretary Ida Holm says 40 ships sailed.", "Ida Holm"),
        ("In the capital, Norvane, Ida Holm said 40 ships had sailed.", "Ida Holm"),
        ("The port lost 40 ships, according to a study of 620 harbours.", "study"),
        ("Brokers expect another 40 ships by Friday.", "brokers"),
        ("The port foresees losses of £12m.", "port"),
        ("Karl Beck blamed the loss on the fog.", "Karl Beck"),
        ("Sailors attribute this to the fog.", "sailors"),
        ("Nordlund Steel puts the loss at £12m.", "Nordlund Steel"),
        ("The judge held that the port had lost 40 ships.", "judge"),
    ],
)  # fmt: skip
def test_claimant_is_named_without_title_or_determiner(sentence: str, claimant: str) -> None:
    attribution = find_attribution(parse(sentence))
    assert attribution is not None
    assert attribution.claimant == claimant


@pytest.mark.parametrize(
    "sentence",
    [
        "The port closed in May.",
        "The army announced the end of its role.",
        "She left.",
        "Fourteen of 22 brokers had expected the loss.",
        "Night fogs linked to 40 losses",
        "Each side blamed the other.",
        "The new rule puts the port at odds with its sailors.",
        "Nobody said that the port lost 40 ships.",
        "It is believed that 40 ships sailed.",
        "The council must report the loss.",
        "The fire put 40 people in hospital.",
        "Velmark keeps 40 troops there since 2021, when the army declared the end of its role.",
    ],
)
def test_no_claimant_is_invented(sentence: str) -> None:
    assert find_attribution(parse(sentence)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Officials said that the port lost 40 ships.",
        "The port lost 40 ships, officials said.",
        "The port lost 40 ships, according to officials.",
        "According to officials, the port lost 40 ships.",
        "“The port lost 40 ships,” the officials said.",
    ],
)
def test_what_was_said_is_told_from_the_saying(sentence: str) -> None:
    tree = parse(sentence)
    attribution = find_attribution(tree)
    assert attribution is not None
    words = [tree.words[i].lower for i in sorted(attribution.content) if tree.words[i].upos != "PUNCT"]
    assert words == ["the", "port", "lost", "40", "ships"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ferries sailed, said Holm, who warned that fuel would run out.", "ferries sailed fuel would run out"),
        ("Among them was Ida Holm, who said fuel would run out.", "fuel would run out"),
        ("Ferries sailed, according to Norvane, which put the loss at £12m.", "ferries sailed the loss at £ 12 m"),
        ("Ferries lost £12m, they said, the biggest loss in years.", "ferries lost £ 12 m the biggest loss in years"),
        ("Ferries are dear, they said: a ticket costs £12.", "ferries are dear a ticket costs £ 12"),
        ("The mayor said 1,204 voters sat for hours.", "1,204 voters sat for hours"),
        ("Sailors blame a firm that left.", "sailors blame a firm that left"),
        ("Keller expects sales to fall, and a sister ship will sail in May.", "keller expects sales to fall"),
    ],
)
def test_all_that_is_said_is_theirs(sentence: str, words: str) -> None:
    tree = parse(sentence)
    attribution = find_attribution(tree)
    assert attribution is not None
    assert words == " ".join(tree.words[i].lower for i in sorted(attribution.content) if tree.words[i].upos != "PUNCT")


def test_pronoun_is_left_to_the_article() -> None:
    attribution = find_attribution(parse("She said that the port lost 40 ships."))
    assert attribution is not None
    assert (attribution.claimant, attribution.is_pronoun) == ("she", True)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The firm left Ostrel, officials said, ending 40 years of service.", "ending 40 years of service"),
        ("Fares rose by 9%, the ministry said, compared with 4% in 2019.", "compared with 4 % in 2019"),
        ("The army took 40 villages, officers said, in the largest raid so far.", "in the largest raid so far"),
    ],
)
def test_what_was_said_goes_on_after_the_saying(sentence: str, told: str) -> None:
    tree = parse(sentence)
    attribution = find_attribution(tree)
    assert attribution is not None
    assert " ".join(tree.words[i].text for i in sorted(attribution.content)).endswith(f"{told} .")


@pytest.mark.parametrize("manner", ["speaking on condition of anonymity", "citing a survey of 40 firms"])
def test_how_it_was_said_belongs_to_the_saying(manner: str) -> None:
    tree = parse(f"The firm left Ostrel, officials said, {manner}.")
    attribution = find_attribution(tree)
    assert attribution is not None
    assert not any(tree.words[i].text == manner.split()[0] for i in attribution.content)


def test_what_stands_before_a_saying_in_a_side_clause_is_the_outlets_own() -> None:
    tree = parse("The mayor sold the mill after a court ruled that the lease had ended.")
    attribution = find_attribution(tree)
    assert attribution is not None
    assert not any(tree.words[i].text in ("sold", "mill") for i in attribution.outside)
