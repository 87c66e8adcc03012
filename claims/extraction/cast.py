"""Who is who in one article: the full name behind `Mr Sudani`, `the ministry`, `the charity`."""

import re

from claims.extraction.calendar import MONTHS, WEEKDAYS
from claims.extraction.names import BODY_WORDS, POSTNOMINALS, TITLES, is_company_stop, is_name, is_person
from claims.extraction.people import People
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_ANY_BODY = word_set(
    "company group firm charity agency organisation organization operator business retailer carrier lender club",
    "maker manufacturer broadcaster consultancy insurer developer supplier owner producer",
)
_PUBLIC = word_set(
    "council ministry commission court police department government parliament university authority army"
)
_DESCRIBING = word_set("of in at with from on for familiar close who that involved seen briefed working near")
_GENERIC_FIRST = word_set(
    "national european royal new world united international federal central north south east west american",
    "british",
)
_KINDRED = {
    "union": ("union", "federation", "workers", "brotherhood", "association"),
    "charity": ("trust", "foundation", "charity", "aid"),
}
_MET = re.compile(
    r"\b(?:We|I) (?:spoke|talked|sat down|met) (?:to|with)\b|\b(?:spoke|speaks|talked|talks) (?:to|with) (?:us"
    r"|this newspaper)\b"
)
_NAME = (
    r"[A-Z][\w'’&-]*(?: (?:(?:of|for|and|the|&) )?[A-Z][\w'’&-]*)*(?:(?:(?<= Inc)|(?<= Ltd)|(?<= Corp)|(?<= Co))\.)?"
)
_KIND = (
    r"group|charity|company|firm|agency|union|operator|club|retailer|carrier|lender|consultancy|watchdog|regulator"
    r"|think tank|network|developer|(?:[a-z]+)?maker|builder|airline|start-up|manufacturer|insurer|organi[sz]ation"
)
# `the rights group Open Hands`; `Open Hands, a charity that …`
_INTRODUCED = re.compile(
    rf"\b(?P<kind>{_KIND}) (?P<name>{_NAME})"
    rf"|(?P<who>{_NAME}), (?:an?|the (?=[^,.]*(?:,|that|which))) (?:[\w'’-]+ ){{0,4}}?(?P<what>{_KIND})"
    r"(?=,| that| which| who| behind| based| run| owned| founded| in )"
)
# who speaks for more than themselves
_OFFICES = word_set(
    "president minister chancellor premier governor mayor senator representative congressman congresswoman mp judge",
    "justice general gen colonel col admiral commander king queen secretary ambassador spokesman spokeswoman",
    "spokesperson official prosecutor lawyer barrister attorney counsel solicitor leader chairman chairwoman chair",
    "commissioner councillor director chief ceo head founder analyst economist regulator candidate lawmaker deputy",
    "undersecretary rapporteur inspector detective constable sergeant superintendent coach doctor dr surgeon",
    "investigator coroner captain lieutenant major officer agent sheriff warden professor police policeman",
    "policewoman psychologist psychiatrist therapist",
)
# who speaks as someone's own: what they tell may be of that one
_KIN = word_set(
    "mother father sister brother son daughter wife husband aunt uncle cousin niece nephew grandmother grandfather",
    "widow widower partner friend girlfriend boyfriend neighbour neighbor colleague relative",
)
_INDIVIDUAL = re.compile(r"(?:er|or|ist|ian|man|woman|ant|guard|nurse|resident|student|pupil|witness|parent|official)$")
# `Ida Holm, the deputy mayor`, `the mayor, Ida Holm`
_HOLDS_OFFICE = re.compile(
    rf"(?P<name>{_NAME}), (?:the|an?|its|their) (?:[\w'’-]+ ){{0,2}}(?P<office>{'|'.join(sorted(_OFFICES))})\b"
)
_OUTLETS = word_set("news newswire times post press tribune herald gazette echo mirror telegraph wire reporters")


_FEWEST_INITIALS = 3
_LINKS = frozenset(("of", "for", "de", "van", "von", "del", "bin", "&"))


class Cast:
    """The people and bodies of one article, by every name under which it speaks of them."""

    def __init__(self) -> None:
        self.full: dict[str, str] = {}
        self._initials: dict[str, str] = {}
        self._shared: set[str] = set()
        self.last_speaker: str | None = None
        self.last_body: str | None = None
        self.interviewee: str | None = None
        self._bodies: set[str] = set()
        self._for_others: set[str] = set()
        self._holders: dict[str, set[str]] = {}
        self.last_body_speaker: str | None = None
        self._persons: set[str] = set()
        self.newcomers: list[str] = []
        self.people = People()

    def meet(self, tree: Tree) -> None:
        """Remember the full names of a sentence; `World Health Organization (WHO)` gives an acronym its meaning."""
        self.newcomers = []
        for run in _capitalised_runs(tree):
            self._remember(run)
            self._shorten(" ".join(run))
        self.people.learn(tree.text, self.full)
        for match in _INTRODUCED.finditer(tree.text):
            name = match["name"] or match["who"]
            if name.lower() in MONTHS or name.lower() in WEEKDAYS:
                continue
            self.last_body = name
            self._bodies.add(name)
            self.full[(match["kind"] or match["what"]).lower()] = self.last_body
        met = _MET.search(tree.text)
        names = [" ".join(run) for run in _capitalised_runs(tree)] if met else []
        self.interviewee = next((name for name in names if is_person(name)), self.interviewee)
        for match in _HOLDS_OFFICE.finditer(tree.text):
            if is_person(match["name"]):
                self._hold(match["office"].lower(), match["name"])
        for match in re.finditer(r"\(([A-Z][A-Za-z]{1,7})\)", tree.text):
            name = _name_before(tree.text[: match.start()], match[1])
            if name:
                self.full.setdefault(match[1].lower(), name)

    def _remember(self, run: list[str]) -> None:
        words = _without_titles(run)
        if len(words) < 2 or any(word.lower() in ("the",) for word in words):
            return
        name = " ".join(words)
        if any(word.lower() in BODY_WORDS for word in words):
            for word in words:
                if word.lower() in BODY_WORDS:
                    self.full[word.lower()] = name
            if words[0].lower() not in _GENERIC_FIRST | BODY_WORDS:
                self.full.setdefault(words[0].lower(), name)
            if words[-1].lower() not in _OUTLETS:
                self.last_body = name
            return
        if is_person(name):
            self._hold(run[-len(words) - 1].lower() if len(run) > len(words) else "", name)
            if name not in self._persons:
                self._persons.add(name)
                self.newcomers.append(name)
            for short in dict.fromkeys((words[-1].lower(), words[-1].lower().removeprefix("al-"), words[0].lower())):
                self._share(short, name)

    def _shorten(self, name: str) -> None:
        """`the CDC`, whose meaning no bracket gives."""
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) >= _FEWEST_INITIALS and any(word.lower() in BODY_WORDS for word in name.split()):
            self._initials.setdefault(initials, name)

    def _hold(self, office: str, name: str) -> None:
        """`the judge` is the one judge of the article."""
        if office in _OFFICES:
            office = "judge" if office == "justice" else office
            self._holders.setdefault(office, set()).add(name)

    @property
    def last_person(self) -> str | None:
        return self.people.last

    def _share(self, short: str, name: str) -> None:
        """A short name that two people have means neither for sure."""
        known = self.full.get(short, name)
        if known != name and not {*known.split()} <= {*name.split()} and not {*name.split()} <= {*known.split()}:
            self._shared.add(short)
            del self.full[short]
        elif short not in self._shared:
            self.full.setdefault(short, name)

    def resolve(self, name: str) -> str:
        """The fullest name that the article gives for this one."""
        bare = name.lower().removeprefix("the ")
        holders = self._holders.get(bare, ())
        if len(holders) == 1:
            return next(iter(holders))
        kindred = _KINDRED.get(bare)
        if kindred and bare not in self.full:
            related = (key for key in self.full if key in kindred or key.rstrip("s").endswith(kindred))
            if key := next(related, None):
                return self.full[key]
        if bare.split()[-1:] and bare.split()[-1] in _ANY_BODY and name[-1:].islower() and self.last_body:
            is_public = any(word.lower() in _PUBLIC for word in self.last_body.split())
            return self.full.get(bare, name if is_public and bare.split()[-1] not in _PUBLIC else self.last_body)
        return self.full.get(bare) or self._initials.get(name.removeprefix("the "), name)

    def name_in(self, label: str) -> str | None:
        """Whom a label names (`Shop steward Delroy Akins`, `Akins`); None if the article knows no such person."""
        last = label.lower().split()[-1]
        known = self.full.get(label.lower()) or self.full.get(last)
        return known if known and {*known.lower().split()} & {*label.lower().split()} else None

    def speak(self, claimant: str, introduced: str) -> None:
        """`introduced`: the words in which the sentence names the speaker."""
        self.last_speaker = claimant
        words = claimant.lower().split()
        if any(word in _OFFICES | _KIN for word in re.findall(r"\w+", introduced.lower())):
            self._for_others.add(claimant)
        if _is_one(claimant) and claimant not in self._bodies and f"the {claimant.lower()}" not in introduced.lower():
            self.people.think_of(claimant)
            return
        if len(words) > 1 and words[-1] in BODY_WORDS:
            self.full.setdefault(words[-1], claimant)
        if claimant in _ANY_BODY:  # `the company`, of an article that has not named it
            return
        if is_name(claimant) or any(word in BODY_WORDS | _ANY_BODY for word in words):
            self.last_body = self.last_body_speaker = claimant
        elif len(words) > 1:
            self.full[_head_of(words)] = claimant

    def is_private(self, claimant: str) -> bool:
        """One person, of whom the article tells no office and whose kin they are."""
        return _is_one(claimant) and claimant not in self._for_others | self._bodies


def _is_one(claimant: str) -> bool:
    """A person by name, or someone without one (`nurse at the camp's clinic`, `former guard`)."""
    if is_person(claimant):
        return True
    words = claimant.lower().split()
    head = _head_of(words)
    is_body = head in BODY_WORDS | _ANY_BODY | _PUBLIC | {"government", "regulator", "watchdog"}
    return bool(_INDIVIDUAL.search(head)) and not is_body


def _without_titles(words: list[str]) -> list[str]:
    """`Ostrava Mayor Ida Holm KC` -> `Ida Holm`."""
    is_body = any(word.lower() in BODY_WORDS for word in words)  # `State Electoral Commission`
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES and not is_body:
        words = words[1:]
    titles = [i for i, word in enumerate(words) if word.lower() in TITLES]
    if titles and is_person(" ".join(words[titles[-1] + 1 :])):
        words = words[titles[-1] + 1 :]
    while len(words) > 2 and words[-1].upper() in POSTNOMINALS:
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
        if run and (owns or is_company_stop(tree, index) or _is_initial(tree, index)):
            run[-1] += word.text
            continue
        joins = bool(run) and (word.lower in _LINKS or word.lower.startswith("al-"))
        if inside or joins:
            run.append(word.text)
            continue
        if run:
            runs.append(_trimmed(run))
        run = []
    runs.append(_trimmed(run))
    return [run for run in runs if len(run) > 1]


def _is_initial(tree: Tree, at: int) -> bool:
    """`Maria T|.| Keller`."""
    words = tree.words
    before, is_followed = words[at - 1], at + 1 < len(words) and words[at + 1].is_capitalised
    return words[at].text == "." and len(before.text) == 1 and before.end == words[at].start and is_followed


def _trimmed(run: list[str]) -> list[str]:
    while run and run[-1].lower() in _LINKS:
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
