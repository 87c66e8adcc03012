"""The only door through which the desk fetches, or posts to, what a person or a page named.

It leads to the public web, and elsewhere only where who opens it says so.

A name is looked up once for each connection, what it stands for is checked, and the connection goes to exactly the
address that was checked: a name that stands for something else a moment later gains nothing.
"""

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from threading import Thread
from typing import Any, NamedTuple, TypeVar

import httpcore2
import httpx2
from django.conf import settings
from django.utils.translation import gettext as _

from claims.exceptions import DeskError
from claims.public_addresses import Address, is_public

T = TypeVar("T")

MOST_REDIRECTS = 5
MOST_TRIED = 4  # addresses of one name
CONNECT_SECONDS = 2.0  # for each of them, so that one that is silent leaves time for the next
ADDRESS_CODE = "address"  # of a refusal that lies in the words typed, not in the web

_REDIRECTS = {301, 302, 303, 307, 308}
_UNCHANGED = 304
_LONGEST_VALIDATOR = 200  # characters
_EVERY_ENCODING_OF_GZIP = zlib.MAX_WBITS | 16
_TOO_SLOW = (httpcore2.TimeoutException, TimeoutError)
_BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error)


class FetchRefused(DeskError):
    """The page could not be had. Neither message nor code tells which address a name stands for, nor whether it stands
    for any inside the desk's own network: a name that leads there is as good as one that leads nowhere.
    """

    code = "unreachable"


class Wanted(NamedTuple):
    """What is asked for, as the header says it, and the beginnings of the content types that are read."""

    accept: str
    read: tuple[str, ...]


PAGES = Wanted("text/html, application/xhtml+xml, */*;q=0.5", ("text/", "application/xhtml+xml"))
FEEDS = Wanted(
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    (
        *("text/", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml"),
        *("application/feed+json", "application/json"),
        *("application/x-rss+xml", "application/rss", "application/x-xml", "application/octet-stream"),
    ),
)


class Validators(NamedTuple):
    """What a site says of a page so that it need not send it again while it stays the same; empty where nothing."""

    etag: str = ""
    last_modified: str = ""


NOTHING_KNOWN = Validators()


@dataclass(frozen=True)
class FetchedPage:
    """`url` is where the redirects ended. `body` is the start of a text, and empty for other content.

    Of a page that `is_unchanged` nothing was sent.
    """

    url: str
    content_type: str
    body: bytes
    validators: Validators = NOTHING_KNOWN
    is_unchanged: bool = False


@dataclass(frozen=True)
class Answer:
    """What a site answers to what was posted: its status, when it wants to be asked again, and its body's start."""

    status: int
    retry_after: str
    body: bytes


def resolve_name(host: str) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


@cache
def _trust() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


class Fetcher:
    """Fetches pages under rules that only who makes it can set; those that it comes with are the desk's.

    There are no cookies, no proxies and no credentials, wherever a page leads.
    """

    def __init__(
        self,
        *,
        is_allowed: Callable[[Address], bool] = is_public,
        ports: Collection[int] = (80, 443),
        resolve: Callable[[str], list[str]] = resolve_name,
        trust: Callable[[], ssl.SSLContext] = _trust,
        seconds: float = 6.0,
        max_bytes: int = 1_000_000,
    ) -> None:
        self.is_allowed, self.ports, self.resolve, self.trust = is_allowed, ports, resolve, trust
        self.seconds, self.max_bytes = seconds, max_bytes

    def fetch(self, address: str, wanted: Wanted = PAGES, known: Validators = NOTHING_KNOWN) -> FetchedPage:
        """The page, of a text its first `max_bytes` (counted unpacked), within `seconds` for everything.

        With what is `known` of it from the last time, the site may answer that it has not changed; other sites to which
        it leads are not told.
        Raises FetchRefused; its code is `address` where what was typed can be no page of the web, and `page_status`
        where the site answers another `status` than one of success.
        """
        with _explaining_failures():
            return self._follow(address, wanted, known, _Deadline(self.seconds))

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What the site answers to the bytes, within `seconds` for everything; at most `max_bytes` of it are read.

        A redirect is an answer as any other: what was posted goes nowhere else. Raises FetchRefused as `fetch` does.
        """
        with _explaining_failures():
            url = self._check(httpx2.URL, address)
            sent = [*_own_headers(url), *headers.items()]
            pool = self._open_pool(_Deadline(self.seconds))
            with pool, pool.stream("POST", _to_core(url), headers=sent, content=body) as response:
                start = _start_of(response, self.max_bytes)
                return Answer(response.status, _header(response, b"retry-after"), start)

    def _follow(self, address: str, wanted: Wanted, known: Validators, deadline: "_Deadline") -> FetchedPage:
        first = url = self._check(httpx2.URL, address)
        with self._open_pool(deadline) as pool:
            for _hop in range(MOST_REDIRECTS + 1):
                told = known if url.host == first.host else NOTHING_KNOWN
                with pool.stream("GET", _to_core(url), headers=_headers(url, wanted, told)) as response:
                    target = _redirect_of(response)
                    if target is None:
                        return self._read(url, response, wanted, told)
                url = self._check_target(url, target)
        raise FetchRefused(_("The site sends its readers in circles. Check the address."), code="redirects")

    def _open_pool(self, deadline: "_Deadline") -> httpcore2.ConnectionPool:
        """A pool that keeps no connection: each hop looks its name up anew."""
        door = _Door(self.is_allowed, self.resolve, deadline)
        return httpcore2.ConnectionPool(self.trust(), network_backend=door, max_keepalive_connections=0)

    def _check_target(self, url: httpx2.URL, target: str) -> httpx2.URL:
        try:
            return self._check(url.join, target)
        except FetchRefused as refusal:  # its sentence is about what was typed, and this is not
            raise _unreachable() from refusal

    def _check(self, parse: Callable[[str], httpx2.URL], address: str) -> httpx2.URL:
        try:
            url = parse(address.strip())
            is_whole = url.scheme in ("http", "https") and url.raw_host and not url.userinfo
        except (httpx2.InvalidURL, ValueError) as error:
            raise _no_address() from error
        if not is_whole:
            raise _no_address()
        if (url.port or {"http": 80, "https": 443}[url.scheme]) not in self.ports:
            raise FetchRefused(
                _("Only pages on the web's usual ports, 80 and 443, are fetched. Leave the port out."),
                code=ADDRESS_CODE,
            )
        if not self._may_be_typed(url.host):
            raise FetchRefused(
                _("Only pages of the public web are fetched, and this address is not part of it."), code=ADDRESS_CODE
            )
        return url

    def _may_be_typed(self, host: str) -> bool:
        """Whether it may be typed: a name, whatever it stands for, or an allowed address."""
        try:
            return self.is_allowed(ip_address(host))
        except ValueError:
            return True

    def _read(self, url: httpx2.URL, response: httpcore2.Response, wanted: Wanted, known: Validators) -> FetchedPage:
        if response.status == _UNCHANGED and any(known):
            return FetchedPage(str(url), "", b"", known, is_unchanged=True)
        if not 200 <= response.status < 300:
            sentence = _("The site answers %(status)s instead of the page. Check the address in a browser.")
            raise FetchRefused(sentence, code="page_status", status=response.status)
        content_type = _header(response, b"content-type")
        is_text = not content_type or content_type.lower().startswith(wanted.read)
        body = b"".join(_unpacked(response, self.max_bytes)) if is_text else b""
        return FetchedPage(str(url), content_type, body, _validators_of(response))


@contextmanager
def _explaining_failures() -> Iterator[None]:
    try:
        yield
    except _TOO_SLOW as error:
        raise FetchRefused(_("The site takes too long to answer. Try again later."), code="too_slow") from error
    except _BROKEN as error:
        raise _unreachable() from error


def _no_address() -> FetchRefused:
    return FetchRefused(
        _("The address must begin with http:// or https://, name a site, and hold no password."), code=ADDRESS_CODE
    )


def _unreachable() -> FetchRefused:
    return FetchRefused(_("No page of the public web could be reached there. Check the address."))


def _to_core(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _own_headers(url: httpx2.URL) -> list[tuple[str, str]]:
    return [("Host", url.netloc.decode("ascii")), ("User-Agent", f"FactCheckDesk/1.0 (+{settings.SITE_URL})")]


def _headers(url: httpx2.URL, wanted: Wanted, known: Validators) -> list[tuple[str, str]]:
    conditions = [("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)]
    return [
        *_own_headers(url),
        ("Accept", wanted.accept),
        ("Accept-Encoding", "gzip"),
        *((name, value) for name, value in conditions if value),
    ]


def _validators_of(response: httpcore2.Response) -> Validators:
    return Validators(*(_sendable(_header(response, name)) for name in (b"etag", b"last-modified")))


def _sendable(value: str) -> str:
    """The value, if it can be sent back as a header."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


def _header(response: httpcore2.Response, name: bytes) -> str:
    values = (value for key, value in response.headers if key.lower() == name)
    return next(values, b"").decode("utf-8", "replace").strip()


def _redirect_of(response: httpcore2.Response) -> str | None:
    location = _header(response, b"location")
    return location if location and response.status in _REDIRECTS else None


def _start_of(response: httpcore2.Response, most: int) -> bytes:
    """The body's first bytes as they came; a status that is known counts, however its body breaks off."""
    start = b""
    with suppress(*_TOO_SLOW, *_BROKEN):
        for part in response.iter_stream():
            start += part
            if len(start) >= most:
                break
    return start[:most]


def _unpacked(response: httpcore2.Response, room: int) -> Iterator[bytes]:
    """The body's first `room` bytes. No more than that is ever unpacked, however well it was packed."""
    unpack = _unpacker(_header(response, b"content-encoding").lower())
    for packed in response.iter_stream():
        part = unpack(packed, room)
        if part is None:
            return
        yield part
        room -= len(part)
        if room <= 0:
            return


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes | None]:
    """What turns received bytes and a number above 0 into at most that many unpacked bytes; None after their end."""
    if encoding in ("", "identity"):
        return lambda packed, room: packed[:room]
    if encoding not in ("gzip", "x-gzip"):
        raise _unreachable()
    gzip = zlib.decompressobj(_EVERY_ENCODING_OF_GZIP)
    return lambda packed, room: None if gzip.eof else gzip.decompress(packed, room)


class _Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then; raises TimeoutError once there are none."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Door(httpcore2.NetworkBackend):
    """Connects to allowed addresses only, and gives nobody more time than is left."""

    def __init__(
        self, is_allowed: Callable[[Address], bool], resolve: Callable[[str], list[str]], deadline: _Deadline
    ) -> None:
        self._is_allowed, self._resolve, self._deadline = is_allowed, resolve, deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError()
        for address in self._allowed_addresses(host)[:MOST_TRIED]:
            try:
                seconds = min(CONNECT_SECONDS, self._deadline.left())
                return _TimedStream(self._sockets.connect_tcp(str(address), port, seconds), self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def _allowed_addresses(self, host: str) -> list[Address]:
        try:
            found = _within(self._deadline.left(), lambda: self._resolve(host))
        except TimeoutError:
            raise
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError from error
        return [address for address in dict.fromkeys(map(ip_address, found)) if self._is_allowed(address)]


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What the work returns; raises TimeoutError. Looking a name up cannot be stopped: its thread ends by itself."""
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome.result(seconds)


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which every step has only the time that is left of the whole, so that slow drips end too."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
