"""What may be said of account data in a log or a document: an allowlist of fields, and no card numbers in text.

For logs and exports of structures that others made. What this service writes itself has no account data to begin with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from reference_impl.cards.model import luhn_valid

HIDDEN = "***"
_CANDIDATE = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){11,}")
_LONGEST, _SHORTEST = 19, 12


def masked(number: str) -> str:
    """The last four digits of a card number (3.4.1), and nothing at all of what is too short to be one."""
    digits = re.sub(r"[ -]", "", number)
    if not re.fullmatch(r"[0-9]{13,19}", digits):
        return HIDDEN
    return "*" * (len(digits) - 4) + digits[-4:]


def masked_text(text: str) -> str:
    """The text with every run of digits hidden in which a card number could be: 12 to 19 with a right check digit."""
    return _CANDIDATE.sub(lambda run: HIDDEN if _holds_card_number(run[0]) else run[0], text)


def redacted(value: object, allowed: Collection[str]) -> object:
    """Of nested mappings and lists, the values of allowed names, card numbers in them masked; of the rest that it was
    there. Names that are not known today (`cvc2`, `pin_block`, `track2`) are hidden with all that is below them.

    Names that hold a card number themselves are hidden too. Plain values at the top are text.
    """
    if isinstance(value, Mapping):
        return {
            masked_text(str(name)): redacted(inner, allowed) if str(name) in allowed else HIDDEN
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redacted(inner, allowed) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    text = masked_text(str(value))
    return value if isinstance(value, (int, float)) and text == str(value) else text


def _holds_card_number(run: str) -> bool:
    digits = re.sub(r"[ -]", "", run)
    return any(
        luhn_valid(digits[start : start + length])
        for length in range(_SHORTEST, min(_LONGEST, len(digits)) + 1)
        for start in range(len(digits) - length + 1)
    )
