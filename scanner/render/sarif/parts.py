"""The small pieces SARIF objects are made of."""

from __future__ import annotations

import re
from urllib.parse import quote

from scanner.model import Json, Place

ROOT = "%SRCROOT%"
_LONE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def message(text: str) -> Json:
    """A message object; its text may not be empty."""
    return {"text": text or "no details"}


def artifact(path: str) -> Json:
    """Where a file is: relative to the scan root, percent-encoded byte by byte, so that even odd paths stay true."""
    name = _LONE.sub("\ufffd", path).encode("utf-8", errors="surrogateescape")
    return {"uri": quote(name, safe="/"), "uriBaseId": ROOT}


def physical(place: Place, snippet: str) -> Json:
    """A place with all four numbers, kept to its first line, with the text it covers and the line around that.

    GitHub shows an alert on a pull request only if all lines of its region are in the diff.
    """
    span, first = place.span, snippet.split("\n", 1)[0]
    line, column = max(1, span.line), max(1, span.column)
    end = max(column, len(first) + 1 if span.end_line > span.line else span.end_column)
    covered = first[column - 1 : end - 1] if end - 1 <= len(first) else ""
    region: dict[str, Json] = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": end}
    location: dict[str, Json] = {"artifactLocation": artifact(place.path), "region": region}
    if covered:
        region["snippet"] = message(covered)
    if first and first != covered:
        location["contextRegion"] = {"startLine": line, "snippet": message(first)}
    return location
