"""Sites of the web for tests: real ones, on this machine's loopback addresses, that answer exactly what a test says."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from socket import socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from claims.fetching import Fetcher

HERE = "127.0.0.1"

Answer = Callable[[str], Iterable[bytes]]


class Site(ThreadingTCPServer):
    """Answers each path with the bytes of `answer`, and keeps the head of every request."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(
        self,
        answer: Answer,
        host: str = HERE,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        stays: bool = False,  # on the line after an answer, for the next request
    ) -> None:
        self.answer, self.tls, self.stays = answer, tls, stays
        self.requests: list[str] = []
        super().__init__((host, port), _Visit)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str = "/", host: str = HERE) -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [head.split()[1] for head in self.requests]


class _Visit(BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # the fetcher has hung up
            site = self.server
            connection = site.tls.wrap_socket(self.request, server_side=True) if site.tls else self.request
            while head := _read_head(connection):
                site.requests.append(head)
                for part in site.answer(site.paths[-1]):
                    connection.sendall(part)
                if not site.stays:
                    return


def _read_head(connection: socket) -> str:
    """A request's head; "" where the other side has nothing more to ask."""
    head = b""
    while b"\r\n\r\n" not in head:
        if not (part := connection.recv(4096)):
            return ""
        head += part
    return head.decode()


@contextmanager
def serving(answer: Answer, **how: Any) -> Iterator[Site]:
    with Site(answer, **how) as site:
        thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def head(status: str = "200 OK", **headers: object) -> bytes:
    """The head of an answer; `content_type="text/html"` becomes `Content-Type: text/html`."""
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "Connection: close", "", ""]).encode()


def page(body: bytes | str, status: str = "200 OK", content_type: str = "text/html", **headers: object) -> list[bytes]:
    data = body.encode() if isinstance(body, str) else body
    return [head(status, content_type=content_type, content_length=len(data), **headers), data]


def moved(target: str, **headers: object) -> list[bytes]:
    return [head("302 Found", location=target, content_length=0, **headers)]


def fetcher_for(*sites: Site, **rules: Any) -> Fetcher:
    """One that is allowed to go to these sites, if at the loopback address HERE; all else is as the desk has it."""
    rules = {"is_allowed": lambda address: address == ip_address(HERE), "ports": [site.port for site in sites]} | rules
    return Fetcher(**rules)
