from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from claims.models import Claim, Reviewer
from claims.permissions import Power, visible_claims

SEE_REVIEW = {"GET": Power.SEE_REVIEW}


@cache
def _kept(serializer_class: type[BaseSerializer]) -> BaseSerializer:
    """One instance serves all requests: making its fields costs more than using them."""
    return serializer_class()


def represent(serializer_class: type[BaseSerializer], row: object) -> Any:
    """The row as the serializer shows it."""
    return _kept(serializer_class).to_representation(row)  # type: ignore[arg-type]  # a class has a hash


class DeskView(APIView):
    """A door: reads the request's shape, calls a stage, shows what came of it.

    `powers` names the power that a method needs, where it is more than a role at the desk.
    """

    powers: ClassVar[Mapping[str, Power]] = {}

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        # A redirect to the address with a slash would turn a POST into a GET: a 404 says what is wrong.
        view.should_append_slash = False
        return view

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @property
    def person(self) -> Reviewer:
        """The caller; IsDeskMember has seen that there is one."""
        return cast(Reviewer, self.request.user)

    def read(self, serializer_class: type[BaseSerializer], **options: Any) -> dict[str, Any]:
        """The request's body, checked for its shape. Raises ValidationError."""
        serializer = serializer_class(**options) if options else _kept(serializer_class)  # type: ignore[arg-type]
        return serializer.run_validation(self.request.data)

    def get_claim(self) -> Claim:
        return get_object_or_404(visible_claims(self.person), pk=self.kwargs["claim_id"])


class DeskList(DeskView, ListAPIView):
    """A list in cursor pages: in one of `orderings` at the caller's choice, or in the fixed `ordering`.

    Where `get_queryset` needs a request, `queryset` names the model to the OpenAPI description.
    """

    orderings: ClassVar[tuple[str, ...]] = ()
    ordering: ClassVar[tuple[str, ...]] = ("-id",)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows: QuerySet[Any] = self.get_queryset()
        if request.query_params:  # filters that nobody asked for need no form
            rows = self.filter_queryset(rows)
        page = self.paginate_queryset(rows) or []
        shown = [represent(self.get_serializer_class(), row) for row in page]
        return self.get_paginated_response(shown)
