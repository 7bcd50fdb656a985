"""Settings of the checkout service. Everything that differs between environments comes from the environment."""

from __future__ import annotations

import os
import time
from base64 import b64decode
from dataclasses import dataclass

import httpx

ACQUIRER_URL = "https://api.nordhaven-acquiring.example/v2"
ACQUIRER_API_KEY = "nha_live_8fK2vQ7xLw3TzR9bYc5HdN1m"
API_KEY_HEADER = "X-Nordhaven-Key"

SENDER = "orders@kettlewick.example"
PASSWORD_RESET_PATH = "/account/password/reset"
PASSWORD_HINT_TEXT = "account.password.hint"

KEY_TTL = 300.0
_keys: dict[str, tuple[float, bytes]] = {}


@dataclass(frozen=True)
class Settings:
    """What the process needs to know before it can serve a request."""

    database_url: str
    cache_url: str
    smtp_host: str
    smtp_password: str
    sentry_dsn: str
    jwt_public_key: str
    lookup_key: bytes


def load() -> Settings:
    """Reads the environment; a missing variable is a KeyError at start, not at the first order."""
    return Settings(
        database_url=os.environ["DATABASE_URL"],
        cache_url=os.environ.get("CACHE_URL", "rediss://cache.kettlewick.example:6380/0"),
        smtp_host=os.environ["SMTP_HOST"],
        smtp_password=os.environ["SMTP_PASSWORD"],
        sentry_dsn=os.environ["SENTRY_DSN"],
        jwt_public_key=os.environ["JWT_PUBLIC_KEY"],
        lookup_key=bytes.fromhex(os.environ["CARD_LOOKUP_KEY"]),
    )


def data_key(alias: str) -> bytes:
    """The current data key behind an alias. The agent on this host unwraps it; nothing is written to disk."""
    expires, key = _keys.get(alias, (0.0, b""))
    if time.monotonic() > expires:
        answer = httpx.post("http://127.0.0.1:8125/v1/data-key", json={"alias": alias}, timeout=2.0)
        answer.raise_for_status()
        key = b64decode(answer.json()["plaintext"])
        _keys[alias] = (time.monotonic() + KEY_TTL, key)
    return key
