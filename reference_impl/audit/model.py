"""What an audit record says: the six things PCI DSS 10.2.2 asks for, and nothing that is account data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


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


class AuditLog(Protocol):
    """Where events go."""

    async def append(self, events: Sequence[Event]) -> None:
        """Returns once they are on disk, in this order. Raises UnavailableError: then nothing may be done either."""
        ...
