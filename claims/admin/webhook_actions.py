"""The buttons on the page of a webhook."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, try_to
from claims.admin.webhook_pages import find_webhook, keep_secret
from claims.notifications import subscriptions
from claims.permissions import Power


@require_POST
@needs(Power.OWN_WEBHOOKS)
def secret(request: HttpRequest, webhook_id: int) -> HttpResponse:
    find_webhook(request, webhook_id)
    keep_secret(request, subscriptions.rotate_secret(person_of(request), webhook_id))
    messages.success(request, _("The secret is renewed. Keep it now: it is shown this once."))
    return redirect("admin:webhook", webhook_id)


@require_POST
@needs(Power.OWN_WEBHOOKS)
def pause(request: HttpRequest, webhook_id: int) -> HttpResponse:
    done = _("The webhook is paused. What happens meanwhile is kept for it.")
    return _do(request, webhook_id, lambda: subscriptions.pause_webhook(person_of(request), webhook_id), done)


@require_POST
@needs(Power.OWN_WEBHOOKS)
def resumption(request: HttpRequest, webhook_id: int) -> HttpResponse:
    done = _("The webhook is resumed, and is sent what has waited.")
    return _do(request, webhook_id, lambda: subscriptions.resume_webhook(person_of(request), webhook_id), done)


@require_POST
@needs(Power.OWN_WEBHOOKS)
def test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    done = _("A test is on its way. Load the page again in a moment to see how it went.")
    return _do(request, webhook_id, lambda: subscriptions.send_ping(person_of(request), webhook_id), done)


@require_POST
@needs(Power.OWN_WEBHOOKS)
def replay(request: HttpRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    get_object_or_404(find_webhook(request, webhook_id).deliveries, pk=delivery_id)
    done = _("It is sent again, with the same id.")
    send = subscriptions.replay_delivery
    return _do(request, webhook_id, lambda: send(person_of(request), webhook_id, delivery_id), done)


@require_POST
@needs(Power.OWN_WEBHOOKS)
def deletion(request: HttpRequest, webhook_id: int) -> HttpResponse:
    find_webhook(request, webhook_id)
    subscriptions.delete_webhook(person_of(request), webhook_id)
    messages.success(request, _("The webhook is deleted."))
    return redirect("admin:webhooks")


def _do(request: HttpRequest, webhook_id: int, verb: Callable[[], object], done: str) -> HttpResponse:
    find_webhook(request, webhook_id)
    try_to(request, verb, done)
    return redirect(f"{reverse('admin:webhook', args=[webhook_id])}#deliveries")
