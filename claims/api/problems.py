"""Every refusal and failure under /api/, as problem details (RFC 9457)."""

import math
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import singledispatch
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, UnreadablePostError
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from claims.exceptions import ArticleRefused, Conflict, DeskError, NotPermitted

MEDIA_TYPE = "application/problem+json"
CHUNK = 64 * 1024
MOST_DRAINED = 64 * 1024 * 1024
NOT_DRAINED = (401, 403, 429)  # whoever may not send anything could hold a thread with a body that never ends


@dataclass(frozen=True)
class Problem:
    """`errors` says per field what does not hold; `members` are further members of the body."""

    status: int
    code: str
    detail: str
    errors: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)

    def body(self, instance: str) -> dict[str, Any]:
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "instance": instance,
        }
        return body | ({"errors": self.errors} if self.errors else {}) | self.members


class Elaborated(Exception):
    """A refusal about which the door knows more: further members for the problem's body."""

    def __init__(self, refusal: DeskError, members: dict[str, Any]) -> None:
        super().__init__(refusal, members)
        self.refusal, self.members = refusal, members


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler. None: a failure of ours, which `error_pages` logs and answers."""
    problem = describe(error)
    if problem is None:
        return None
    set_rollback()
    if problem.status not in NOT_DRAINED:
        drain(context["request"])
    body = problem.body(context["request"].path)
    return Response(body, problem.status, headers=problem.headers, content_type=MEDIA_TYPE)


def drain(request: Request) -> None:
    """Read the body to its end, within bounds: many callers look for an answer only when they have sent it all."""
    with suppress(UnreadablePostError):
        for _ in range(MOST_DRAINED // CHUNK):
            if not request.read(CHUNK):
                break


@singledispatch
def describe(error: Exception) -> Problem | None:
    """The problem that an exception stands for."""
    return None


@describe.register
def _(error: DeskError) -> Problem:
    return _refusal(400, error)


@describe.register
def _(error: ArticleRefused) -> Problem:
    return _refusal(413 if error.code == "too_large" else 400, error)


@describe.register
def _(error: NotPermitted) -> Problem:
    return _refusal(403, error)


@describe.register
def _(error: Conflict) -> Problem:
    return _refusal(409, error)


@describe.register
def _(error: Elaborated) -> Problem | None:
    problem = describe(error.refusal)
    return problem and replace(problem, members=error.members)


@describe.register(ObjectDoesNotExist)
@describe.register(Http404)
def _(error: Exception) -> Problem:
    return Problem(404, "not_found", "There is nothing at this address, or it is not yours to see.")


@describe.register
def _(error: PermissionDenied) -> Problem:
    return Problem(403, "permission_denied", str(error) or "You may not do this.")


@describe.register
def _(error: RequestDataTooBig) -> Problem:
    return Problem(413, "too_large", "The request is too large. Send less at once.")


@describe.register(SuspiciousOperation)
@describe.register(BadRequest)
@describe.register(UnreadablePostError)
def _(error: Exception) -> Problem:
    return Problem(400, "bad_request", "The request cannot be read.")


@describe.register
def _(error: ValidationError) -> Problem:
    errors = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
    return Problem(400, "invalid", " ".join(flatten(errors)), errors)


@describe.register
def _(error: APIException) -> Problem:
    challenge = getattr(error, "auth_header", None)
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return Problem(error.status_code, str(error.get_codes()), str(error.detail), headers=headers)


@describe.register
def _(error: Throttled) -> Problem:
    seconds = max(1, math.ceil(getattr(error, "wait", None) or 1))
    detail = f"Too many requests. Try again in {seconds} seconds."
    return Problem(429, "throttled", detail, headers={"Retry-After": str(seconds)})


def _refusal(status: int, error: DeskError) -> Problem:
    return Problem(status, error.code, error.message)


def flatten(errors: Any, path: str = "") -> list[str]:
    """One sentence an error, each with the path of its field: `evidence.0.url: Enter a valid URL.`"""
    if isinstance(errors, dict):
        return [words for name, inner in errors.items() for words in flatten(inner, _join(path, name))]
    if isinstance(errors, list):
        numbered = [(str(n) if isinstance(inner, dict | list) else "", inner) for n, inner in enumerate(errors)]
        return [words for name, inner in numbered for words in flatten(inner, _join(path, name))]
    return [f"{path}: {errors}" if path else str(errors)]


def _join(path: str, name: Any) -> str:
    return path if name in ("", "non_field_errors") else f"{path}.{name}".lstrip(".")
