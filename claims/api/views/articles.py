from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import ArticleFilter
from claims.api.parsers import JSONLinesParser, JSONLinesParserByItsNewName, load_line
from claims.api.problems import describe
from claims.api.queries import with_newest_version
from claims.api.serializers.articles import (
    ArticleDetailSerializer,
    ArticleSerializer,
    BulkResultSerializer,
    NewArticleSerializer,
)
from claims.api.views.base import DeskList, DeskView
from claims.exceptions import ArticleRefused
from claims.intake.article_pages import retry_page
from claims.intake.articles import NewArticle, add_article
from claims.models import Article
from claims.permissions import Power, visible_articles

MAX_LINES = 10_000
HOW = """The claims in it are found in the background. The same content again is the same article.

`html` is the source of the article's page: its text is read at once, without its furniture, and its title, outlet and
day where they are not sent beside it. The same article in another page around it is the same content.

Without either, the page at the `url` is fetched in the background, too: from the public web alone, once, and tried
again for some hours where its site is down. The address stays as it was sent, wherever it leads. The same address
again is the same article, and its page is not read again, however it has changed."""
JSON_LINES = {"type": "string", "example": '{"text": "The port moved 1.2 million tonnes in 2023."}\n'}


class ArticleList(DeskList):
    powers = {"POST": Power.ADD_ARTICLES}
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    orderings = ("-id", "id")

    def get_queryset(self) -> QuerySet[Article]:
        return with_newest_version(visible_articles(self.person))

    @extend_schema(summary="The desk's articles")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Send an article",
        description=HOW,
        request=NewArticleSerializer,
        responses={
            202: OpenApiResponse(ArticleSerializer, "Stored; its reading has been ordered."),
            200: OpenApiResponse(ArticleSerializer, "The desk had this content, or this address, already."),
        },
    )
    def post(self, request: Request) -> Response:
        article, is_new = add_article(NewArticle(**self.read(NewArticleSerializer)), self.person)
        shown = self.get_queryset().get(pk=article.pk)
        return Response(ArticleSerializer(shown).data, 202 if is_new else 200)


class ArticleDetail(DeskView):
    @extend_schema(summary="An article with its newest text", responses=ArticleDetailSerializer)
    def get(self, request: Request, article_id: int) -> Response:
        shown = ("text", "sha256", "failure", "extraction_note", "differences")
        articles = with_newest_version(visible_articles(self.person), *shown)
        article = get_object_or_404(articles, pk=article_id)
        return Response(ArticleDetailSerializer(article, context={"person": self.person}).data)


class ArticleReading(DeskView):
    powers = {"POST": Power.ADD_ARTICLES}

    @extend_schema(
        summary="Try again to read the page of an article that has no text yet",
        description="409 where there is no such page, or it is being read. Sending the text makes it needless.",
        request=None,
        responses={202: ArticleSerializer},
    )
    def post(self, request: Request, article_id: int) -> Response:
        articles = with_newest_version(visible_articles(self.person))
        get_object_or_404(articles, pk=article_id)
        retry_page(self.person, article_id)
        return Response(ArticleSerializer(articles.get(pk=article_id)).data, 202)


class ArticleBulk(DeskView):
    powers = {"POST": Power.ADD_ARTICLES}
    parser_classes = [JSONLinesParser, JSONLinesParserByItsNewName]

    @extend_schema(
        summary="Send many articles",
        description="One JSON object a line, each as for sending an article, and each stored or rejected on its own.",
        request={parser.media_type: JSON_LINES for parser in (JSONLinesParser, JSONLinesParserByItsNewName)},
        responses={202: BulkResultSerializer},
    )
    def post(self, request: Request) -> Response:
        lines = [(number, line) for number, line in enumerate(_lines(request.data), start=1) if line.strip()]
        if len(lines) > MAX_LINES:
            raise ArticleRefused(f"More than {MAX_LINES:,} lines. Send them in several requests.", code="too_large")
        refusals = [(number, self._refusal_of(line)) for number, line in lines]
        rejected = [{"line": number, **refusal} for number, refusal in refusals if refusal]
        return Response({"accepted": len(lines) - len(rejected), "rejected": rejected}, 202)

    def _refusal_of(self, line: bytes) -> dict[str, Any] | None:
        """Store the line's article; the code and detail of why not, if it cannot be."""
        try:
            add_article(_read_line(line), self.person)
        except Exception as error:
            problem = describe(error)
            if problem is None:
                raise
            return {"code": problem.code, "detail": problem.detail}
        return None


def _lines(body: Any) -> Sequence[bytes]:
    return body if isinstance(body, list) else []  # an empty body is read as no lines


def _read_line(line: bytes) -> NewArticle:
    serializer = NewArticleSerializer(data=load_line(line))
    serializer.is_valid(raise_exception=True)
    return NewArticle(**serializer.validated_data)
