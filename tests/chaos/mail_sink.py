"""An SMTP server in a process of its own that treats mails by chance and writes down what it accepts before it says so.

python -m tests.chaos.mail_sink PORT FILE [kind]
"""

import json
import os
import random
import re
import sys
import threading
import time
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from tests.smtp_sink import DROP, HANG, KEEP_AND_DROP, KEEP_AND_HANG, Sink, SinkController

CHANCE = random.SystemRandom()
# How many of a thousand mails meet which answer; all others pass.
MOODS: dict[str, dict[str, float]] = {
    "RCPT": {"450 4.2.0 Greylisted": 20, "421 4.7.0 Too many mails": 0.3, DROP: 1},
    "TEXT": {DROP: 1},
    "DATA": {"451 4.3.0 Later": 10, "550 5.7.1 Not today": 2, DROP: 1, HANG: 0.3, KEEP_AND_DROP: 1, KEEP_AND_HANG: 0.3},
}
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.M | re.I)


class HostileSink(Sink):
    def __init__(self, log: int, is_kind: bool) -> None:
        super().__init__()
        self.log = log
        if not is_kind:
            for step, usual in list(self.answers.items()):
                self.answers[step] = lambda _, step=step, usual=usual: choose(MOODS.get(step, {}), usual)

    def keep(self, talk: SMTP, envelope: Envelope, is_told: bool) -> None:
        self.write(talk, id=MESSAGE_ID.search(envelope.content)[1].decode(), is_told=is_told)

    async def handle_QUIT(self, talk: SMTP, session: Any, envelope: Envelope) -> str:
        self.write(talk, quit=True)
        return "221 Bye"

    def write(self, talk: SMTP, **said: Any) -> None:
        """One line, in one call: what a kill leaves of it is whole."""
        line = {"at": time.time(), "talk": f"{os.getpid()}-{talk.number}", **said}
        os.write(self.log, json.dumps(line).encode() + b"\n")


def choose(moods: dict[str, float], usual: Any) -> str:
    answers, weights = [*moods, usual], [*moods.values(), 1000 - sum(moods.values())]
    return str(CHANCE.choices(answers, weights)[0])


def main(port: str, log: str, mood: str = "hostile") -> None:
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    SinkController(HostileSink(file, mood == "kind"), hostname="127.0.0.1", port=int(port)).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
