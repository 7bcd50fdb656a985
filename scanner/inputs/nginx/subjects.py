"""Levels -> subjects.

    settings  {context, whole, missing, directives, own}: `http` or `stream`, or the top of a file that has neither
    server    {context, whole, missing, directives, own, listen, locations, conditions}
    location  {context, whole, missing, directives, own, match, server, listen}
    upstream  {context, whole, missing, directives, own}

`directives`: {name: [[argument, ...], ...]}, what is in effect; `own`: the names written in this block itself.
`context`: "http", "stream" or "mail". `whole`: the nginx.conf around it is known. `missing`: files that are included
and not here: what is absent may stand in them. `listen`: [{"address", "port", "tls", "proxied"}], with nginx's default
where there is none; `proxied`: whoever connects speaks the PROXY protocol. `locations`, `conditions` (`if`): [{"match":
[argument, ...], "directives"}] of a server, own directives only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scanner.addresses import unique
from scanner.directives import Budget, Directive, Settings, Text, TooMuchError
from scanner.directives.effective import by_name, written
from scanner.directives.includes import Files
from scanner.directives.text import NOT_RENDERED
from scanner.inputs.nginx.levels import Level, Reader
from scanner.inputs.nginx.parser import BrokenError, is_template, parse
from scanner.model import Json, Keys, Place, Problem, Subject, Unit, is_unknown, unknown
from scanner.text import Source

_SHOWN = frozenset(
    {"proxy_pass", "grpc_pass", "uwsgi_pass", "fastcgi_pass", "scgi_pass", "stub_status", "status", "api"}
)
_LISTEN = re.compile(r"(?:(?P<host>\[[^\]]*\]|[^:\[\]]*):)?(?P<port>\d{1,5})|(?P<only>\[[^\]]*\]|[^:\[\]]+)")


def unit(root: str, sources: Mapping[str, Source]) -> Unit:
    """Everything the files say, and what could not be read."""
    problems: list[Problem] = []
    parsed: dict[str, list[Directive]] = {}
    for path, source in sorted(sources.items()):
        parsed[path], found = _parsed(Text(source))
        problems += found
    subjects: list[Subject] = []
    unit_id = f"nginx:{root}"
    try:
        budget = Budget()
        levels = list(Reader(root, parsed, Files(sources), budget).levels())
        subjects = _Subjects(unit_id, levels, budget).made()
    except TooMuchError:
        problems.append(Problem(root, "settings are inherited by too many servers and locations: not analysed"))
    return Unit(unit_id, "nginx", tuple(sorted(sources)), tuple(subjects), tuple(problems))


def _parsed(text: Text) -> tuple[list[Directive], list[Problem]]:
    try:
        return parse(text), []
    except BrokenError as error:
        template = is_template(text.text)
        message = NOT_RENDERED if template else f"not valid nginx configuration: {error}"
        return [], [Problem(text.path, message, fatal=not template, line=error.line)]


class _Subjects:
    """The subjects of one unit."""

    def __init__(self, unit_id: str, levels: Sequence[Level], budget: Budget) -> None:
        self._unit, self._levels, self._budget = unit_id, levels, budget
        self._taken: dict[str, int] = {}
        self._addresses: dict[int, str] = {}
        self._inside: dict[int, list[Level]] = {}
        for level in levels:
            if level.server is not None and level is not level.server:
                self._inside.setdefault(id(level.server), []).append(level)

    def made(self) -> list[Subject]:
        subjects = []
        for level in self._levels:
            directive = level.directive
            if directive is None or directive.name in ("http", "stream", "mail"):
                if level.settings.own:
                    subjects.append(self._subject(level, f"settings/{level.context}", level.context, {}, {}))
            elif directive.name == "server":
                subjects.append(self._server(level))
            elif directive.name == "upstream":
                name = directive.words[0].text if directive.words else ""
                subjects.append(self._subject(level, f"upstream/{name}", name, {}, {}))
            elif not _SHOWN.isdisjoint(level.settings.own):
                subjects.append(self._location(level))
        return subjects

    def _server(self, level: Level) -> Subject:
        listen, places = _listen(level.settings)
        names = [word.text for one in level.settings.own.get("server_name", ()) for word in one.words if word.text]
        config: dict[str, Json] = {"listen": listen, "locations": [], "conditions": []}
        inside = [(inner.directive, inner.settings.own) for inner in self._inside.get(id(level), ())]
        conditions = [(part, by_name(one for one in part.block or () if one.block is None)) for part in level.parts]
        for key, blocks in (("locations", inside), ("conditions", conditions)):
            for directive, own in blocks:
                if directive is None:
                    continue
                below: Keys = (key, len(config[key]))
                found, more = written(own, (*below, "directives"))
                config[key].append({"match": [word.value for word in directive.words], "directives": found})
                places |= {below: directive.head, **more}
        port = listen[0]["port"] if listen and not is_unknown(listen[0]) else ""
        name = names[0] if names else f"*:{port}"
        return self._subject(level, f"server/{name}:{port}", name, config, places)

    def _location(self, level: Level) -> Subject:
        directive = level.directive
        words = directive.words if directive else ()
        match = " ".join(word.text or "?" for word in words)
        server = self._addresses.get(id(level.server), "server")
        listen: list[Json] = _listen(level.server.settings)[0] if level.server else []
        config = {"match": [word.value for word in words], "server": server, "listen": listen}
        return self._subject(level, f"{server}/location/{match}", match, config, {})

    def _subject(
        self, level: Level, address: str, name: str, config: dict[str, Json], places: dict[Keys, Place]
    ) -> Subject:
        address = unique(address, self._taken)
        self._addresses[id(level)] = address
        settings, more = level.settings.config(self._budget)
        whole = {"context": level.context, "whole": level.whole, "missing": sorted(set(level.missing))}
        return Subject(
            f"{self._unit}:{address}",
            _type(level),
            name,
            address,
            level.directive.head if level.directive else next(iter(level.settings.own.values()))[0].head,
            {**whole, **settings, **config},
            {**more, **places},
        )


def _type(level: Level) -> str:
    name = level.directive.name if level.directive else ""
    return name if name in ("server", "location", "upstream") else "settings"


def _listen(settings: Settings) -> tuple[list[Json], dict[Keys, Place]]:
    """What a server listens on. `tls` for `ssl`, `quic`, and the old `ssl on`."""
    old = any(one.words and one.words[0].text == "on" for one in settings.all().get("ssl", ()))
    found: list[Json] = []
    places: dict[Keys, Place] = {}
    for one in settings.own.get("listen", ()):
        places["listen", len(found)] = one.place
        found.append(_address(one, old))
    return found or [{"address": "", "port": 80, "tls": old, "proxied": False}], places


def _address(directive: Directive, old: bool) -> Json:
    if not directive.words or is_unknown(directive.words[0].value):
        return unknown("template: not rendered")
    text = directive.words[0].text
    options = {word.text for word in directive.words[1:]}
    how = {"tls": old or not options.isdisjoint({"ssl", "quic"}), "proxied": "proxy_protocol" in options}
    if text.startswith("unix:"):
        return {"address": text, "port": 0, **how}
    match = _LISTEN.fullmatch(text)
    if match is None:
        return unknown(f"`{text}` is no address")
    return {"address": match["host"] or match["only"] or "", "port": int(match["port"] or 80), **how}
