"""Idempotency keys, and which requests are the same one."""

from __future__ import annotations

import hashlib
import json
import re

from reference_impl.cards.model import CardNumber
from reference_impl.errors import ConflictError, InvalidInputError
from reference_impl.money import Money

_KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_LONG_NUMBER = re.compile(r"[0-9]{13}")


class KeyReusedError(ConflictError):
    """An idempotency key came again, with another request."""

    def __init__(self) -> None:
        super().__init__("this idempotency key belongs to another request")


def checked_key(text: str) -> str:
    """An idempotency key; it may be stored in clear. Raises InvalidInputError, also for what may be a card number."""
    if not _KEY.fullmatch(text) or _LONG_NUMBER.search(text) or _is_card_number(text):
        raise InvalidInputError(
            "an idempotency key has 8 to 64 letters, digits or .:_- and no long number", "idempotency_key"
        )
    return text


def request_digest(source: str, money: Money) -> str:
    """What must be the same under the same key: SHA-256 in hex of what is paid with, by its id, and how much.

    The verification code is left out: a digest of one gives it away.
    """
    return hashlib.sha256(json.dumps([source, money.amount, money.currency]).encode()).hexdigest()


def _is_card_number(text: str) -> bool:
    try:
        CardNumber.parse(re.sub(r"[._:]", "-", text))
    except InvalidInputError:
        return False
    return True
