"""Where a Python file holds text and no code: comments, and strings without interpolation."""

from __future__ import annotations

import re
from bisect import bisect_right

_QUOTED = (
    rb'(?:"""(?:[^"\\]|\\.|"(?!""))*"""'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    rb'|"(?!"")(?:[^"\\\n]|\\.)*"'
    rb"|'(?!'')(?:[^'\\\n]|\\.)*')"
)
_TOKEN = re.compile(
    rb"#[^\n]*"
    rb"|(?<![A-Za-z0-9_])(?:[rRbBuU]|[bB][rR]|[rR][bB])?"
    + _QUOTED
    + rb"|(?P<format>(?<![A-Za-z0-9_])(?:[fFtT][rR]?|[rR][fFtT])"
    + _QUOTED
    + rb")(?P<odd>\w?)",
    re.DOTALL,
)


class Prose:
    """The comments and plain strings of a Python file's text; none where quotes within quotes leave it open."""

    def __init__(self, text: bytes) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for token in _TOKEN.finditer(text):
            if token["format"] is None:
                self._starts.append(token.start())
                self._ends.append(token.end())
            elif token["odd"] or token["format"].count(b"{") != token["format"].count(b"}"):
                self._starts, self._ends = [], []
                return

    def holds(self, start: int, end: int) -> bool:
        """Whether these bytes are part of a text, and not the whole of one."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and start > self._starts[at] and end <= self._ends[at]
