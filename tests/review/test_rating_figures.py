"""How verdicts and decisions spread over the ratings: exact numbers, and nothing of reviews that run."""

from datetime import date

import pytest

from claims.enums import ClaimKind, Role
from claims.models import Claim, RatingScale
from claims.review.closing import reopen_claim
from claims.review.period import choose_period
from claims.review.rating_figures import rating_figures
from tests.factories import make_queued_claim
from tests.judging import adopt_seats, decide_three, judge

pytestmark = pytest.mark.django_db


def test_ratings_of_verdicts_and_of_decisions(person, reviewer, editor, ratings):
    three = decide_three(reviewer, person("sam", Role.REVIEWER), editor, ratings)
    Claim.objects.filter(pk=three[2].pk).update(kind=ClaimKind.EVENT)
    shown = rating_figures(editor, choose_period())
    verdicts = {row.rating.name: dict(row.kinds) for row in shown.verdicts if row.total}
    assert verdicts == {"True": {"quantity": 2, "event": 1}, "False": {"quantity": 2, "event": 1}}
    decisions = {row.rating.name: dict(row.kinds) for row in shown.decisions if row.total}
    assert decisions == {"True": {"quantity": 1}, "False": {"quantity": 1, "event": 1}}
    assert [row.rating.position for row in shown.verdicts] == sorted(one.position for one in ratings.values())
    reopen_claim(editor, three[0].pk, "The register was wrong.")
    assert sum(row.total for row in rating_figures(editor, choose_period()).decisions) == 2


def test_ratings_of_blind_reviews_count_for_who_may_see_them(reviewer, editor, administrator, ratings):
    adopt_seats(editor, 2)
    judge(make_queued_claim(), {reviewer: ratings["True"]})
    seen = [sum(row.total for row in rating_figures(who, choose_period()).verdicts) for who in (editor, reviewer)]
    assert [*seen, rating_figures(administrator, choose_period()).verdicts[0].total] == [0, 1, 1]


def test_ratings_of_an_old_scale_are_told_where_they_occur(reviewer, editor, ratings):
    judge(make_queued_claim(), {reviewer: ratings["True"]})
    RatingScale.objects.update(is_default=False)
    shown = rating_figures(editor, choose_period())
    assert [[row.rating for row in rows] for rows in (shown.verdicts, shown.decisions)] == [[ratings["True"]]] * 2
    assert rating_figures(editor, choose_period(until=date(2020, 1, 1))).verdicts == []


def test_ratings_take_three_queries(reviewer, editor, ratings, django_assert_num_queries):
    judge(make_queued_claim(), {reviewer: ratings["True"]})
    rating_figures(editor, choose_period())  # reads their roles, too
    with django_assert_num_queries(3):
        rating_figures(editor, choose_period())
