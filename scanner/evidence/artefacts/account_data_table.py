"""account_data.csv: where account data is (12.5.2; what is stored: 3.2 to 3.5), with columns for people."""

from __future__ import annotations

from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import AccountDataItem, Evidence, Profile

_HEAD = ("kind", "store", "elements", "where", "line", "made unreadable by", "violations", "retention")
_PEOPLE = ("purpose", "who has access", "confirmed by", "confirmed on")
COLUMNS = (*_HEAD, "in the declared environment", "shown by", *_PEOPLE)
_WORDS = {True: "yes", False: "no: account data outside of it", None: ""}


def write(evidence: Evidence) -> bytes:
    """UTF-8. A row for each item; empty is what nobody said or what cannot be seen."""
    return table(COLUMNS, (_row(item, evidence.profile) for item in evidence.account_data))


def _row(item: AccountDataItem, profile: Profile) -> list[object]:
    return [
        *(item.kind, item.store, ", ".join(item.elements), item.place.path, item.place.span.line),
        *(item.unreadable, ", ".join(item.violations), item.retention),
        *(environment(item, profile), item.source, item.purpose, "", "", ""),
    ]


def environment(item: AccountDataItem, profile: Profile) -> str:
    """Whether the place is in the declared cardholder data environment; "" where none is declared by paths."""
    return _WORDS[profile.in_cde(item.place.path)]
