import pytest

from claims.extraction.quotes import closes_quote, has_quotes, mark_left_open, opens_quoted
from tests.extraction.reading import parse


@pytest.mark.parametrize("sentence", ["“We left.”", '"We left."', "‘We left.’", "'We left.'", "«We left.»"])
def test_sentence_opens_with_a_quotation(sentence: str) -> None:
    assert (opens_quoted(sentence), has_quotes(sentence)) == (True, True)


@pytest.mark.parametrize("sentence", ["We left.", "'90s bands left.", "The sailors' boats left.", "’Tis late."])
def test_apostrophe_opens_nothing(sentence: str) -> None:
    assert (opens_quoted(sentence), has_quotes(sentence)) == (False, False)


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        ("“We left.", "", '"'),
        ("We left.”", '"', ""),
        ("“We left.", '"', '"'),
        ('"We left.', "", '"'),
        ('We left."', '"', ""),
        ("‘We left.", "", "'"),
        ("'We left.", "", "'"),
        ("We left.’", "'", ""),
        ("We left the owners' boats.", "'", "'"),
        ("Go.’ We left.", '"', '"'),
        ("The ’90s sailors' boats.", "", ""),
    ],
)
def test_mark_stays_open_until_its_own_closes(sentence: str, before: str, after: str) -> None:
    assert mark_left_open(sentence, before) == after


@pytest.mark.parametrize(("sentence", "closes"), [("'We left,' he said.", True), ("The sailors' boats left.", False)])
def test_single_mark_closes_behind_a_comma(sentence: str, closes: bool) -> None:
    tree = parse(sentence)
    assert any(closes_quote(tree, index) for index in range(1, len(tree.words))) is closes
