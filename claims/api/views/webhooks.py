from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import DeliveryFilter
from claims.api.serializers.webhooks import (
    ChangedWebhookSerializer,
    CreatedWebhookSerializer,
    DeliverySerializer,
    HandedOnWebhookSerializer,
    NewWebhookSerializer,
    SecretSerializer,
    WebhookSerializer,
)
from claims.api.views.base import DeskList, DeskView
from claims.models import Webhook, WebhookDelivery
from claims.notifications import subscriptions
from claims.permissions import Power, visible_webhooks

HOW = """The desk posts `{"type", "timestamp", "data"}` to `url`, signed as the Standard Webhooks say (`webhook-id`,
`webhook-timestamp`, `webhook-signature`), and takes any status from 200 to 299 for success. Else it tries again, for a
little more than a day. A message may come twice, with the same `webhook-id`, and later ones may come before it.
Where nothing arrives for a day, and at once after a 410, the webhook is paused; what happens then is kept for it."""
MAY = dict.fromkeys(("GET", "POST", "PATCH", "DELETE"), Power.OWN_WEBHOOKS)


class WebhookList(DeskList):
    queryset = Webhook.objects.none()
    powers = MAY
    serializer_class = WebhookSerializer

    def get_queryset(self) -> QuerySet[Webhook]:
        return visible_webhooks(self.person).select_related("owner")

    @extend_schema(summary="Your webhooks; an administrator's list holds everybody's")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Have a program told what happens",
        description=HOW,
        request=NewWebhookSerializer,
        responses={201: CreatedWebhookSerializer},
    )
    def post(self, request: Request) -> Response:
        made = subscriptions.create_webhook(self.person, **self.read(NewWebhookSerializer))
        return Response(CreatedWebhookSerializer(self.get_queryset().get(pk=made.pk)).data, 201)


class WebhookView(DeskView):
    powers = MAY

    def get_webhook(self) -> Webhook:
        webhooks = visible_webhooks(self.person).select_related("owner")
        return get_object_or_404(webhooks, pk=self.kwargs["webhook_id"])


class WebhookDetail(WebhookView):
    @extend_schema(summary="One webhook", responses=WebhookSerializer)
    def get(self, request: Request, webhook_id: int) -> Response:
        return Response(WebhookSerializer(self.get_webhook()).data)

    @extend_schema(
        summary="Change, pause or resume a webhook",
        description="Another owner comes with a new secret, shown this once; the old one signs as well for a day.",
        request=ChangedWebhookSerializer,
        responses=HandedOnWebhookSerializer,
    )
    @transaction.atomic  # a secret that is renewed is shown, or it is not renewed
    def patch(self, request: Request, webhook_id: int) -> Response:
        fields = self.read(ChangedWebhookSerializer, partial=True)
        is_active = fields.pop("is_active", None)
        secret = ""
        if fields:
            secret = subscriptions.change_webhook(self.person, webhook_id, **fields).new_secret
        if is_active is not None:
            verb = subscriptions.resume_webhook if is_active else subscriptions.pause_webhook
            verb(self.person, webhook_id)
        return Response(HandedOnWebhookSerializer(self.get_webhook(), context={"secret": secret}).data)

    @extend_schema(summary="Delete a webhook, and its deliveries", responses={204: None})
    def delete(self, request: Request, webhook_id: int) -> Response:
        subscriptions.delete_webhook(self.person, webhook_id)
        return Response(status=204)


class WebhookSecret(WebhookView):
    @extend_schema(
        summary="Renew the secret",
        description="The one before it signs as well until `previous_secret_until`: exchange it by then.",
        request=None,
        responses=SecretSerializer,
    )
    def post(self, request: Request, webhook_id: int) -> Response:
        return Response(SecretSerializer(subscriptions.rotate_secret(self.person, webhook_id)).data)


class WebhookTest(WebhookView):
    @extend_schema(summary="Send a ping, once", request=None, responses={202: DeliverySerializer})
    def post(self, request: Request, webhook_id: int) -> Response:
        return Response(DeliverySerializer(subscriptions.send_ping(self.person, webhook_id)).data, 202)


class DeliveryList(DeskList, WebhookView):
    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.objects.filter(webhook=self.get_webhook())

    @extend_schema(summary="What was sent, and how it went")
    def get(self, request: Request, webhook_id: int) -> Response:
        return self.list(request)


class DeliveryReplay(WebhookView):
    @extend_schema(
        summary="Send it again, with the same id and body", request=None, responses={202: DeliverySerializer}
    )
    def post(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        replayed = subscriptions.replay_delivery(self.person, webhook_id, delivery_id)
        return Response(DeliverySerializer(replayed).data, 202)
