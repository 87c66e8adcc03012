"""Webhooks over REST: the secret is shown once, and everything a page can do a program can."""

import pytest

from claims.enums import Role
from claims.models import Webhook
from tests.broker import take_messages
from tests.notifications.hooks import change, make_delivery, make_webhook
from tests.receiving import receiving

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://cms.example/hook", "events": ["claim.decided", "claim.queued"], "description": "The CMS"}


@pytest.fixture
def webhook(producer) -> Webhook:
    return make_webhook(producer)


def path(webhook: Webhook, rest: str = "") -> str:
    return f"/api/v1/webhooks/{webhook.pk}/{rest}"


def test_a_webhook_is_made_and_its_secret_shown_once(api, producer):
    client = api(producer)
    made = client.post("/api/v1/webhooks/", HOOK)
    assert (made.status_code, made.json()["secret"]) == (201, Webhook.objects.get().secret)
    assert made.json()["events"] == ["claim.queued", "claim.decided"]
    assert (made.json()["owner"], made.json()["is_active"], made.json()["is_stopped"]) == ("paul", True, False)
    shown = [client.get(f"/api/v1/webhooks/{rest}").content.decode() for rest in ("", f"{made.json()['id']}/")]
    assert not any('secret"' in one or "whsec" in one for one in shown)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "ftp://cms.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": ["https://cms.example/"]}, "invalid"),
        ({"url": "https://cms.example/\x00"}, "invalid"),
        ({"events": []}, "invalid"),
        ({"events": ["ping"]}, "invalid"),
        ({"events": "claim.queued"}, "invalid"),
        ({"description": "x" * 201}, "invalid"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_what_to_do(api, producer, change, code):
    answer = api(producer).post("/api/v1/webhooks/", HOOK | change)
    assert (answer.status_code, answer.json()["code"], Webhook.objects.count()) == (400, code, 0)


def test_a_webhook_is_changed_paused_and_resumed(api, webhook):
    client = api(webhook.owner)
    changed = client.patch(path(webhook), {"description": "New", "is_active": False}).json()
    assert (changed["description"], changed["is_active"], changed["paused_because"]) == ("New", False, "by_hand")
    assert client.patch(path(webhook), {"is_active": True}).json()["paused_because"] == ""
    assert client.patch(path(webhook), {}).json()["url"] == webhook.url


def test_an_administrator_hands_it_on_with_a_new_secret(api, webhook, administrator, editor, producer):
    given = api(administrator).patch(path(webhook), {"owner": "edna"}).json()
    old = webhook.secret
    webhook.refresh_from_db()
    assert (given["owner"], given["secret"] == old, given["secret"]) == ("edna", False, webhook.secret)
    for changed in ({"owner": "edna"}, {"description": "New"}):
        assert api(administrator).patch(path(webhook), changed).json()["secret"] == ""
    assert api(producer).get(path(webhook)).status_code == 404
    assert api(editor).patch(path(webhook), {"owner": "paul"}).status_code == 403


def test_a_webhook_says_that_its_owner_may_have_none(api, webhook, administrator):
    webhook.owner.groups.clear()
    assert api(administrator).get(path(webhook)).json()["is_stopped"] is True


def test_a_renewed_secret_is_shown_once_with_the_end_of_the_old_one(api, webhook):
    answer = api(webhook.owner).post(path(webhook, "secret/"), {}).json()
    webhook.refresh_from_db()
    assert answer["secret"] == webhook.secret
    assert answer["previous_secret_until"] is not None


def test_a_test_is_sent_and_found_in_the_list(api, producer, jobs):
    with receiving() as receiver:
        webhook = make_webhook(producer, receiver.url)
        sent = api(producer).post(path(webhook, "test/"), {})
        jobs.run()
        assert (sent.status_code, receiver.said(webhook.secret)[0]["type"]) == (202, "ping")
    (listed,) = api(producer).get(path(webhook, "deliveries/")).json()["results"]
    assert (listed["status"], listed["last_status"], listed["body"]) == ("delivered", 204, sent.json()["body"])


def test_a_paused_webhook_is_not_tested(api, webhook):
    api(webhook.owner).patch(path(webhook), {"is_active": False})
    answer = api(webhook.owner).post(path(webhook, "test/"), {})
    assert (answer.status_code, answer.json()["code"]) == (409, "paused")


def test_deliveries_are_listed_by_status(api, webhook):
    make_delivery(webhook, 1)
    failed = make_delivery(webhook, 2, status="failed", last_error="<b>")
    results = api(webhook.owner).get(path(webhook, "deliveries/?status=failed")).json()["results"]
    assert [one["id"] for one in results] == [failed.pk]
    assert api(webhook.owner).get(path(webhook, "deliveries/?status=lost")).status_code == 400


def test_a_delivery_is_sent_again(api, webhook):
    delivery = make_delivery(webhook, status="failed")
    answer = api(webhook.owner).post(path(webhook, f"deliveries/{delivery.pk}/replay/"), {})
    assert (answer.status_code, answer.json()["event_id"], answer.json()["status"]) == (202, "msg_1", "waiting")
    assert take_messages() != []


def test_a_delivery_of_another_webhook_is_not_found(api, webhook, editor):
    delivery, own = make_delivery(webhook), make_webhook(editor)
    assert api(editor).post(path(own, f"deliveries/{delivery.pk}/replay/"), {}).status_code == 404


def test_a_webhook_is_deleted(api, webhook):
    assert api(webhook.owner).delete(path(webhook)).status_code == 204
    assert api(webhook.owner).get(path(webhook)).status_code == 404


def test_lists_take_a_constant_number_of_queries(api, webhook, administrator, person, django_assert_max_num_queries):
    for address in ("/api/v1/webhooks/", path(webhook, "deliveries/")):
        make_delivery(webhook, 1) if "deliveries" in address else None
        with django_assert_max_num_queries(6) as few:
            api(administrator).get(address)
        for number in range(3):
            other = make_webhook(person(f"p{number}{len(address)}", Role.PRODUCER))
            make_delivery(webhook, 10 + number) if "deliveries" in address else make_delivery(other)
        with django_assert_max_num_queries(len(few)):
            api(administrator).get(address)


def test_nothing_changes_a_secret_from_outside(api, webhook):
    before = webhook.secret
    api(webhook.owner).patch(path(webhook), {"secret": "whsec_mine", "previous_secret": "whsec_mine"})
    change(webhook)
    assert webhook.secret == before
