"""A card as bytes, to be sealed, and as a fingerprint, to be found again.

Layout: format (1 byte, 1) | month (1) | year (2, big-endian) | digits (1) | length of the holder's name + 1, or 0 for
none (2) | number, ASCII | name, UTF-8 | zeros up to a multiple of 64, so that the sealed length does not tell long
numbers and names from short ones. No verification code has a place in it (3.3.1.2).
"""

from __future__ import annotations

import hmac
import struct

from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.keys.model import MacKey
from reference_impl.secret import Secret

FORMAT = 1
ENCLOSED = b"\x02"
"""What a card begins with that is under a person's key as well, see `persons`."""
_HEAD = struct.Struct(">BBHBH")
_BLOCK = 64
_HOLDER_BYTES = 1024
_FINGERPRINT = b"card fingerprint 1\0"


def encode(card: Card) -> bytes:
    """Raises InvalidInputError for a holder's name of more than 1,024 bytes, or one that is no text."""
    number = card.number.reveal().encode("ascii")
    try:
        holder = b"" if card.holder is None else card.holder.reveal().encode()
    except UnicodeEncodeError:
        raise InvalidInputError("the holder's name is no text", "holder") from None
    if len(holder) > _HOLDER_BYTES:
        raise InvalidInputError("the holder's name is too long", "holder")
    length = 0 if card.holder is None else len(holder) + 1
    plain = _HEAD.pack(FORMAT, card.expiry.month, card.expiry.year, len(number), length) + number + holder
    return plain + bytes(-len(plain) % _BLOCK)


def decode(plain: bytes) -> Card:
    """Raises IntegrityError for a format of another version of this service."""
    form, month, year, digits, length = _HEAD.unpack_from(plain)
    if form != FORMAT:
        raise IntegrityError("a stored card has an unknown format")
    name = _HEAD.size + digits
    holder = Secret(plain[name : name + length - 1].decode()) if length else None
    return Card(CardNumber(plain[_HEAD.size : name].decode("ascii")), Expiry(month, year), holder)


def fingerprint(key: MacKey, number: CardNumber) -> bytes:
    """HMAC-SHA-256 of the whole number, whole: cards are few enough that a plain digest is undone (3.5.1.1)."""
    return hmac.digest(key.key.reveal(), _FINGERPRINT + number.reveal().encode("ascii"), "sha256")
