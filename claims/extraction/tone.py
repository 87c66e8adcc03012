"""What is no claim at all, and what makes one weak: questions, furniture, opinions, vague words."""

import re
from functools import lru_cache

from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_OPINION = re.compile(
    r"\b(?:should|ought to|in my (?:view|opinion)|beautiful|wonderful|terrible|horrible|awful|amazing|disgraceful"
    r"|shameful|tragic|delightful|unfortunately|hopefully|sadly|arguably|ridiculous|great news|fantastic|brilliant"
    r"|sorry|happy|proud|disappointed|grateful|excited|let us|let['’]s|it is time to|time to"
    r"|(?:is|are|was|were|am|looks?|feels?|seems?) (?:\w+ ){0,2}(?:sick|weary|uneasy|hard|farce|bleak|heartbroken"
    r"|convinced|tired|angry|plain|grim|tense|lovely|ugly|sad|glad|afraid|worried|nervous|good|bad|nice|right|wrong"
    r"|fair|unfair|absurd|joke|disgrace|blunder|mistake|miracle|nightmare|shame)(?! \w+ing\b)"
    r"|(?:i|we|you) (?:must|need|cannot say|deserved?)|disappoint"
    r"|described (?:\w+ ){1,6}as"
    r"|call(?:ed|s) on (?:\w+ ){1,4}to|call(?:ed|s) (?:it|them|this|that|the|his|her|their|its)\b.{0,40} an?)\b"
    r"|^(?:i|we) ?(?:am|['’]m|was|are|['’]re|were|felt|feel) (?:\w+ ){0,2}(?:ashamed|confident|calm|surprised|gratified"
    r"|delighted|optimistic|thrilled|stunned|relieved|hopeful)\b"
    r"|\bmust (?:now )?(?:act|wake up|listen|understand)(?: now)?\W*$",
    re.IGNORECASE,
)
_FEELING = word_set(
    "think thinks thought feel feels felt hope hopes hoped love loves loved hate hates hated wish wishes wished",
    "guess doubt doubts fear fears feared enjoy enjoys enjoyed regret regrets regard regards deserve deserved",
    "like likes liked prefer seem seems seemed look looks looked dream dreams dreamed care cares worry worries",
    "worried trust miss admire admires welcomed welcomes urge urges urged prefers want wants wanted believe",
    "believes believed",
)
_SPEAKING = word_set(
    "said say says told tell tells spoke speak speaks asked ask asks replied commented declined refused",
    "added thanked apologised apologized explained insisted joked continued called",
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
    r"|here is what|we (?:spoke|talked|sat down|met) (?:to|with)|the views expressed|we(?:['’]ll| will) (?:be back"
    r"|bring you|update|have more|keep you)"
    r"|(?:this|her|his|their|the) (?:interview|answers?|list|article|page|blog|story|coverage"
    r"|transcript)\b.{0,40}\b(?:edited|shortened|updated|condensed|translated)"
    r"|that ends our|more on this|tell us|send us|visit|support our|download|enjoy|happy|congratulations|note that)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\bcan (?:be )?\w+ .{0,40}\b(?:on|in) our (?:website|app)\b|\bour newsletter\b"
    r"|^[A-Z]\w+ (?:[A-Z][\w.]* )?[A-Z]\w+ covers [a-z ]+ for the [A-Z][\w ]*\.?$"
    r"|\bcontributed (?:\w+ )?to this (?:report|story|article)\b"
    r"|^(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by "
    r"|^\(?This (?:report|article|story) (?:has been|was|is) .{0,40}\b(?:syndicated|auto-?generated|automatically)\b"
    r"|^(?:The )?[\w ]{0,30}\b(?:news service|newsroom|publisher|author|sponsor|advertiser)s? (?:is|are) solely"
    r" responsible\b"
    r"|^(?:The|This|Our) (?:\w+ ){1,4}(?:desk|newsroom|series) (?:receives support|is (?:supported|funded))\b"
    r"|[·|] [Pp]osted:? [A-Z]"
    r"|^[Ww]e(?:['’]re| are) (?:closing|ending|pausing|wrapping up) (?:our|this) (?:live )?(?:coverage|blog)\b[^,\d]*$"
    r"|^(?:Some|All|The) names (?:have been|were|are) changed\b|\b(?:[Uu]pdated|[Pp]ublished):? (?:at )?\d\d?[:.]\d\d\b"
)
_NO_ANSWER = re.compile(
    r"\b(?:(?:did|has|have|had|could) not|declined|refused|unable)\b.{0,30}"
    r"\b(?:comment|respond|reply|replied|responded|be reached|answer|return)\b"
    r"|\b(?:could not|couldn['’]t|cannot|(?:[Nn]either|[Nn]one|[Nn]o) .{0,40}\bcould)"
    r" (?:immediately |independently )*be (?:immediately |independently )*(?:verified|confirmed)\b"
)
_QUESTION = re.compile(r"[?؟][\"'”’»)]*$")


_kept = lru_cache(maxsize=64)  # each claim of a clause asks the same of it


def is_claimless(sentence: str) -> bool:
    """Questions, greetings, calls to act and page furniture assert nothing."""
    return bool(_QUESTION.search(sentence[-8:]) or _NO_CLAIM.match(sentence) or _FURNITURE.search(sentence))


def is_feeling(tree: Tree, verb: int) -> bool:
    """Does the verb tell what someone feels or thinks rather than what is so? `looked into` is no look."""
    following = tree.words[verb + 1].lower if verb + 1 < len(tree.words) else ""
    return tree.words[verb].lower in _FEELING and following not in ("into", "after", "at")


def is_speech(tree: Tree, verb: int) -> bool:
    """That someone spoke is no claim of its own."""
    return tree.words[verb].lower in _SPEAKING


@_kept
def is_opinion(text: str) -> bool:
    return bool(_OPINION.search(text) or _NO_ANSWER.search(text))


@_kept
def is_comparison(text: str) -> bool:
    return bool(_COMPARISON.search(text))


@_kept
def is_vague(text: str) -> bool:
    return bool(_VAGUE.search(text))
