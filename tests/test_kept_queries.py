"""A kept query answers as the queryset does that it was written from, with other values each time."""

import pytest
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.transaction import TransactionManagementError

from claims.kept_queries import KeptQuery, save_fields
from claims.models import Claim
from tests.factories import judge, make_queued_claims

pytestmark = pytest.mark.django_db


def by_outlet_and_kind(outlet: str, kind: str) -> QuerySet[Claim]:
    claims = Claim.objects.annotate(outlet=F("article__outlet")).filter(kind=kind, article__outlet=outlet)
    return claims.exclude(status="dismissed").order_by("pk")


def test_it_answers_as_the_queryset_with_each_value(django_assert_num_queries):
    first, second = make_queued_claims(2)
    first.article.outlet = 'The "Daily" 100 %s'
    first.article.save()
    ask = KeptQuery(by_outlet_and_kind)
    for values in ((first.article.outlet, first.kind), (second.article.outlet, second.kind), ("nobody", "quantity")):
        expected = list(by_outlet_and_kind(*values))
        with django_assert_num_queries(1):
            rows = ask(*values)
        assert [one.__dict__ | {"_state": 0} for one in rows] == [one.__dict__ | {"_state": 0} for one in expected]


def test_it_is_written_once():
    written = []

    def build(pk: int) -> QuerySet[Claim]:
        written.append(pk)
        return Claim.objects.filter(pk=pk)

    first, second = make_queued_claims(2)
    ask = KeptQuery(build)
    assert [ask.get(first.pk), ask.get(second.pk), ask(0)] == [first, second, []]
    assert len(written) == 1


def test_what_is_not_there_does_not_exist():
    with pytest.raises(Claim.DoesNotExist):
        KeptQuery(lambda pk: Claim.objects.filter(pk=pk)).get(0)


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction():
    ask = KeptQuery(lambda pk: Claim.objects.select_for_update().filter(pk=pk))
    for _ in range(2):
        with pytest.raises(TransactionManagementError):
            ask(1)
        with transaction.atomic():
            assert ask(1) == []


def test_related_rows_come_with_it(reviewer, django_assert_num_queries):
    claim = make_queued_claims(1)[0]
    judge(reviewer, claim, "True")
    ask = KeptQuery(lambda pk: Claim.objects.filter(pk=pk).select_related("rule__policy", "rating", "claimant"))
    with django_assert_num_queries(1):
        found = ask.get(claim.pk)
        assert (found.rating.name, found.rule.policy.number, found.claimant) == ("True", 1, None)


def test_fields_are_saved_as_save_does_and_no_others(reviewer, django_assert_num_queries):
    first, second = make_queued_claims(2)
    first.facts, first.added_by, first.boost, first.headline = {"%s": ["ü", None]}, reviewer, 2, "not saved"
    before = Claim.objects.get(pk=first.pk).headline
    with django_assert_num_queries(1):
        save_fields(first, "facts", "added_by", "boost")
    kept = Claim.objects.get(pk=first.pk)
    assert (kept.facts, kept.added_by, kept.boost, kept.headline) == (first.facts, reviewer, 2, before)
    assert Claim.objects.get(pk=second.pk).boost == 0
