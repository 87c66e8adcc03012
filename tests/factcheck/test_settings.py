"""Production settings: clean when complete, and each thing left out is named with what to do about it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://desk:secret@db.example:5432/factcheck",
    "REDIS_URL": "redis://:secret@redis.example:6379/0",
    "SECRET_KEY": "k7Vd9!qLw2@xR5#tBz8$mNc4%hJf6^gPs1&yUa3*eQo0(iWr)-D",
    "ALLOWED_HOSTS": "desk.example",
    "SITE_URL": "https://desk.example",
    "EMAIL_URL": "smtp+tls://desk:secret@mail.example:587",
}


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in the project's folder, in this environment and no other."""
    base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=base | environment, capture_output=True, text=True, timeout=60, check=False
    )


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    return run_python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)


def setting(expression: str, **environment: str) -> str:
    code = f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'factcheck.settings'; {expression}"
    result = run_python("-c", code, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_a_complete_production_environment_is_clean():
    result = check(**PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("left_out", "code", "hint"),
    [
        ("SECRET_KEY", "claims.E001", "Set SECRET_KEY to 50 random characters."),
        ("EMAIL_URL", "claims.E002", "Set EMAIL_URL, for instance smtp+tls://"),
        ("SITE_URL", "claims.E003", "Set SITE_URL to the address people open"),
        ("ALLOWED_HOSTS", "claims.E004", "Set ALLOWED_HOSTS to the desk's host names"),
    ],
)
def test_what_is_left_out_is_named_with_what_to_do(left_out, code, hint):
    result = check(**{name: value for name, value in PRODUCTION.items() if name != left_out})
    assert result.returncode != 0
    assert f"({code})" in result.stderr
    assert hint in result.stderr
    others = {f"claims.E00{number}" for number in range(1, 8)} - {code}
    assert not any(other in result.stderr for other in others)


@pytest.mark.parametrize(
    "changed",
    [
        [
            ({"ALLOWED_HOSTS": "*"}, "claims.E004"),
            ({"SITE_URL": "desk.example"}, "claims.E003"),
            ({"EMAIL_URL": "consolemail://"}, "claims.E002"),
            ({"CLAIM_THRESHOLD": "1.5"}, "claims.E005"),
            ({"LEASE_SECONDS": "5"}, "claims.E006"),
            ({"SWEEP_AFTER_SECONDS": "0"}, "claims.E007"),
            ({"LANGUAGE_CODE": "fr"}, "translation.E004"),
            ({"EMAIL_TIMEOUT": "0"}, "claims.E021"),
            ({"EMAIL_PER_MINUTE": "-1"}, "claims.E022"),
            ({"SECRET_KEY": "short"}, "security.W009"),
        ],
        [
            ({"DESK_TIME_ZONE": "Berlin"}, "claims.E024"),
            ({"EMAIL_TIMEOUT": "90"}, "claims.E021"),
            ({"EMAIL_PER_PERSON_AND_HOUR": "-1"}, "claims.E022"),
            ({"EMAIL_BACKEND": "no.such.EmailBackend"}, "claims.E023"),
            ({"DEBUG": "yes"}, "security.W018"),
        ],
    ],
)
def test_what_would_hurt_is_named(changed):
    result = check(**PRODUCTION | {name: value for one, _code in changed for name, value in one.items()})
    assert result.returncode != 0
    assert [code for _one, code in changed if f"({code})" not in result.stderr] == []


def test_production_loads_nothing_of_the_embedded_engines():
    loaded = (
        "import django, sys; django.setup(); print(*sorted(m for m in sys.modules if 'pgserver' in m or 'valkey' in m))"
    )
    assert setting(loaded, **PRODUCTION) == ""


def test_production_writes_no_data_folder(tmp_path):
    folder = tmp_path / "data"
    setting("import django; django.setup()", **PRODUCTION, FACTCHECK_DATA=str(folder))
    assert not folder.exists()


def test_production_answers_over_https_only():
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG")
    shown = ", ".join(f"settings.{name}" for name in names)
    printed = setting(
        f"from django.conf import settings; print({shown}, settings.SECURE_HSTS_SECONDS > 0)", **PRODUCTION
    )
    assert printed == "True True True False True"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp+tls://desk:secret@mail.example:587", "mail.example 587 desk True False"),
        ("smtp+ssl://desk:secret@mail.example:465", "mail.example 465 desk False True"),
        ("smtp://mailpit:1025", "mailpit 1025 None False False"),
    ],
)
def test_mail_goes_where_email_url_says(url, found):
    names = ("HOST", "PORT", "HOST_USER", "USE_TLS", "USE_SSL", "BACKEND")
    values = ", ".join(f"getattr(settings, 'EMAIL_{name}', False)" for name in names)
    code = f"from django.conf import settings; print({values})"
    assert setting(code, **PRODUCTION | {"EMAIL_URL": url}) == f"{found} claims.notifications.smtp.SmtpBackend"


def test_another_backend_takes_the_place_of_email_url_and_finds_its_settings():
    given = {"EMAIL_BACKEND": "anymail.backends.brevo.EmailBackend", "EMAIL_URL": "", "ANYMAIL_BREVO_API_KEY": "k",
             "ANYMAIL_IGNORE_UNSUPPORTED_FEATURES": "True", "EMAIL_TIMEOUT": "7"}  # fmt: skip
    code = "from django.conf import settings; print(settings.EMAIL_BACKEND, settings.ANYMAIL)"
    kept = {"BREVO_API_KEY": "k", "IGNORE_UNSUPPORTED_FEATURES": True, "REQUESTS_TIMEOUT": 7}
    assert setting(code, **PRODUCTION | given) == f"anymail.backends.brevo.EmailBackend {kept}"


def test_a_number_that_is_none_is_refused_loudly():
    result = check(**PRODUCTION | {"LEASE_SECONDS": "soon"})
    assert result.returncode != 0
    assert "LEASE_SECONDS" in result.stderr or "soon" in result.stderr


@pytest.mark.parametrize(
    ("networks", "named"),
    [({}, ""), ({"WEBHOOK_NETWORKS": ""}, ""), ({"WEBHOOK_NETWORKS": "10.2.0.0/16,fd00::/8"}, "10.2.0.0/16 fd00::/8")],
    ids=str,
)
def test_webhooks_stay_on_the_public_internet_unless_the_operator_names_a_network(networks, named):
    code = "from django.conf import settings; print(*settings.WEBHOOK_NETWORKS)"
    assert setting(code, **PRODUCTION | networks) == named


def test_a_network_that_is_none_is_refused_loudly():
    result = check(**PRODUCTION | {"WEBHOOK_NETWORKS": "10.20.0.9/16"})
    assert result.returncode != 0
    assert "10.20.0.9/16 has host bits set" in result.stderr
