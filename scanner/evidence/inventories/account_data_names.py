"""What the name of a column or field says: an element of account data, and the words that say it is protected."""

from __future__ import annotations

import re
from typing import NamedTuple

from scanner.vocabulary import Vocabulary

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_PROTECTED = (
    ("keyed hash", re.compile(r"h?mac|hmac\w*|keyed")),
    ("encryption", re.compile(r"encrypt\w*|enc|encr|encipher\w*|cipher\w*|crypt\w*|sealed|jwe|ct|wrapped")),
    ("hash", re.compile(r"hash\w*|sha|sha\d*|md|digest\w*|fingerprint\w*")),
)
_ROLE = frozenset(
    (
        *("input", "record", "data", "dto", "model", "entity", "request", "response", "details", "detail", "info"),
        *(
            "row",
            "form",
            "document",
            "schema",
            "view",
            "command",
            "payload",
            "message",
            "event",
            "table",
            "object",
            "body",
        ),
    )
)
"""What a class is for, at the end of its name: `CardInput` is a card."""
_ELEMENTS = (
    ("track", "track"),
    ("verification_code", "verification_code"),
    ("pin", "pin"),
    ("pan", "pan"),
    ("expiry", "expiration_date"),
    ("cardholder_name", "cardholder_name"),
    ("service_code", "service_code"),
    ("card_object", "card"),
)
"""Of the vocabulary -> of the inventory; the first counts. "card": which elements the value holds is not said."""


class Meaning(NamedTuple):
    """`protected`: by its name: "encryption", "keyed hash", "hash", "" where it says nothing of the kind."""

    element: str
    protected: str


def meaning(store: str, field: str, vocabulary: Vocabulary) -> Meaning | None:
    """None: no account data. `store` ("saved_cards", "CardInput") tells what a `number` or a `holder` is of."""
    words = _words(field)
    protected = next((how for how, word in _PROTECTED if any(word.fullmatch(each) for each in words)), "")
    bare = [word for word in words if not any(known.fullmatch(word) for _, known in _PROTECTED)] if protected else words
    if not bare:
        return None
    owner = _words(store.rpartition(".")[2])
    while owner and owner[-1] in _ROLE:
        owner.pop()
    for name in ("_".join(bare), f"{'_'.join(owner)}.{'_'.join(bare)}" if owner else ""):
        for element, called in _ELEMENTS:
            if name and vocabulary.matches(element, name):
                return Meaning(called, protected)
    return None


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
