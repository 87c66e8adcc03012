"""The desk's addresses, and one that fails."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.views.base import DeskView
from factcheck import urls
from factcheck.urls import *  # noqa: F403  the error pages, too


class Failing(DeskView):
    def get(self, request: Request) -> Response:
        raise RuntimeError("the secret of the house")


urlpatterns = [path("api/v1/failing/", Failing.as_view()), *urls.urlpatterns]
