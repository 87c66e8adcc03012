import logging

import pytest
from django.test import Client


def problem_of(answer):
    """The body, once it is known to be a problem in the form of RFC 9457."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "code", "instance"} <= set(body)
    assert (body["type"], body["status"]) == ("about:blank", answer.status_code)
    return body


def test_validation_names_each_field(api, editor):
    answer = api(editor).post("/api/v1/claims/", {"article": "x", "start": -1})
    assert problem_of(answer) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "article: A valid integer is required. "
        "start: Ensure this value is greater than or equal to 0. "
        "end: This field is required.",
        "code": "invalid",
        "instance": "/api/v1/claims/",
        "errors": {
            "article": ["A valid integer is required."],
            "start": ["Ensure this value is greater than or equal to 0."],
            "end": ["This field is required."],
        },
    }


def test_stranger_is_told_how_to_sign_in(client, db):
    answer = client.get("/api/v1/claims/")
    assert answer.headers["WWW-Authenticate"] == "Token"
    assert problem_of(answer)["code"] == "not_authenticated"


def test_person_without_the_power_is_told_who_has_it(api, producer):
    problem = problem_of(api(producer).get("/api/v1/queue/"))
    assert (problem["status"], problem["code"]) == (403, "not_permitted")
    assert problem["detail"].startswith("This needs the role of reviewer or editor or administrator.")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/claims/0/", 404, "not_found"),
        ("GET", "/api/v1/nothing/", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("DELETE", "/api/v1/claims/", 405, "method_not_allowed"),
        ("OPTIONS", "/api/v1/claims/", 405, "method_not_allowed"),
        ("POST", "/api/v1/articles/", 415, "unsupported_media_type"),
    ],
)
def test_refusals_of_the_framework_are_problems_too(api, editor, method, path, status, code):
    answer = api(editor).generic(method, path, "a=b", "application/x-www-form-urlencoded")
    problem = problem_of(answer)
    assert (problem["status"], problem["code"], problem["instance"]) == (status, code, path)


def test_answer_in_another_format_is_refused(api, editor):
    assert problem_of(api(editor).get("/api/v1/me/", headers={"Accept": "text/html"}))["status"] == 406


def test_address_without_its_slash_is_no_redirect(api, editor):
    problem = problem_of(api(editor).post("/api/v1/articles", {"text": "Words."}))
    assert (problem["status"], problem["detail"]) == (404, "Addresses here end with a slash: /api/v1/articles/")


def test_unknown_host_is_a_problem(db, settings):
    settings.ALLOWED_HOSTS = ["desk.test"]
    assert problem_of(Client().get("/api/v1/me/", headers={"Host": "elsewhere.test"}))["status"] == 400


def test_session_call_without_the_csrf_token_is_a_problem(reviewer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    assert client.get("/api/v1/me/").status_code == 200
    answer = client.patch("/api/v1/me/preferences/", {"wants_mail": False}, content_type="application/json")
    assert (problem_of(answer)["status"], problem_of(answer)["code"]) == (403, "permission_denied")
    reviewer.refresh_from_db()
    assert reviewer.wants_mail


@pytest.mark.urls("tests.api.failing_urls")
def test_failure_is_logged_and_shows_nothing_of_itself(api, reviewer, caplog):
    with caplog.at_level(logging.ERROR, "claims.api.error_pages"):
        problem = problem_of(api(reviewer).get("/api/v1/failing/"))
    assert (problem["status"], problem["code"]) == (500, "server_error")
    assert "secret" not in str(problem)
    error_id = problem["instance"].removeprefix("urn:uuid:")
    logged = next(record for record in caplog.records if error_id in record.getMessage())
    assert "the secret of the house" in str(logged.exc_info[1])


@pytest.mark.parametrize("path", ["/nothing/", "/apiary/"])
def test_pages_elsewhere_stay_pages(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
