"""Sections -> subjects.

    global                      {directives, own, bind_defaults, server_defaults}
    defaults                    {directives, own}
    frontend, backend, listen   {directives, own, whole, mode, bind, server}
    userlist                    {directives, own}

`directives`: {name: [[argument, ...], ...]}, those of its `defaults` included; the names of some are two words ("option
httplog", "stats auth"). `whole`: there is a `global` section. `bind`: [{"addresses": [{"address", "port"}], "options"}]
and `server`: [{"name", "address", "options"}]; options are {"ssl": true, "verify": "none", ...}, for a server those of
`default-server` included. `bind_defaults`, `server_defaults`: what global's ssl-default-*-options say, likewise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scanner.addresses import unique
from scanner.directives import Budget, Directive, Settings, Text, TooMuchError, Word
from scanner.directives.text import is_readable
from scanner.inputs.haproxy.options import options
from scanner.inputs.haproxy.parser import Section, parse
from scanner.model import Json, Keys, Place, Problem, Subject, Unit, is_unknown, unknown
from scanner.text import Source

_PROXIES = frozenset({"frontend", "backend", "listen"})
_SHOWN = _PROXIES | {"global", "defaults", "userlist"}
_NOT_INHERITED = frozenset({"server", "server-template", "bind", "acl", "use_backend"})
_ADDRESS = re.compile(
    r"(?:(?:ipv4|ipv6|tcp|tcp4|tcp6|quic4|quic6|udp)@)?(?P<host>\[[^\]]*\]|[^\[\]]*?):(?P<port>[0-9-]*)"
)


def unit(root: str, sources: Mapping[str, Source]) -> Unit:
    """Everything the files say, and what could not be read."""
    sections: list[Section] = []
    problems: list[Problem] = []
    for _, source in sorted(sources.items(), key=lambda item: (item[0] != root, item[0])):
        if is_readable(source):
            found, more = parse(Text(source))
            sections += found
            problems += more
    unit_id = f"haproxy:{root}"
    subjects: tuple[Subject, ...] = ()
    try:
        subjects = tuple(_Subjects(unit_id, sections).made())
    except TooMuchError:
        problems.append(Problem(root, "settings are inherited by too many sections: not analysed"))
    return Unit(unit_id, "haproxy", tuple(sorted(sources)), subjects, tuple(problems))


class _Subjects:
    """The subjects of one unit. Sections inherit from the last `defaults` before them, or from the one they name."""

    def __init__(self, unit_id: str, sections: Sequence[Section]) -> None:
        self._unit, self._sections, self._budget = unit_id, sections, Budget()
        self._whole = any(section.head.name == "global" for section in sections)
        self._defaults = Settings()
        self._named: dict[str, Settings] = {}
        self._taken: dict[str, int] = {}

    def made(self) -> list[Subject]:
        return [self._subject(section) for section in self._sections if section.head.name in _SHOWN]

    def _subject(self, section: Section) -> Subject:
        head = section.head
        words = [word.text for word in head.words]
        settings = Settings().below(section.directives, ())
        if head.name == "defaults" or head.name in _PROXIES:
            settings = self._inheriting(section, words)
        name = "" if words[:1] == ["from"] or not words else words[0]
        if head.name == "defaults":
            self._defaults = settings
            self._named[name] = settings
        config, places = settings.config(self._budget)
        if head.name in _PROXIES:
            self._add_proxy(settings, config, places)
        if head.name == "global":
            for key, wanted in (
                ("bind_defaults", "ssl-default-bind-options"),
                ("server_defaults", "ssl-default-server-options"),
            ):
                found = [word for one in settings.own.get(wanted, ()) for word in one.words]
                config[key], more = options(found, (key,))
                places |= more
        address = unique(f"{head.name}/{name}" if name else head.name, self._taken)
        return Subject(f"{self._unit}:{address}", head.name, name, address, head.place, config, places)

    def _inheriting(self, section: Section, words: list[str]) -> Settings:
        base = self._defaults if section.head.name != "defaults" else Settings()
        if "from" in words[:-1]:
            base = self._named.get(words[words.index("from") + 1], base)
        handed = [name for name in base.all() if name not in _NOT_INHERITED]
        return base.below(section.directives, handed)

    def _add_proxy(self, settings: Settings, config: dict[str, Json], places: dict[Keys, Place]) -> None:
        mode = next((one.words[0].value for one in settings.all().get("mode", ()) if one.words), "tcp")
        config |= {"whole": self._whole, "mode": mode, "bind": [], "server": []}
        for one in settings.own.get("bind", ()):
            below: Keys = ("bind", len(config["bind"]))
            found, more = options(one.words[1:], (*below, "options"))
            config["bind"].append({"addresses": _addresses(one), "options": found})
            places |= {below: one.place, **more}
        shared = [word for one in settings.all().get("default-server", ()) for word in one.words]
        for one in (*settings.own.get("server", ()), *settings.own.get("server-template", ())):
            skip = 3 if one.name == "server-template" else 2
            if len(one.words) < skip:
                continue
            self._budget.take(()) if not shared else self._budget.take(
                [Directive("", one.head, one.place, tuple(shared))]
            )
            below = ("server", len(config["server"]))
            found, more = options([*shared, *one.words[skip:]], (*below, "options"))
            target: Word = one.words[skip - 1]
            config["server"].append({"name": one.words[0].value, "address": target.value, "options": found})
            places |= {below: one.place, (*below, "address"): target.place, **more}


def _addresses(directive: Directive) -> Json:
    """What a `bind` listens on: [{"address": "" for every address, "port": "443"}]."""
    if not directive.words:
        return []
    value = directive.words[0].value
    if is_unknown(value):
        return unknown("template: not rendered")
    found: list[Json] = []
    for part in value.split(","):
        match = _ADDRESS.fullmatch(part)
        if match is None:
            found.append({"address": part, "port": ""})
        else:
            host = match["host"].strip("[]")
            found.append({"address": "" if host in ("*", "0.0.0.0", "::") else host, "port": match["port"]})  # noqa: S104
    return found
