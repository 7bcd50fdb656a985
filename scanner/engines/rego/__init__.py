"""Rego rules on units: `RegoEngine` picks a backend, loads it, and evaluates.

    backend.py    what a backend offers
    embedded.py   regorus, in this process
    guarded.py    the same in a process that can be killed: for rules that are not our own
    server.py     an OPA server; opa_url.py: which one may be asked, opa_modules.py: the rules as it gets them
    evaluate.py   a unit and its rules -> a report; unit_input.py and places.py help it
    conftest.py   rules written for conftest on a document -> a report; conftest_text.py makes them fit
    builtins.py   what a rule may use of Rego; tokens.py reads it

Both engines get the same input and give the same findings. An `Embedded` may be used on several threads, each of which
then loads an engine of its own; the other backends are for one thread at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from scanner.engines.rego import builtins, evaluate
from scanner.engines.rego.backend import Backend
from scanner.engines.rego.unit_input import shown
from scanner.errors import EngineError
from scanner.model import Json, Report, Rule, Unit


class Options(NamedTuple):
    """What concerns an OPA server only. `groups`: kind of unit -> the packages that are asked about such units."""

    url: str = ""
    allow_remote: bool = False
    known: bool = False
    groups: Mapping[str, Iterable[str]] = MappingProxyType({})


def _embedded(_: Options) -> Backend:
    from scanner.engines.rego.embedded import Embedded

    return Embedded()


def _guarded(options: Options) -> Backend:
    from scanner.engines.rego.guarded import Guarded

    return Guarded(_embedded(options))


def _server(options: Options) -> Backend:
    from scanner.engines.rego.server import Server

    return Server(options.url, options.allow_remote, known=options.known, groups=options.groups)


BACKENDS: dict[str, Callable[[Options], Backend]] = {"embedded": _embedded, "guarded": _guarded, "server": _server}
"""Makes a backend."""


class RegoEngine:
    """A loaded backend. `modules`: source -> text of all rules and libraries. `data`: settings and vocabulary.

    Card numbers in the settings are masked as they are in the input, so that a rule can compare the two.
    """

    def __init__(
        self,
        modules: Mapping[str, str],
        data: Mapping[str, Json],
        *,
        opa_url: str | None = None,
        allow_remote: bool = False,
        guard: bool = False,
        known: bool = False,
        rules: Iterable[Rule] = (),
    ) -> None:
        """Loads everything. With `opa_url` the OPA server there evaluates, else regorus, with `guard` in a worker.

        `known`: these are our own rules. A test has looked at their builtins, which takes as long as to load them, and
        has seen that OPA takes them all. `rules`: those that will be asked, for a server to ask many at once.
        Raises RuleError for a module that cannot be used, UsageError for an address that may not be asked, EngineError
        for a server that cannot be used.
        """
        if not known:
            builtins.check(modules)
        groups: dict[str, list[str]] = {}
        for rule in rules:
            for kind in rule.applies_to:
                groups.setdefault(kind, []).append(f"{evaluate.PACKAGE}.{rule.id}")
        self._backend = BACKENDS["server" if opa_url else "guarded" if guard else "embedded"](
            Options(opa_url or "", allow_remote, known, groups)
        )
        try:
            self._backend.load(modules, {**data, "settings": shown(data.get("settings", {}))})
        except BaseException:
            with contextlib.suppress(EngineError):
                self._backend.close()
            raise

    def check(self, unit: Unit, rules: Iterable[Rule]) -> Report:
        """What the rules say about a unit. Raises EngineError when the backend as a whole is unusable."""
        return evaluate.check(unit, rules, self._backend)

    @property
    def backend(self) -> Backend:
        """The loaded backend."""
        return self._backend

    def close(self) -> None:
        """Gives back processes, and what was sent to a server. Raises EngineError for what a server keeps."""
        self._backend.close()
