"""The line fingerprint GitHub code scanning tracks alerts by: `primaryLocationLineHash`, as CodeQL computes it.

GitHub recognises an alert again after edits elsewhere if tools agree on this value, so it has to be the same bit for
bit as what `github/codeql-action` (src/fingerprints.ts) would add by itself; our own fingerprint is a separate one.

The hash of a line is a polynomial (base 37, modulo 2**64) over the `WINDOW` characters that follow the line's start,
where a character is a UTF-16 code unit, spaces and tabs are left out, every line end counts as one "\\n", and the end
of the file is the unit 0xFFFF followed by zeros. Equal hashes in a file are numbered: "<hex>:1", "<hex>:2".

An unkeyed hash of a line gives a card number away whose first six and last four digits are known: callers pass MASKED
text, always.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection
from itertools import accumulate
from operator import mul
from sys import byteorder

WINDOW = 100
_BASE = 37
_MODULUS = 2**64
_POWERS = tuple(pow(_BASE, exponent, _MODULUS) for exponent in reversed(range(WINDOW)))
_END = "\uffff"
_LINE_END = re.compile(r"\r\n?")
_BLANK = re.compile(r"[ \t]+")
_LONE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
_UTF16 = "utf-16-le" if byteorder == "little" else "utf-16-be"


def hashes_of_lines(text: str, lines: Collection[int]) -> dict[int, str]:
    """The hashes of these lines (1-based; those past the end are left out).

    Lines end at "\\n", "\\r\\n" or "\\r"; a text that ends in one has an empty last line. Bytes that were no UTF-8
    (surrogate escapes) count as U+FFFD, a byte order mark counts as text.
    Lines with the same window have the same hash, so only windows of wanted lines are hashed and counted.
    """
    plain = _plain(text)
    units = plain.encode(_UTF16)
    starts = [0, *accumulate(_size(line) + 2 for line in plain.split("\n"))][:-1]
    wanted = {starts[line - 1]: line for line in lines if 0 < line <= len(starts)}
    values = {window: _value(window) for window in {units[start : start + 2 * WINDOW] for start in wanted}}
    seen: Counter[int] = Counter()
    hashes = {}
    for start in starts:
        value = values.get(units[start : start + 2 * WINDOW])
        if value is not None:
            seen[value] += 1
            if start in wanted:
                hashes[wanted[start]] = f"{value:x}:{seen[value]}"
    return hashes


def _plain(text: str) -> str:
    """The characters that count: no blanks, one kind of line end, the end mark."""
    plain = _BLANK.sub("", _LINE_END.sub("\n", text))
    if not plain.isascii():
        plain = _LONE.sub("\ufffd", plain).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return plain + _END


def _size(line: str) -> int:
    """Bytes of a line in UTF-16."""
    return 2 * len(line) if line.isascii() else len(line.encode(_UTF16))


def _value(window: bytes) -> int:
    """The polynomial; a window cut short by the end of the file is as good as filled up with zeros."""
    total: int = sum(map(mul, array("H", window), _POWERS))
    return total % _MODULUS
