"""A real SMTP server that keeps what it accepts, and does to mail what mail servers do."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import closing
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

# Answers that no server gives in words: the connection ends, or nothing more is said.
DROP, HANG = "drop", "hang"
KEEP_AND_DROP, KEEP_AND_HANG = "keep and drop", "keep and hang"  # the mail has arrived, and nobody is told
FOR_EVER = 3600  # seconds; the client's end of the connection ends it
Answer = str | Callable[[Envelope], str]


class Sink:
    """What it answers at each step, and what it accepted. `TEXT` is asked between the two halves of DATA."""

    def __init__(self) -> None:
        self.accepted: list[Envelope] = []
        self.connections = 0
        self.allows_pipelining = True
        self.answers: dict[str, Answer] = {"MAIL": "250 OK", "RCPT": "250 OK", "TEXT": "354 Go on", "DATA": "250 Kept"}

    async def handle_EHLO(self, talk: SMTP, session: Any, envelope: Envelope, name: str, said: list[str]) -> list[str]:
        session.host_name = name
        return [said[0], "250-PIPELINING", *said[1:]] if self.allows_pipelining else said

    async def handle_MAIL(self, talk: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = await self.answer("MAIL", talk, envelope)
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, talk: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        answer = await self.answer("RCPT", talk, envelope)
        if not answer.startswith("250"):
            envelope.rcpt_tos.remove(address)
        return answer

    async def handle_DATA(self, talk: SMTP, session: Any, envelope: Envelope) -> str:
        return await self.answer("DATA", talk, envelope)

    async def answer(self, step: str, talk: SMTP, envelope: Envelope) -> str:
        answer = self.answers[step]
        said = answer(envelope) if callable(answer) else answer
        if step == "DATA" and (said.startswith("250") or said in (KEEP_AND_DROP, KEEP_AND_HANG)):
            self.keep(talk, envelope, is_told=said.startswith("250"))
        if step == "TEXT" and said == DROP:
            await talk.push("354 Go on")
        if said in (DROP, KEEP_AND_DROP):
            talk.transport.abort()
        if not said[0].isdigit():
            await asyncio.sleep(FOR_EVER)
        return said

    def keep(self, talk: SMTP, envelope: Envelope, is_told: bool) -> None:
        self.accepted.append(envelope)


class Talk(SMTP):
    """One connection."""

    number = 0

    async def smtp_DATA(self, arg: str) -> None:
        await self.event_handler.answer("TEXT", self, self.envelope)
        await super().smtp_DATA(arg)


class SinkController(Controller):
    def factory(self) -> Talk:
        self.handler.connections += 1
        talk = Talk(self.handler, **self.SMTP_kwargs)
        talk.number = self.handler.connections
        return talk


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
