"""The claims of one English sentence: quantities, dated events, and clauses that stand alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from claims.enums import ClaimKind
from claims.extraction.acceptance import find_traits, is_accepted
from claims.extraction.candidates import Draft
from claims.extraction.clauses import Clause, follows_from
from claims.extraction.events import Event
from claims.extraction.facts import Amount, Bound
from claims.extraction.features import find_features
from claims.extraction.headlines import label_clause, label_phrase
from claims.extraction.kinds import MULTIPLYING, is_laid_down
from claims.extraction.quantities import Quantity
from claims.extraction.quotes import is_quoted
from claims.extraction.readings import TOLD_WHOLE, Reading
from claims.extraction.standalone import state_alone
from claims.extraction.tokens import Span
from claims.extraction.tone import is_claimless, is_feeling, is_opinion
from claims.extraction.tree import Tree
from claims.extraction.words import DETERMINERS, word_set

_BASE = re.compile(r"\b(?:against|compared (?:with|to)|(?:up|down) from)\s+(?:(?:a|an|the|just|only|about) )?$")
_MAX_CONTEXT_WORDS, _NEAR_WORDS = 30, 4
_FEWEST_WORDS, _FEWEST_OF_EXPERIENCE = 3, 2  # `nobody came`
_CALLED_FALSE = re.compile(
    r"\b(?:claims?|allegations?|rumou?rs?|suggestions?|idea|notion|belief) that\b.*"
    r"\b(?:is|are|was|were) (?:false|untrue|wrong|baseless|unfounded|fake|a (?:lie|myth|hoax))\b",
    re.IGNORECASE,
)
_DENYING = word_set(
    "denied denies deny doubted doubts doubt wondered asked rejected dismissed disputes disputed refused refuses",
    "refuse declined declines decline failed fails fail overturned quashed dropped debunked unclear unknown",
    "untrue false wrong myth unable disproved refuted hoax dispute disputing contested contests contest threw thrown",
    "lie lies lied baseless debunked",
)
_BANNING = word_set("banned bans ban prohibited prohibits forbidden forbids barred bars illegal unlawful")
_NESTED = word_set("say says claim claims claimed allege alleges alleged pretend pretends think thinks")
_FALSELY = word_set("wrongly falsely baselessly incorrectly mistakenly erroneously untruthfully false debunked lied")
_MARKS = frozenset('“”"‘’')
_WANTING = word_set("want wants wanted")
_SAYING_SO = word_set("saying adding insisting arguing claiming noting stressing ruling finding holding concluding")
_SAYINGS = word_set(
    "claim claims report reports allegation allegations suggestion suggestions rumour rumours evidence idea",
    "ruling charge charges accusation accusations myth notion theory finding findings lie",
)
_VAGUE_SUBJECTS = word_set("it this that these those there what something everything who which one you")


def draft_claims(reading: Reading) -> list[Draft]:
    """In the order in which they stand. No two have the same span."""
    return _draft_sentence(reading, lambda draft: draft.traits is None or is_accepted(draft.traits))


def propose_claims(reading: Reading) -> list[Draft]:
    """What may be a claim: figures, events, and every clause that asserts something."""
    return _draft_sentence(reading, lambda draft: True)


def _draft_sentence(reading: Reading, is_kept: Callable[[Draft], bool]) -> list[Draft]:
    if is_claimless(reading.sentence) or _is_said_falsely(reading):
        return []
    clauses = [draft for draft in _draft_clauses(reading) if is_kept(draft)]
    told = [draft.span for draft in clauses if draft.kind in TOLD_WHOLE]
    drafts: dict[Span, Draft] = {}
    for draft in (*_draft_parts(reading, told), *clauses):
        drafts.setdefault(draft.span, draft)
    if not drafts:
        drafts = {draft.span: draft for draft in _draft_whole(reading) if is_kept(draft)}
    return [drafts[span] for span in sorted(drafts)]


def _draft_whole(reading: Reading) -> Iterator[Draft]:
    """All that is said, where the parse knows of no clause in it."""
    clause = reading.whole()
    is_known = any(not _is_part(reading, one) or _is_denied(reading, one) for one in reading.clauses)
    if clause is None or is_known or any(word.lower in _DENYING for word in reading.tree.words):
        return
    if is_opinion(reading.words_of(clause.words)):
        return
    kind = reading.kind_of(clause)
    if kind is not ClaimKind.QUANTITY:
        draft = _draft_words(reading, clause, clause.words, kind, _facts_of(reading, clause, kind))
        traits = find_traits(reading, clause, kind, clause.words)
        yield draft._replace(traits=traits._replace(named={**traits.named, "whole": 1.0}))


def _draft_parts(reading: Reading, told: list[Span]) -> Iterator[Draft]:
    """Figures and events, but for those of a clause that is told whole."""
    for quantity in reading.quantities:
        clause = reading.clause_at(quantity.end - 1)
        if _is_denied(reading, clause):
            continue
        is_felt = is_feeling(reading.tree, clause.verb) and not quantity.amount.share
        is_whole = _is_told(reading, quantity.first, clause, told) and not _is_base(reading, quantity)
        if not is_whole and not is_felt:
            yield from _draft_quantity(reading, clause, quantity)
    for day, event in reading.events:
        clause = reading.clause_at(event.verb)
        if _is_denied(reading, clause):
            continue
        is_own = any(clause.verb == event.verb for clause in reading.clauses)
        is_told = is_own and _is_told(reading, event.verb, clause, told) and not event.is_due
        if not is_told and not _has_figure(reading, clause, event):
            yield _draft(
                reading, clause, event.span, event.headline, ClaimKind.EVENT, {"date": day.edtf} if day.edtf else {}
            )


def _is_told(reading: Reading, index: int, clause: Clause, told: list[Span]) -> bool:
    """Does a claim that is told whole say it? Not one that was left out."""
    places = [reading.tree.words[i].start for i in (index, clause.verb)]
    is_kept = any(span.start <= place < span.end for span in told for place in places)
    return is_kept and reading.is_told_whole(index, clause)


def _acts(reading: Reading, quantity: Quantity) -> bool:
    """`of whom | two-thirds | grew up here`: the figure stands for those who do it."""
    word = reading.tree.words[quantity.end - 1]
    is_part = bool(quantity.amount.share) and word.upos in ("NOUN", "NUM") and not word.text.endswith("%")
    return is_part and word.dep == "nsubj"


def _is_of_others(reading: Reading, saying: int) -> bool:
    """`“My opponent claims I raised taxes,” she said`: words that the speaker does not make their own."""
    tree = reading.tree
    subject = tree.child(saying, "nsubj")
    is_nested = (
        tree.words[saying].lower in _NESTED
        and not reading.is_saying(saying)
        and reading.attribution is not None
        and not reading.is_second_saying(saying)
    )
    return is_nested and subject is not None and tree.words[subject].lower not in ("i", "we")


def _is_said_falsely(reading: Reading) -> bool:
    """`wrongly claimed that`, `according to a false rumour`: what follows is not put forward."""
    if _CALLED_FALSE.search(reading.sentence):
        return True
    saying = reading.attribution.outside if reading.attribution else ()
    return any(reading.tree.words[i].lower in _FALSELY for i in saying)


def _is_base(reading: Reading, quantity: Quantity) -> bool:
    """`compared with | 1.1% a year earlier`"""
    return bool(_BASE.search(reading.sentence[: quantity.span.start]))


def _is_denied(reading: Reading, clause: Clause) -> bool:
    """`The mayor denied that …`, `has not confirmed that …`, `rejected claims that …`: nobody says it is so."""
    tree = reading.tree
    word = tree.words[clause.verb]
    if word.dep not in ("ccomp", "acl", "csubj") or word.head < 0:
        return False
    if word.dep == "ccomp" and any(
        tree.words[kid].lower in ("whether", "if") for kid in tree.children(clause.verb, "mark")
    ):
        return True
    is_apart = tree.words[word.head - 1].text == ","  # `denied it, saying cameras had recorded the room`
    says = is_apart and tree.words[word.head].lower in _SAYING_SO
    above = [word.head, *tree.ancestors(word.head)][: 1 if says else 2]
    called = [kid for i in above for kid in tree.children(i, "amod")]  # `his debunked claim that`
    denies = any(tree.words[i].lower in _DENYING for i in (*above, *called))
    is_content = word.dep != "acl" or tree.words[word.head].lower in _SAYINGS
    if _is_of_others(reading, word.head):
        return True
    subjects = (kid for at in (word.head, above[-1]) for kid in tree.children(at, "nsubj"))
    below = (word.head, above[-1], *subjects)
    negated = any(tree.words[kid].negates for at in below for kid in tree.kids[at])
    return is_content and (denies or negated)


def _has_figure(reading: Reading, clause: Clause, event: Event) -> bool:
    """The figure's own claim tells what happened, with its date."""
    tree = reading.tree
    parts = [i for kid in tree.children(event.verb, "nsubj", "obj", "xcomp") for i in tree.unbroken(kid)]
    if tree.words[event.verb].dep == "acl":
        parts += range(max(0, event.verb - _NEAR_WORDS), event.verb)
    figures = [q for q in reading.quantities if not _is_compound(reading, q)]
    counted = any(not q.needs_context and any(q.first <= i < q.end for i in parts) for q in figures)
    levels = [
        i
        for i in _levels(tree, event.verb, "to", "by", "from", "below", "above")
        if tree.words[i].lower not in ("vote", "votes")
    ]
    counted = counted or any(q.first <= kid < q.end for kid in levels for q in reading.quantities)
    prices = [q for q in reading.quantities if q.amount.currency]
    counted = counted or any(q.first <= kid < q.end for kid in _levels(tree, event.verb, "at") for q in prices)
    bare = (q for q in reading.quantities if q.needs_context and q.first in clause.whole)
    return counted or any(_tells_the_clause(reading, clause, quantity) for quantity in bare)


def _is_compound(reading: Reading, quantity: Quantity) -> bool:
    """`a | Rs 1,240-crore tender`, `a | 148-km road`: the figure only describes one thing."""
    words = reading.tree.words[quantity.first : quantity.end]
    before = reading.tree.words[quantity.first - 1].lower if quantity.first else ""
    return any(word.text in "-‑" for word in words) and before in DETERMINERS


def _levels(tree: Tree, verb: int, *ties: str) -> Iterator[int]:
    """What the verb rose or fell to, by and from; what it was sold for."""
    for kid in tree.children(verb, "obl"):
        if any(tree.words[case].lower in ties for case in tree.children(kid, "case")):
            yield kid


def _draft_quantity(reading: Reading, clause: Clause, quantity: Quantity) -> Iterator[Draft]:
    since = reading.since_of(quantity) if quantity.amount.record else None
    facts: dict[str, object] = {"quantity": quantity.amount.as_dict()}
    facts |= {"date": since} if since else reading.date_fact(reading.dates_near(clause, quantity), clause)
    span = reading.span_of_measured(quantity)
    is_base = _is_base(reading, quantity)
    if span:
        yield _draft(reading, clause, span, label_phrase(reading.sentence, span), ClaimKind.QUANTITY, facts)
    elif (
        not quantity.needs_context
        or is_base
        or _acts(reading, quantity)
        or (quantity.amount.share and not reading.clauses)  # `Gross margin: 24.6%`
        or not _tells_the_clause(reading, clause, quantity)
    ):
        headline = label_phrase(reading.sentence, quantity.span)
        yield _draft(reading, clause, quantity.span, headline, ClaimKind.QUANTITY, facts)
    elif _is_worth_a_clause(reading, clause, quantity):
        words = reading.cut_after(clause, quantity)
        yield _draft_words(reading, clause, words, ClaimKind.QUANTITY, facts)
    elif quantity.amount.share and reading.tree.words[quantity.end - 1].dep == "appos":  # `Inflation, at | 14.2%, was`
        headline = label_phrase(reading.sentence, quantity.span)
        yield _draft(reading, clause, quantity.span, headline, ClaimKind.QUANTITY, facts)


def _tells_the_clause(reading: Reading, clause: Clause, quantity: Quantity) -> bool:
    """Of several bare figures the one at the verb (`fell 7.8%`), or else the first, is told by the whole clause."""
    before = [
        q for q in reading.quantities if not q.needs_context and q.first in clause.whole and q.first < quantity.first
    ]
    if any(not _is_within_subject(reading, clause, q) for q in before):
        return False
    is_vague = clause.subject is not None and reading.tree.words[clause.subject].lower in _VAGUE_SUBJECTS
    if is_vague or reading.tree.child(clause.verb, "expl") is not None:
        return False
    bare = [q for q in reading.quantities if q.needs_context and q.first in clause.whole]
    near = [q for q in bare if q.first <= clause.verb < q.end or 0 < q.first - clause.verb <= _NEAR_WORDS]
    return quantity is (near or bare or [quantity])[0]


def _is_within_subject(reading: Reading, clause: Clause, quantity: Quantity) -> bool:
    """`The level of the four dams stood at …`: a figure that only tells what is measured."""
    words = reading.tree.words
    at = quantity.end - 1
    is_below = clause.subject is not None and at != clause.subject and clause.subject in reading.tree.ancestors(at)
    return is_below and words[at].dep in ("nmod", "compound", "amod", "obl")


def _is_worth_a_clause(reading: Reading, clause: Clause, quantity: Quantity) -> bool:
    """A figure that says little alone; a few days or years beside a real figure say nothing."""
    if len(clause.words) > _MAX_CONTEXT_WORDS or clause.subject is None:
        return False
    others = any(other.first in clause.whole and not other.needs_context for other in reading.quantities)
    return not (others and quantity.is_minor)


def _draft_clauses(reading: Reading) -> Iterator[Draft]:
    for clause in reading.told_clauses:
        kind = reading.kind_of(clause)
        is_told = kind is ClaimKind.OTHER and reading.is_told(clause)
        is_case = clause.mark in ("if", "unless", "whether") and kind is not ClaimKind.QUANTITY
        if (
            is_told
            or is_case
            or _is_part(reading, clause)
            or follows_from(reading.tree, clause.verb)
            or _is_asked(reading, clause)
            or _is_denied(reading, clause)
            or _is_judged(reading, clause)
        ):
            continue
        words = _cut_after_score(reading, clause) if kind is ClaimKind.QUANTITY else clause.words
        draft = _draft_words(reading, clause, words, kind, _facts_of(reading, clause, kind))
        if kind is not ClaimKind.QUANTITY:
            draft = draft._replace(traits=find_traits(reading, clause, kind, clause.words))
        yield draft


def _is_part(reading: Reading, clause: Clause) -> bool:
    fewest = _FEWEST_OF_EXPERIENCE if reading.kind_of(clause) is ClaimKind.EXPERIENCE else _FEWEST_WORDS
    if clause.subject is None or len(clause.words) < fewest:
        return True
    return _is_cut_off(reading, clause.verb, clause.subject) or _is_torn(reading, clause)


def _is_cut_off(reading: Reading, verb: int, subject: int) -> bool:
    """`said it was | “stunned” by the ruling`: a quotation that only begins behind its own subject."""
    has_own = reading.tree.words[subject].head == verb
    return has_own and reading.is_saying(subject) and is_quoted(reading.tree, verb)


def _is_asked(reading: Reading, clause: Clause) -> bool:
    """`“What would I say to her? Ask for a scan”`, `It is a record of | how we got here`: nothing is asserted."""
    words = reading.tree.words
    first, end = clause.words[0], clause.words[-1] + 1
    is_likened = words[first].lower == "like" and words[first].head == clause.verb  # `I feel | like nobody cares`
    asks = any(words[i].lower == "how" for i in clause.words[:2]) or words[min(end, len(words) - 1)].text == "?"
    is_what = any(words[kid].lower == "what" for kid in reading.tree.children(clause.verb, "obj") if kid < clause.verb)
    return is_likened or is_what or asks


def _is_judged(reading: Reading, clause: Clause) -> bool:
    """An opinion, and not only in its ground or condition (`If the price is right, …`)."""
    tree = reading.tree
    if is_laid_down(reading, clause):
        return False
    if tree.words[clause.verb].lower in _WANTING:
        return True
    sides = {i for kid in tree.children(clause.verb, "advcl") for i in tree.descend(kid)}
    own = (i for i in clause.words if i not in sides and tree.words[i].text not in _MARKS)
    return is_opinion(reading.words_of(own))  # `he was “very worried”`


def _is_torn(reading: Reading, clause: Clause) -> bool:
    """`troops who trained guards`, `will focus on whether`: not said by itself, or of what is counted already."""
    words = reading.tree.words
    first = next(i for i in reading.tree.descend(clause.verb) if words[i].upos != "PUNCT")
    is_restrictive = clause.is_relative and words[max(0, first - 1)].text not in ",—–("
    is_counted = clause.is_relative and any(q.first <= (clause.subject or 0) < q.end for q in reading.quantities)
    opening = words[clause.words[0]].lower
    return is_restrictive or is_counted or opening in ("which", "whom") or words[clause.words[-1]].upos == "SCONJ"


def _cut_after_score(reading: Reading, clause: Clause) -> list[int]:
    """`Rovers beat Stourbrook 3-1 | on Tuesday in front of 24,600 people`, `Sales doubled | in 2020`."""
    words = reading.tree.words
    if words[clause.verb].lower in MULTIPLYING and reading.tree.child(clause.verb, "obj") is None:
        return [i for i in clause.words if i <= clause.verb]
    scores = (i for i in clause.words if i > 1 and words[i].text.isdigit() and words[i - 1].lower in ("-", "–", "to"))
    end = next((i for i in scores if words[i - 2].text.isdigit()), clause.words[-1])
    return [i for i in clause.words if i <= end]


def _facts_of(reading: Reading, clause: Clause, kind: ClaimKind) -> dict[str, object]:
    """The first figure and the date."""
    figures = [q for q in reading.quantities if q.end - 1 in clause.whole]
    factor = MULTIPLYING.get(reading.tree.words[clause.verb].lower)
    if factor and kind is ClaimKind.QUANTITY:
        amount = Amount(value=Decimal(factor[0]), unit=factor[1], share=not factor[1])
        return {"quantity": amount.as_dict()} | reading.date_fact(reading.dates_in(clause), clause)
    amounts = [_limit(figure.amount) if _is_forbidden(reading, clause, figure) else figure.amount for figure in figures]
    facts: dict[str, object] = {"quantity": amounts[0].as_dict()} if amounts else {}
    return facts | reading.date_fact(reading.dates_in(clause), clause)


def _is_forbidden(reading: Reading, clause: Clause, figure: Quantity) -> bool:
    """`may not take more than ten`, `No boat may land more than ten`: said of the clause that holds the figure."""
    tree = reading.tree
    if reading.clause_at(figure.first).verb != clause.verb or not tree.children(clause.verb, "aux"):
        return False
    deniers = (clause.verb, *tree.children(clause.verb, "nsubj"))
    if any(tree.words[i].lower in _BANNING for i in (clause.verb, *tree.ancestors(figure.end - 1))):
        return True
    return any(tree.words[kid].negates for at in deniers for kid in tree.kids[at])


def _limit(amount: Amount) -> Amount:
    """What must not be more than ten is at most ten."""
    return replace(amount, bound=Bound.AT_MOST) if amount.bound is Bound.AT_LEAST else amount


def _draft_words(
    reading: Reading, clause: Clause, words: list[int], kind: ClaimKind, facts: dict[str, object]
) -> Draft:
    span = reading.span_of(words)
    return _draft(reading, clause, span, label_clause(reading, clause, words), kind, facts)


def _draft(
    reading: Reading, clause: Clause, span: Span, headline: str, kind: ClaimKind, facts: dict[str, object]
) -> Draft:
    claimant = reading.claimant_of(clause.verb)
    features = find_features(reading, clause, kind, facts, claimant)
    is_aside = reading.is_saying(clause.verb)
    stand_alone = "" if is_aside else state_alone(reading, clause, claimant, str(facts.get("date", "")))
    return Draft(span, headline, kind, facts, claimant, features, stand_alone)
