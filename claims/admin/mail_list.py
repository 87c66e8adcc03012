"""The outbox as a list: what waits, what was refused, and why."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.doorway import person_of
from claims.admin.powers import DeskModelAdmin
from claims.enums import EmailStatus
from claims.models import OutgoingEmail, Reviewer
from claims.notifications.delivery import resend_email
from claims.permissions import Power, can, visible_emails


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(DeskModelAdmin):
    view_power = Power.SEE_DESK
    actions: Any = ["resend"]
    list_display = ["subject", "to_address", "status", "attempts", "last_error", "due", "sent_at"]
    list_filter = ["status", "kind"]
    search_fields = ["subject", "to_address"]
    fields = [
        "subject",
        "to_address",
        "kind",
        "status",
        "attempts",
        "last_error",
        "due",
        "created_at",
        "sent_at",
        "message_id",
        "text",
    ]
    readonly_fields = ["due", "created_at"]

    def visible(self, person: Reviewer) -> QuerySet[OutgoingEmail]:
        return visible_emails(person)

    @admin.display(description=_("next attempt"), empty_value="–", ordering="next_attempt_at")
    def due(self, email: OutgoingEmail) -> Any:
        return email.next_attempt_at if email.status in (EmailStatus.WAITING, EmailStatus.SENDING) else None

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return can(person_of(request), Power.ADMINISTER)

    @admin.action(description=_("Send again what was refused"), permissions=["resend"])
    def resend(self, request: HttpRequest, emails: QuerySet[OutgoingEmail]) -> None:
        failed = list(emails.filter(status=EmailStatus.FAILED).values_list("pk", flat=True))
        for email_id in failed:
            resend_email(email_id)
        said = ngettext("%(n)s e-mail is sent again.", "%(n)s e-mails are sent again.", len(failed)) % {
            "n": len(failed)
        }
        messages.success(request, said)
