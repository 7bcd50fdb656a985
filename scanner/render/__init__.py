"""From a ScanResult to a report. A renderer is a module (or package) with one pure function:

    render(result, color, /) -> str     the whole report, ending in a newline; no clock, no environment, no files

It sees the ScanResult and nothing else. Every string in there is masked already, but may hold any character there is.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from scanner.errors import UsageError
from scanner.model import Finding, ScanResult

FORMATS: dict[str, str] = {
    "text": "scanner.render.text",
    "json": "scanner.render.json",
    "sarif": "scanner.render.sarif",
}


class Renderer(Protocol):
    """What a renderer module offers."""

    def render(self, result: ScanResult, color: bool, /) -> str: ...


def render(result: ScanResult, fmt: str, *, color: bool = False) -> str:
    """The report in that format; `color` asks for ANSI colours where the format has any. Raises UsageError."""
    return renderer(fmt).render(result, color)


def renderer(fmt: str) -> Renderer:
    """What makes reports in that format. Raises UsageError."""
    if fmt not in FORMATS:
        raise UsageError(f"no format is called {fmt!r}; there are: {', '.join(FORMATS)}")
    return cast("Renderer", import_module(FORMATS[fmt]))


def headline(result: ScanResult, found: Finding) -> str:
    """What a finding is called: its policy's title, else its rule's, else the policy's id."""
    named = result.policies.get(found.policy) or result.rules.get(found.rule)
    return named.title if named and named.title else found.policy
