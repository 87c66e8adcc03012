"""What was said -> clauses, cut at marks and connecting words. No grammar is parsed."""

from typing import NamedTuple

from claims.extraction.tokens import Span, Token, strip_span
from claims.extraction.words import FINITE, WEAK_SUBJECTS, looks_finite, looks_past, word_set

_HARD_MARKS = frozenset(";:()[]—–")
_AFTER_COMMA = word_set(
    "and but or while whereas although though which who whose where when with after before amid as including so adding",
    "saying because since despite following according even though until unless if",
)
_CONDITIONS = word_set("when if unless until whether")
_ALONE = word_set("while whereas although though when amid")
_ALONE_BEFORE_VERB = word_set("after before until")
_VERB_WITHIN = 8
_RELATIVE = word_set("who which")
_LEADS = _AFTER_COMMA | _RELATIVE | word_set("that however meanwhile also still yet then therefore")
_ANTECEDENT_STOPS = FINITE | word_set(
    "of in on at by for from to with and or but the a an its his her their inside into"
)
_MAX_ANTECEDENT = 3
_MIN_WORDS = 3


class Clause(NamedTuple):
    """A span within the sentence. `lead` is the connecting word before it; `subject` the noun that `who` stands for."""

    span: Span
    lead: str
    tokens: list[Token]
    subject: Span | None = None

    @property
    def has_verb(self) -> bool:
        return any(looks_finite(token.text) for token in self.tokens)

    @property
    def stands_alone(self) -> bool:
        """A subject that names something, and a verb after it."""
        if len(self.tokens) < _MIN_WORDS or not self.has_verb:
            return False
        if self.is_condition:
            return False
        if self.lead in _RELATIVE:
            return bool(self.subject) and not self.is_about_object
        return self._opens_with_subject()

    @property
    def is_condition(self) -> bool:
        """`when I was a boy`, `if ships return`: asserts nothing by itself."""
        return self.lead in _CONDITIONS

    @property
    def is_about_object(self) -> bool:
        """`the bridge, which the town opened`: what comes before `which` is not the one who acts."""
        return self.lead in _RELATIVE and not looks_finite(self.tokens[0].text)

    def _opens_with_subject(self) -> bool:
        first = self.tokens[0]
        if (
            first.lower in WEAK_SUBJECTS
            and first.lower not in ("this", "that", "these", "those")
            and not first.is_acronym
        ):
            return False
        return first.is_acronym or not (looks_finite(first.text) and not looks_past(first.lower))


def split_clauses(sentence: str, tokens: list[Token], spans: list[Span]) -> list[Clause]:
    """The clauses of the given parts of a sentence, in order."""
    clauses: list[Clause] = []
    for span in spans:
        inside = [token for token in tokens if span.start <= token.start and token.end <= span.end]
        clauses.extend(_split(sentence, inside))
    return clauses


def _split(sentence: str, tokens: list[Token]) -> list[Clause]:
    cuts = [0, *(index for index in range(1, len(tokens)) if _is_cut(tokens, index)), len(tokens)]
    pieces = [(cuts[at], cuts[at + 1]) for at in range(len(cuts) - 1)]
    made = (_make_clause(sentence, tokens, first, end) for first, end in pieces)
    return [clause for clause in made if clause]


def _is_cut(tokens: list[Token], index: int) -> bool:
    """Does a new clause begin at this token?"""
    token, before = tokens[index], tokens[index - 1]
    if token.text in _HARD_MARKS:
        return True
    if before.text == ",":
        return (token.lower in _AFTER_COMMA and not token.is_acronym) or token.lower.endswith("ing")
    if token.lower in _RELATIVE and not token.is_acronym:
        return index + 1 < len(tokens) and looks_finite(tokens[index + 1].text)
    if token.lower in _ALONE_BEFORE_VERB:
        return any(looks_finite(following.text) for following in tokens[index + 1 : index + 1 + _VERB_WITHIN])
    return token.lower in _ALONE


def _make_clause(sentence: str, tokens: list[Token], first: int, end: int) -> Clause | None:
    begin = first
    while begin < end and (not _is_sound(tokens[begin]) or _is_lead(tokens, begin)):
        begin += 1
    while end > begin and not _is_sound(tokens[end - 1]) and tokens[end - 1].text not in "%”’\"'":
        end -= 1
    begin, end = _drop_lone_quotes(tokens, begin, end)
    if begin == end:
        return None
    lead = next((token.lower for token in tokens[first:begin] if token.is_word), "")
    span = strip_span(sentence, Span(tokens[begin].start, tokens[end - 1].end))
    subject = _find_antecedent(sentence, tokens, first) if lead in _RELATIVE else None
    return Clause(span, lead, tokens[begin:end], subject)


def _drop_lone_quotes(tokens: list[Token], begin: int, end: int) -> tuple[int, int]:
    """Without a quotation mark whose partner stands outside the clause."""
    if begin < end and tokens[begin].text in '“"' and not _closes(tokens[begin + 1 : end]):
        begin += 1
    if begin < end and tokens[end - 1].text in '”"' and not _opens(tokens[begin : end - 1]):
        end -= 1
    return begin, end


def _closes(tokens: list[Token]) -> bool:
    return any(token.text in '”"' for token in tokens)


def _opens(tokens: list[Token]) -> bool:
    return any(token.text in '“"' for token in tokens)


def _is_sound(token: Token) -> bool:
    return token.text[0].isalnum() or token.text in "$€£¥₹“‘\"'~#"


def _is_lead(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    return token.lower in _LEADS and not token.is_acronym


def _find_antecedent(sentence: str, tokens: list[Token], relative: int) -> Span | None:
    """The noun just before `who`: up to three words that can belong to one phrase."""
    end = relative - 1 if tokens[relative - 1].text == "," else relative
    start = end
    while start > max(0, end - _MAX_ANTECEDENT) and _may_precede(tokens[start - 1]):
        start -= 1
    return Span(tokens[start].start, tokens[end - 1].end) if start < end else None


def _may_precede(token: Token) -> bool:
    if not token.is_word or (token.lower in _ANTECEDENT_STOPS and not token.is_acronym):
        return False
    return not token.lower.endswith(("ly", "ing"))
