"""A unit as the JSON that rules see.

Card numbers are masked in it, for both backends alike: with an OPA server the input leaves the process, and both must
give the same findings. So what a rule names (a subject's id, a key in a path) may be a masked form, and is found back
here. Masked as well are the few values JSON or one of the engines cannot carry: lone surrogates, NaN, numbers beyond
64 bits. An ordinary unit holds none of all that, and costs one search over its JSON text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.model import Json, Subject, Unit

_LONG = re.compile(r"\d(?:\D*\d){11}")
_LONG_IN_JSON = re.compile(r"\d(?:(?:[^\d\"\\]|\\.)*\d){11}")  # without a quote in between
_BIG = 10**11


@dataclass(frozen=True, slots=True)
class UnitInput:
    """`text`: the JSON for a backend. `subjects`: the unit's subjects by the ids that rules see."""

    text: str
    subjects: Mapping[str, Subject]


def input_json(unit: Unit) -> UnitInput:
    """What rules see of a unit: `input.unit` and `input.<kind>.<type>[_]`."""
    ids = shown_keys(subject.id for subject in unit.subjects)
    document = _document(unit, ids)
    try:
        text = _dumps(document)
        if not _LONG_IN_JSON.search(text) and _is_unicode(text):
            return UnitInput(text, {subject.id: subject for subject in unit.subjects})
    except ValueError:  # NaN or an infinity
        pass
    return UnitInput(_dumps(shown(document)), {ids[subject.id]: subject for subject in unit.subjects})


def value_json(value: Json) -> str:
    """Any value as the JSON that rules see."""
    try:
        text = _dumps(value)
        if not _LONG_IN_JSON.search(text) and _is_unicode(text):
            return text
    except ValueError:  # NaN or an infinity
        pass
    return _dumps(shown(value))


def _document(unit: Unit, ids: Mapping[str, str]) -> Json:
    types: dict[str, list[Json]] = {}
    for subject in unit.subjects:
        types.setdefault(subject.type, []).append(
            {
                "id": ids[subject.id],
                "name": subject.name,
                "address": subject.address,
                "type": subject.type,
                "path": subject.header.path,
                "config": subject.config,
                "refs": {path: list(addresses) for path, addresses in subject.refs.items()},
            }
        )
    return {"unit": {"id": unit.id, "kind": unit.kind, "alone": unit.alone}, unit.kind: types}


def _dumps(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(value: Json) -> Json:
    """A value as rules see it."""
    if isinstance(value, str):
        return shown_text(value)
    if isinstance(value, dict):
        keys = shown_keys(value)
        return {keys[key]: shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shown(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _shown_number(value)
    return value


def shown_text(text: str) -> str:
    """A string as rules see it."""
    if _LONG.search(text):
        from scanner.masking import mask

        text = mask(text)
    return text if _is_unicode(text) else text.encode("utf-8", "replace").decode()


def _shown_number(number: int | float) -> Json:
    if not math.isfinite(number):
        return str(number)
    if abs(number) < _BIG or number != int(number):
        return number
    digits = str(int(number))
    masked = shown_text(digits)
    return number if masked == digits and -(2**63) <= number < 2**63 else masked


def shown_keys(keys: Iterable[str]) -> dict[str, str]:
    """Keys as rules see them, still distinct, by what they are."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        text = shown_text(key)
        while text in taken:
            text += "~"
        taken.add(text)
        found[key] = text
    return found
