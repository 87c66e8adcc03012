"""A claim that a person found goes straight into the queue, for somebody else to judge."""

import pytest

from claims.enums import ClaimKind
from claims.exceptions import Conflict, DeskError, NotPermitted
from claims.models import Appearance, Article, Claim
from claims.review.assignments import take_next
from claims.review.found_claims import REASONS, add_claim
from tests.factories import TEXT, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


def test_a_found_claim_is_queued_and_says_who_found_it(article, reviewer):
    start = TEXT.index("It opened")
    claim = add_claim(reviewer, article, start, start + 24, headline=" Opened in 2019 ", kind=ClaimKind.EVENT)
    claim.refresh_from_db()
    assert (claim.headline, claim.kind, claim.status, claim.added_by) == ("Opened in 2019", "event", "queued", reviewer)
    assert (claim.check_worthiness, claim.reasons, claim.extractor) == (1.0, REASONS, "")
    appearance = claim.appearances.get()
    assert (appearance.quote, appearance.start) == ("It opened in March 2019,", start)
    assert TEXT[appearance.start : appearance.end] == appearance.quote
    assert list(claim.events.values_list("kind", "actor")) == [("extracted", reviewer.pk), ("queued", reviewer.pk)]


def test_its_words_are_the_headline_where_none_is_given(reviewer):
    article = make_article(text="The  harbour\ngrew. " + "word " * 100)
    assert add_claim(reviewer, article, 0, 18).headline == "The harbour grew."
    long = add_claim(reviewer, article, 19, 519).headline
    assert (len(long), long[-1]) == (300, "…")


def test_its_finder_does_not_judge_it(article, reviewer, editor):
    claim = add_claim(reviewer, article, 0, 11)
    assert take_next(reviewer) is None
    assert take_next(editor).claim == claim


def test_the_newest_version_counts(article, reviewer):
    article.versions.create(number=2, text="A shorter text.", sha256="f" * 64)
    assert add_claim(reviewer, article, 2, 9).appearances.get().quote == "shorter"
    with pytest.raises(DeskError):
        add_claim(reviewer, article, 2, len(TEXT))


def test_offsets_count_code_points(reviewer):
    article = make_article(text="🚢🚢 ships arrived.")
    assert add_claim(reviewer, article, 3, 8).appearances.get().quote == "ships"


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 4), (-1, 4), (-9, -4), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1), (3, 4)]
)
def test_a_span_that_does_not_fit_is_refused(article, reviewer, start, end):
    with pytest.raises(DeskError) as refusal:
        add_claim(reviewer, article, start, end)
    assert refusal.value.code == "span"
    assert not Claim.objects.exists()


def test_the_same_words_are_one_claim(article, reviewer, editor):
    add_claim(reviewer, article, 0, 11)
    with pytest.raises(Conflict) as refusal:
        add_claim(editor, article, 0, 11)
    assert refusal.value.code == "span_taken"
    assert (Claim.objects.count(), Appearance.objects.count()) == (1, 1)
    add_claim(editor, article, 0, 12)
    assert Claim.objects.count() == 2


def test_a_headline_that_is_too_long_is_refused(article, reviewer):
    with pytest.raises(DeskError):
        add_claim(reviewer, article, 0, 11, headline="x" * 301)
    assert not Claim.objects.exists()


def test_an_article_without_a_text_has_no_spans(reviewer):
    with pytest.raises(DeskError):
        add_claim(reviewer, Article.objects.create(identity="url:https://empty.example/"), 0, 1)


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_others_add_no_claims(article, request, who):
    with pytest.raises(NotPermitted):
        add_claim(request.getfixturevalue(who), article, 0, 11)
    assert not Claim.objects.exists()
