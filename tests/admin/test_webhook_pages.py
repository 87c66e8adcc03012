import pytest
from django.utils import timezone

from claims.models import Webhook
from tests.admin.pages import STRICT, inline_code, policy, said, url, words
from tests.broker import take_messages
from tests.notifications.hooks import change, make_delivery, make_webhook

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} \"' &amp;"
TYPED = {"url": "https://cms.example/hook", "description": "The CMS", "events": ["claim.queued", "claim.decided"]}
ACTS = ["webhook_secret", "pause_webhook", "resume_webhook", "test_webhook", "delete_webhook"]


@pytest.fixture
def webhook(producer) -> Webhook:
    return make_webhook(producer, description="The CMS")


# Who may.


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        *(("producer", "webhooks", 200), ("editor", "webhooks", 200), ("administrator", "webhooks", 200)),
        *(("reviewer", "webhooks", 403), ("reviewer", "webhook", 403), ("producer", "webhook", 200)),
        *(("editor", "webhook", 404), ("administrator", "webhook", 200)),
    ],
)
def test_a_page_opens_for_its_people_alone(request, desk, webhook, who, page, status):
    address = url(page) if page == "webhooks" else url(page, webhook.pk)
    assert desk(request.getfixturevalue(who)).get(address).status_code == status


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("editor", 404), ("producer", 302)])
def test_a_button_works_for_its_people_alone_and_is_no_link(request, desk, webhook, act, who, status):
    browser = desk(request.getfixturevalue(who))
    assert browser.post(url(act, webhook.pk)).status_code == status
    assert browser.get(url(act, webhook.pk)).status_code == 405


def test_colleagues_see_their_own_and_administrators_all(desk, webhook, editor, administrator):
    make_webhook(editor, description="The archive")
    seen = [words(desk(who).get(url("webhooks"))) for who in (webhook.owner, editor, administrator)]
    assert [("The CMS" in page, "The archive" in page) for page in seen] == [
        (True, False),
        (False, True),
        (True, True),
    ]


def test_the_navigation_leads_here(desk, producer, reviewer):
    links = [url("webhooks") in desk(who).get(url("index")).content.decode() for who in (producer, reviewer)]
    assert links == [True, False]


@pytest.mark.parametrize(("reason", "is_told"), [("failing", True), ("gone", True), ("by_hand", False)])
def test_the_first_page_tells_of_what_the_desk_has_paused(desk, webhook, editor, reason, is_told):
    change(webhook, paused_at=timezone.now(), paused_because=reason)
    told = "1 webhook is sent nothing"
    assert (told in words(desk(webhook.owner).get(url("index")))) == is_told
    assert told not in words(desk(editor).get(url("index")))


# Making and changing.


def test_a_webhook_is_made_and_its_secret_shown_once(desk, producer):
    browser = desk(producer)
    page = browser.post(url("webhooks"), TYPED, follow=True)
    made = Webhook.objects.get()
    assert made.secret in words(page)
    assert "shown this once" in said(page)
    assert made.secret not in words(browser.get(url("webhook", made.pk)))
    assert (made.url, made.events) == (TYPED["url"], TYPED["events"])


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"url": ""}, "This field is required."),
        ({"url": "http://10.0.0.1/"}, "This is an address that the desk does not send to"),
        ({"url": "cms"}, "The address must begin with https://"),
        ({"events": []}, "This field is required."),
        ({"events": ["ping"]}, "Select a valid choice."),
        ({"description": "x" * 201}, "at most 200 characters"),
    ],
    ids=str,
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(desk, producer, typed, refusal):
    page = desk(producer).post(url("webhooks"), TYPED | {"description": "Kept"} | typed)
    assert (page.status_code, Webhook.objects.count()) == (400, 0)
    assert refusal in words(page)
    assert "Kept" in page.content.decode() or "description" in typed


def test_a_webhook_is_changed(desk, webhook):
    page = desk(webhook.owner).post(url("webhook", webhook.pk), TYPED | {"description": "New"}, follow=True)
    webhook.refresh_from_db()
    assert "The webhook is changed." in said(page)
    assert (webhook.description, webhook.events) == ("New", TYPED["events"])


def test_an_administrator_hands_it_on_and_its_owner_does_not(desk, webhook, administrator, editor):
    desk(webhook.owner).post(url("webhook", webhook.pk), TYPED | {"owner": editor.pk})
    assert Webhook.objects.get().owner == webhook.owner
    browser = desk(administrator)
    page = browser.post(url("webhook", webhook.pk), TYPED | {"owner": editor.pk}, follow=True)
    given = Webhook.objects.get()
    assert (given.owner, given.secret == webhook.secret, given.secret in words(page)) == (editor, False, True)
    assert "given to edna, with a new secret" in said(page)
    assert "whsec_" not in words(browser.get(url("webhook", webhook.pk)))


def test_a_stopped_webhook_says_so_and_can_be_changed_all_the_same(desk, webhook, administrator):
    webhook.owner.groups.clear()
    browser = desk(administrator)
    assert "Stopped Its owner may not have webhooks any more" in words(browser.get(url("webhook", webhook.pk)))
    browser.post(url("webhook", webhook.pk), TYPED | {"owner": webhook.owner.pk, "description": "Old"})
    assert Webhook.objects.get().description == "Old"


def test_a_renewed_secret_is_shown_once(desk, webhook):
    browser = desk(webhook.owner)
    page = browser.post(url("webhook_secret", webhook.pk), follow=True)
    webhook.refresh_from_db()
    assert webhook.secret in words(page)
    assert "The one before it signs as well until" in words(page)
    assert webhook.secret not in words(browser.get(url("webhook", webhook.pk)))


def test_the_secret_of_one_is_not_shown_on_the_page_of_another(desk, webhook):
    other, browser = make_webhook(webhook.owner), desk(webhook.owner)
    browser.post(url("webhook_secret", webhook.pk))
    assert "whsec_" not in words(browser.get(url("webhook", other.pk)))


# Pausing, trying, sending again.


def test_pausing_and_resuming(desk, webhook):
    browser = desk(webhook.owner)
    page = browser.post(url("pause_webhook", webhook.pk), follow=True)
    assert "What happens meanwhile is kept for it." in said(page)
    assert "Paused since" in words(page)
    assert "Resume it first" in said(browser.post(url("test_webhook", webhook.pk), follow=True))
    assert "Active" in words(browser.post(url("resume_webhook", webhook.pk), follow=True))


@pytest.mark.parametrize(
    ("reason", "sentence"), [("failing", "Mend the target, then resume"), ("gone", "gone for good")]
)
def test_a_page_says_why_the_desk_has_paused_it_and_what_to_do(desk, webhook, reason, sentence):
    change(webhook, paused_at=timezone.now(), paused_because=reason)
    assert sentence in words(desk(webhook.owner).get(url("webhook", webhook.pk)))


def test_the_list_of_what_was_sent_says_how_it_went(desk, webhook):
    make_delivery(webhook, 1, status="failed", attempts=8, last_status=500, last_error="The target answers 500.")
    fields = {"delivered_at": timezone.now(), "last_status": 204, "last_milliseconds": 12}
    make_delivery(webhook, 2, status="delivered", attempts=1, **fields)
    page = words(desk(webhook.owner).get(url("webhook", webhook.pk)))
    assert "Failed The target answers 500. 8 500" in page
    assert "Delivered 1 204 12 ms" in page


def test_a_delivery_is_sent_again(desk, webhook):
    delivery = make_delivery(webhook, status="failed")
    page = desk(webhook.owner).post(url("replay_delivery", webhook.pk, delivery.pk), follow=True)
    assert "It is sent again, with the same id." in said(page)
    assert take_messages() != []
    assert desk(webhook.owner).post(url("replay_delivery", webhook.pk, 0)).status_code == 404


def test_many_deliveries_come_in_pages(desk, webhook):
    for number in range(60):
        make_delivery(webhook, number)
    browser = desk(webhook.owner)
    first = browser.get(url("webhook", webhook.pk))
    assert len(first.context["deliveries"]) == 50
    older = browser.get(url("webhook", webhook.pk), {"before": first.context["older"]})
    assert (len(older.context["deliveries"]), older.context["older"]) == (10, None)
    assert browser.get(url("webhook", webhook.pk), {"before": "x"}).status_code == 200


def test_deleting(desk, webhook):
    page = desk(webhook.owner).post(url("delete_webhook", webhook.pk), follow=True)
    assert ("The webhook is deleted." in said(page), Webhook.objects.count()) == (True, 0)


# Strict pages.


def test_pages_are_strict_whatever_stands_in_them(desk, webhook, administrator):
    change(webhook, description=EVIL[:200], url=f"https://cms.example/?{EVIL}")
    make_delivery(webhook, status="failed", attempts=1, last_answer=EVIL, last_error=EVIL, body=EVIL)
    browser = desk(administrator)
    pages = [browser.get(url("webhooks")), browser.get(url("webhook", webhook.pk))]
    pages += [browser.post(url("webhooks"), {"url": EVIL, "description": EVIL, "events": EVIL})]
    pages += [browser.post(url("webhook", webhook.pk), {"url": EVIL, "events": EVIL})]
    for page in pages:
        assert policy(page) >= STRICT
        assert inline_code(page) == []
        assert "no-store" in page["Cache-Control"]


def test_the_number_of_queries_does_not_grow(desk, webhook, django_assert_max_num_queries):
    browser = desk(webhook.owner)
    pages = (url("webhooks"), url("webhook", webhook.pk))
    with django_assert_max_num_queries(20) as few:
        [browser.get(page) for page in pages]
    for number in range(5):
        make_webhook(webhook.owner)
        make_delivery(webhook, number)
    with django_assert_max_num_queries(len(few)):
        [browser.get(page) for page in pages]
