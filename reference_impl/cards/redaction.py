"""Keeps card numbers out of logs (3.3.1, 3.4.1, 3.5.1), whoever put them into what is logged.

It masks and does not refuse, in development as in production: what is in a path or a user name is chosen by whoever
sends a request, and one who put a card number there could otherwise try things without being recorded (10.2.1.4).
"""

from __future__ import annotations

import re
import unicodedata

from reference_impl.cards.model import luhn_valid

MASK = "[masked]"
_RUN = re.compile(r"\d(?:[ \u00a0.,/_-]*\d){11,}")
_HEX = "[0-9a-f]"
_RANDOM = rf"(?=[^a-z]*[a-z])(?:{_HEX}{{32}}|{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}})|tok_[A-Za-z0-9_-]{{43}}"
"""Ids made by a random generator: one in some hundreds has digits that look like a card number by chance."""
_ADDRESS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
"""IPv4: twelve digits at most, and who did something is worth more than a number nobody issues."""
_NO_NUMBER = re.compile(f"{_RANDOM}|{_ADDRESS}", re.ASCII)
_ISSUERS = re.compile("[2-6]|81")
"""How card numbers start (ISO/IEC 7812-1; 81: UnionPay). Other starts count where the run is nothing but the number."""


def masked(text: str) -> str:
    """The text with every run of digits replaced that holds a possible card number, however its digits are separated.

    For texts of our own, where a long number is seldom a card's. Whole ids of random generators and addresses stay.
    """
    if _NO_NUMBER.fullmatch(text):
        return text
    return _RUN.sub(lambda run: MASK if _holds_number(run[0]) else run[0], text)


def without_long_numbers(text: str) -> str:
    """The same for texts of others, of which nothing is known: any twelve digits, with a right check digit or not."""
    return _RUN.sub(MASK, text)


def no_long_number(text: str) -> str:
    """The text, for what people write and is stored in clear. Raises ValueError: twelve digits and more are refused."""
    if _RUN.search(text) is not None:
        raise ValueError("holds a long number")
    return text


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
        if _ISSUERS.match(digits, start)
        for length in range(12, min(19, len(digits) - start) + 1)
    )
