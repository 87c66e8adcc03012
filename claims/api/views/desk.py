"""What a caller needs besides articles, claims and assignments: drafts, ratings, the queue, themselves."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import QueueFilter
from claims.api.queries import with_holders
from claims.api.serializers.claims import RatingSerializer
from claims.api.serializers.people import MeSerializer, PreferencesSerializer
from claims.api.serializers.review import DraftSerializer, QueuedSeatSerializer
from claims.api.views.base import SEE_REVIEW, DeskList, DeskView
from claims.enums import EmailKind, SeatStatus, Timing
from claims.models import Rating, Seat
from claims.notifications.choices import choose
from claims.permissions import Power, can, own_assignments, roles_of, visible_assignments
from claims.review.drafts import save_draft
from claims.review.queue import is_free_for


class ClaimDraft(DeskView):
    powers = {"GET": Power.REVIEW, "PUT": Power.REVIEW}

    @extend_schema(summary="Your draft of a verdict", responses=DraftSerializer)
    def get(self, request: Request, claim_id: int) -> Response:
        drafts = self.person.drafts.select_related("rating")
        return Response(DraftSerializer(get_object_or_404(drafts, claim=self.get_claim())).data)

    @extend_schema(summary="Keep what you have typed", request=DraftSerializer, responses=DraftSerializer)
    def put(self, request: Request, claim_id: int) -> Response:
        draft = save_draft(self.person, self.get_claim(), **self.read(DraftSerializer))
        return Response(DraftSerializer(draft).data)


class RatingList(DeskList):
    serializer_class = RatingSerializer
    ordering = ("position",)

    def get_queryset(self) -> QuerySet[Rating]:
        return Rating.objects.filter(scale__is_default=True).select_related("scale")

    @extend_schema(summary="The desk's scale of ratings")
    def get(self, request: Request) -> Response:
        return self.list(request)


class Queue(DeskList):
    queryset = Seat.objects.none()
    powers = SEE_REVIEW
    serializer_class = QueuedSeatSerializer
    filterset_class = QueueFilter
    ordering = (
        "status",
        "-is_overdue",
        "-priority",
        "id",
    )  # open seats come first, in the order in which they are taken

    def get_queryset(self) -> QuerySet[Seat]:
        held = visible_assignments(self.person).filter(seat=OuterRef("pk"), closed_at=None)
        shown = Q(is_free_for(self.person), status=SeatStatus.OPEN) | Q(Exists(held), status=SeatStatus.TAKEN)
        # The statuses once more, for the index that holds the order.
        seats = Seat.objects.filter(shown, status__in=[SeatStatus.OPEN, SeatStatus.TAKEN])
        return with_holders(seats, self.person)

    @extend_schema(
        summary="The review queue", description="Seats open to you, the next one first, then who holds what until when."
    )
    def get(self, request: Request) -> Response:
        return self.list(request)


class Me(DeskView):
    @extend_schema(summary="Who you are at the desk", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        person = self.person
        shown = {
            "username": person.username,
            "name": person.get_full_name(),
            "roles": sorted(roles_of(person)),
            "powers": [power.name.lower() for power in Power if can(person, power)],
            "open_assignments": own_assignments(person).filter(closed_at=None).count(),
            "preferences": person,
        }
        return Response(MeSerializer(shown).data)


class Preferences(DeskView):
    powers = {"PATCH": Power.SEE_DESK}

    @extend_schema(summary="Change your preferences", request=PreferencesSerializer, responses=PreferencesSerializer)
    def patch(self, request: Request) -> Response:
        values = self.read(PreferencesSerializer, partial=True, instance=self.person)
        chosen = values.pop("mail", {})
        for name, value in values.items():
            setattr(self.person, name, value)
        with transaction.atomic():
            self.person.save(update_fields=list(values))
            choose(self.person, {EmailKind(kind): Timing(timing) for kind, timing in chosen.items()})
        return Response(PreferencesSerializer(self.person).data)
