"""Levels -> subjects.

    server         {context, whole, missing, directives, own}
    virtual_host   {context, whole, missing, directives, own, addresses, sections}
    location       {context, whole, missing, directives, own, section, match, server}

`directives`: {name in lower case: [[argument, ...], ...]}, what is in effect; `own`: the names written in this section
itself. `context`: "main", "fragment" or "htaccess". `whole`: the main configuration around it is known. `missing`:
files that are included and not here: what is absent may stand in them. `addresses`: [{"address", "port"}]. `sections`:
[{"section", "match": [argument, ...], "directives"}], the sections in a virtual host, own directives only. A location's
`section` is "location", "directory", "proxy", ..., `server` the address of the subject it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scanner.addresses import unique
from scanner.directives import Budget, Directive, Text, TooMuchError
from scanner.directives.effective import written
from scanner.directives.includes import Files
from scanner.directives.text import NOT_RENDERED
from scanner.inputs.apache import is_main
from scanner.inputs.apache.levels import Level, Reader
from scanner.inputs.apache.parser import BrokenError, defines, is_template, parse
from scanner.model import Json, Keys, Place, Problem, Subject, Unit, is_unknown, unknown
from scanner.text import Source

_TYPES = {"virtualhost": "virtual_host"}
_ADDRESS = re.compile(r"(?P<host>\[[^\]]*\]|[^:\[\]]*)(?::(?P<port>\d{1,5}|\*))?")


def unit(root: str, sources: Mapping[str, Source]) -> Unit:
    """Everything the files say, and what could not be read."""
    problems: list[Problem] = []
    texts = {path: Text(source) for path, source in sorted(sources.items())}
    defined: dict[str, str] = {}
    for text in texts.values():
        defined |= defines(text)
    parsed: dict[str, list[Directive]] = {}
    for path, text in texts.items():
        parsed[path], found = _parsed(text, defined)
        problems += found
    unit_id = f"apache:{root}"
    subjects: list[Subject] = []
    context = "main" if is_main(sources[root]) else "htaccess" if root.endswith(".htaccess") else "fragment"
    try:
        budget = Budget()
        levels = list(Reader(root, parsed, Files(sources), budget).levels())
        subjects = _Subjects(unit_id, levels, budget, context).made()
    except TooMuchError:
        problems.append(Problem(root, "settings are inherited by too many sections: not analysed"))
    return Unit(unit_id, "apache", tuple(sorted(sources)), tuple(subjects), tuple(problems))


def _parsed(text: Text, defined: Mapping[str, str]) -> tuple[list[Directive], list[Problem]]:
    try:
        return parse(text, defined), []
    except BrokenError as error:
        template = is_template(text.text)
        message = NOT_RENDERED if template else f"not valid Apache configuration: {error}"
        return [], [Problem(text.path, message, fatal=not template, line=error.line)]


class _Subjects:
    """The subjects of one unit."""

    def __init__(self, unit_id: str, levels: Sequence[Level], budget: Budget, context: str) -> None:
        self._unit, self._levels, self._budget, self._context = unit_id, levels, budget, context
        self._taken: dict[str, int] = {}
        self._addresses: dict[int, str] = {}
        self._inside: dict[int, list[Level]] = {}
        for level in levels:
            if level is not level.server:
                self._inside.setdefault(id(level.server), []).append(level)

    def made(self) -> list[Subject]:
        """Those that have directives of their own."""
        return [self._made(level) for level in self._levels if level.settings.own]

    def _made(self, level: Level) -> Subject:
        directive = level.directive
        if directive is None:
            return self._subject(level, "server", "server", {}, {})
        if directive.name == "virtualhost":
            return self._virtual_host(level, directive)
        match = [word.value for word in directive.words]
        server = self._addresses.get(id(level.server), "server")
        name = " ".join(word.text or "?" for word in directive.words)
        config = {"section": directive.name, "match": match, "server": server}
        return self._subject(level, f"{server}/{directive.name}/{name}", name, config, {})

    def _virtual_host(self, level: Level, directive: Directive) -> Subject:
        names = [word.text for one in level.settings.own.get("servername", ()) for word in one.words[:1] if word.text]
        addresses = [_address(word.value) for word in directive.words]
        sections: list[Json] = []
        places: dict[Keys, Place] = {("addresses", at): word.place for at, word in enumerate(directive.words)}
        for inner in self._inside.get(id(level), ()):
            if inner.directive is None:
                continue
            below: Keys = ("sections", len(sections))
            found, more = written(inner.settings.own, (*below, "directives"))
            match = [word.value for word in inner.directive.words]
            sections.append({"section": inner.directive.name, "match": match, "directives": found})
            places |= {below: inner.directive.head, **more}
        port = next((one["port"] for one in addresses if not is_unknown(one)), "")
        name = names[0] if names else f"*:{port}"
        config = {"addresses": addresses, "sections": sections}
        return self._subject(level, f"virtual_host/{name}:{port}", name, config, places)

    def _subject(
        self, level: Level, address: str, name: str, config: dict[str, Json], places: dict[Keys, Place]
    ) -> Subject:
        address = unique(address, self._taken)
        self._addresses[id(level)] = address
        settings, more = level.settings.config(self._budget)
        around = {
            "context": self._context,
            "whole": self._context == "main",
            "missing": sorted(set(level.missing)),
        }
        head = level.directive.place if level.directive else next(iter(level.settings.own.values()))[0].head
        kind = _TYPES.get(level.directive.name, "location") if level.directive else "server"
        everything = {**around, **settings, **config}
        return Subject(f"{self._unit}:{address}", kind, name, address, head, everything, {**more, **places})


def _address(value: Json) -> Json:
    """An address of <VirtualHost>: {"address": "*", "port": "443"}, a port of "" for any."""
    if is_unknown(value):
        return value
    match = _ADDRESS.fullmatch(value)
    if match is None:
        return unknown(f"`{value}` is no address")
    port = match["port"] or ""
    return {"address": match["host"], "port": "" if port == "*" else port}
