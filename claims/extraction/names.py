"""Names of people and bodies: how a phrase names them, and who of one article they are."""

import re

from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_TITLES = word_set(
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
    "farmer harbour union campaign party state federal national regional coordinator manager",
)
_BODY_WORDS = word_set(
    "ministry council university institute company union commission agency bank court police department office",
    "authority association federation committee board party government parliament army navy hospital school",
    "college society group organisation organization foundation fund service services ltd inc corp plc",
    "observatory survey bureau centre center trust league club team network alliance coalition desk times post",
    "news ferries railways airlines airways lines insurance energy chamber coast coastguard unit force forces",
    "section embassy",
)
_ANONYMOUS = re.compile(
    r"\b(?:officials?|sources?|diplomats?|analysts?|experts?|insiders?|aides?|critics|people familiar|people close"
    r"|witnesses|residents|observers|a person|members?|employees?|officers?|economists?|investigators?)\b",
    re.IGNORECASE,
)
_POSTNOMINALS = frozenset(("KC", "QC", "MP", "MD", "PHD", "JR", "SR", "OBE", "CBE", "MEP"))
_DOCUMENTS = word_set(
    "report reports study studies survey surveys figures data statistics statement poll polls analysis paper",
    "documents records review audit census estimate estimates database history article website numbers findings",
    "research filing filings",
)
_ANY_BODY = word_set(
    "company group firm charity agency organisation organization operator business retailer carrier lender club",
    "maker manufacturer broadcaster consultancy insurer developer supplier owner producer",
)
_DESCRIBING = word_set("of in at with from on for familiar close who that involved seen briefed working near")
_GENERIC_FIRST = word_set(
    "national european royal new world united international federal central north south east west american",
    "british",
)
_NO_DESCRIPTION = frozenset(("ADP", "DET", "CCONJ", "PART", "PRON", "PUNCT", "VERB"))
_OCCUPATIONS = ("man", "woman", "keeper", "farmer", "worker", "owner", "ist", "driver", "dent")
_KINDRED = {
    "union": ("union", "federation", "workers", "brotherhood", "association"),
    "charity": ("trust", "foundation", "charity", "aid"),
}
_MET = re.compile(
    r"\b(?:We|I) (?:spoke|talked|sat down|met) (?:to|with)\b|\b(?:spoke|speaks|talked|talks) (?:to|with) (?:us"
    r"|this newspaper)\b"
)
_NAME = r"[A-Z][\w'’&-]*(?: (?:(?:of|for|and|the|&) )?[A-Z][\w'’&-]*)*"
_KIND = (
    r"group|charity|company|firm|agency|union|operator|club|retailer|carrier|lender|consultancy|watchdog|regulator"
    r"|think tank|network|developer|maker|manufacturer|insurer|organi[sz]ation"
)
# `the rights group Open Hands`; `Open Hands, a charity that …`
_INTRODUCED = re.compile(
    rf"\b(?P<kind>{_KIND}) (?P<name>{_NAME})"
    rf"|(?P<who>{_NAME}), (?:an?|the|its|their) (?:[\w'’-]+ ){{0,4}}?(?P<what>{_KIND})\b"
)
_OUTLETS = word_set("news newswire times post press tribune herald gazette echo mirror telegraph wire reporters")
_PARTICLES = word_set(
    "al el de del della der den di da du la le van von bin ibn ben abu of the and for",
)
_MAX_WORDS, _MAX_NAME = 14, 6
_DETERMINERS = word_set(
    "the a an this that these those its his her their our my some several",
)


def is_anonymous(claimant: str) -> bool:
    """`US officials`, `sources familiar with the matter`: a group, not a name."""
    return bool(_ANONYMOUS.search(claimant)) and not is_name(claimant)


def is_name(claimant: str) -> bool:
    """Every word but particles begins with a capital."""
    words = claimant.split()
    return bool(words) and all(word[0].isupper() or word.lower().split("-")[0] in _PARTICLES for word in words)


def is_person(claimant: str) -> bool:
    """A name of two to five words without a word that only bodies have."""
    words = claimant.replace("-", " ").split()
    if any(word.isupper() and 1 < len(word) <= 4 and word.isalpha() for word in words):
        return False
    return is_name(claimant) and 1 < len(words) <= 5 and not any(word.lower() in _BODY_WORDS for word in words)


def name_of(tree: Tree, index: int) -> str:
    """The phrase of a noun as a claimant's name: a person without title and office, a body without `the`."""
    cut = {kid for at in tree.descend(index) for kid in tree.kids[at] if _is_remark(tree, kid)}
    cut.update(kid for kid in tree.children(index, "case") if kid < index)
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
    while 1 < first < end and _joins_name(tree, first):
        first -= 1
    while first < end and tree.words[first].lower in _DETERMINERS and not tree.words[first].is_acronym:
        first += 1
    first = _skip_description(tree, first, end)
    name = tree.string(first, min(end, first + _MAX_WORDS)).strip(' ,;:“”"()')
    is_common = first == 0 and name[1:].islower() and tree.words[0].upos != "PROPN"
    return name[:1].lower() + name[1:] if is_common else name


def _end_of_name(tree: Tree, first: int, end: int) -> int:
    words = tree.words
    while end > first and (words[end - 1].upos in ("PUNCT", "CCONJ", "ADV", "SCONJ") or words[end - 1].xpos == "POS"):
        end -= 1
    while first < end < len(words) and words[end - 1].is_capitalised and words[end].is_capitalised:
        end += 1
    if first < end < len(words) and words[end].upos == "PROPN" and words[end - 1].upos == "NOUN":
        end += 1  # `the trade association BalticWind`
        while end < len(words) and words[end].is_capitalised:
            end += 1
    return end


def _joins_name(tree: Tree, first: int) -> bool:
    """`Baltic and Atlantic | Fish Council`, `National | Association`: does the name begin earlier?"""
    words = tree.words
    before, name = words[first - 1], words[first]
    if before.xpos == "POS" and first > 1 and words[first - 2].is_capitalised and name.is_capitalised:
        return True
    if before.is_capitalised and name.xpos == "POS":
        return True
    if not name.is_capitalised:
        return before.is_capitalised and name.lower in ("and", "of", "for", "&") and first < len(words) - 1
    return (before.is_capitalised and before.upos in ("PROPN", "ADJ", "NOUN")) or (
        before.lower in ("and", "of", "&")
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
        is_body = word.upos == "PROPN" or word.lower in _BODY_WORDS or _has_capital(tree, kid)
        if kid != index and made_by and is_body and tree.child(kid, "nummod") is None:
            return kid
    return None


def _has_capital(tree: Tree, index: int) -> bool:
    return any(tree.words[i].is_capitalised for i in tree.descend(index) if i > 0)


def _skip_description(tree: Tree, first: int, end: int) -> int:
    """`barber Tunde Bakinson`, `border agency Frontium`, `minister of state Aisha Umaru`: where the name begins."""
    words, start = tree.words, end
    while start > first and words[start - 1].is_capitalised and words[start - 1].upos != "PUNCT":
        if start == 1 and words[0].upos == "NOUN" and end > 1:
            return 1
        start -= 1
    before = words[start - 1]
    is_described = first < start < end and before.text[0].islower() and before.upos not in _NO_DESCRIPTION
    return start if is_described else first


def apposed_name(tree: Tree, index: int) -> str:
    """`the lead prosecutor, Amelia Roth, told …`, `its director, Henrik Aas`, `spokesman Henrik Aas` -> the name."""
    words = tree.words
    if words[index].upos == "PROPN" and words[index].is_capitalised:
        return ""
    at = index + 1
    while at < len(words) and at <= index + 5 and not (words[at].text == "," or words[at].is_capitalised):
        if words[at].upos == "VERB":
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
    return name if is_person(name) or (is_name(name) and len(name.split()) > 1 and at < start) else ""


def _is_title(tree: Tree, index: int) -> bool:
    """`Justice Beyond Borders` is none."""
    words = tree.words
    is_title = words[index].lower.rstrip(".") in _TITLES and words[index + 1].upos != "ADP"
    return is_title or words[index].text == "."


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
    while stop > start + 1 and words[stop - 1].text.upper() in _POSTNOMINALS:
        stop -= 1
    titles = (i for i in range(start, stop - 1) if words[i].text != "." and _is_title(tree, i))
    last_title = max(titles, default=start - 1)
    had_title = last_title >= start
    start = last_title + 1
    while start < stop and words[start].text in ".,":
        start += 1
    if start == 0 and stop > 2 and (words[0].upos == "NOUN" or words[0].lower.endswith(_OCCUPATIONS)):
        start = 1
    run = words[start:stop]
    if not run or any(word.lower in _BODY_WORDS for word in run):
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


class Cast:
    """The people and bodies of one article, by every name under which it speaks of them."""

    def __init__(self) -> None:
        self.full: dict[str, str] = {}
        self.last_person: str | None = None
        self.last_speaker: str | None = None
        self.last_body: str | None = None
        self.interviewee: str | None = None
        self.last_body_speaker: str | None = None

    def meet(self, tree: Tree) -> None:
        """Remember the full names of a sentence; `World Health Organization (WHO)` gives an acronym its meaning."""
        for run in _capitalised_runs(tree):
            self._remember(run)
        for match in _INTRODUCED.finditer(tree.text):
            self.full[(match["kind"] or match["what"]).lower()] = match["name"] or match["who"]
        met = _MET.search(tree.text)
        names = [" ".join(run) for run in _capitalised_runs(tree)] if met else []
        self.interviewee = next((name for name in names if is_person(name)), self.interviewee)
        for match in re.finditer(r"\(([A-Z][A-Za-z]{1,7})\)", tree.text):
            name = _name_before(tree.text[: match.start()], match[1])
            if name:
                self.full.setdefault(match[1].lower(), name)

    def _remember(self, run: list[str]) -> None:
        words = _without_titles(run)
        if len(words) < 2 or any(word.lower() in ("the",) for word in words):
            return
        name = " ".join(words)
        if any(word.lower() in _BODY_WORDS for word in words):
            for word in words:
                if word.lower() in _BODY_WORDS:
                    self.full[word.lower()] = name
            if words[0].lower() not in _GENERIC_FIRST | _BODY_WORDS:
                self.full.setdefault(words[0].lower(), name)
            if words[-1].lower() not in _OUTLETS:
                self.last_body = name
            return
        if is_person(name):
            self.full.setdefault(words[-1].lower(), name)
            self.full.setdefault(words[-1].lower().removeprefix("al-"), name)
            self.full.setdefault(words[0].lower(), name)

    def resolve(self, name: str) -> str:
        """The fullest name that the article gives for this one."""
        bare = name.lower().removeprefix("the ")
        kindred = _KINDRED.get(bare)
        if kindred and bare not in self.full:
            related = (key for key in self.full if key in kindred or key.rstrip("s").endswith(kindred))
            if key := next(related, None):
                return self.full[key]
        if bare.split()[-1:] and bare.split()[-1] in _ANY_BODY and name[-1:].islower() and self.last_body:
            return self.full.get(bare, self.last_body)
        return self.full.get(bare, name)

    def speak(self, claimant: str) -> None:
        self.last_speaker = claimant
        words = claimant.lower().split()
        if is_person(claimant):
            self.last_person = claimant
            return
        if len(words) > 1 and words[-1] in _BODY_WORDS:
            self.full.setdefault(words[-1], claimant)
        if is_name(claimant) or any(word in _BODY_WORDS | _ANY_BODY for word in words):
            self.last_body = self.last_body_speaker = claimant
        elif len(words) > 1:
            self.full[_head_of(words)] = claimant


def _without_titles(words: list[str]) -> list[str]:
    """`Ostrava Mayor Ida Holm KC` -> `Ida Holm`."""
    while len(words) > 1 and words[0].lower().rstrip(".") in _TITLES:
        words = words[1:]
    titles = [i for i, word in enumerate(words) if word.lower() in _TITLES]
    if titles and is_person(" ".join(words[titles[-1] + 1 :])):
        words = words[titles[-1] + 1 :]
    while len(words) > 2 and words[-1].upper() in _POSTNOMINALS:
        words = words[:-1]
    return words


def _head_of(words: list[str]) -> str:
    """`diplomat` of `a Western diplomat briefed on the talks`: the last word before what describes it."""
    ends = (i for i, word in enumerate(words) if i and (word in _DESCRIBING or word.endswith("ed")))
    return words[next(ends, len(words)) - 1]


def _capitalised_runs(tree: Tree) -> list[list[str]]:
    runs: list[list[str]] = []
    run: list[str] = []
    for index, word in enumerate(tree.words):
        following = tree.words[index + 1] if index + 1 < len(tree.words) else None
        opens_name = index > 0 or word.upos == "PROPN" or (following is not None and following.is_capitalised)
        inside = word.is_capitalised and opens_name and word.upos not in ("DET", "PRON", "ADP", "SCONJ", "CCONJ")
        owns = word.xpos == "POS" and following is not None and following.is_capitalised and word.text in ("'", "’")
        if run and owns:
            run[-1] += word.text
            continue
        joins = bool(run) and (
            word.lower in ("of", "for", "de", "van", "von", "del", "bin") or word.lower.startswith("al-")
        )
        if inside or joins:
            run.append(word.text)
            continue
        if run:
            runs.append(_trimmed(run))
        run = []
    runs.append(_trimmed(run))
    return [run for run in runs if len(run) > 1]


def _trimmed(run: list[str]) -> list[str]:
    while run and run[-1].lower() in ("of", "for", "de", "van", "von", "del", "bin"):
        run = run[:-1]
    return run


def _name_before(text: str, acronym: str) -> str:
    """The words before `(WHO)` whose initials it is."""
    words = re.findall(r"[\w'’-]+", text)[-2 * len(acronym) :]
    for start in range(len(words)):
        initials = "".join(word[0] for word in words[start:] if word[0].isupper())
        if words[start][0].isupper() and initials.upper() == acronym.upper():
            return " ".join(words[start:])
    return ""
