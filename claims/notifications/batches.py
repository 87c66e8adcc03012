"""The outbox's rows as the sender takes them, and what becomes of each. Each step is one short transaction."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from claims.enums import EmailStatus, Role
from claims.jobs import SEND_EMAILS
from claims.marked import stored
from claims.models import OutgoingEmail

LEFT = stored("Not sent: its recipient no longer works at this desk.")
FULL = stored("Waits: its recipient has had %(n)s e-mails within an hour.")
GIVEN_UP = stored("Given up. The last answer was: %(words)s")
SENDER_DIED = stored("Given up: its sender died at each attempt.")
BATCH = 50  # mails; there are servers that close a connection after a hundred
LIMITS = settings.CELERY_TASK_ANNOTATIONS[SEND_EMAILS]
LEASE = timedelta(seconds=LIMITS["time_limit"] + 5)  # Celery has killed the job by then: whoever comes next is alone
FIRST_DELAY = timedelta(minutes=1)  # a greylist wants a minute or five
LONGEST_DELAY = timedelta(hours=1)
MOST_ATTEMPTS = 100  # more than fit between two hours' delay and giving up: only what kills its sender comes so far
NO_LIMIT = 2**31 - 1
TAKERS = 0x6D61696C  # the advisory lock of those who take: two at once would both find room for the same mail

# Takes what may go now, to the address that its recipient has by now. What may not is settled on the way: it waits
# until there is room for its recipient, or it goes nowhere since they have left, or have no role at the desk any more.
# MATERIALIZED, or the rows could be locked again and again, and more of them than LIMIT.
_TAKE = """
WITH due AS MATERIALIZED (
    SELECT id, recipient_id, to_address, next_attempt_at FROM claims_outgoingemail
    WHERE status = 'waiting' AND next_attempt_at <= %(now)s
    ORDER BY next_attempt_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
),
lately AS (
    SELECT recipient_id, sent_at FROM claims_outgoingemail
    WHERE recipient_id IN (SELECT recipient_id FROM due) AND sent_at > %(an_hour_ago)s
    UNION ALL
    SELECT recipient_id, NULL FROM claims_outgoingemail WHERE status = 'sending'
),
counted AS (
    SELECT recipient_id, count(*) AS mails, min(sent_at) AS first_at FROM lately GROUP BY recipient_id
),
placed AS (
    SELECT due.id, counted.first_at, nullif(person.email, '') AS email,
        recipient_id IS NULL OR (person.is_active AND (person.is_superuser OR EXISTS (
            SELECT FROM claims_reviewer_groups AS membership JOIN auth_group AS role ON role.id = membership.group_id
            WHERE membership.reviewer_id = recipient_id AND role.name = ANY(%(roles)s)
        ))) AS works_here,
        %(each)s >= coalesce(counted.mails, 0) + row_number()
            OVER (PARTITION BY recipient_id, to_address ORDER BY next_attempt_at, due.id) AS has_room
    FROM due LEFT JOIN claims_reviewer AS person ON person.id = recipient_id LEFT JOIN counted USING (recipient_id)
)
UPDATE claims_outgoingemail AS mail SET
    to_address = coalesce(email, to_address),
    status = CASE WHEN NOT works_here THEN 'withdrawn' WHEN has_room THEN 'sending' ELSE 'waiting' END,
    attempts = attempts + CASE WHEN works_here AND has_room THEN 1 ELSE 0 END,
    taken_until = CASE WHEN works_here AND has_room THEN %(until)s::timestamptz END,
    next_attempt_at = CASE WHEN has_room OR NOT works_here THEN next_attempt_at
        ELSE coalesce(first_at + interval '1 hour', %(now)s::timestamptz + interval '1 minute') END,
    last_error = CASE WHEN NOT works_here THEN %(left)s WHEN has_room THEN last_error ELSE %(full)s END
FROM placed WHERE mail.id = placed.id RETURNING mail.*
"""

# What `_settle` would write, for the one note that everybody waits for: Django takes longer to write it than PostgreSQL
# to do it.
_NOTE_SENT = """
UPDATE claims_outgoingemail SET status = 'sent', sent_at = %s, last_error = '', taken_until = NULL
WHERE id = %s AND status = 'sending' AND taken_until = %s
"""


@transaction.atomic
def take_batch() -> list[OutgoingEmail]:
    """Look at the next mails that are due, in their order: those to send now have the status `sending`.

    Empty when none is due, or the desk has sent as many as it may in a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKERS])
    now, most = timezone.now(), _find_room()
    if not most:
        return []
    each = settings.EMAIL_PER_PERSON_AND_HOUR
    values = {
        "now": now,
        "most": most,
        "an_hour_ago": now - timedelta(hours=1),
        "each": each or NO_LIMIT,
        "roles": [role.value for role in Role],
        "until": now + LEASE,
        "left": LEFT,
        "full": FULL % {"n": each},
    }
    return sorted(OutgoingEmail.objects.raw(_TAKE, values), key=lambda email: (email.next_attempt_at, email.pk))


def _find_room() -> int:
    """How many mails may be taken: a batch, or what is left of this minute's."""
    if not settings.EMAIL_PER_MINUTE:
        return BATCH
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    lately = OutgoingEmail.objects.filter(status=EmailStatus.SENT, sent_at__gt=a_minute_ago).count()
    on_their_way = OutgoingEmail.objects.filter(status=EmailStatus.SENDING).count()
    return max(0, min(BATCH, settings.EMAIL_PER_MINUTE - lately - on_their_way))


def note_sent(email: OutgoingEmail) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_SENT, [timezone.now(), email.pk, email.taken_until])


def note_failed(email: OutgoingEmail, words: str) -> None:
    _settle([email], status=EmailStatus.FAILED, last_error=words)


def note_put_off(email: OutgoingEmail, words: str) -> None:
    """Another attempt after a while, and a longer one each time; at last none."""
    next_attempt_at = timezone.now() + find_delay(email.attempts)
    if next_attempt_at > email.give_up_at or email.attempts >= MOST_ATTEMPTS:
        note_failed(email, _give_up(words))
    else:
        _settle([email], status=EmailStatus.WAITING, last_error=words, next_attempt_at=next_attempt_at)


def find_delay(attempts: int) -> timedelta:
    """Doubled with each attempt, and a little longer by chance, so that what failed together does not come together."""
    delay = min(FIRST_DELAY * 2 ** min(attempts - 1, 10), LONGEST_DELAY)
    return delay * (1 + secrets.randbelow(250) / 1000)


def give_back(emails: Collection[OutgoingEmail]) -> None:
    """What the sender did not come to is due as before; no attempt is counted."""
    _settle(emails, status=EmailStatus.WAITING, attempts=F("attempts") - 1)


def hold_back(emails: Collection[OutgoingEmail], words: str) -> None:
    """What the sender did not come to since the server takes no mail; no attempt is counted, but time is."""
    now = timezone.now()
    too_old = [email for email in emails if email.give_up_at < now]
    _settle(too_old, status=EmailStatus.FAILED, last_error=_give_up(words))
    rest = [email for email in emails if email.give_up_at >= now]
    waits = {"status": EmailStatus.WAITING, "attempts": F("attempts") - 1, "last_error": words}
    _settle(rest, next_attempt_at=now + find_delay(1), **waits)


def _give_up(words: str) -> str:
    return GIVEN_UP % {"words": words}


@transaction.atomic
def _settle(emails: Collection[OutgoingEmail], **fields: object) -> None:
    """Of mails of one batch; only whoever took them last may say what became of them."""
    if emails:
        ours = OutgoingEmail.objects.filter(pk__in=[email.pk for email in emails], status=EmailStatus.SENDING)
        in_order(ours.filter(taken_until=next(iter(emails)).taken_until)).update(taken_until=None, **fields)


def in_order(emails: QuerySet[OutgoingEmail], skip_locked: bool = False) -> QuerySet[OutgoingEmail]:
    """The same rows to update, locked one after another: two who do so never wait for each other."""
    return OutgoingEmail.objects.filter(
        pk__in=emails.order_by("pk").select_for_update(skip_locked=skip_locked).values("pk")
    )


@transaction.atomic
def put_back_lapsed() -> None:
    """Mails whose sender died with its lease are due again."""
    lapsed = OutgoingEmail.objects.filter(status=EmailStatus.SENDING, taken_until__lt=timezone.now())
    hopeless = in_order(lapsed.filter(attempts__gte=MOST_ATTEMPTS), skip_locked=True)
    hopeless.update(status=EmailStatus.FAILED, taken_until=None, last_error=SENDER_DIED)
    in_order(lapsed, skip_locked=True).update(status=EmailStatus.WAITING, taken_until=None)
