"""A new entry for a finding, with blanks that no reader accepts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scanner.model import Finding, WaiverType
from scanner.waivers.read import WORKSHEETS

_TODO = "TODO"


def draft(found: Finding, kind: WaiverType) -> str:
    """An item of the list `waivers`, as YAML."""
    return "".join(f"{line}\n" for line in _lines(found, kind))


def _lines(found: Finding, kind: WaiverType) -> Iterator[str]:
    about = [f"{framework}:{name}" for framework, names in sorted(found.controls.items()) for name in names]
    yield f"  - id: {_TODO}"
    yield f"    type: {kind.value}"
    yield f"    policy: {found.policy}"
    yield f"    fingerprint: {found.fingerprint}  # {json.dumps(found.place.path)}, line {found.place.span.line}"
    yield f"    requirements: {json.dumps(about)}"
    for key, asks in (
        ("justification", "why it may stay"),
        ("owner", "Name <name@example.org>"),
        ("approver", "Name <name@example.org>, neither the owner nor who writes this"),
        ("approved_at", "the day, as in 2027-03-31"),
        ("expires", "at most a year later"),
        ("ticket", "where it was decided"),
    ):
        yield f"    {key}: {_TODO}  # {asks}"
    if kind in WORKSHEETS:
        yield "    worksheet:"
        yield from (f"      {key}: {_TODO}" for key in WORKSHEETS[kind])
