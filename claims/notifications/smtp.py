"""Django's SMTP, for mails that were written before they go."""

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from claims.notifications.mime import Mail


class SmtpBackend(EmailBackend):
    def _send(self, email_message: EmailMessage) -> bool:
        if not isinstance(email_message, Mail):  # of `manage.py sendtestemail`, say
            return bool(super()._send(email_message))  # type: ignore[misc]  # its stubs do not know it
        self.connection.sendmail(*email_message.envelope)  # type: ignore[union-attr]  # it is open
        return True
