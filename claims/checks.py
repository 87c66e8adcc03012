"""System checks: settings that would hurt in production are named before they do."""

from contextlib import suppress
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

LONGEST_TIMEOUT = 80  # four of them, and the job of a mail is still shorter than the broker hides its message


@register()
def check_secret_key(**kwargs: Any) -> list[CheckMessage]:
    with suppress(ImproperlyConfigured):  # how Django answers to an empty one
        if settings.EMBEDDED or settings.SECRET_KEY:
            return []
    return [Error("SECRET_KEY is not set.", hint="Set SECRET_KEY to 50 random characters.", id="claims.E001")]


@register()
def check_email_url(**kwargs: Any) -> list[CheckMessage]:
    if settings.EMBEDDED or "console" not in settings.EMAIL_BACKEND:
        return []
    return [
        Error(
            "EMAIL_URL is not set: reviewers would never be mailed.",
            hint="Set EMAIL_URL, for instance smtp+tls://user:password@mail.example.org:587.",
            id="claims.E002",
        )
    ]


@register()
def check_site_url(**kwargs: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith(("http://", "https://")):
        return []
    return [
        Error(
            "SITE_URL is not set: mails could not link to the desk.",
            hint="Set SITE_URL to the address people open, for instance https://desk.example.org.",
            id="claims.E003",
        )
    ]


@register()
def check_allowed_hosts(**kwargs: Any) -> list[CheckMessage]:
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS is empty or '*': the desk would answer nobody, or to any name.",
            hint="Set ALLOWED_HOSTS to the desk's host names, separated by commas.",
            id="claims.E004",
        )
    ]


@register()
def check_policy(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not 0 <= settings.CLAIM_THRESHOLD <= 1:
        found.append(Error("CLAIM_THRESHOLD is not between 0 and 1.", hint="0.5 is a start.", id="claims.E005"))
    if settings.LEASE_SECONDS < 30:
        found.append(Error("LEASE_SECONDS is below 30.", hint="1200 (20 minutes) is a start.", id="claims.E006"))
    if settings.SWEEP_AFTER_SECONDS < 1:
        found.append(Error("SWEEP_AFTER_SECONDS is below 1.", hint="30 is a start.", id="claims.E007"))
    return found


@register()
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not 1 <= settings.EMAIL_TIMEOUT <= LONGEST_TIMEOUT:
        words = f"EMAIL_TIMEOUT is not between 1 and {LONGEST_TIMEOUT} seconds."
        found.append(Error(words, hint="10 is a start; 30 for a server that is slow.", id="claims.E021"))
    if min(settings.EMAIL_PER_MINUTE, settings.EMAIL_PER_PERSON_AND_HOUR) < 0:
        words = "EMAIL_PER_MINUTE or EMAIL_PER_PERSON_AND_HOUR is below 0."
        found.append(Error(words, hint="0 is no limit.", id="claims.E022"))
    try:
        import_string(settings.EMAIL_BACKEND)
    except ImportError as error:
        hint = "For a backend of django-anymail, install django-anymail beside the desk."
        found.append(Error(f"EMAIL_BACKEND cannot be used: {error}", hint=hint, id="claims.E023"))
    if settings.DESK_TIME_ZONE not in available_timezones():
        words = f"There is no time zone {settings.DESK_TIME_ZONE}."
        found.append(Error(words, hint="Set DESK_TIME_ZONE, for instance Europe/Berlin.", id="claims.E024"))
    return found
