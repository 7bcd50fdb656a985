"""Go: go.mod. go.sum also lists modules that are only looked at, so it is no inventory and is not read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.evidence.inventories.software.rows import Reading, Row, purl
from scanner.evidence.model import SoftwareItem

_LINE = re.compile(r"(\S+)[ \t]+(v\S+)")


def module(reading: Reading) -> Iterator[Row]:
    """The module itself and what it requires, replacements put in."""
    required: list[tuple[int, str, str]] = []
    replaced: dict[str, tuple[str, str]] = {}
    block = ""
    for number, written in enumerate(reading.source.text.splitlines(), 1):
        line = written.partition("//")[0].strip()
        if line == ")":
            block = ""
        elif line.endswith("("):
            block = line[:-1].strip()
        elif line:
            word, _, rest = (block, "", line) if block else line.partition(" ")
            rest = rest.strip().replace('"', "")
            if word == "module":
                yield Row("", SoftwareItem(rest, "", purl("golang", rest), reading.line(number), bespoke=True))
            elif word == "require":
                match = _LINE.fullmatch(rest)
                if match:
                    required.append((number, match[1], match[2]))
                else:
                    reading.limit("a requirement that cannot be read", number)
            elif word == "replace":
                old, _, new = rest.partition("=>")
                name, _, version = new.strip().partition(" ")
                replaced[" ".join(old.split())] = (name, version.strip())
    for number, name, version in required:
        name, version = replaced.get(f"{name} {version}") or replaced.get(name) or (name, version)  # noqa: PLW2901 - what is built
        if not name.startswith(("./", "../", "/")):
            yield Row(name, SoftwareItem(name, version, purl("golang", name, version), reading.line(number)))
