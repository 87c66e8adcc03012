"""Names of people and bodies: how a phrase names them, and who of one article they are."""

import re
from itertools import takewhile

from claims.extraction.tree import Tree
from claims.extraction.words import word_set

TITLES = word_set(
    "mr mrs ms miss dr prof professor sir lord lady dame president prime minister chancellor premier governor",
    "mayor senator sen rep representative congressman congresswoman judge justice general gen colonel col major",
    "captain capt lieutenant sergeant sgt admiral commander king queen prince princess pope cardinal bishop",
    "archbishop rabbi imam sheikh sheik secretary ambassador deputy vice chief director head chairman chairwoman",
    "chair spokesman spokeswoman spokesperson economist analyst doctor nurse attorney prosecutor lawyer",
    "councillor cllr superintendent inspector sheriff coach chairperson pc dc ds commissioner economy foreign",
    "finance health interior defence defense education transport environment former acting interim opposition",
    "leader reader resident teacher passenger hydrologist survivor student shopkeeper activist author critic",
    "customer consumer lead senior detective constable officer hon rev reverend father sister brother engineer",
    "rapporteur assistant midwife historian scientist archaeologist biologist ombudsman undersecretary whip retired",
    "farmer harbour union campaign party state federal national regional coordinator manager clerk executive county",
    "house republican democrat democratic treasurer comptroller auditor trustee brigadier brigadier-general warden",
    "major-general lieutenant-general undersecretary volunteer insp det supt cr baron baroness campaigner paramedic",
    "barrister solicitor epidemiologist meteorologist geologist psychologist physicist columnist novelist ceo",
)
_TRADES = word_set(
    "retiree pensioner neighbour neighbor mum mom mother dad father grandmother grandfather trader vendor shopper",
    "commuter witness tenant landlord fisherman plumber builder electrician butcher baker publican hotelier boss",
)
_FIELDS = word_set(
    "economy foreign finance health interior defence defense education transport environment opposition union",
    "campaign party state federal national regional county house harbour",
)
BODY_WORDS = word_set(
    "ministry council university institute company union commission agency bank court police department office",
    "authority association federation committee board party government parliament army navy hospital school",
    "college society group organisation organization foundation fund service services ltd inc corp plc",
    "ltd. inc. corp. co.",
    "observatory survey bureau centre center trust league club team network alliance coalition desk times post",
    "news ferries railways airlines airways lines insurance energy chamber coast coastguard unit force forces",
    "section embassy systems holdings labs laboratories technologies industries motors partners studios logistics",
    "mining resources solutions software guild centers chambers consortium cooperative conference protection",
    "patrol cross crescent international watch greenpeace electric pipelines coaches air robotics biotech pharma",
    "pharmaceuticals semiconductor semiconductors electronics aerospace telecoms maritime steel chemicals",
    "petroleum foods stores hotels homes properties media rovers wanderers albion athletic united line capital",
    "laboratory tribunal",
)
_ANONYMOUS = re.compile(
    r"\b(?:officials?|sources?|diplomats?|analysts?|experts?|insiders?|aides?|critics|people familiar|people close"
    r"|witnesses|residents|observers|a person|members?|employees?|officers?|economists?|investigators?)\b",
    re.IGNORECASE,
)
POSTNOMINALS = frozenset(("KC", "QC", "MP", "MD", "PHD", "JR", "SR", "OBE", "CBE", "MEP"))
_DOCUMENTS = word_set(
    "report reports study studies survey surveys figures data statistics statement poll polls analysis paper",
    "documents records review audit census estimate estimates database history article website numbers findings",
    "research filing filings memo memos letter letters email emails document indictment transcript count",
    "tally tables lawsuit",
)
_READING = word_set("seen reviewed obtained read")
_HIDING = word_set("named identified anonymity anonymously")  # `who asked not to be named`
_COMPANIES = word_set("inc corp ltd co bros")
_NO_DESCRIPTION = frozenset(("ADP", "DET", "CCONJ", "PART", "PRON", "PUNCT", "VERB"))
_OCCUPATIONS = ("man", "woman", "keeper", "farmer", "worker", "owner", "ist", "driver", "dent")
_PARTICLES = word_set(
    "al el de del della der den di da du la le van von bin ibn ben abu of the and for",
)
_MAX_WORDS, _MAX_NAME, _LONGEST_OFFICE = 14, 6, 10
_DETERMINERS = word_set(
    "the a an this that these those its his her their our my some several",
)


def is_anonymous(claimant: str) -> bool:
    """`US officials`, `sources familiar with the matter`: a group, not a name."""
    return bool(_ANONYMOUS.search(claimant)) and not is_name(claimant)


def is_document(word: str) -> bool:
    """`report`, `figures`: something written, that people speak through."""
    return word in _DOCUMENTS


def is_name(claimant: str) -> bool:
    """Every word but particles begins with a capital."""
    words = claimant.split()
    return bool(words) and all(word[0].isupper() or word.lower().split("-")[0] in _PARTICLES for word in words)


def is_person(claimant: str) -> bool:
    """A name of two to five words without a word that only bodies have."""
    words = claimant.replace("-", " ").split()
    if any(word.isupper() and 1 < len(word) <= 4 and word.isalpha() for word in words):
        return False
    return is_name(claimant) and 1 < len(words) <= 5 and not any(word.lower() in BODY_WORDS for word in words)


def name_of(tree: Tree, index: int) -> str:
    """The phrase of a noun as a claimant's name: a person without title and office, a body without `the`."""
    below = [(at, kid) for at in tree.descend(index) for kid in tree.kids[at]]
    cut = {kid for at, kid in below if _is_remark(tree, kid) and (at == index or not _is_and_in_name(tree, kid))}
    cut.update(kid for kid in tree.children(index, "case") if kid < index)
    is_document = tree.words[index].lower in _DOCUMENTS  # `a study published on Monday`, `the board found`
    says = ("found", "said", "reported", "estimated", "that", "which")
    for kid in tree.children(index, "acl"):
        word, opener = tree.words[kid], tree.words[tree.descend(kid)[0]]
        hides = opener.lower == "who" and any(tree.words[i].lower in _HIDING for i in tree.descend(kid))
        if (is_document and word.xpos == "VBN") or hides or word.lower in says or opener.lower in says:
            cut.add(kid)
    if is_document:  # `a study of 620 lakes`
        cut.update(kid for kid in tree.children(index, "nmod") if tree.child(kid, "nummod") is not None)
    first, end = tree.block(index, cut)
    person = _person_in(tree, index, first, min(len(tree.words), max(end, index + _MAX_NAME)))
    if person:
        return person
    source = _source_of(tree, index)
    if source is not None:
        return name_of(tree, source)
    while first < end and tree.words[first].lower in _DETERMINERS and not tree.words[first].is_acronym:
        first += 1
    end = _end_of_name(tree, first, end)
    while 0 < first < end and _joins_name(tree, first):
        first -= 1
    while first < end and tree.words[first].lower in _DETERMINERS and not tree.words[first].is_acronym:
        first += 1
    first = _skip_description(tree, first, end)
    first += first < end - 1 and tree.words[first].lower.endswith("-based")
    owner = next((i for i in range(first, end - 1) if tree.words[i].xpos == "POS"), None)
    if owner is not None and is_person(tree.string(owner + 1, end)):  # `the union's Jacek Wrona`
        first = owner + 1
    name = tree.string(first, min(end, first + _MAX_WORDS)).strip(' ,;:“”"()')
    is_common = first == 0 and name[1:].islower() and tree.words[0].upos != "PROPN"
    return name[:1].lower() + name[1:] if is_common else name


def _is_and_in_name(tree: Tree, kid: int) -> bool:
    """`Department for Roads | and | Ferries`: what `and` joins, deep within one name."""
    words = tree.words
    joint = next((i for i in (kid, *tree.kids[kid]) if words[i].dep == "cc"), 0)
    return 0 < joint < len(words) - 1 and words[joint - 1].is_capitalised and words[joint + 1].is_capitalised


def _end_of_name(tree: Tree, first: int, end: int) -> int:
    words = tree.words
    while end > first and (words[end - 1].upos in ("PUNCT", "CCONJ", "ADV", "SCONJ") or words[end - 1].xpos == "POS"):
        end -= 1
    if first < end < len(words) and words[end].upos == "PROPN" and words[end - 1].upos == "NOUN":
        end += 1  # `the trade association BalticWind`
    while first < end < len(words) and words[end - 1].is_capitalised and words[end].is_capitalised:
        end += 1
    while first < end < len(words) - 1 and words[end].text == "&" and words[end + 1].is_capitalised:
        end += 2
    return end + is_company_stop(tree, end)


def is_company_stop(tree: Tree, at: int) -> bool:
    """`Norvane Inc|.|`: the full stop is the name's, at the end of a sentence too."""
    return 0 < at < len(tree.words) and tree.words[at].text == "." and tree.words[at - 1].lower in _COMPANIES


def _joins_name(tree: Tree, first: int) -> bool:
    """`Baltic and Atlantic | Fish Council`, `National | Association`: does the name begin earlier?"""
    words = tree.words
    before, name = words[first - 1], words[first]
    if first == 1:  # `Natural Resources Wales`, but not `Yesterday Resources Wales`
        return name.is_capitalised and before.upos in ("PROPN", "ADJ") and before.is_capitalised
    if before.xpos == "POS" and first > 1 and words[first - 2].is_capitalised and name.is_capitalised:
        return True
    if before.is_capitalised and name.xpos == "POS":
        return True
    if not name.is_capitalised:
        return before.is_capitalised and name.lower in ("and", "of", "for", "&") and first < len(words) - 1
    return (before.is_capitalised and before.upos in ("PROPN", "ADJ", "NOUN")) or (
        before.lower in ("and", "of", "for", "&")
        and words[first - 2].is_capitalised
        and words[first - 2].upos in ("PROPN", "ADJ", "NOUN")
    )


def _source_of(tree: Tree, index: int) -> int | None:
    """`a report by the Audit Chamber`, `the Integrity Unit's figures`: who made the document; None if it is none."""
    if tree.words[index].lower not in _DOCUMENTS:
        return None
    for kid in tree.descend(index):
        word = tree.words[kid]
        cases = {tree.words[case].lower for case in tree.children(kid, "case")}
        made_by = word.dep in ("nmod", "obl") and cases & {"by", "from", "of", "'s", "’s", "'", "’"}
        up_to_it = [kid, *takewhile(lambda at: at != index, tree.ancestors(kid))]
        is_place = any(tree.words[case].lower == "in" for at in up_to_it for case in tree.children(at, "case"))
        is_reader = any(tree.words[at].lower in _READING for at in up_to_it)  # `a memo seen by this network`
        is_body = word.upos == "PROPN" or word.lower in BODY_WORDS or _has_capital(tree, kid)
        if kid != index and made_by and is_body and not (is_place or is_reader) and tree.child(kid, "nummod") is None:
            return kid
    return None


def _has_capital(tree: Tree, index: int) -> bool:
    return any(tree.words[i].is_capitalised for i in tree.descend(index) if i > 0)


def _skip_description(tree: Tree, first: int, end: int) -> int:
    """`barber Tunde Bakinson`, `border agency Frontium`, `minister of state Aisha Umaru`: where the name begins."""
    words = tree.words
    start = end - is_company_stop(tree, end - 1)
    while start > first and (words[start - 1].is_capitalised or words[start - 1].text == "&"):
        if start == 1 and words[0].upos == "NOUN" and end > 1:
            return 1
        start -= 1
    before = words[start - 1]
    is_described = first < start < end and before.text[0].islower() and before.upos not in _NO_DESCRIPTION
    if not is_described:
        return first
    is_beside = words[first].upos == "NOUN" and any(word.upos == "DET" for word in words[first:start])
    return first if is_beside else start  # not `analysts at the | broker Merrow`


def person_after_office(tree: Tree, index: int) -> str:
    """`a spokeswoman for the port, Col Ida Holm, said`, `the council's head of art, Karl Beck`: the name, if any."""
    words = tree.words
    comma = next((i for i in range(index + 1, min(len(words), index + _LONGEST_OFFICE)) if words[i].text == ","), 0)
    is_office = words[index].lower.split("-")[0] in TITLES
    if not is_office or any(word.has_tense for word in words[index:comma]):
        return ""
    names = (i for i in range(comma + 1, min(len(words), comma + _MAX_NAME)) if words[i].upos == "PROPN")
    at = next((i for i in names if words[i].dep in ("appos", "parataxis", "nsubj")), None) if comma else None
    name = name_of(tree, at) if at is not None else ""
    return name if is_person(name) else ""


def apposed_name(tree: Tree, index: int) -> str:
    """`the lead prosecutor, Amelia Roth, told …`, `its director, Henrik Aas`, `spokesman Henrik Aas` -> the name."""
    words = tree.words
    if words[index].upos == "PROPN" and words[index].is_capitalised:
        return ""
    at = index + 1
    while at < len(words) and at <= index + 5 and not (words[at].text == "," or words[at].is_capitalised):
        if words[at].upos in ("VERB", "CCONJ"):
            return ""
        at += 1
    start = at + (at < len(words) and words[at].text == ",")
    while start + 1 < len(words) and _is_title(tree, start):
        start += 1
    start += start < len(words) and words[start].lower == "the"
    end = start
    while (
        end < len(words)
        and (_is_part_of_name(tree, end, end + 1 < len(words)) or _links_name(tree, start, end))
        and not (words[end].is_acronym and "." not in words[end].text)
    ):
        end += 1
    name = tree.string(start, end)
    if words[index].head >= 0 and any(words[i].upos in ("ADP",) for i in range(index, start)):
        return ""
    is_set_off = at < start and (len(name.split()) > 1 or (end < len(words) and words[end].text == ","))
    return name if is_person(name) or (is_name(name) and is_set_off) else ""


def _is_title(tree: Tree, index: int) -> bool:
    """`Justice Beyond Borders` is none."""
    words = tree.words
    is_title = words[index].lower.rstrip(".") in TITLES or words[index].rel == "nmod:desc" or _is_trade(tree, index)
    return (is_title and words[index + 1].upos != "ADP") or words[index].text == "."


def _is_trade(tree: Tree, index: int) -> bool:
    """`Mum-of-three Shelley Pickard`, but not `Baker Hughes`, `Witness Protection Service`"""
    name = tree.words[index + 1 : index + 3]
    is_whole = len(name) > 1 and all(word.is_capitalised and word.lower not in BODY_WORDS for word in name)
    return is_whole and tree.words[index].lower.partition("-of-")[0] in _TRADES


def _links_name(tree: Tree, start: int, at: int) -> bool:
    """`Association of Schoolmasters`."""
    words = tree.words
    return start < at < len(words) - 1 and words[at].lower in ("of", "for", "and") and words[at + 1].is_capitalised


def _is_remark(tree: Tree, kid: int) -> bool:
    word = tree.words[kid]
    if word.dep in ("appos", "parataxis", "discourse", "cc", "conj", "advcl", "punct"):
        return word.dep != "punct" or word.text in ",;:–—("
    if word.dep in ("acl", "advmod"):
        return kid > 0 and tree.words[min(tree.descend(kid)) - 1].text in ",–—("
    return False


def _person_in(tree: Tree, index: int, first: int, end: int) -> str:
    """`Iraqi Prime Minister Mohammed Shia al-Sudani` -> the name; "" where the phrase names no person."""
    words = tree.words
    if words[index].upos != "PROPN":
        return ""
    start = stop = index
    while stop < end and _is_part_of_name(tree, stop, stop + 1 < end):
        stop += 1
    while start > first and _is_part_of_name(tree, start - 1, True):
        start -= 1
    if first < start - 1 and words[start - 1].lower == "and" and words[start - 2].is_capitalised:
        return ""
    while stop > start + 1 and words[stop - 1].text.upper() in POSTNOMINALS:
        stop -= 1
    titles = (i for i in range(start, stop - 1) if words[i].lower not in {".", *_FIELDS} and _is_title(tree, i))
    last_title = max(titles, default=start - 1)
    had_title = last_title >= start
    start = last_title + 1
    while start < stop and words[start].text in ".,":
        start += 1
    if start == 0 and stop > 2 and (words[0].upos == "NOUN" or words[0].lower.endswith(_OCCUPATIONS)):
        start = 1
    run = words[start:stop]
    following = words[stop] if stop < len(words) else None
    is_flat = len(run) > 1 and all(word.dep == "flat" for word in run[1:])  # `Ida Holm of Norvane Markets`
    goes_on = following is not None and not is_flat and (_links_name(tree, start, stop) or following.text == "&")
    if not run or goes_on or any(word.lower in BODY_WORDS for word in run):
        return ""
    is_known = had_title or any(
        words[i].dep == "flat" or words[i].rel == "nmod:desc" or (words[i].dep == "compound" and len(run) <= 3)
        for i in range(start, stop)
    )
    determined = first < start and words[first].lower == "the" and not had_title
    if (len(run) == 1 and not had_title) or determined or not is_known or run[-1].is_acronym:
        return ""
    return tree.string(start, stop)


def _is_part_of_name(tree: Tree, index: int, more: bool) -> bool:
    word = tree.words[index]
    if word.is_capitalised and word.is_word:
        return word.xpos != "POS"
    return more and (
        word.lower in ("de", "del", "van", "von", "bin", "al", "der", "la", "di", "da", "el", "-")
        or word.lower.startswith(("al-", "el-"))
        or (word.text == "." and tree.words[index - 1].text[0].isupper() and len(tree.words[index - 1].text) <= 4)
    )
