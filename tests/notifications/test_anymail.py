"""A service behind django-anymail, by configuration alone."""

import pytest
from anymail import exceptions
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from claims.notifications.delivery import send_due_emails
from tests.notifications.conftest import after

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _service(settings):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"


def answer(monkeypatch, error: Exception) -> None:
    """What the service says to the next mail."""
    monkeypatch.setattr(EmailMultiAlternatives, "anymail_test_response", error, raising=False)


def test_a_mail_goes_out_with_its_id(mail):
    send_due_emails()
    assert after(mail) == ("sent", 1)
    assert django_mail.outbox[-1].anymail_test_params["extra_headers"]["Message-ID"] == "<17@desk.test>"


def test_an_address_that_the_service_refuses_fails(mail, monkeypatch):
    statuses = pytest.importorskip("anymail.message").AnymailRecipientStatus
    answer(monkeypatch, {"recipient_status": {"rita@desk.test": statuses(message_id=None, status="rejected")}})
    send_due_emails()
    assert (after(mail), mail.last_error) == (("failed", 1), "All message recipients were rejected or invalid")


@pytest.mark.parametrize(("status", "outcome"), [(400, "failed"), (401, "waiting"), (429, "waiting"), (503, "waiting")])
def test_a_refusal_of_the_service_is_of_the_mail_or_of_the_desk(mail, monkeypatch, status, outcome):
    error = exceptions.AnymailAPIError("No", status_code=status)
    monkeypatch.setattr(type(error), "describe_response", lambda _: f"API response {status}")
    answer(monkeypatch, error)
    send_due_emails()
    assert (after(mail)[0], mail.last_error) == (outcome, f"No\nAPI response {status}")


def test_a_service_without_its_key_is_shown(mail, settings):
    settings.EMAIL_BACKEND = "anymail.backends.brevo.EmailBackend"
    send_due_emails()
    assert after(mail) == ("waiting", 0)
    assert "BREVO_API_KEY" in mail.last_error
