"""Keeps account data out of the log (3.3.1, 3.4.1, 3.5.1), whoever put it into an event.

It masks and does not refuse, in development as in production: what is in a path or a user name is chosen by whoever
sends a request, and one who put a card number there could otherwise try things without being recorded (10.2.1.4).
"""

from __future__ import annotations

import re
import unicodedata

from reference_impl.cards.model import luhn_valid

MASK = "[masked]"
_RUN = re.compile(r"\d(?:[ \u00a0-]?\d){11,}")
_HEX = "[0-9a-f]"
_RANDOM = re.compile(
    rf"(?=[^a-z]*[a-z])(?:{_HEX}{{32}}|{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}})|tok_[A-Za-z0-9_-]{{43}}", re.ASCII
)
"""Ids made by a random generator: one in some hundreds has digits that look like a card number by chance."""
_MAJOR_INDUSTRIES = "23456"
"""First digits of card numbers (ISO/IEC 7812-1); 81, UnionPay's other range, is checked with the whole run."""


def masked(text: str) -> str:
    """The text with every run of digits replaced that holds a possible card number, single separators or not."""
    if _RANDOM.fullmatch(text):
        return text
    return _RUN.sub(lambda run: MASK if _holds_number(run[0]) else run[0], text)


def may_hold_number(text: str) -> bool:
    """Whether `masked` is worth calling: cheap, and nearly always False."""
    return _RUN.search(text) is not None


def _holds_number(run: str) -> bool:
    """Any 12 to 19 digits of it: a verification code or an expiry date may follow the number without a space."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in run if sign.isdigit())
    if len(digits) <= 19 and luhn_valid(digits):
        return True
    return any(
        luhn_valid(digits[start : start + length])
        for start in range(len(digits) - 11)
        if digits[start] in _MAJOR_INDUSTRIES
        for length in range(12, min(19, len(digits) - start) + 1)
    )
