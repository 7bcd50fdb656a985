"""Looks for account data in what the scanner left behind, however it is written there."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_SHORTEST = 12
_JOINTS = re.compile(r"[^\w*]|_")
_DIGITS = re.compile(rf"[0-9]{{{_SHORTEST},}}")
_ESCAPED = re.compile(r"\\u00(3[0-9])|\\x(3[0-9])")


def cards_in(texts: Iterable[str], cards: Iterable[str]) -> set[str]:
    """The cards of which 12 digits in a row stand somewhere in the texts, whatever stands between the digits."""
    parts = {card[at : at + _SHORTEST]: card for card in cards for at in range(len(card) - _SHORTEST + 1)}
    return {
        parts[part]
        for text in texts
        for view in _views(text)
        for run in _DIGITS.findall(view)
        for at in range(len(run) - _SHORTEST + 1)
        if (part := run[at : at + _SHORTEST]) in parts
    }


def _views(text: str) -> Iterator[str]:
    """The text in ASCII digits and letters, as written and decoded."""
    escaped = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
    for view in dict.fromkeys((text, escaped, unquote(text), unescape(text))):
        if sum(map(view.count, "0123456789")) < _SHORTEST and view.isascii():
            continue
        plain = view if view.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in view)
        yield _JOINTS.sub("", plain)


def codes_in(texts: Iterable[str], codes: Iterable[str]) -> set[tuple[str, str]]:
    """(code, text) for the codes that stand by themselves in a text."""
    wanted = set(codes)
    return {
        (code, text) for text in texts for code in re.findall(r"(?<![\d*.])\d{3,12}(?![\d*])", text) if code in wanted
    }


def strings(value: Any) -> Iterator[str]:
    """All strings of a Json value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def kept(cache: Path) -> list[tuple[str, list[str]]]:
    """What a cache folder holds: (file, its bytes as text and all strings of what is packed in it)."""
    files = [path for path in cache.rglob("*") if path.is_file() and path.name != "key"]
    return [(path.name, [path.read_bytes().decode("utf-8", "replace"), *_packed(path)]) for path in files]


def results(cache: Path) -> list[str]:
    """The strings of all results kept, but for digests."""
    with sqlite3.connect(cache / "cache.sqlite3") as database:
        rows = database.execute("select value from results").fetchall()
    texts = {text for (value,) in rows for text in strings(json.loads(value))}
    return sorted(text for text in texts if not re.fullmatch(r"(?:[\d.]+:)?[0-9a-f]{32,}", text))


def _packed(path: Path) -> list[str]:
    if path.suffix == ".json":
        return list(strings(json.loads(path.read_bytes())))
    if path.suffix != ".sqlite3":
        return []
    with sqlite3.connect(path) as database:
        rows = database.execute("select files from manifest").fetchall()
    return [*results(path.parent), *(text for (files,) in rows for text in strings(json.loads(zlib.decompress(files))))]
