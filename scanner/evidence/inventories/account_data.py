"""Where account data is (PCI DSS v4.0.1, 12.5.2; the table of stored data of 3.2 to 3.5): columns and fields by what
their names mean, and findings.

What an inventory reports is a name that may mean account data; here is decided whether it does, by the vocabulary all
rules share. A name without its words of protection ("pan" of `pan_ciphertext`) says what is protected, these say how.
Expiration dates, names and service codes are account data beside a card number only: rows of their own they are where
the same store has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from scanner.bundled import bundled
from scanner.evidence.inventories.account_data_names import Meaning, meaning
from scanner.evidence.inventories.account_data_protection import fits, retention, unreadable
from scanner.evidence.model import AccountDataItem
from scanner.model import Finding, Observed, Place, ScanResult, Severity
from scanner.setting_names import is_test
from scanner.vocabulary import Vocabulary, load

INVENTORY = "account_data"
KINDS = ("stored", "processed", "transmitted")
_TYPE = re.compile(r"[A-Z]\w+")
_BESIDE_A_CARD = frozenset(("cardholder_name", "expiration_date", "service_code"))


class _Told(NamedTuple):
    """What a finding says of the place. `elements`: () where it does not say which; `store`: what it is, "" unsaid."""

    kind: str
    elements: tuple[str, ...]
    store: str = ""


_FINDINGS: Mapping[str, _Told] = {
    "account_data_in_telemetry": _Told("transmitted", (), "telemetry"),
    "card_form_on_own_page": _Told("processed", ("pan",), "form of the page"),
    "card_number_in_files": _Told("stored", ("pan",), "this file"),
    "pan_in_error_message": _Told("transmitted", ("pan",), "error message"),
    "pan_in_message": _Told("transmitted", ("pan",), "message to people"),
    "pan_in_url": _Told("transmitted", ("pan",), "address (URL)"),
    "pan_logged": _Told("stored", ("pan",), "log"),
    "pan_overdisplayed": _Told("processed", ("pan",), "display"),
    "pan_stored_in_clear": _Told("stored", ("pan",)),
    "pan_unkeyed_hash": _Told("processed", ("pan",), "unkeyed hash"),
    "pin_stored": _Told("stored", ("pin",)),
    "sad_logged": _Told("stored", (), "log"),
    "track_data_stored": _Told("stored", ("track",)),
    "verification_code_stored": _Told("stored", ("verification_code",)),
}


def items(result: ScanResult) -> tuple[AccountDataItem, ...]:
    """Sorted by kind, store and place. Findings with an inline ignore or a waiver are rows too: an exception removes
    no data.
    """
    vocabulary = _vocabulary()
    read = [row for seen in result.observed if seen.inventory == INVENTORY for row in _read(seen, vocabulary)]
    rows = _once(_beside_cards(read))
    return tuple(sorted(_with_findings(rows, result.findings), key=_order))


def _order(item: AccountDataItem) -> tuple[object, ...]:
    return KINDS.index(item.kind), item.store.lower(), item.place, item.elements, item.source


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return load((bundled("rules") / "vocabulary" / "account_data.yaml").read_text("utf-8"))


def _read(seen: Observed, vocabulary: Vocabulary) -> Iterator[AccountDataItem]:
    said = seen.values
    meant = _meant(said, vocabulary)
    if meant is None or not fits(meant, said) or is_test(seen.place.path) or not _kept(meant, said):
        return
    yield AccountDataItem(
        kind=said.get("kind", "processed"),
        store=".".join(filter(None, (_named(said, "store"), _named(said, "field")))),
        elements=(meant.element,),
        place=seen.place,
        unreadable=unreadable(meant, said),
        retention=retention(said),
        source=seen.rule,
    )


def _named(said: Mapping[str, str], what: str) -> str:
    """Without the marks of a literal: Ruby's `:cards`, quotes."""
    return said.get(what, "").strip(":\"'`")


def _meant(said: Mapping[str, str], vocabulary: Vocabulary) -> Meaning | None:
    """By its name, else by its type: `code: VerificationCode`. Types of stored columns are the database's."""
    store = _named(said, "store")
    meant = meaning(store, _named(said, "field"), vocabulary)
    if meant is None and said.get("kind") == "processed" and (name := _TYPE.match(said.get("type", ""))):
        meant = meaning(store, name[0], vocabulary)
    return meant


def _kept(meant: Meaning, said: Mapping[str, str]) -> bool:
    """A whole card in one value is one where it is stored and protected: `card` alone may be a reference to one."""
    return meant.element != "card" or (said.get("kind") == "stored" and bool(meant.protected))


def _beside_cards(rows: Iterable[AccountDataItem]) -> Iterator[AccountDataItem]:
    every = list(rows)
    with_cards = {_store(row) for row in every if not _BESIDE_A_CARD.intersection(row.elements)}
    return (row for row in every if _store(row) in with_cards or not _BESIDE_A_CARD.intersection(row.elements))


def _store(row: AccountDataItem) -> tuple[str, str]:
    return row.place.path, row.store.rpartition(".")[0].lower()


def _once(rows: Iterable[AccountDataItem]) -> list[AccountDataItem]:
    """One for a line and a name; what a field of a stored model is, is not said once more of its class."""
    found: dict[tuple[str, int, str], AccountDataItem] = {}
    stored: set[tuple[str, str]] = set()
    for row in sorted(rows, key=_order):
        path, name = row.place.path, row.store.lower()
        if row.kind == "stored":
            stored.add((path, name))
        if row.kind == "stored" or (path, name) not in stored:
            found.setdefault((path, row.place.span.line, name), row)
    return list(found.values())


def _with_findings(rows: Iterable[AccountDataItem], findings: Iterable[Finding]) -> Iterator[AccountDataItem]:
    """Rows that findings speak about say so; what no row tells is a row of its own, one for a line and kind."""
    left: dict[tuple[str, int, _Told], list[Finding]] = {}
    for found in findings:
        if found.policy in _FINDINGS and not _published(found):
            left.setdefault((*_line(found.place), _FINDINGS[found.policy]), []).append(found)
    told_of: set[tuple[str, int, _Told]] = set()
    for row in rows:
        keys = ((*_line(row.place), told) for told in _FINDINGS.values())
        here = [key for key in keys if key in left and _about(key[2], row)]
        told_of.update(here)
        yield row._replace(violations=_rules(found for key in here for found in left[key]))
    for key, alone in left.items():
        if key not in told_of:
            told, rules = key[2], _rules(alone)
            source = f"finding of {', '.join(rules)}"
            place = min(found.place for found in alone)
            yield AccountDataItem(told.kind, told.store, told.elements, place, source=source, violations=rules)


def _published(found: Finding) -> bool:
    """A published test number: nobody's card."""
    return found.policy == "card_number_in_files" and found.severity is Severity.INFO


def _line(place: Place) -> tuple[str, int]:
    return place.path, place.span.line


def _about(told: _Told, row: AccountDataItem) -> bool:
    return told.kind == row.kind and (not told.elements or bool(set(told.elements).intersection(row.elements)))


def _rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({found.rule for found in findings}))
