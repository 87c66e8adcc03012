"""Signatures of webhooks, as the Standard Webhooks have them (version 1, symmetric)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from claims.models.webhook import KEY_PREFIX

SECRET_BYTES = 32


def make_secret() -> str:
    return KEY_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(event_id: str, at: datetime, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """The headers that go with the body; one signature for each of the secrets, whichever the receiver knows."""
    timestamp = str(int(at.timestamp()))
    signed = b".".join([event_id.encode(), timestamp.encode(), body])
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_sign(signed, key)}" for key in keys),
    }


def _sign(signed: bytes, key: str) -> str:
    key_bytes = base64.b64decode(key.removeprefix(KEY_PREFIX))
    return base64.b64encode(hmac.digest(key_bytes, signed, hashlib.sha256)).decode()
