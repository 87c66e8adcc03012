import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser


class DeskJSONParser(JSONParser):
    """JSON that the desk can keep and answer to."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return refuse_half_characters(super().parse(stream, media_type, parser_context))
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error


class JSONLinesParser(BaseParser):
    """The lines of the body as bytes, each to be read on its own. Raises RequestDataTooBig as every body does."""

    media_type = "application/x-ndjson"

    def parse(  # type: ignore[override]  # the stubs know of forms and mappings only
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> list[bytes]:
        return (parser_context or {})["request"].body.split(b"\n")


class JSONLinesParserByItsNewName(JSONLinesParser):
    media_type = "application/jsonl"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def load_line(line: bytes) -> Any:
    """One line's JSON. Raises ParseError."""
    try:
        return refuse_half_characters(json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant))
    except UnicodeDecodeError as error:
        raise ParseError("The line is not UTF-8.", code="encoding") from error
    except (ValueError, RecursionError) as error:
        raise ParseError(f"The line is not JSON: {error}") from error


def refuse_half_characters(data: Any) -> Any:
    """The same data. JSON can escape a lone surrogate, which no database takes and no answer can repeat."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ParseError("The JSON holds half a character (a lone surrogate).", code="encoding") from error
    return data
