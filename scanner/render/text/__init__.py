"""The report developers read in a terminal: findings by file, each explained once, then what that verdict is worth."""

from __future__ import annotations

from scanner.model import ScanResult
from scanner.render.text.findings import findings
from scanner.render.text.ink import Ink
from scanner.render.text.summary import summary


def render(result: ScanResult, color: bool, /) -> str:
    """Text of at most 100 columns, paths aside. With `color` it holds ANSI styles and no other control character."""
    ink = Ink(color)
    return "\n".join([*findings(result, ink), *summary(result, ink)]) + "\n"
