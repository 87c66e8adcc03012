"""What kind of claim a clause makes, its figures and dates apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.enums import ClaimKind
from claims.extraction.clauses import Clause
from claims.extraction.experiences import is_experience, is_of_speaker
from claims.extraction.tone import is_feeling
from claims.extraction.words import word_set

if TYPE_CHECKING:
    from claims.extraction.readings import Reading
    from claims.extraction.tree import Tree

_RULE = re.compile(
    r"\b(?:(?:is|are|was|were|be|made|it) (?:illegal|unlawful)|banned (?:from|between|in|on|for|under)|forbidden"
    r"|prohibit(?:s|ed)?|(?:is|are|was|were|be|been)(?:n['’]t)? (?:not |no longer )?"
    r"(?:allowed|permitted|required|obliged|entitled|banned)|by law|under the (?:law|act|constitution|treaty|rules?)"
    r"|requires?|(?:has|have) required|bans|bars|forbids?|forbade|oblige[sd]?|mandatory|compulsory|must"
    r"|the law (?:says|states)"
    r"|legally|eligible"
    r"|(?:may|can) (?:not|only|no longer)|could (?:only|no longer)|can(?:not|['’]t)|(?:no|nobody|neither|no one"
    r"|none)\b.{0,40}\bmay\b|not allowed"
    r"|punishable"
    r"|rules? (?:stops?|lets?|allows?|permits?|says?|limits?|caps?)|law (?:lets?|allows?|permits?|caps?|limits?"
    r"|gives)|entitles?"
    r"|faces? (?:up to|an?) .{0,30}(?:prison|jail|fine)"
    r"|carr(?:y|ies) (?:an? )?(?:\w+ )?(?:sentence|fine|penalt|maximum|minimum|term)\w*"
    r"|can be dismissed|(?:is|are) (?:exempt|payable only)"
    r"|(?:lose|loses) (?:their|its|the) right|can be (?:fined|jailed|barred|evicted|banned|imprisoned|removed"
    r"|suspended)|nor can"
    r"|(?:has|have) (?:[0-9]+|a|two|three|four|five|six|seven|eight|nine|ten) (?:day|week|month|year)s? to"
    r"|restricts?|barred from|(?-i:may) be .{0,40}(?:up to|only|without|at most)"
    r"|only .{0,40} (?-i:may)|(?-i:may) .{0,60} only"
    r"|(?:has|have)(?: since)? (?:banned|outlawed|prohibited)|(?-i:may) (?:appeal|apply|claim|carry|bring"
    r"|enter|vote)|would have to|are free to|have the right to"
    r"|has the right to|limits? .{0,40} to|caps .{0,40} at"
    r"|contract (?:obliges|required?s?|allows|lets)|(?:law|treaty|order|licence|rules) required"
    r"|needs? (?:the |an? (?:\w+ )?)(?:approval|consent|permission|backing|majority|permit|licen[cs]e)"
    r"|needed for an? (?:\w+ )?majority|needs? .{0,30} of the votes?"
    r"|(?:is|are|be) fined|(?:do|does) not apply|appl(?:y|ies) (?:only )?to"
    r"|can (?:claim|apply|appeal|opt|register|take a complaint|travel free|vote|ask for|request))\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"^(?:but |and |also,? )?under (?:[\w.’'-]+ ){0,5}?(?:laws?|rules?|acts?|agreements?|scheme|contracts?"
    r"|bill|regulations?|guidelines?|codes?"
    r"|treaty|truce|ceasefire|licence|convention|charter|statute|plans?|deal|terms|legislation|constitution|policy|reforms?|system|order)\b",
    re.IGNORECASE,
)
_LAWS = word_set(
    "law laws act bill rule rules memo agreement agreements policy policies permit permits licence license contract",
    "contracts treaty order decree regulation regulations statute code constitution directive convention ordinance",
    "guidelines charter deal pact warranty insurance mandate",
)
_RULING = word_set(
    "allow allows allowed let lets permit permits permitted cover covers covered entitle entitles exempt exempts cap",
    "caps limit limits guarantee guarantees grant grants require requires apply applies give gives charge charges",
    "set sets impose imposes ban bans bar bars oblige obliges forbid forbids outlaw outlaws exclude excludes",
    "keep keeps kept protect protects protected",
)
_TIMES = word_set("day days night nights week weeks month months year years hour hours minute minutes time times")
_CODES = word_set(
    "law laws act rules regulation regulations code constitution statute guidelines guidance treaty charter",
)
_ORDERING = word_set("should must may shall")
_MODALS = word_set("may can must cannot would could shall might")
_PREDICTION = re.compile(
    r"\b(?:(?:is|are) (?:un)?likely|(?:is|are|was|were) (?:(?:now|widely|also|still|not) )?"
    r"(?:expected|set|likely|unlikely|projected|forecast|scheduled|poised|predicted|going|bound|on course"
    r"|on track) to"
    r"|(?<!aim )(?<!goal )(?<!plan )(?<!idea )(?:is|are) to (?:be|have|get|open|close|receive|become|start"
    r"|begin|build|cut|carry|rise|fall|cost|face|pay|lose|join|end|leave|move|meet|return|run|stand|take|hold)"
    r"|could .{1,40} (?:before|by (?:the|next|20|[A-Z])|within|as early as|as soon as|next)"
    r"|(?:is|are|was|were) likely (?:to|on|in|by|next|this)|(?:is|are) (?:set(?: down)?|planned|scheduled|listed|slated"
    r"|booked) for|(?:is|are) (?:due"
    r"|expected) (?:to|on|in|by|next)"
    r"|expects?|predicts?|is due (?:in|on|next|by|this"
    r"|later|before|within)|are due (?:in|on|next|by|this|within))\b",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\b(?:beat|won|lost|drew|defeated|was|thrashed)\b.* [0-9]{1,3} ?(?:[-–]|to) ?[0-9]{1,3}(?![0-9,]|\s?%)"
)
MULTIPLYING = {
    "doubled": ("2", "times"),
    "tripled": ("3", "times"),
    "trebled": ("3", "times"),
    "quadrupled": ("4", "times"),
    "halved": ("0.5", ""),
}
_FUTURE = word_set("will won't won’t shall 'll ’ll wo")
_CAUSATION = re.compile(
    r"\b(?:because|(?<=, )so (?!far\b|long\b|much\b|many\b)|due to"
    r"|caus(?:e|ed|es|ing)|led (?:\w+ ){0,3}to|leads? (?:\w+ ){0,3}to|leading to|as a result of"
    r"|result(?:ed|s|ing)? (?:in"
    r"|from)"
    r"|thanks to|in response to|trigger(?:ed|s)|blam(?:e|es|ed) (?:\w+ ){0,4}(?:on|for)|blam(?:e|es|ed) an? "
    r"|attribut(?:e|es|ed) .{2,40} to|brought on|prompt(?:ed|s)|owing to|linked to"
    r"|contribut(?:ed|es|e) to"
    r"|fuell?ed|spark(?:ed|s)|brought about|responsible for|stems? from|stemmed from|driven (?:\w+ )?by|forc(?:ed|es"
    r"|ing) .{2,60} to|pushed up|drove (?:up|down)"
    r"|accounts? for|drag(?:s|ged|ging)? down|let .{2,40} (?:in|out|early)|(?:drives?|driving|pushes|brings|brought"
    r"|brought|pushed) (?:up|down)|ma(?:kes?|de) (?!up).{2,40} (?:more|less|worse|better|harder|easier)"
    r"|cost (?-i:us)|so that|thereby|set(?:s|ting)? off"
    r"|(?:dr[io]ves?|push(?:es|ed)?) .{1,40} (?:into|onto|out of|away)|why|push(?:es|ed)? \w+ to \w+"
    r"|keep(?:s|ing)? \w+ from|grow(?:n|s)? out of|grew out of"
    r"|(?:is|are|was|were) the (?:(?:main |chief )?(?:reason|cause)|result of)|put an end to)\b",
    re.IGNORECASE,
)
_CHANGING = word_set(
    "ruined ruins ruin sank sunk cracked crack cracks darkened darkens damaged damages damage weakened weakens",
    "weaken cut cuts raised raises raise lowered lowers lower reduced reduces reduce increased increases increase",
    "doubled doubles halved halves boosted boosts boost worsened worsens worsen improved improves improve delayed",
    "delays delay blocked blocks slowed slows slow spoiled spoils poisoned poisons poison contaminated wrecked",
    "wrecks crippled cripples hurt hurts harmed harms harm helped helps emptied disabled dried dries lengthened",
    "lengthens lengthen shortened shortens widened widens strengthened strengthens tightened tightens deterred",
    "deters deter driven pollutes polluted dirtied ruining scared scares discouraged discourages splits split",
    "destroyed destroys flooded killed kills kill wiped drained drains empties cost costs makes make made saved",
    "saves strained strains drove drives pushed pushes hit hits disrupted disrupts prevented prevents prevent",
    "protects protected protect forced forces triggers warms warmed cools cooled attracts attracted eroded erodes",
    "fuels deepened deepens eased eases lifted lifts calms calmed shrinks shrank shrinking wrecking starved starves",
    "ended ends froze frozen freezes choked chokes clogged clogs buried choking pushing allowed allows brought brings",
    "kept keeps keep put puts making driving corroded corrodes knocked knocks shaped shapes spread spreads disturb",
    "disturbs smothered opened feed feeds breed breeds relax relaxes explains explained",
)
_MAKING = word_set("made make makes making let lets")
_AGENT_ENDINGS = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ants", "ees")
_AGENTS = word_set(
    "league leagues clubs courts regulator watchdog boards councils companies banks firms gunmen people police",
    "army government company council ministry court parliament union club board team group firm agency bank party",
    "government's troops forces rebels officials authorities staff crew family families residents students pupils",
    "nurses soldiers minister president mayor judge jury school hospital university city town state country",
    "committee commission airline operator owner king queen critics voters authority clerk colleague colleagues",
    "neighbour neighbours friend friends guard guards son sons daughter daughters wife husband child aunt uncle cousin",
    "captain doctor surgeon borough county district village",
)


def classify_clause(reading: Reading, clause: Clause) -> ClaimKind:
    text = reading.words_of(clause.words)
    if _is_under_a_law(reading, clause) or is_laid_down(reading, clause):
        return ClaimKind.RULE
    if _is_prediction(reading, clause, text):
        return ClaimKind.PREDICTION
    if (_is_first_person(reading, clause) or is_of_speaker(reading, clause)) and is_experience(reading, clause):
        return ClaimKind.EXPERIENCE
    if (
        _is_said_of_a_law(reading, clause)
        or (_RULE.search(text) and not _is_past_inability(reading, clause))
        or _permits(reading, clause)
    ):
        return ClaimKind.RULE
    if _CAUSATION.search(text) or _brings_about(reading, clause):
        return ClaimKind.CAUSATION
    is_told = is_experience(reading, clause) and (_is_own(reading, clause) or not _counts(reading, clause))
    if is_told:
        return ClaimKind.EXPERIENCE
    if reading.tree.words[clause.verb].lower in MULTIPLYING:
        return ClaimKind.QUANTITY
    return ClaimKind.QUANTITY if _SCORE.search(text) else ClaimKind.OTHER


def _is_first_person(reading: Reading, clause: Clause) -> bool:
    return clause.subject is not None and reading.tree.words[clause.subject].lower == "i"


def _is_own(reading: Reading, clause: Clause) -> bool:
    words = reading.tree.words
    is_mine = any(words[i].lower == "my" for i in clause.words)
    return clause.subject is not None and (words[clause.subject].lower == "i" or is_mine)


def _counts(reading: Reading, clause: Clause) -> bool:
    """Is there a figure in it that can be looked up?"""
    figures = [q for q in reading.quantities if q.end - 1 in clause.whole and not q.needs_context]
    is_ours = clause.subject is not None and reading.tree.words[clause.subject].lower == "we"
    return any(not q.is_minor or (is_ours and q.amount.unit not in _TIMES) for q in figures)


def _is_prediction(reading: Reading, clause: Clause, text: str) -> bool:
    """What will be; and what would be, in the words that someone else reports of a speaker."""
    tree = reading.tree
    helpers = {tree.words[kid].lower for kid in tree.children(clause.verb, "aux")}
    if helpers & _FUTURE:
        return True
    if "would" in helpers and "have" not in helpers:
        return reading.is_reported(clause)
    is_open = bool(helpers & {"could", "may", "might"}) and "have" not in helpers
    is_forecast = "forecast" in text and any(
        tree.words[i].lower in ("forecast", "forecasts") and _tells(tree, i) for i in clause.words
    )
    return is_forecast or bool(_PREDICTION.search(text)) or (is_open and reading.is_ahead(clause))


def _tells(tree: Tree, index: int) -> bool:
    """`The bank forecasts growth`, but not `a forecast of growth` or `than it had forecast`."""
    helpers = {tree.words[kid].lower for kid in tree.children(index, "aux")}
    is_verb = tree.words[index].upos == "VERB" or tree.words[index].dep == "root"
    return is_verb and not helpers & {"had", "been"}


def _is_under_a_law(reading: Reading, clause: Clause) -> bool:
    """`Under the bill, police could search homes`: what it says may, must or cannot be, or is so at all times."""
    tree = reading.tree
    if not _UNDER.match(tree.text):
        return False
    helpers = [tree.words[kid] for kid in tree.children(clause.verb, "aux", "aux:pass", "cop")]
    is_main = not any(tree.words[i].dep in ("acl", "advcl") for i in (clause.verb, *tree.ancestors(clause.verb)))
    is_present = is_main and (helpers or [tree.words[clause.verb]])[0].xpos in ("VBZ", "VBP")
    has = tree.words[clause.verb].lower in ("has", "have", "had")
    return is_present or has or any(word.lower in _MODALS for word in helpers)


def _is_said_of_a_law(reading: Reading, clause: Clause) -> bool:
    """`An old permit allowed the discharges`, `Most policies do not cover floods`."""
    words = reading.tree.words
    is_law = clause.subject is not None and words[clause.subject].lower in _LAWS
    return is_law and words[clause.verb].lower in _RULING


def is_laid_down(reading: Reading, clause: Clause) -> bool:
    """`The guidelines say that children should sleep ten hours`: what a law tells people to do is no opinion."""
    saying = reading.attribution.claimant.lower().split() if reading.attribution else []
    if not saying or saying[-1] not in _CODES:
        return False
    helpers = {reading.tree.words[kid].lower for kid in reading.tree.children(clause.verb, "aux")}
    return bool(helpers & _ORDERING) and reading.is_reported(clause)


def _permits(reading: Reading, clause: Clause) -> bool:
    """`Each vessel may transfer …`, `every fridge has to carry …`: said of all of a kind."""
    tree = reading.tree
    helpers = {tree.words[kid].lower for kid in tree.children(clause.verb, "aux")}
    is_told_to = (tree.child(clause.verb, "xcomp") or 0) > clause.verb and tree.words[clause.verb + 1].lower == "to"
    has_to = is_told_to and tree.words[clause.verb].lower in ("has", "have")  # `has yet to`
    if clause.subject is None or not (helpers & {"may"} or has_to) or "have" in helpers:
        return False
    determiner = tree.child(clause.subject, "det")
    if determiner is not None and tree.words[determiner].lower in ("a", "an"):
        return tree.words[clause.subject].lower in _AGENTS
    if determiner is not None:
        return tree.words[determiner].lower in ("each", "every", "any", "no", "neither", "all")
    if tree.words[clause.subject].lower == "those":
        return True
    return tree.words[clause.subject].xpos == "NNS" and tree.words[clause.verb].upos == "VERB"


def _is_past_inability(reading: Reading, clause: Clause) -> bool:
    """`I cannot say`, `we could not staff it`: not what a rule forbids."""
    tree = reading.tree
    subject = tree.words[clause.subject].lower if clause.subject is not None else ""
    helpers = {tree.words[kid].lower for kid in tree.children(clause.verb, "aux")}
    clauses = {tree.words[kid].lower for at in clause.whole for kid in tree.children(at, "aux")}
    able = bool((helpers | clauses) & {"could", "cannot", "can", "ca"})
    return able and subject in ("i", "we", "he", "she", "they", "it", "you")


def _brings_about(reading: Reading, clause: Clause) -> bool:
    """`, as prices bit` is a cause; a ground (`because floods cut it`) is part of the one that its sentence tells."""
    if clause.mark == "because":
        return False
    tree = reading.tree
    first = clause.words[0] if clause.words else 0
    if clause.mark == "as" and first > 1 and tree.words[first - 2].text == "," and clause.subject is not None:
        return _is_thing(tree, clause.subject)
    return _changes_something(reading, clause) or _happens_through(tree, clause) or _makes_happen(tree, clause)


def _changes_something(reading: Reading, clause: Clause) -> bool:
    """`The leak sank the ship`: something that is no one acts on something."""
    tree = reading.tree
    if clause.subject is None or not (_acts(tree, clause.verb) or _leaves(tree, clause.verb)):
        return False
    if not _is_thing(tree, clause.subject) or tree.words[clause.subject].rel == "nsubj:pass":
        return False
    has_figure = any(q.end - 1 in clause.whole for q in reading.quantities)
    return not has_figure and not any(event.verb == clause.verb for _, event in reading.events)


def _acts(tree: Tree, verb: int) -> bool:
    is_made_up = tree.words[verb].lower == "made" and tree.child(verb, "compound:prt") is not None
    obj = tree.child(verb, "obj")
    is_known = obj is not None and tree.words[obj].lower not in ("what", "which")
    return tree.words[verb].lower in _CHANGING and is_known and not is_made_up


def _leaves(tree: Tree, verb: int) -> bool:
    """`left the village | without a nurse`, but not `left the village`."""
    is_left = tree.words[verb].lower in ("left", "leaves", "leave") and tree.child(verb, "obj") is not None
    lacks = any(tree.words[i].lower == "without" for i in tree.descend(verb))
    return is_left and (lacks or tree.child(verb, "xcomp") is not None)


def _is_thing(tree: Tree, subject: int) -> bool:
    word = tree.words[subject]
    is_first = all(before.upos == "PUNCT" for before in tree.words[:subject])
    is_noun = word.upos == "NOUN" or (is_first and word.upos in ("VERB", "ADJ"))
    is_name = word.is_capitalised and not is_first
    return is_noun and not is_name and word.lower not in _AGENTS and not word.lower.endswith(_AGENT_ENDINGS)


def _happens_through(tree: Tree, clause: Clause) -> bool:
    """`payments were delayed | by a change of software`"""
    if tree.words[clause.verb].lower not in _CHANGING or tree.child(clause.verb, "aux:pass") is None:
        return False
    through = (kid for kid in tree.children(clause.verb, "obl") if kid > clause.verb)
    return any(tree.words[case].lower == "by" and _is_thing(tree, kid) for kid in through for case in tree.kids[kid])


def _makes_happen(tree: Tree, clause: Clause) -> bool:
    """`it made the storm | strengthen`, but not `it made me feel old`"""
    if clause.subject is None or tree.words[clause.verb].lower not in _MAKING:
        return False
    is_thing = tree.words[clause.subject].lower in ("it", "this", "that") or _is_thing(tree, clause.subject)
    made = (kid for kid in tree.children(clause.verb, "xcomp") if tree.words[kid].xpos == "VB")
    return is_thing and any(not is_feeling(tree, kid) for kid in made)
