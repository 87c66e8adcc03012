"""What kind of claim a clause makes, and what is no claim at all."""

import re

from claims.enums import ClaimKind

_CAUSATION = re.compile(
    r"\b(?:because|due to|caus(?:e|ed|es|ing)|led to|leads? to|leading to|as a result of|result(?:ed|s|ing) in"
    r"|thanks to|in response to"
    r"|trigger(?:ed|s)|blamed (?:on|for)|prompted|owing to|linked to|contribut(?:ed|es) to|fuelled|fueled"
    r"|sparked|brought about|responsible for|stems? from|stemmed from|driven by)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:illegal|unlawful|banned from|forbidden|prohibit(?:s|ed)?|(?:is|are|was|were|be|been) (?:not )?"
    r"(?:allowed|permitted|required|obliged|entitled|banned)|by law|under the (?:law|act|constitution|treaty|rules?)"
    r"|requires?|bans?|mandatory|compulsory|must|the law (?:says|states)|legally|eligible)\b",
    re.IGNORECASE,
)
_PREDICTION = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are|was|were) (?:(?:now|widely|also|still) )?"
    r"(?:expected|set|due|likely|unlikely|projected|forecast|scheduled|poised|predicted|going|bound) to|would (?:soon"
    r"|begin|rise|fall|cost|lead|reach|lose|need)"
    r"|forecasts?|by 20[3-9][0-9])\b",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"^(?:[“\"'‘]\s?)?(?:i|we|my \w+|our \w+)\s(?:\w+ly\s)?"
    r"(?:was|were|saw|heard|lost|had|have|went|lived|worked|waited|paid|got|met|left|came|stood|witnessed|watched"
    r"|received|called|died|is|are)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:should|ought to|i (?:think|feel|hope|love|hate|believe|wish|guess|doubt)"
    r"|we (?:hope|feel|believe|wish|need|must|love)|in my (?:view|opinion)|beautiful|wonderful|terrible|horrible"
    r"|awful|amazing|disgraceful|shameful|tragic"
    r"|delightful|unfortunately|hopefully|sadly|arguably|ridiculous|great news|fantastic|brilliant|sorry|happy|proud"
    r"|disappointed"
    r"|grateful|excited|let us|let['’]s|it is time to|time to)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|bigger|smaller|larger|longer|faster|slower|cheaper|better|worse|greater)"
    r" (?:\w+ ){0,3}than|twice|doubled|tripled|halved|the (?:most|least|highest|lowest|largest|biggest|first|only"
    r"|worst)"
    r"|record (?:high|low)"
    r"|increase[sd]?|decrease[sd]?|rose|fell|grew|dropped|declined|outnumber(?:s|ed)?|compared with)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:some|many|several|various|a number of|certain|elements|often|sometimes|greater urgency|regardless|whether"
    r"|part of|soon|in some|a lot of|numerous|might|may|could|perhaps|possibly|reportedly|allegedly)\b",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"^(?:[“\"'‘]\s?)?(?:hello|hi|dear|good (?:morning|evening|afternoon)|thank(?:s| you)|welcome|please|let us"
    r"|let['’]s|subscribe|sign up|click|follow us|share this|read more|join us|donate|call now|contact us|don['’]t"
    r"|stay tuned|see also"
    r"|related|watch|copyright|©|photo|image|advertisement|by the way|imagine|remember|consider|buy|vote for"
    r"|tell us|send us|visit|support our|download|enjoy|happy|congratulations|note that)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?؟][\"'”’»)]*$")


def is_claimless(sentence: str) -> bool:
    """Questions, greetings, calls to act and page furniture assert nothing."""
    return bool(_QUESTION.search(sentence[-8:]) or _NO_CLAIM.match(sentence))


def classify_clause(text: str) -> ClaimKind:
    """The kind of a clause that is neither a quantity nor a dated event."""
    for kind, pattern in (
        (ClaimKind.CAUSATION, _CAUSATION),
        (ClaimKind.EXPERIENCE, _EXPERIENCE),
        (ClaimKind.RULE, _RULE),
        (ClaimKind.PREDICTION, _PREDICTION),
    ):
        if pattern.search(text):
            return kind
    return ClaimKind.OTHER


def is_opinion(text: str) -> bool:
    return bool(_OPINION.search(text))


def is_comparison(text: str) -> bool:
    return bool(_COMPARISON.search(text))


def is_vague(text: str) -> bool:
    return bool(_VAGUE.search(text))
