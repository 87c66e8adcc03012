"""From an article to reviewers with mail, through the real broker: twice does nothing more, nothing is forgotten."""

import json
from datetime import timedelta

import pytest
import redis
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from claims import jobs as names
from claims.intake.articles import NewArticle, add_article
from claims.models import Article, ArticleVersion, Claim, ClaimEvent, OutgoingEmail, Seat
from claims.notifications.mailbox import read_mailbox
from claims.review.assignments import take_next
from claims.review.found_claims import add_claim
from claims.tasks import (
    extract_version,
    queue_claims,
    read_entry,
    read_feed,
    read_page,
    send_emails,
    send_webhook,
    sweep,
)
from factcheck.celery import app
from tests.broker import DEAD_BROKER, broker_url, commit, take_messages

pytestmark = pytest.mark.django_db
TEXT = (
    "The harbour of Velmar employs roughly 2,500 dockers, the port authority said on Monday. "
    "It handled 47,000 containers in March 2023."
)


@pytest.fixture(autouse=True)
def _laptop_mail(settings) -> None:
    settings.EMAIL_BACKEND = "claims.notifications.mailbox.MailboxBackend"


@pytest.fixture
def article(reviewer) -> Article:
    return add_article(NewArticle(text=TEXT, title="Harbour grows"))[0]


def everything() -> dict[str, int]:
    """How many rows there are of all that jobs write."""
    models = (Claim, ClaimEvent, Seat, OutgoingEmail)
    return {model.__name__: model.objects.count() for model in models} | {"mails": len(read_mailbox())}


def let_time_pass() -> None:
    """As if all that waits had waited an hour."""
    then = timezone.now() - timedelta(hours=1)
    ArticleVersion.objects.update(woken_at=then)
    ArticleVersion.objects.exclude(extracted_at=None).update(extracted_at=then)
    OutgoingEmail.objects.update(next_attempt_at=then)


def test_an_article_becomes_claims_in_the_queue_and_mail_in_the_mailbox(article, reviewer, jobs):
    version = article.versions.get()
    ran = jobs.run()
    mail = OutgoingEmail.objects.get()
    assert ran == [
        (names.EXTRACT_VERSION, [version.pk]),
        (names.QUEUE_CLAIMS, [version.pk]),
        (names.SEND_EMAILS, []),
    ]
    assert "roughly 2,500 dockers" in Claim.objects.filter(status="queued").values_list("headline", flat=True)
    assert [(mail.to, mail.subject) for mail in read_mailbox()] == [("rita@desk.test", mail.subject)]
    assert take_next(reviewer).claim.article == article


@pytest.mark.parametrize("repeat", [2, 3])
def test_every_job_may_run_again(article, jobs, repeat):
    ran, before = jobs.run(), everything()
    for name, arguments in ran * repeat:
        app.tasks[name](*arguments)
    assert (jobs.run(), everything()) == ([], before)


def test_jobs_for_rows_that_are_gone_do_nothing(db):
    before = everything()
    extract_version(0)
    send_emails()
    send_webhook(0)
    read_feed(0)
    read_entry(0)
    read_page(0)
    queue_claims(0)
    assert (take_messages(), everything()) == ([], before)


def names_of_jobs() -> set[str]:
    own = {names.EXTRACT_VERSION, names.QUEUE_CLAIMS, names.SEND_EMAILS, names.SEND_WEBHOOK}
    return own | {names.READ_FEED, names.READ_ENTRY, names.READ_PAGE, "claims.sweep"}


def test_every_job_is_named_once_and_known_to_workers():
    known = names_of_jobs()
    assert {name for name in app.tasks if not name.startswith("celery.")} == known
    assert {entry["task"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()} <= known


def test_only_extraction_and_mail_may_take_long_and_no_job_longer_than_its_message_is_hidden():
    limits = {name: (job.soft_time_limit, job.time_limit) for name, job in app.tasks.items() if name in names_of_jobs()}
    assert limits.pop(names.EXTRACT_VERSION) == (270, 300)
    assert limits.pop(names.SEND_EMAILS) == (40, 45)
    assert set(limits.values()) == {(20, 25)}
    assert app.conf.broker_transport_options["visibility_timeout"] > 300


def test_a_message_carries_nothing_but_an_id(article):
    commit()
    (raw,) = redis.Redis.from_url(app.conf.broker_url).lrange("factcheck", 0, -1)
    assert "dockers" not in raw.decode()
    assert json.loads(raw)["headers"]["argsrepr"] == f"[{article.versions.get().pk}]"


def test_words_that_a_person_added_first_do_not_stop_the_job(editor, jobs):
    article, _ = add_article(NewArticle(text=TEXT))
    start = TEXT.index("roughly 2,500 dockers")
    found = add_claim(editor, article, start, start + len("roughly 2,500 dockers"))
    jobs.run()
    assert article.versions.get().extraction_status == "extracted"
    assert list(article.claims.filter(appearances__start=start)) == [found]
    assert article.claims.filter(added_by=None, status="queued").exists()


# The broker forgets, or is away.


def test_what_the_broker_forgot_comes_back_with_the_sweep(article, jobs):
    take_messages()
    sweep()
    assert take_messages() == []  # not yet: its own job may still be on the way
    let_time_pass()
    sweep()
    assert [name for name, _ in jobs.run()] == [names.EXTRACT_VERSION, names.QUEUE_CLAIMS, names.SEND_EMAILS]
    assert len(read_mailbox()) == 1


@pytest.mark.parametrize("lost", [names.QUEUE_CLAIMS, names.SEND_EMAILS])
def test_every_step_that_the_broker_forgot_comes_back(article, jobs, lost):
    waiting = take_messages()
    while waiting[0][0] != lost:
        app.tasks[waiting[0][0]](*waiting[0][1])
        waiting = take_messages()
    let_time_pass()
    sweep()
    ran = [name for name, _ in jobs.run()]
    assert ran[0] == lost
    assert len(read_mailbox()) == 1


def test_the_sweep_of_an_idle_desk_does_nothing(article, jobs):
    jobs.run()
    let_time_pass()
    before = everything()
    sweep()
    assert (take_messages(), everything()) == ([], before)


@pytest.mark.django_db(transaction=True)
def test_an_article_sent_while_the_broker_is_away_is_kept_and_comes_back(reviewer, jobs, caplog):
    with broker_url(DEAD_BROKER):
        article, is_new = add_article(NewArticle(text=TEXT))
    assert is_new
    assert "the broker is away" in caplog.text
    assert article.versions.get().extraction_status == "waiting"
    let_time_pass()
    with transaction.atomic():
        sweep()
    jobs.run()
    assert article.claims.filter(status="queued").exists()
    assert len(read_mailbox()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sweep_without_a_broker_changes_nothing_but_its_next_look(reviewer, jobs):
    with broker_url(DEAD_BROKER):
        article, _ = add_article(NewArticle(text=TEXT))
        let_time_pass()
        sweep()
    let_time_pass()
    sweep()
    jobs.run()
    assert article.claims.filter(status="queued").exists()
