"""What the vault gives out: tokens, what may be shown of a card, and what a deletion could and could not do."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

_TOKEN = re.compile(r"tok_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{43}")
"""Without a long number: what is refused is a card number that somebody dressed up as a token, which would be recorded.
One in 10^9 of our own has one, and is made again."""


class Purpose(str, Enum):
    """Why a card number leaves the vault. Nothing else is a reason; the audit log says which it was (7.2.1)."""

    PAYMENT_PROCESSING = "payment_processing"
    REFUND = "refund"
    DISPUTE = "dispute"
    MIGRATION = "migration"


CHARGES = frozenset({Purpose.PAYMENT_PROCESSING, Purpose.REFUND})
"""Purposes for which the service itself uses a card: nobody sees it."""


def new_token() -> str:
    """`tok_` and 32 random bytes: nothing of a card can be computed from it, so that it is out of scope.

    An encrypted number of the same format would not be (FF3 is withdrawn besides: NIST SP 800-38G Rev. 1).
    """
    while not is_token(token := f"tok_{secrets.token_urlsafe(32)}"):
        pass
    return token


def is_token(text: str) -> bool:
    """Whether it has the form of a token. What has not may be a card number, and is neither looked up nor recorded."""
    return _TOKEN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class StoredCard:
    """What may be shown of a stored card. Its expiry is cardholder data beside the number: it is sealed with it."""

    token: str
    last_four: str
    brand: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Deletion:
    """`backups_hold`: in words, what is still somewhere; `backups_until`: when the last backup with it expires."""

    token: str
    deleted_at: datetime
    backups_hold: str
    backups_until: datetime
