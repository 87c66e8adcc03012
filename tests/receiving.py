"""A program that receives webhooks, written after the published Standard Webhooks specification and nothing of ours."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from tests.web import HERE, head

TOLERANCE = 5 * 60  # seconds
LONGEST = 20_000  # bytes of a message, as the specification recommends


class NotGenuine(Exception):
    """The message is not from who shares the secret, or it is an old one."""


@dataclass
class Message:
    method: str
    path: str
    headers: dict[str, str]  # by names in small letters
    body: bytes


def verify(message: Message, secret: str, now: float | None = None) -> dict[str, Any]:
    """What a genuine message says. Raises NotGenuine."""
    message_id, timestamp = message.headers["webhook-id"], message.headers["webhook-timestamp"]
    if abs((now or time.time()) - int(timestamp)) > TOLERANCE:
        raise NotGenuine("too old, or from the future")
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    if not (secret.startswith("whsec_") and 24 <= len(key) <= 64):
        raise NotGenuine("no secret as it should be")
    signed = f"{message_id}.{timestamp}.".encode() + message.body
    expected = hmac.new(key, signed, hashlib.sha256).digest()
    if "." in message_id or len(message.body) > LONGEST or not any(_match(message, expected)):
        raise NotGenuine("no signature fits")
    said = json.loads(message.body)
    assert set(said) == {"type", "timestamp", "data"}
    return said


def _match(message: Message, expected: bytes) -> Iterator[bool]:
    for versioned in message.headers["webhook-signature"].split(" "):
        version, signature = versioned.split(",", 1)
        if version == "v1":
            yield hmac.compare_digest(base64.b64decode(signature), expected)


Answer = Callable[[Message], Iterable[bytes]]


def answering(status: str = "204 No Content", **headers: object) -> Answer:
    return lambda message: [head(status, content_length=0, **headers)]


class Receiver(ThreadingTCPServer):
    """Keeps every message, and answers with the bytes of `answer`."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer or answering()
        self.messages: list[Message] = []
        super().__init__((HERE, 0), _Visit)

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.server_address[1]}/hook?from=desk"

    def said(self, secret: str) -> list[dict[str, Any]]:
        """What the messages say, each of them verified."""
        return [verify(message, secret) for message in self.messages]


class _Visit(BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # the desk has hung up
            message = _read(self.request.makefile("rb"))
            self.server.messages.append(message)
            for part in self.server.answer(message):
                self.request.sendall(part)


def _read(stream: Any) -> Message:
    method, path, _version = stream.readline().decode().split()
    headers = {}
    while line := stream.readline().decode().strip():
        name, value = line.split(":", 1)
        headers[name.lower()] = value.strip()
    return Message(method, path, headers, stream.read(int(headers["content-length"])))


@contextmanager
def receiving(answer: Answer | None = None) -> Iterator[Receiver]:
    with Receiver(answer) as receiver:
        thread = Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()
