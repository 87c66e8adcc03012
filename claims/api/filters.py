from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from claims.enums import ClaimKind, ClaimStatus, DeliveryStatus, ExtractionStatus, PageStatus, SeatStatus, WebhookEvent
from claims.models import Appearance, Article, ArticleVersion, Claim, FactCheck, FeedEntry, Seat, WebhookDelivery
from claims.permissions import with_shown_status


@extend_schema_field(int)
class IdFilter(filters.Filter):
    field_class = forms.IntegerField


class ArticleFilter(filters.FilterSet):
    q = filters.CharFilter(method="search", label="words in the title or the outlet's name")
    outlet = filters.CharFilter()
    url = filters.CharFilter()
    external_id = filters.CharFilter()
    extraction_status = filters.ChoiceFilter(choices=ExtractionStatus.choices(), method="by_extraction")

    class Meta:
        model = Article
        fields: list[str] = []

    def search(self, articles: QuerySet[Article], name: str, words: str) -> QuerySet[Article]:
        return articles.filter(Q(title__icontains=words) | Q(outlet__icontains=words))

    def by_extraction(self, articles: QuerySet[Article], name: str, status: str) -> QuerySet[Article]:
        return articles.filter(Q(extraction_status=status))


class ClaimFilter(filters.FilterSet):
    status = filters.MultipleChoiceFilter(
        choices=ClaimStatus.choices(), method="by_status", label="may be given several times"
    )
    kind = filters.MultipleChoiceFilter(choices=ClaimKind.choices(), label="may be given several times")
    claimant = filters.CharFilter(field_name="claimant__name", lookup_expr="iexact")
    outlet = filters.CharFilter(field_name="article__outlet")
    topic = filters.CharFilter(field_name="article__section", lookup_expr="iexact")
    language = filters.CharFilter(field_name="article__language")
    min_check_worthiness = filters.NumberFilter(
        field_name="check_worthiness", lookup_expr="gte", min_value=0, max_value=1
    )
    q = filters.CharFilter(method="search", label="words in the headline, the sentence or the claimant's name")
    article = IdFilter(method="by_article", label="an article in which the claim appears")

    class Meta:
        model = Claim
        fields: list[str] = []

    def by_status(self, claims: QuerySet[Claim], name: str, statuses: list[str]) -> QuerySet[Claim]:
        return with_shown_status(claims, statuses) if statuses else claims

    def search(self, claims: QuerySet[Claim], name: str, words: str) -> QuerySet[Claim]:
        places = Appearance.objects.filter(claim=OuterRef("pk"))
        said = Exists(places.filter(Q(sentence__icontains=words) | Q(quote__icontains=words)))
        return claims.filter(Q(headline__icontains=words) | Q(claimant__name__icontains=words) | said)

    def by_article(self, claims: QuerySet[Claim], name: str, article_id: int) -> QuerySet[Claim]:
        versions = ArticleVersion.objects.filter(article=article_id)
        return claims.filter(Exists(Appearance.objects.filter(claim=OuterRef("pk"), version__in=versions)))


class QueueFilter(filters.FilterSet):
    status = filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in (SeatStatus.OPEN, SeatStatus.TAKEN)]
    )
    kind = filters.MultipleChoiceFilter(field_name="claim__kind", choices=ClaimKind.choices())
    outlet = filters.CharFilter(field_name="claim__article__outlet")
    topic = filters.CharFilter(field_name="claim__article__section", lookup_expr="iexact")
    language = filters.CharFilter(field_name="claim__article__language")

    class Meta:
        model = Seat
        fields: list[str] = []


class FactCheckFilter(filters.FilterSet):
    claim = IdFilter()
    rating = filters.CharFilter(field_name="rating__name")
    language = filters.CharFilter(field_name="claim__article__language")
    is_withdrawn = filters.BooleanFilter(field_name="withdrawn_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = FactCheck
        fields: list[str] = []


class DeliveryFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=DeliveryStatus.choices())
    type = filters.ChoiceFilter(choices=WebhookEvent.choices())

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []


class FeedEntryFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=PageStatus.choices())

    class Meta:
        model = FeedEntry
        fields: list[str] = []
