"""Judged claims become rows to learn from."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.models import Appearance
from claims.review.closing import dismiss_claim
from claims.review.found_claims import add_claim
from claims.review.training_rows import training_rows
from tests.factories import TEXT, make_article, make_queued_claim

pytestmark = pytest.mark.django_db
FIRST, SECOND = "The harbour employs roughly 2,500 dockers.", "It opened in March 2019, officials said."


def test_row_holds_what_a_machine_learns_from_and_nobody_who_judged(reviewer):
    article = make_article(language="en", published_on=date(2024, 2, 1))
    claim = make_queued_claim(article=article, extractor="rules-1")
    Appearance.objects.update(sentence=FIRST)
    dismiss_claim(reviewer, claim.pk, "Too vague.")
    (row,) = training_rows()
    assert row == {
        "text": FIRST,
        "quote": "roughly 2,500 dockers",
        "start": 20,
        "end": 41,
        "headline": "roughly 2,500 dockers",
        "kind": "quantity",
        "label": "not_worth",
        "reason": "Too vague.",
        "extractor": "rules-1",
        "language": "en",
        "published_on": "2024-02-01",
        "article": article.pk,
    }
    assert reviewer.username not in json.dumps(row)


@pytest.mark.parametrize(
    ("words", "text"),
    [("March 2019", SECOND), ("dockers. It opened", f"{FIRST} {SECOND}"), (". It", f"{FIRST} {SECOND}")],
)
def test_sentences_of_a_claim_added_by_hand_are_found(reviewer, words, text):
    start = TEXT.index(words)
    add_claim(reviewer, make_article(), start, start + len(words))
    (row,) = training_rows()
    assert (row["text"], row["label"], row["published_on"]) == (text, "missed", None)
    assert row["text"][row["start"] : row["end"]] == row["quote"] == words


@pytest.mark.parametrize(("start", "within"), [(1, 1), (17, 17), (30, 1), (46, 17)])
def test_words_and_sentences_that_stand_twice_are_told_apart(reviewer, start, within):
    sentence = "Ships sank, and ships burnt."
    claim = make_queued_claim(article=make_article(text=f"{sentence} {sentence}"), quote="hips")
    Appearance.objects.update(sentence=sentence, start=start, end=start + 4)
    dismiss_claim(reviewer, claim.pk, "Too vague.")
    (row,) = training_rows()
    assert (row["text"], row["start"], row["end"]) == (sentence, within, within + 4)


def test_rows_come_in_order_once_each_and_since_a_day(reviewer):
    article = make_article(text="Some 40 ships sank. Some 50 cars burnt.")
    for quote in ("50 cars", "40 ships"):
        dismiss_claim(reviewer, make_queued_claim(article=article, quote=quote).pk, "Old.")
    assert [row["quote"] for row in training_rows()] == ["50 cars", "40 ships"]
    today = timezone.localdate()
    assert len(list(training_rows(since=today))) == 2
    assert list(training_rows(since=today + timedelta(days=1))) == []
