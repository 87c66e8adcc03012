"""When a webhook is sent nothing: paused by hand or by the desk, or stopped; and tests, which pause nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.models import OutgoingEmail, Reviewer
from claims.notifications.subscriptions import resume_webhook, send_ping
from claims.notifications.webhook_delivery import deliver_next, wake_webhooks
from tests.notifications.hooks import after, change, deliver_all, make_delivery, make_webhook
from tests.receiving import answering
from tests.web import HERE

pytestmark = pytest.mark.django_db
NOBODY = f"http://{HERE}:1/"  # no one listens on that port


# Paused and stopped.


def test_a_paused_webhook_is_sent_nothing_and_after_its_resumption_everything(webhook, receiver):
    change(webhook, paused_at=timezone.now(), paused_because="by_hand")
    deliveries = [make_delivery(webhook, number) for number in (1, 2)]
    deliver_next(webhook.pk)
    assert (receiver.messages, wake_webhooks()) == ([], 0)
    resume_webhook(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert [after(one)[0] for one in deliveries] == ["delivered", "delivered"]


@pytest.mark.parametrize("how", ["left", "lost their role"])
def test_the_webhook_of_somebody_who_may_have_none_stops(webhook, receiver, how):
    if how == "left":
        Reviewer.objects.update(is_active=False)
    else:
        webhook.owner.groups.clear()
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert (receiver.messages, wake_webhooks(), after(delivery)[0]) == ([], 0, "waiting")


def test_the_webhook_of_a_superuser_works(receiver):
    webhook = make_webhook(Reviewer.objects.create_superuser("root"), receiver.url)
    make_delivery(webhook)
    deliver_next(webhook.pk)
    assert len(receiver.said(webhook.secret)) == 1


def test_a_target_that_is_gone_pauses_its_webhook_at_once_with_a_mail(webhook, receiver):
    receiver.answer = answering("410 Gone")
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.paused_because, after(delivery)[0]) == ("gone", "waiting")
    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.recipient) == ("webhook_paused", webhook.owner)
    assert "says that it is gone for good" in mail.text
    assert f"/admin/webhooks/{webhook.pk}/" in mail.text
    assert webhook.url in mail.text


def test_a_day_of_failures_pauses_a_webhook_with_one_mail_and_loses_nothing(webhook, receiver):
    change(webhook, url=NOBODY, description="<b>CMS</b>")
    deliveries = [make_delivery(webhook, number) for number in (1, 2)]
    began = timezone.now()
    for hours in (0, 12, 23.9, 24.1, 48):
        with time_machine.travel(began + timedelta(hours=hours), tick=False):
            deliver_next(webhook.pk)
            webhook.refresh_from_db()
            assert webhook.is_active == (hours < 24)
    (mail,) = OutgoingEmail.objects.all()
    assert mail.subject == "Your webhook is paused: <b>CMS</b>"
    assert "nothing could be delivered to your webhook for a day" in mail.text
    assert "&lt;b&gt;CMS" in mail.html
    assert "The desk mails you about: The desk paused your webhook." in mail.html
    assert [after(one)[0] for one in deliveries] == ["waiting", "waiting"]
    change(webhook, url=receiver.url)
    resume_webhook(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert len(receiver.said(webhook.secret)) == 2


def test_between_two_successes_nothing_is_paused(webhook, receiver):
    make_delivery(webhook)
    began = timezone.now()
    for number, status in enumerate(["500 Oops", "204 OK", "500 Oops", "204 OK"]):
        receiver.answer = answering(status)
        with time_machine.travel(began + timedelta(hours=20 * number), tick=False):
            make_delivery(webhook, 2 + number)
            deliver_next(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.failures) == (True, 0)


# Tests.


def test_a_ping_says_at_once_how_it_went_and_pauses_nothing(webhook, receiver):
    receiver.answer = answering("410 Gone")
    ping = send_ping(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert (after(ping), ping.last_status) == (("failed", 1), 410)
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.failures) == (True, 0)
    assert receiver.said(webhook.secret)[0]["type"] == "ping"
