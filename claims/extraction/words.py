"""The small words of English by which the rules tell phrases apart."""


def word_set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


NEGATIONS = word_set("not never no neither nor nobody none nothing cannot without hardly")
DETERMINERS = word_set("the a an this that these those its his her their our my your")
DEFINITE = word_set("the these those both other his her their its our my your")
PREPOSITIONS = word_set(
    "of in on at by for from to with within without into onto over under against between among during since until",
    "till after before through throughout across along around about near per despite amid as than via toward",
    "towards inside outside including upon behind beyond following targeting alongside",
)
_SINGULAR_IN_S = word_set(
    "this his its us has was is as does plus versus news previous various famous serious dangerous numerous",
    "religious across always perhaps thus yes less business process access progress congress crisis basis",
    "analysis status virus campus bonus focus census consensus gas bus press loss boss class glass mass pass",
    "cross stress success illness",
)
_IRREGULAR_PLURALS = word_set(
    "people children men women troops police staff personnel cattle data media feet teeth mice sheep aircraft",
    "crew servicemen servicewomen firefighters policemen fishermen businessmen spokesmen criteria phenomena",
    "livestock",
)


def looks_plural(word: str) -> bool:
    """Could this lower-case word be a plural noun?"""
    if word in _IRREGULAR_PLURALS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in _SINGULAR_IN_S
    )
