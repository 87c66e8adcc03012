"""The outbox as a list: what waits, what failed, and why; everybody sees the mail that is addressed to them."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.admin.doorway import person_of
from claims.admin.mail_actions import say_resent
from claims.admin.mail_figures import count_mails
from claims.admin.powers import DeskModelAdmin
from claims.enums import EmailStatus
from claims.models import OutgoingEmail, Reviewer
from claims.notifications.delivery import can_be_resent, resend_emails
from claims.permissions import Power, can, visible_emails
from claims.stored_words import say_stored

MOST_SHOWN = 200  # characters of a server's words in the list; the mail's own page shows all


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(DeskModelAdmin):
    view_power = Power.SEE_DESK
    actions: Any = ["resend"]
    list_display = ["subject", "to_address", "status", "attempts", "why", "due", "sent_at"]
    list_filter = ["status", "kind"]
    search_fields = ["subject", "to_address"]
    fields = [
        "subject",
        "to_address",
        "kind",
        "status",
        "attempts",
        "said",
        "due",
        "last_day",
        "created_at",
        "sent_at",
        "message_id",
        "text",
    ]
    readonly_fields = ["said", "due", "last_day", "created_at"]

    def visible(self, person: Reviewer) -> QuerySet[OutgoingEmail]:
        return visible_emails(person)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        figures = count_mails(self.visible(person_of(request)))
        return super().changelist_view(request, {"figures": figures, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        email = context["original"]
        context["can_be_resent"] = self.has_resend_permission(request) and email and can_be_resent(email)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("why"), empty_value="–")
    def why(self, email: OutgoingEmail) -> str:
        words = say_stored(email.last_error)
        return f"{words[:MOST_SHOWN]}…" if len(words) > MOST_SHOWN else words

    @admin.display(description=pgettext_lazy("field", "last error"), empty_value="–")
    def said(self, email: OutgoingEmail) -> str:
        return say_stored(email.last_error)

    @admin.display(description=_("next attempt"), empty_value="–", ordering="next_attempt_at")
    def due(self, email: OutgoingEmail) -> str | None:
        return _say_moment(email, email.next_attempt_at)

    @admin.display(description=_("given up after"), empty_value="–")
    def last_day(self, email: OutgoingEmail) -> str | None:
        return _say_moment(email, email.give_up_at)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return can(person_of(request), Power.ADMINISTER)

    @admin.action(description=_("Send again what failed or waits"), permissions=["resend"])
    def resend(self, request: HttpRequest, emails: QuerySet[OutgoingEmail]) -> None:
        say_resent(request, resend_emails(emails))


def _say_moment(email: OutgoingEmail, at: datetime) -> str | None:
    """For a mail that is still to go; Django itself would write it in the reader's language in lists alone."""
    is_to_go = email.status in (EmailStatus.WAITING, EmailStatus.SENDING)
    return str(localize(localtime(at))) if is_to_go else None
