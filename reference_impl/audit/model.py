"""What an audit record says: the six things PCI DSS 10.2.2 asks for, and nothing that is account data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple, Protocol


class Outcome(Enum):
    """How it ended."""

    SUCCESS = "success"
    DENIED = "denied"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did, or tried to do.

    `user`: who, as the issuer names them ("-" before that is known); `action`: what, as `token.detokenize`; `at`: when,
    aware, UTC; `outcome`: whether it succeeded; `origin`: where from (address of the client); `resource`: what it was
    about, never a card number. `tenant`, `request_id` and `reason` (stable words) are more than is asked for.

    Of money also: `amount` in minor units of `currency`, and `agent`, what the client calls itself.
    """

    user: str
    action: str
    at: datetime
    outcome: Outcome
    origin: str
    resource: str
    tenant: str = "-"
    request_id: str = "-"
    reason: str = ""
    amount: int | None = None
    currency: str = ""
    agent: str = ""


class AuditLog(Protocol):
    """Where events go."""

    async def append(self, events: Sequence[Event]) -> None:
        """Returns once they are on disk, in this order. Raises UnavailableError: then nothing may be done either."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are wanted; None: any. `since` is included, `until` is not; both aware. `currency`: money in it."""

    since: datetime | None = None
    until: datetime | None = None
    user: str | None = None
    action: str | None = None
    resource: str | None = None
    tenant: str | None = None
    currency: str | None = None


class Record(NamedTuple):
    """An event with its number in the log, which starts at 1 and has no gaps."""

    number: int
    event: Event


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ended: how many records it had and the MAC of the last (32 bytes, zeros before the first).

    `log`: its name, so that the head of one log is not taken for another's; `signature`: Ed25519 over `statement`.
    """

    log: str
    count: int
    mac: bytes
    at: datetime
    signature: bytes = b""

    @property
    def statement(self) -> bytes:
        """What is signed."""
        fields = {"at": self.at.isoformat(), "count": self.count, "log": self.log, "mac": self.mac.hex()}
        return b"audit head 1\n" + json.dumps(fields, sort_keys=True).encode()


class ReadableLog(AuditLog, Protocol):
    """A log that says how far it goes."""

    async def acknowledged(self) -> Head:
        """Of what was acknowledged so far, to whoever appended it. Raises UnavailableError."""
        ...


class Anchor(Protocol):
    """Where heads are kept out of reach of who can write the log's folder."""

    async def publish(self, head: Head) -> None:
        """Keeps a head. Raises UnavailableError, and IntegrityError if a later head, or another one, is kept."""
        ...

    async def latest(self) -> Head | None:
        """The head with most records. Its signature is for the caller to check."""
        ...
