from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import FeedEntryFilter
from claims.api.serializers.feeds import (
    ChangedFeedSerializer,
    FeedEntrySerializer,
    FeedSerializer,
    NewFeedSerializer,
)
from claims.api.views.base import DeskList, DeskView
from claims.intake import feeds
from claims.models import Feed, FeedEntry
from claims.permissions import Power, visible_feeds

HOW = """The desk reads the feed now, and then by itself every quarter of an hour. Of what it holds when it is read
first the newest ten pages become articles, later of what is new the newest fifty of each reading; the others are passed
over. A page that changes later is not read again."""
MAY = dict.fromkeys(("GET", "POST", "PATCH", "DELETE"), Power.MANAGE_FEEDS)


class FeedView(DeskView):
    powers = MAY

    def get_feeds(self) -> QuerySet[Any]:
        return feeds.with_articles(visible_feeds(self.person)).select_related("added_by")

    def get_feed(self) -> Any:
        return get_object_or_404(self.get_feeds(), pk=self.kwargs["feed_id"])


class FeedList(DeskList, FeedView):
    queryset = Feed.objects.none()
    serializer_class = FeedSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return self.get_feeds()

    @extend_schema(summary="The feeds that the desk reads")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Have a feed read", description=HOW, request=NewFeedSerializer, responses={201: FeedSerializer}
    )
    def post(self, request: Request) -> Response:
        added = feeds.add_feed(self.person, **self.read(NewFeedSerializer))
        return Response(FeedSerializer(self.get_feeds().get(pk=added.pk)).data, 201)


class FeedDetail(FeedView):
    @extend_schema(summary="One feed", responses=FeedSerializer)
    def get(self, request: Request, feed_id: int) -> Response:
        return Response(FeedSerializer(self.get_feed()).data)

    @extend_schema(summary="Change, pause or resume a feed", request=ChangedFeedSerializer, responses=FeedSerializer)
    @transaction.atomic
    def patch(self, request: Request, feed_id: int) -> Response:
        self.get_feed()
        fields = self.read(ChangedFeedSerializer, partial=True)
        is_active = fields.pop("is_active", None)
        if fields:
            feeds.change_feed(self.person, feed_id, **fields)
        if is_active is not None:
            verb = feeds.resume_feed if is_active else feeds.pause_feed
            verb(self.person, feed_id)
        return Response(FeedSerializer(self.get_feed()).data)

    @extend_schema(summary="Delete a feed; its articles stay", responses={204: None})
    def delete(self, request: Request, feed_id: int) -> Response:
        self.get_feed()
        feeds.delete_feed(self.person, feed_id)
        return Response(status=204)


class FeedReading(FeedView):
    @extend_schema(summary="Have it read now", request=None, responses={202: FeedSerializer})
    def post(self, request: Request, feed_id: int) -> Response:
        self.get_feed()
        feeds.read_feed_now(self.person, feed_id)
        return Response(FeedSerializer(self.get_feed()).data, 202)


class FeedEntryList(DeskList, FeedView):
    queryset = FeedEntry.objects.none()
    serializer_class = FeedEntrySerializer
    filterset_class = FeedEntryFilter

    def get_queryset(self) -> QuerySet[FeedEntry]:
        return FeedEntry.objects.filter(feed=self.get_feed())

    @extend_schema(summary="What the feed has named, and what became of it")
    def get(self, request: Request, feed_id: int) -> Response:
        return self.list(request)


class FeedEntryReading(FeedView):
    @extend_schema(
        summary="Try again what could not be read, or was passed over",
        request=None,
        responses={202: FeedEntrySerializer},
    )
    def post(self, request: Request, feed_id: int, entry_id: int) -> Response:
        get_object_or_404(self.get_feed().entries, pk=entry_id)
        return Response(FeedEntrySerializer(feeds.retry_entry(self.person, feed_id, entry_id)).data, 202)
