"""What Django answers where no view does: problem details under /api/, plain pages elsewhere."""

import logging
import sys
import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import is_valid_path
from django.views import defaults

from claims.api.problems import MEDIA_TYPE, Problem, describe

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _is_api(request):
        return defaults.bad_request(request, exception)
    return _answer(request, describe(exception) or Problem(400, "bad_request", "The request cannot be read."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _is_api(request):
        return defaults.permission_denied(request, exception)
    return _answer(request, Problem(403, "permission_denied", str(exception) or "You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _is_api(request):
        return defaults.page_not_found(request, exception)
    detail = "There is nothing at this address."
    if is_valid_path(f"{request.path_info}/"):
        detail = f"Addresses here end with a slash: {request.path}/"
    return _answer(request, Problem(404, "not_found", detail))


def server_error(request: HttpRequest) -> HttpResponse:
    """The failure goes to the log under an id; the answer holds the id and nothing else of it."""
    error_id = str(uuid.uuid4())
    logger.error("error %s at %s %s", error_id, request.method, request.path, exc_info=sys.exc_info())
    if not _is_api(request):
        return defaults.server_error(request)
    detail = f"Something failed here. It is logged as {error_id}: tell the operator of the desk."
    return _answer(request, Problem(500, "server_error", detail), f"urn:uuid:{error_id}")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _answer(request: HttpRequest, problem: Problem, instance: str = "") -> HttpResponse:
    body = problem.body(instance or request.path)
    return JsonResponse(body, status=problem.status, headers=problem.headers, content_type=MEDIA_TYPE)
