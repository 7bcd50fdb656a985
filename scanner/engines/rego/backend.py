"""What a Rego backend offers: the embedded engine, an OPA server, or the former in a guarded worker process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeAlias

from scanner.errors import EngineError
from scanner.model import Json

Document: TypeAlias = str
"""A rule's name: one of `DOCUMENTS`, or what is asked of a package written for conftest."""

DOCUMENTS = ("applies", "deny", "unknown")
"""The documents of a rule package of ours; `unknown` may be left out."""

_ASKED = re.compile(r"exception|(deny|violation|warn)(_[A-Za-z0-9]+)*", re.ASCII)


def asked(package: str, names: Iterable[str]) -> list[Document]:
    """Which of a package's rules are ever evaluated by name."""
    ours = package.split(".", maxsplit=1)[0] == "paylint"
    return [name for name in sorted(names) if name in DOCUMENTS or (not ours and _ASKED.fullmatch(name))]


class RuleEvaluationError(EngineError):
    """One rule could not be evaluated; the others still can. The message quotes no scanned value."""


class Backend(Protocol):
    """Evaluates rule documents one by one.

    `load` comes first and once, then `set_input` for every unit, `expect` if many questions follow, `evaluate` as often
    as wanted, `close` last.
    """

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Takes all modules (source -> text) and `data`. Raises RuleError for a module that cannot be used."""

    def set_input(self, text: str) -> None:
        """Sets `input`, given as JSON text, for the evaluations that follow. Raises EngineError."""

    def expect(self, packages: Iterable[str]) -> None:
        """Which of our packages will be asked about this input: it may work them out together. Raises EngineError."""

    def evaluate(self, package: str, document: Document) -> Json:
        """The value of `data.<package>.<document>`, a set as a list; None where it is not defined.

        Raises RuleEvaluationError if this rule cannot be evaluated, EngineError if the backend as a whole is unusable.
        """

    def close(self) -> None:
        """Gives back what was taken: processes, policies and data on a server."""


# Where the two engines put a value into a message, as read in their sources and seen in their answers.
_VALUES = (
    (re.compile(r"\.? Got `.*"), ""),
    (re.compile(r"[:,] found value.*"), ""),
    (re.compile(r"CIDR address: .*"), "CIDR address"),
    (re.compile(r"\bparsing (?!regexp).*(?=: )"), "parsing a value"),
    (re.compile(r"multiple outputs(?! for same inputs).*"), "multiple outputs"),
    (re.compile(r'"(?:[^"\\]|\\.)*"?'), "a value"),
)

_BUILTIN_OR_VALUE = re.compile(r"`(?:([a-z0-9_.]+)`(?= (?:expects|requires))|[^`]*`?)")


def without_values(message: str) -> str:
    """The first line of an engine's message without the values of the input that it quotes."""
    line = next((line.strip() for line in message.splitlines() if line.strip()), "")
    for pattern, replacement in _VALUES:
        line = pattern.sub(replacement, line)
    line = _BUILTIN_OR_VALUE.sub(lambda match: match[1] or "a value", line)
    return line.rstrip(" :.") or "no reason given"
