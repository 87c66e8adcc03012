"""Verbs of the news and the nouns that name the same event."""

from pathlib import Path

# a line: past forms of a verb (`took+over` with what belongs to it), its noun, the preposition before what it happened
# to (left out: the verb's own stays)
_TABLE = Path(__file__).with_name("nominals.txt")
_EXTRA_EVENT_NOUNS = (
    "election elections referendum war coup protest protests riot riots earthquake flood floods fire wildfire "
    "hurricane storm summit deal treaty ceasefire pandemic outbreak strike strikes massacre blackout census budget "
    "trial vote recount hearing inquiry conference congress marathon festival derby final match debate crash eclipse "
    "talks exercise exercises drill drills offensive rally blockade auction ceremony siege famine drought heatwave"
)


def _read_table() -> dict[str, tuple[str, str]]:
    nominals: dict[str, tuple[str, str]] = {}
    for line in _TABLE.read_text().splitlines():
        forms, _, phrase = line.partition(": ")
        noun, _, preposition = phrase.partition(" ")
        nominals.update(dict.fromkeys(forms.split(), (noun, preposition)))
    return nominals


NOMINALS = _read_table()
# `meets on 16 January`: a present that tells of a date to come
SCHEDULED = {
    "meets": ("meeting", "of"), "meet": ("meeting", "of"), "opens": ("opening", "of"), "begins": ("start", "of"),
    "starts": ("start", "of"), "ends": ("end", "of"), "expires": ("expiry", "of"), "closes": ("closure", "of"),
    "votes": ("vote", "of"), "returns": ("return", "of"), "retires": ("retirement", "of"),
    "resumes": ("resumption", "of"),
}  # fmt: skip
_GERUNDS = {
    past: gerund
    for line in [
        "wound winding",
        "held holding",
        "made making",
        "gave given giving",
        "told telling",
        "kept keeping",
        "sent sending",
        "paid paying",
        "wrote written writing",
        "drew drawn drawing",
        "threw thrown throwing",
        "led leading",
        "laid laying",
        "caught catching",
        "brought bringing",
        "broke broken breaking",
        "chose chosen choosing",
        "drove driven driving",
        "went gone going",
        "grew growing",
        "hit hitting",
        "put putting",
        "read reading",
        "ran running",
        "saw seen seeing",
        "set setting",
        "spent spending",
        "spread spreading",
        "stole stolen stealing",
        "swore sworn swearing",
        "taught teaching",
        "tore tearing",
        "lent lending",
        "dug digging",
        "fought fighting",
        "found finding",
        "flew flown flying",
        "hid hidden hiding",
        "shot shooting",
        "swept sweeping",
    ]
    for *pasts, gerund in [line.split()]
    for past in pasts
}
_IRREGULAR = (
    "begin:began blow:blew break:broke bring:brought build:built catch:caught choose:chose draw:drew drive:drove "
    "fall:fell fight:fought find:found fly:flew freeze:froze get:got give:gave go:went grow:grew hold:held keep:kept "
    "lead:led leave:left lose:lost make:made meet:met overthrow:overthrew pay:paid rise:rose run:ran see:saw send:sent "
    "shoot:shot sell:sold sink:sank spend:spent spin:spun stand:stood steal:stole strike:struck sweep:swept "
    "swear:swore take:took retake:retook tell:told throw:threw uphold:upheld win:won withdraw:withdrew "
    "withhold:withheld write:wrote say:said become:became come:came are:were is:was have:had has:had beat:beat "
    "broadcast:broadcast cut:cut hit:hit put:put quit:quit set:set shut:shut split:split spread:spread"
)
_PASTS = dict(pair.split(":") for pair in _IRREGULAR.split())
_LIGHT = frozenset(("", "down", "off", "away", "out"))
IDIOMS = {
    "took effect": "entry into effect", "taken effect": "entry into effect", "came into effect": "entry into effect",
    "went into effect": "entry into effect", "came into force": "entry into force",
    "entered into force": "entry into force", "ran aground": "grounding", "went bankrupt": "bankruptcy",
    "went on strike": "strike", "gave birth": "giving birth", "gave way": "collapse", "given way": "collapse",
    "fell ill": "falling ill", "became independent": "independence", "came to power": "coming to power",
    "pleaded guilty": "guilty plea", "made landfall": "landfall", "took office": "taking of office",
}  # fmt: skip
AGENTLESS = frozenset(("coming to power", "guilty plea", "taking of office"))  # these go without who did it
EVENT_NOUNS = (frozenset(noun for noun, _ in NOMINALS.values()) | frozenset(_EXTRA_EVENT_NOUNS.split())) - {"march"}
ANNOUNCING = frozenset(
    ("announced", "declared", "confirmed", "marked", "saw", "proclaimed", "celebrated", "reported", "began")
)


def has_particle(verb: str, particle: str) -> bool:
    """`walked out`, `took over`: do they name an event together?"""
    return f"{verb}+{particle}" in NOMINALS


def nominalise(verb: str, xpos: str, particle: str = "") -> tuple[str, str]:
    """The noun of a verb's past or participle, and the preposition before what it happened to.

    A verb without a noun of its own becomes its gerund; empty where not even that can be told.
    """
    if has_particle(verb, particle):
        return NOMINALS[f"{verb}+{particle}"]
    if verb in NOMINALS and particle in _LIGHT:
        return NOMINALS[verb]
    if verb in SCHEDULED:
        return SCHEDULED[verb]
    gerund = verb if xpos == "VBG" else _GERUNDS.get(verb) or _gerund(verb)
    return (f"{gerund} {particle}".strip(), "of") if gerund else ("", "")


def past_of(present: str) -> str:
    """`seizes`, `seize` -> `seized`; where the verb is not known, as regular verbs have it."""
    bases = [present, present.removesuffix("s"), present.removesuffix("es"), f"{present.removesuffix('ies')}y"]
    known = next((_PASTS[base] for base in bases if base in _PASTS), None)
    regular = [f"{base}{ending}" for base in bases for ending in ("d", "ed", f"{base[-1:]}ed")]
    regular += [f"{base[:-1]}ied" for base in bases if base.endswith("y")]
    plain = f"{bases[1]}d" if bases[1].endswith("e") else f"{bases[1]}ed"
    return known or next((past for past in regular if past in NOMINALS), plain)


def find_idiom(words: list[str]) -> str:
    """The noun of the idiom that begins here (`came into force`); "" of none."""
    return IDIOMS.get(" ".join(words[:3])) or IDIOMS.get(" ".join(words[:2]), "")


def _gerund(verb: str) -> str:
    """Of a regular past; "" of anything else."""
    if not verb.endswith("ed") or len(verb) < 5:
        return ""
    stem = verb[:-2]
    return f"{stem[:-1]}ying" if stem.endswith("i") else f"{stem}ing"
