"""How much mail waits, went or failed, each with the list that shows it."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.counting import Figure, count_up
from claims.enums import EmailStatus
from claims.models import OutgoingEmail


def count_mails(mails: QuerySet[OutgoingEmail]) -> list[Figure]:
    a_day_ago = timezone.now() - timedelta(days=1)
    waiting = [EmailStatus.WAITING, EmailStatus.SENDING]
    sent = count_up(mails.filter(status=EmailStatus.SENT, sent_at__gt=a_day_ago))
    return [
        Figure(count_up(mails.filter(status__in=waiting)), _("on their way"), list_mails(EmailStatus.WAITING)),
        Figure(count_up(_late(mails)), _("of them late"), list_mails(EmailStatus.WAITING)),
        Figure(count_up(mails.filter(status=EmailStatus.FAILED)), _("failed"), list_mails(EmailStatus.FAILED)),
        Figure(sent, _("sent within a day"), list_mails(EmailStatus.SENT)),
    ]


def count_troubles(mails: QuerySet[OutgoingEmail]) -> Iterator[Figure]:
    failed, late = count_up(mails.filter(status=EmailStatus.FAILED)), count_up(_late(mails))
    words = ngettext("e-mail could not be delivered", "e-mails could not be delivered", failed)
    yield Figure(failed, words, list_mails(EmailStatus.FAILED))
    words = ngettext("e-mail is late and will be tried again", "e-mails are late and will be tried again", late)
    yield Figure(late, words, list_mails(EmailStatus.WAITING))


def some_failed(mails: QuerySet[OutgoingEmail]) -> bool:
    return mails.filter(status=EmailStatus.FAILED).exists()


def _late(mails: QuerySet[OutgoingEmail]) -> QuerySet[OutgoingEmail]:
    return mails.filter(status=EmailStatus.WAITING).exclude(last_error="")


def list_mails(status: EmailStatus) -> str:
    return f"{reverse('admin:claims_outgoingemail_changelist')}?status__exact={status}"
