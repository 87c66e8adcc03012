import pytest

from claims.pages.quoting import MOST_AROUND, cut_passage

TEXT = "First.\n\nThe harbour employs 2,500 dockers, it says.\n\nLast."


def test_words_are_shown_in_their_paragraph():
    start = TEXT.index("2,500")
    assert cut_passage(TEXT, start, start + 13) == ("The harbour employs ", "2,500 dockers", ", it says.")


def test_words_across_paragraphs_are_shown_in_both():
    passage = cut_passage(TEXT, 0, TEXT.index("harbour"))
    assert passage == ("", "First.\n\nThe ", "harbour employs 2,500 dockers, it says.")


@pytest.mark.parametrize("word", ["word ", "w"])
def test_long_paragraphs_are_cut_at_a_blank_where_there_is_one(word):
    text = f"{word * 700}THIS{word * 700}"
    start = text.index("THIS")
    passage = cut_passage(text, start, start + 4)
    assert passage.words == "THIS"
    assert all(MOST_AROUND - 5 <= len(part) <= MOST_AROUND + 2 for part in (passage.before, passage.after))
    assert (passage.before[:1], passage.after[-1:]) == ("…", "…")


def test_the_whole_text_may_be_the_words():
    assert cut_passage("Yes.", 0, 4) == ("", "Yes.", "")
