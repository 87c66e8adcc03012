"""Mail about what is published, corrected and withdrawn: to whom, and to whom not."""

import json

import pytest

from claims.enums import EmailKind, Role, Timing
from claims.models import Claim, DigestEntry, FactCheck, MailChoice, OutgoingEmail, Reviewer
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim
from tests.factories import judge, make_article, make_queued_claim
from tests.notifications.hooks import make_webhook, types_of

pytestmark = pytest.mark.django_db
TITLE = "No, it is 1,900 dockers"


@pytest.fixture
def people(person) -> dict[str, Reviewer]:
    roles = {"ed": Role.EDITOR, "rev": Role.REVIEWER, "adm": Role.ADMINISTRATOR, "prod": Role.PRODUCER}
    return {f"{name}{n}": person(f"{name}{n}", role) for name, role in roles.items() for n in (1, 2)}


@pytest.fixture
def at_once(people):
    for kind in (EmailKind.CLAIM_DECIDED, EmailKind.FACT_CHECK_PUBLISHED):
        MailChoice.objects.create(kind=kind, timing=Timing.AT_ONCE)


@pytest.fixture
def decided(people) -> Claim:
    """Sent by prod1, added by ed2, judged by rev1."""
    claim = make_queued_claim(article=make_article(added_by=people["prod1"]), added_by=people["ed2"])
    judge(people["rev1"], claim, "False")
    return claim


def publish(people, claim: Claim, by: str = "ed1") -> FactCheck:
    return publish_claim(people[by], claim.pk, title=TITLE, summary="The port counts 1,900.\n-- \nNo more.")


def told(kind: EmailKind) -> list[str]:
    return sorted(OutgoingEmail.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_who_judged_added_or_sent_it_is_told_that_it_is_published(people, at_once, decided):
    made = publish(people, decided)
    assert told(EmailKind.FACT_CHECK_PUBLISHED) == ["ed2", "prod1", "rev1"]
    mail = OutgoingEmail.objects.filter(kind=EmailKind.FACT_CHECK_PUBLISHED).first()
    assert (mail.subject, mail.claim) == (f"Published, “False”: {TITLE}", decided)
    assert f"/fact-checks/{made.slug}/\n" in mail.text
    assert "> The port counts 1,900.\n> --\n> No more.\n" in mail.text  # theirs can end no mail


def test_nobody_is_told_of_their_own_publication(people, at_once, decided):
    publish(people, decided, by="ed2")
    assert told(EmailKind.FACT_CHECK_PUBLISHED) == ["prod1", "rev1"]


def test_unless_somebody_chooses_otherwise_it_stands_in_the_digest(people, decided):
    publish(people, decided)
    entries = DigestEntry.objects.filter(kind=EmailKind.FACT_CHECK_PUBLISHED)
    assert sorted(entries.values_list("recipient__username", flat=True)) == ["ed2", "prod1", "rev1"]
    assert (entries.first().subject, told(EmailKind.FACT_CHECK_PUBLISHED)) == (f"Published, “False”: {TITLE}", [])


def test_a_producer_is_led_to_what_they_may_read(people, at_once, decided):
    publish(people, decided)
    mails = {mail.recipient.username: mail.text for mail in OutgoingEmail.objects.filter(kind="fact_check_published")}
    assert f"/admin/articles/{decided.article_id}/" in mails["prod1"]
    assert f"/admin/review/{decided.pk}/" in mails["rev1"]


def test_everybody_who_was_told_the_outcome_is_told_of_its_correction(people, at_once, decided):
    made = publish(people, decided)
    correct_fact_check(people["ed2"], made.slug, "We had counted\nthe clerks.", summary="The port counts 1,840.")
    assert told(EmailKind.FACT_CHECK_CORRECTED) == ["prod1", "rev1"]
    mail = OutgoingEmail.objects.filter(kind=EmailKind.FACT_CHECK_CORRECTED).first()
    assert mail.subject == f"Corrected, use it anew: {TITLE}"
    assert "> We had counted\n> the clerks.\n" in mail.text
    assert "Wherever it was used, that has to be corrected, too." in mail.text


def test_who_read_of_the_outcome_in_the_digest_alone_is_told_at_once(people, decided):
    made = publish(people, decided)
    correct_fact_check(people["ed1"], made.slug, "A slip.", title="Other")
    assert told(EmailKind.FACT_CHECK_CORRECTED) == ["ed2", "prod1", "rev1"]


def test_a_correction_after_another_review_names_both_ratings(people, at_once, decided):
    made = publish(people, decided)
    reopen_claim(people["ed1"], decided.pk, "New figures.")
    judge(people["rev2"], decided, "True")
    correct_fact_check(people["ed1"], made.slug, "New figures.", title="Yes, it is 2,500 dockers")
    assert told(EmailKind.FACT_CHECK_CORRECTED) == ["ed2", "prod1", "rev1"]
    mail = OutgoingEmail.objects.filter(kind=EmailKind.FACT_CHECK_CORRECTED).first()
    assert "Rating: True\nBefore: False\n" in mail.text


def test_who_judged_the_new_decision_alone_is_told_that_it_is_published(people, at_once, decided):
    made = publish(people, decided)
    reopen_claim(people["ed1"], decided.pk, "New figures.")
    judge(people["rev2"], decided, "True")
    correct_fact_check(people["ed1"], made.slug, "New figures.", title="Yes, it is 2,500 dockers")
    assert told(EmailKind.FACT_CHECK_PUBLISHED) == ["ed2", "prod1", "rev1", "rev2"]


def test_no_digest_tells_of_what_is_withdrawn_by_then(people, decided):
    made = publish(people, decided)
    withdraw_fact_check(people["ed1"], made.slug, "It was satire.")
    assert not DigestEntry.objects.filter(kind=EmailKind.FACT_CHECK_PUBLISHED).exists()
    assert told(EmailKind.FACT_CHECK_CORRECTED) == ["ed2", "prod1", "rev1"]


def test_a_withdrawal_is_told_with_its_reason(people, at_once, decided):
    made = publish(people, decided)
    withdraw_fact_check(people["ed1"], made.slug, "It was satire.")
    assert told(EmailKind.FACT_CHECK_CORRECTED) == ["ed2", "prod1", "rev1"]
    mail = OutgoingEmail.objects.filter(kind=EmailKind.FACT_CHECK_CORRECTED).first()
    assert mail.subject == f"Withdrawn, use it no more: {TITLE}"
    assert ("> It was satire.\n" in mail.text, "Before:" in mail.text) == (True, False)


def test_who_has_no_role_any_more_is_told_nothing(people, at_once, decided):
    people["rev1"].groups.clear()
    made = publish(people, decided)
    people["prod1"].groups.clear()
    withdraw_fact_check(people["ed1"], made.slug, "It was satire.")
    assert (told(EmailKind.FACT_CHECK_PUBLISHED), told(EmailKind.FACT_CHECK_CORRECTED)) == (["ed2", "prod1"], ["ed2"])


def test_programs_are_told_what_readers_see(people, decided, settings):
    settings.SITE_URL = "https://desk.example"
    webhook = make_webhook(people["prod1"])
    made = publish(people, decided)
    correct_fact_check(people["ed1"], made.slug, "A slip.", title="Other")
    withdraw_fact_check(people["ed1"], made.slug, "Satire.")
    deliveries = webhook.deliveries.order_by("pk")
    assert types_of(deliveries) == ["fact_check.published", "fact_check.corrected", "fact_check.withdrawn"]
    first, second, third = (json.loads(one.body)["data"] for one in deliveries)
    assert first["fact_check"] == {
        "slug": made.slug,
        "title": TITLE,
        "summary": "The port counts 1,900.\n-- \nNo more.",
        "rating": "False",
        "is_withdrawn": False,
        "url": f"https://desk.example/fact-checks/{made.slug}/",
        "api_url": f"https://desk.example/api/v1/fact-checks/{made.slug}/",
    }
    assert (first["claim"], first["status"], first["note"]) == (decided.pk, "published", "")
    assert (second["fact_check"]["title"], second["note"]) == ("Other", "A slip.")
    assert (third["fact_check"]["is_withdrawn"], third["status"], third["note"]) == (True, "decided", "Satire.")
    assert [name for name in ("ed1", "edna", "rev1") if name in "".join(one.body for one in deliveries)] == []
