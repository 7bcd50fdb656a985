"""Which libraries some rules use, directly or through others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_PACKAGE = re.compile(r"^package[ \t]+paylint\.(\w+)", re.MULTILINE)
_USED = re.compile(r"\bdata\.paylint\.(\w+)")


def needed(rules: Iterable[str], libraries: Mapping[str, str]) -> dict[str, str]:
    """Of the libraries (source -> text) those that the rules' texts name, and those that these name."""
    by_name: dict[str, list[str]] = {}
    for source, text in libraries.items():
        package = _PACKAGE.search(text)
        by_name.setdefault(package[1] if package else "", []).append(source)
    found: set[str] = set(by_name.get("", ()))
    waiting = [*rules, *(libraries[source] for source in found)]
    while waiting:
        for name in set(_USED.findall(waiting.pop())):
            new = [source for source in by_name.get(name, ()) if source not in found]
            found.update(new)
            waiting += [libraries[source] for source in new]
    return {source: text for source, text in libraries.items() if source in found}
