"""What tests of trees ask of Json values."""

from __future__ import annotations

import json

from scanner.model import Json, Keys


def paths(value: Json, at: Keys = ()) -> dict[Keys, Json]:
    """Every path into a Json value with what is there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at: value} | {keys: got for key, one in inner for keys, got in paths(one, (*at, key)).items()}


def same(left: Json, right: Json) -> bool:
    """Equal, with the same types: for Python 1 == True == 1.0."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
