from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from claims.models import Reviewer


class JSONClient(APIClient):
    """Sends JSON, and shows a failure as a caller would see it."""

    default_format = "json"

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)


@pytest.fixture
def api() -> Callable[[Reviewer | None], APIClient]:
    """A REST client signed in as the person."""

    def client_for(who: Reviewer | None = None) -> APIClient:
        client = JSONClient()
        client.force_authenticate(who)
        return client

    return client_for
