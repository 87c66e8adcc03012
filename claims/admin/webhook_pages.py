"""The webhooks of a person, and the page of one: how it stands, what was sent, and the form that changes it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import needs, person_of, show, typed_number
from claims.admin.webhook_form import ChangeWebhookForm, WebhookForm
from claims.admin.words import say
from claims.enums import DeliveryStatus, PauseReason, WebhookEvent
from claims.models import Webhook, WebhookDelivery
from claims.notifications.subscriptions import Changed, change_webhook, create_webhook
from claims.permissions import Power, can, visible_webhooks
from claims.stored_words import say_stored

MOST_DELIVERIES = 50  # on a page
_SECRET = "new_webhook_secret"  # noqa: S105  its place in the session, until it is shown


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.OWN_WEBHOOKS)
def webhooks(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show_list(request, WebhookForm(), 200)
    form = WebhookForm(request.POST)
    made, status = form.hand_in(lambda: create_webhook(person_of(request), **form.cleaned_data))
    if made is None:
        return _show_list(request, form, status)
    keep_secret(request, made)
    messages.success(request, _("The webhook is made. Keep its secret now: it is shown this once."))
    return redirect("admin:webhook", made.pk)


def _show_list(request: HttpRequest, form: WebhookForm, status: int) -> HttpResponse:
    person = person_of(request)
    rows: list[Any] = list(visible_webhooks(person).select_related("owner").order_by("-id"))
    for row in rows:
        row.standing = describe_standing(row)
    context = {"title": _("Webhooks"), "webhooks": rows, "form": form, "is_everybodys": can(person, Power.ADMINISTER)}
    return show(request, "webhooks", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.OWN_WEBHOOKS)
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    found, person = find_webhook(request, webhook_id), person_of(request)
    if request.method != "POST":
        return _show_one(request, found, ChangeWebhookForm(person, found), 200)
    form = ChangeWebhookForm(person, found, request.POST)
    changed, status = form.hand_in(lambda: change_webhook(person, found.pk, **form.changes))
    if changed is None:
        return _show_one(request, found, form, status)
    _say_changed(request, changed)
    return redirect("admin:webhook", found.pk)


def _say_changed(request: HttpRequest, changed: Changed) -> None:
    if not changed.new_secret:
        messages.success(request, _("The webhook is changed."))
        return
    keep_secret(request, changed.webhook)
    words = _("The webhook is given to %(owner)s, with a new secret. Keep it now: it is shown this once.")
    messages.success(request, words % {"owner": changed.webhook.owner})


def find_webhook(request: HttpRequest, webhook_id: int) -> Any:
    return get_object_or_404(visible_webhooks(person_of(request)).select_related("owner"), pk=webhook_id)


def keep_secret(request: HttpRequest, webhook: Webhook) -> None:
    """For the next page of the webhook, which shows it once."""
    request.session[_SECRET] = [webhook.pk, webhook.secret]


def _take_secret(request: HttpRequest, webhook: Webhook) -> str:
    kept = request.session.get(_SECRET)
    if not kept or kept[0] != webhook.pk:
        return ""
    del request.session[_SECRET]
    return str(kept[1])


def _show_one(request: HttpRequest, webhook: Any, form: ChangeWebhookForm, status: int) -> HttpResponse:
    before = typed_number(request.GET.get("before"))
    deliveries = webhook.deliveries.filter(pk__lt=before) if before else webhook.deliveries
    page: list[Any] = list(deliveries.order_by("-id")[: MOST_DELIVERIES + 1])
    shown = page[:MOST_DELIVERIES]
    for delivery in shown:
        _describe(delivery)
    context = {
        "title": str(webhook),
        "webhook": webhook,
        "standing": describe_standing(webhook),
        "why": say(PauseReason, webhook.paused_because) if webhook.paused_because else "",
        "old_secret_until": _end_of_old_secret(webhook),
        "secret": _take_secret(request, webhook) if request.method == "GET" else "",
        "deliveries": shown,
        "older": shown[-1].pk if len(page) > MOST_DELIVERIES else None,
        "is_first_page": not before,
        "form": form,
    }
    return show(request, "webhook", context, status)


def _end_of_old_secret(webhook: Webhook) -> datetime | None:
    until = webhook.previous_secret_until
    return until if until and until > timezone.now() else None


def _describe(delivery: Any) -> None:
    delivery.event_words = say(WebhookEvent, delivery.type)
    delivery.error_words = say_stored(delivery.last_error)
    delivery.status_word = say(DeliveryStatus, delivery.status)
    is_tried_again = delivery.status == DeliveryStatus.WAITING and delivery.attempts
    delivery.next_at = delivery.next_attempt_at if is_tried_again else None
    delivery.can_be_replayed = _can_be_replayed(delivery)


def _can_be_replayed(delivery: WebhookDelivery) -> bool:
    return delivery.status in (DeliveryStatus.DELIVERED, DeliveryStatus.FAILED) or bool(
        delivery.status == DeliveryStatus.WAITING and delivery.attempts
    )


def describe_standing(webhook: Any) -> str:
    """In one word or two."""
    if webhook.is_stopped:
        return _("Stopped")
    if not webhook.is_active:
        return _("Paused")
    return _("Failing") if webhook.failing_since else _("Active")
