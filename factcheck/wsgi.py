"""The WSGI entry point."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django_application = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, which reads every request as UTF-8: it would look up any other charset that a caller names as a codec."""
    environ["CONTENT_TYPE"] = drop_charset(environ.get("CONTENT_TYPE", ""))
    return django_application(environ, start_response)


def drop_charset(content_type: str) -> str:
    return ";".join(part for part in content_type.split(";") if not part.strip().lower().startswith("charset"))
