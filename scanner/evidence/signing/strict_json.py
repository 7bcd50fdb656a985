"""JSON that means one thing to every reader."""

from __future__ import annotations

import json

from scanner.model import Json


def loads(content: bytes) -> Json:
    """Raises ValueError for what is no JSON in UTF-8, and for a key that is there twice: readers take either."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, RecursionError):
        raise ValueError("is no JSON in UTF-8") from None
    except json.JSONDecodeError:
        raise ValueError("is no JSON") from None


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("has a key twice")
    return made
