from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.admin.marking import Segment, Span, cut_text, into_paragraphs

TEXTS = st.text(alphabet="ab \n\t𝔸é", max_size=60)
SPANS = st.lists(st.builds(Span, st.integers(1, 4), st.integers(-3, 70), st.integers(-3, 70)), max_size=6)


@given(TEXTS, SPANS)
def test_cutting_loses_no_character(text, spans):
    assert "".join(segment.text for segment in cut_text(text, spans)) == text


@given(TEXTS, SPANS)
def test_every_character_bears_the_claims_that_cover_it(text, spans):
    borne = [segment.claims for segment in cut_text(text, spans) for _ in segment.text]
    covering = [frozenset(s.claim for s in spans if s.start <= at < s.end) for at in range(len(text))]
    assert borne == covering


def cut_naively(text: str, spans: list[Span]) -> list[Segment]:
    """Every span looked at for every segment."""
    fitting = [(s.claim, max(s.start, 0), min(s.end, len(text))) for s in spans]
    fitting = [(claim, start, end) for claim, start, end in fitting if start < end]
    edges = sorted({0, len(text)}.union(*({start, end} for _, start, end in fitting)))
    segments = []
    for left, right in pairwise(edges):
        covering = [(claim, start) for claim, start, end in fitting if start <= left and right <= end]
        opens = frozenset(claim for claim, start in covering if start == left)
        segments.append(Segment(text[left:right], frozenset(claim for claim, _ in covering), opens))
    return segments


@given(TEXTS, SPANS)
def test_one_sweep_cuts_as_looking_at_every_span_would(text, spans):
    assert cut_text(text, spans) == cut_naively(text, spans)


@given(TEXTS, SPANS)
def test_paragraphs_lose_only_blank_lines(text, spans):
    paragraphs = into_paragraphs(cut_text(text, spans))
    kept = "".join(segment.text for paragraph in paragraphs for segment in paragraph)
    assert kept.replace("\n", "").replace("\t", "").replace(" ", "") == "".join(text.split())


def test_overlapping_claims_share_the_words_between_them():
    found = cut_text("abcdef", [Span(1, 0, 4), Span(2, 2, 6)])
    assert [(s.text, set(s.claims), set(s.opens)) for s in found] == [
        ("ab", {1}, {1}),
        ("cd", {1, 2}, {2}),
        ("ef", {2}, set()),
    ]


def test_a_nested_claim_splits_the_one_around_it():
    assert [s.text for s in cut_text("abcdef", [Span(1, 0, 6), Span(2, 2, 3)])] == ["ab", "c", "def"]


def test_a_span_beyond_the_text_marks_what_is_there():
    assert cut_text("abc", [Span(1, 2, 99), Span(2, 5, 9)])[-1] == Segment("c", frozenset({1}), frozenset({1}))


def test_a_claim_over_two_paragraphs_is_marked_in_both():
    first, second = into_paragraphs(cut_text("one\n\ntwo", [Span(1, 0, 8)]))
    assert [(s.text, set(s.claims), set(s.opens)) for s in first + second] == [("one", {1}, {1}), ("two", {1}, set())]


def test_an_empty_text_has_no_paragraph():
    assert into_paragraphs(cut_text("", [Span(1, 0, 4)])) == []
