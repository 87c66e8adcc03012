from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.contacts import AnswerSerializer, ContactSerializer, NewContactSerializer
from claims.api.views.base import SEE_REVIEW, DeskList, DeskView
from claims.enums import Channel
from claims.models import ClaimantContact
from claims.permissions import Power, visible_contacts
from claims.review.contacts import ask_claimant, record_answer


class ClaimContacts(DeskList):
    queryset = ClaimantContact.objects.none()
    powers = SEE_REVIEW | {"POST": Power.REVIEW}
    serializer_class = ContactSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[ClaimantContact]:
        return visible_contacts(self.person).filter(claim=self.get_claim()).select_related("asked_by")

    @extend_schema(summary="When the claimant was asked, and what they answered")
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Note that the claimant was asked", request=NewContactSerializer, responses={201: ContactSerializer}
    )
    def post(self, request: Request, claim_id: int) -> Response:
        values = self.read(NewContactSerializer)
        channel = Channel(values.pop("channel"))
        return Response(ContactSerializer(ask_claimant(self.person, claim_id, channel=channel, **values)).data, 201)


class ContactAnswer(DeskView):
    powers = {"POST": Power.REVIEW}

    @extend_schema(summary="Note what the claimant answered", request=AnswerSerializer, responses=ContactSerializer)
    def post(self, request: Request, contact_id: int) -> Response:
        contact = get_object_or_404(visible_contacts(self.person), pk=contact_id)
        return Response(ContactSerializer(record_answer(self.person, contact.pk, **self.read(AnswerSerializer))).data)
