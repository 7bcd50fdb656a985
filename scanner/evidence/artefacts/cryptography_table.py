"""cryptography.csv: what 12.3.3 asks for, with columns that only people can fill at the yearly review."""

from __future__ import annotations

from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.inventories.strength import strength
from scanner.evidence.model import CryptoItem, Evidence

_DETAILS = {
    "protocol versions": ("versions", "protocol"),
    "minimum version": ("minimum version",),
    "maximum version": ("maximum version",),
    "cipher suites or policy": ("cipher suites", "policy"),
    "certificate or key": ("certificate", "key", "authority"),
    "verification of peers": ("verification",),
    "key size or curve": ("key size", "curve"),
}
_REVIEW = ("trend and viability", "plan for changes", "reviewed by", "reviewed on")
_HEAD = ("kind", "name", "purpose", "where", "line", "subject")
COLUMNS = (*_HEAD, *_DETAILS, "strength", "also said", *_REVIEW)


def write(evidence: Evidence) -> bytes:
    """UTF-8. A row for each item; what nothing is said about is empty."""
    return table(COLUMNS, map(_row, evidence.cryptography))


def _row(item: CryptoItem) -> list[object]:
    said = dict(item.detail)
    shown = ["; ".join(said[name] for name in names if name in said) for names in _DETAILS.values()]
    taken = {name for names in _DETAILS.values() for name in names}
    rest = "; ".join(f"{name}: {value}" for name, value in item.detail if name not in taken)
    head = [item.kind, item.name, item.purpose, item.place.path, item.place.span.line, item.subject]
    return [*head, *shown, strength(item), rest, *("" for _ in _REVIEW)]
