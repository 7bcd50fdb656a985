"""Whether values read as card numbers: this process looks, and tells nobody but where."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reference_impl.cards.model import luhn_valid

_RUN = re.compile(r"(?<![0-9A-Za-z_.+-])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z_-]|\.[0-9])")
"""As people and programs write one. Inside of tokens and digests digits mean nothing, and there are many."""
_SHORT = 64
"""Bytes that are more are no text of a card number, and mostly ciphertext."""


def card_numbers(values: Sequence[Any]) -> list[int]:
    """The places of those that do, from 1. A list among them counts as one value."""
    return [place for place, value in enumerate(values, 1) if _reads_as_one(value)]


def _reads_as_one(value: Any) -> bool:
    if isinstance(value, str):
        return any(luhn_valid(re.sub(r"[ -]", "", run)) for run in _RUN.findall(value))
    if isinstance(value, (bytes, bytearray, memoryview)):
        text = bytes(value) if len(value) <= _SHORT else b""
        return text.isascii() and _reads_as_one(text.decode("ascii"))
    if isinstance(value, (list, tuple)):
        return any(map(_reads_as_one, value))
    if isinstance(value, (float, Decimal)):
        return math.isfinite(value) and value == int(value) and _reads_as_one(int(value))
    return isinstance(value, int) and _reads_as_one(str(value))
