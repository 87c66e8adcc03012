"""Logs without the links that act for whoever knows them: those to an opinion, and those that switch mails off."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

_LINK = re.compile(r"/(opinions|mail/off)/[^/?\s]+")


def mask(words: Any) -> Any:
    return _LINK.sub(r"/\1/********", words) if isinstance(words, str) else words


class MaskLinks(logging.Filter):
    """In what Django and the desk log: the address of a request that failed, for instance."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(mask(part) for part in record.args)
        return True


class AccessLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """In the web server's access log: where a link was asked for, and where a request came from."""

    def atoms(self, *about: Any) -> dict[str, Any]:
        return {name: mask(part) for name, part in super().atoms(*about).items()}
