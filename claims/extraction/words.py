"""The small words of English by which the rules tell phrases apart."""


def word_set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


DETERMINERS = word_set("the a an this that these those its his her their our my your")
DEFINITE = word_set("the these those both other his her their its our my your")
PREPOSITIONS = word_set(
    "of in on at by for from to with within without into onto over under against between among during since until",
    "till after before through throughout across along around about near per despite amid as than via toward",
    "towards inside outside including upon behind beyond following targeting alongside",
)
CONJUNCTIONS = word_set(
    "and or but nor so yet because although though while whereas if unless when where whether that",
)
RELATIVES = word_set("who whom whose which that where when")
PRONOUNS = word_set(
    "i you he she it we they me him us them this that these those there here who what one someone everyone nobody",
    "myself himself herself itself themselves ourselves mine ours theirs",
)
WEAK_SUBJECTS = word_set(
    "nobody everyone everybody someone anyone nothing something everything he she it they this that these those",
    "there i you we who which what",
)
BE = word_set(
    "is are was were be been being am isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t",
)
AUXILIARIES = BE | word_set(
    "has have had having do does did will would can could may might shall should must ought won't won’t hasn't",
    "haven't hadn't hasn’t haven’t hadn’t doesn't don't didn't doesn’t don’t didn’t can't cannot couldn't can’t",
    "couldn’t wouldn't wouldn’t shouldn't shouldn’t",
)
_IRREGULAR_PAST = word_set(
    "became began broke brought built bought came caught chose cost cut dealt drew drove ate fell felt fought",
    "found flew forgot froze gave went grew heard held hit hurt kept knew laid led left lent lost made meant met",
    "paid put quit read rose ran said saw sold sent set shook shot shut sank sat slept spent spoke spread stood",
    "stole struck swept swore took taught told thought threw understood won wore wrote withdrew overtook rebuilt",
    "fled bore",
)
_PRESENT = word_set(
    "says claims argues warns believes expects estimates employs produces owns holds makes causes leads remains",
    "means costs covers faces gets gives goes grows has includes keeps lives needs offers pays plans plays",
    "prefers prohibits provides reaches requires rises runs sells serves shows spends stands supports takes uses",
    "wants works contains houses handles treats hosts generates exports imports receives carries belongs exists",
    "begins ends falls bans allows prefer remain cost need want show live work face make pay spend use say own",
    "require allow cause lead suggests suggest include contain account accounts die dies rely relies depend",
    "depends lack lacks earn earns",
)
FINITE = AUXILIARIES | _IRREGULAR_PAST | _PRESENT
_NOUNS_IN_ED = word_set(
    "hundred bed shed speed need feed seed breed deed weed red united limited wed naked sacred wicked",
)
MODIFIERS_IN_ED = word_set(
    "armed alleged supposed estimated so-called combined renewed proposed planned united increased",
)
ADVERBS = word_set(
    "now then soon already still also again even just only currently recently later earlier ago once twice there",
    "here too very more most less away back down up out off yet not never always often today yesterday tomorrow",
    "so far ever almost nearly together apart instead meanwhile however each every daily weekly monthly yearly",
    "annually overall",
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


def looks_past(word: str) -> bool:
    """Could this lower-case word be a verb in -ed or an irregular past?"""
    return word in _IRREGULAR_PAST or (
        len(word) > 4 and word.endswith("ed") and word not in _NOUNS_IN_ED and word not in MODIFIERS_IN_ED
    )


def looks_finite(word: str) -> bool:
    """Could this word, in its own case, be a finite verb? A capital makes it a name (`Mohammed`, `Will`)."""
    return word[0].islower() and (word in FINITE or looks_past(word))


NOUN_STOPS = PREPOSITIONS | CONJUNCTIONS | PRONOUNS | DETERMINERS | AUXILIARIES | ADVERBS | _IRREGULAR_PAST | _PRESENT
