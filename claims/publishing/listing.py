"""Fact-checks with what lists of them show."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Correction, FactCheck


def with_corrected(fact_checks: QuerySet[FactCheck]) -> QuerySet[Any]:
    """Each with how often it was `corrected`. Counted row by row: to group all would cost a page the whole table."""
    corrections = Correction.objects.filter(fact_check=OuterRef("pk")).order_by().values("fact_check")
    counted = corrections.annotate(count=Count("pk")).values("count")
    return fact_checks.annotate(corrected=Coalesce(Subquery(counted), 0))
