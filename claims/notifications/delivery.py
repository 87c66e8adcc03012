"""Mails on their way out: a batch over one connection, outside any transaction, each noted as soon as it went.

However many events wake it, the mail server sees no more connections than the desk has processes for this queue: three,
which is what Exchange Online allows, unless somebody starts more. Each runs one job at a time, and a job that finds
nothing due opens none.
"""

import logging
import signal
import smtplib
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.enums import EmailStatus
from claims.jobs import SEND_EMAILS, enqueue_on_commit
from claims.models import OutgoingEmail
from claims.models.outgoing_email import find_last_day
from claims.notifications.batches import (
    BATCH,
    LIMITS,
    give_back,
    hold_back,
    in_order,
    note_failed,
    note_put_off,
    note_sent,
    put_back_lapsed,
    take_batch,
)
from claims.notifications.headers import headers_of
from claims.notifications.links import reveal_link
from claims.notifications.mime import Mail
from claims.notifications.refusals import Trouble, describe_refusal, weigh_refusal

logger = logging.getLogger(__name__)

# Seconds in which a job begins mails. The rest of its time is for the last of them, should the server be slow.
WORKING_TIME = LIMITS["soft_time_limit"] / 4

Ready = deque[tuple[OutgoingEmail, Mail]]


def send_due_emails() -> None:
    """Send what is due, batch after batch; another job goes on with what is left when the time is over.

    Where the server takes no mail of this desk, the job ends, and the sweep has another look.
    """
    until, is_first = time.monotonic() + WORKING_TIME, True
    while batch := take_batch():
        if is_first and len(batch) == BATCH:
            enqueue_on_commit(SEND_EMAILS)  # there may be more, and another mailer that is idle
        is_first = False
        if not _send_batch([email for email in batch if email.status == EmailStatus.SENDING], until):
            return
        if time.monotonic() > until:
            enqueue_on_commit(SEND_EMAILS)
            return


def _send_batch(emails: list[OutgoingEmail], until: float) -> bool:
    """Whether there is sense in going on with the next."""
    # All are written before the first goes: between two answers of a server, writing takes more than twice as long.
    ready = deque((email, mail) for email in emails if (mail := _write(email)))
    if not ready:
        return True
    try:
        server = get_connection()
        server.open()
    except Exception as error:  # a backend may raise what it likes
        logger.warning("the mail server cannot be reached: %s", describe_refusal(error))
        hold_back([email for email, _ in ready], describe_refusal(error))
        return False
    try:
        return _send_each(server, ready, until)
    finally:
        with suppress(Exception):  # where the database is gone, their lease brings them back
            give_back([email for email, _ in ready])
        with suppress(Exception):  # what went has been noted
            server.close()


def _write(email: OutgoingEmail) -> Mail | None:
    """None where it cannot be written, which is noted."""
    try:
        return build_message(email)
    except Exception as error:
        _note_error(email, error)
        return None


def _note_error(email: OutgoingEmail, error: Exception) -> None:
    logger.warning("mail %s was not delivered: %s", email.pk, describe_refusal(error))
    note = note_failed if weigh_refusal(error) is Trouble.MAIL else note_put_off
    note(email, describe_refusal(error))


def _break_off(server: BaseEmailBackend) -> None:
    """No farewell where the talk is broken: the answer to it could take as long again."""
    talk = getattr(server, "connection", None)
    if isinstance(talk, smtplib.SMTP):
        talk.close()


def _send_each(server: BaseEmailBackend, ready: Ready, until: float) -> bool:
    went = 0
    while ready and time.monotonic() < until:
        error = _send(server, *ready.popleft())
        if error is None:
            went += 1
        elif went and weigh_refusal(error) is Trouble.TALK:
            break
        elif weigh_refusal(error) in (Trouble.TALK, Trouble.SERVER):
            hold_back([email for email, _ in ready], describe_refusal(error))
            ready.clear()
            return False
    return True


def _send(server: BaseEmailBackend, email: OutgoingEmail, mail: Mail) -> Exception | None:
    """Send it and note what became of it; the error, where it did not go."""
    with _undisturbed():
        return _send_and_note(server, email, mail)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Who is asked to stop does so between two mails: in between, one could be accepted and not yet noted.

    Celery asks its workers to whenever the broker goes.
    """
    if threading.current_thread() is not threading.main_thread():  # no other is told of signals
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        for number in came:
            signal.raise_signal(number)


def _send_and_note(server: BaseEmailBackend, email: OutgoingEmail, mail: Mail) -> Exception | None:
    try:
        if server.send_messages([mail]) == 0:
            raise ValueError("The mail backend sent nothing and did not say why.")
    except Exception as error:
        _note_error(email, error)
        if weigh_refusal(error) is Trouble.TALK:
            _break_off(server)
        return error
    note_sent(email)
    return None


def build_message(email: OutgoingEmail) -> Mail:
    text, html = reveal_link(email)
    return Mail(email.subject, text, html, email.to_address, headers_of(email))


_STUCK = Q(status__in=[EmailStatus.FAILED, EmailStatus.WITHDRAWN]) | Q(status=EmailStatus.WAITING) & ~Q(last_error="")


def can_be_resent(email: OutgoingEmail) -> bool:
    return OutgoingEmail.objects.filter(_STUCK, pk=email.pk).exists()


@transaction.atomic
def resend_emails(emails: QuerySet[OutgoingEmail]) -> int:
    """Put those that failed, or were put off, back into the outbox; returns how many.

    They start anew, to the address that their recipient has by then.
    """
    count = in_order(emails.filter(_STUCK)).update(
        status=EmailStatus.WAITING,
        attempts=0,
        next_attempt_at=timezone.now(),
        give_up_at=find_last_day(),
    )
    if count:
        enqueue_on_commit(SEND_EMAILS)
    return count


def wake_waiting_emails() -> bool:
    """The sweep: take back what a dead job held, and wake one if a mail is due. Returns whether."""
    put_back_lapsed()
    is_due = OutgoingEmail.objects.filter(status=EmailStatus.WAITING, next_attempt_at__lte=timezone.now()).exists()
    if is_due:
        enqueue_on_commit(SEND_EMAILS)
    return is_due


def release_taken_emails() -> None:
    """For a desk that starts and knows that no worker of it is alive: what one held is due again."""
    OutgoingEmail.objects.filter(status=EmailStatus.SENDING).update(status=EmailStatus.WAITING, taken_until=None)
