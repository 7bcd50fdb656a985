"""The inventory of cryptography (PCI DSS v4.0.1, 12.3.3) out of what was observed: one way of writing each name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.evidence.inventories.crypto_names import LIBRARIES, hash_name, jwa, primitive_of, usual
from scanner.evidence.model import CryptoItem
from scanner.model import Observed, Place, ScanResult, Span

INVENTORY = "cryptography"
KINDS = ("protocol", "algorithm", "certificate", "key")
_SAID_ELSEWHERE = ("kind", "name", "purpose")
_LAST = ("default", "call")


def items(result: ScanResult) -> tuple[CryptoItem, ...]:
    """Sorted by kind, name and place; one for all that one line says in the same words."""
    found = {_item(seen) for seen in result.observed if seen.inventory == INVENTORY}
    lines: dict[CryptoItem, CryptoItem] = {}
    for item in sorted(found, key=_order):
        line = item.place.span.line
        lines.setdefault(item._replace(place=Place(item.place.path, Span(line, 0, line, 0))), item)
    return tuple(sorted(lines.values(), key=_order))


def _order(item: CryptoItem) -> tuple[object, ...]:
    return KINDS.index(item.kind), item.name.lower(), item.place, item.subject, item.detail


def _item(seen: Observed) -> CryptoItem:
    values = dict(seen.values)
    kind = values.get("kind", "algorithm")
    meaning = jwa(values.get("name", "")) if values.get("primitive") == "jose" else None
    if meaning:
        values = {**values, **dict(meaning.detail), "primitive": meaning.primitive, "identifier": values["name"]}
    name = meaning.name if meaning else _name(values)
    if values.get("primitive") in LIBRARIES:
        values["primitive"] = primitive_of(name)
    if "digest" in values:
        values["digest"] = hash_name(values["digest"])
    detail = sorted(
        ((name, value) for name, value in values.items() if name not in _SAID_ELSEWHERE),
        key=lambda pair: (pair[0] in _LAST, pair[0]),
    )
    return CryptoItem(
        kind=kind if kind in KINDS else "algorithm",
        name=name,
        detail=tuple(detail),
        place=seen.place,
        subject=seen.subject,
        purpose=values.get("purpose", ""),
    )


def _name(values: Mapping[str, str]) -> str:
    """ "unknown" where the code names it by a variable."""
    name = usual(values.get("name", "unknown"))
    if values.get("primitive") == "mac" and name == "HMAC" and (digest := values.get("digest")):
        return f"HMAC-{hash_name(digest)}"
    mode = values.get("mode", "").rsplit(".", 1)[-1].removeprefix("MODE_")
    return f"{name}-{mode}" if name in ("AES", "3DES", "DES", "Blowfish") and re.fullmatch("[A-Z0-9]+", mode) else name
