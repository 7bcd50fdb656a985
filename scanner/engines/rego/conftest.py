"""Rules written for conftest on one document, as conftest asks them.

`deny`, `violation`, `warn` (and `deny_<name>`, ...) hold messages: texts, or objects with `msg` and whatever else. A
rule that `exception` names for this document says nothing about it, which is kept as a check that is unknown. There is
no pass: such a rule does not tell what it is about.

Where a message points: to the line its `_loc` gives, else to the one thing of the document that it names (by an address
such as `aws_s3_bucket.logs`, or by a name in quotes that only that has), else to the document's header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scanner.engines.rego import RegoEngine, conftest_text
from scanner.engines.rego.backend import Backend, RuleEvaluationError
from scanner.engines.rego.unit_input import value_json
from scanner.errors import RuleError
from scanner.model import Check, Hit, Json, Place, Problem, Report, Rule, Severity, Span, Status
from scanner.text import Source

_SEVERITIES = {severity.value: severity for severity in Severity} | {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "informational": Severity.INFO,
}
_QUOTED = re.compile(r"""(["'`\[])([^"'`\[\]\s]{1,200})["'`\]]""")
_ADDRESS = re.compile(r"(?<![\w.-])[A-Za-z][\w-]*(?:\.[A-Za-z_][\w-]*)+")
_TEXTS = 50


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed document. `id`: what checks call it; `header`: what it is named by, or where it begins.

    `named`: address or name -> the places of what is called so.
    """

    id: str
    source: Source
    data: Json
    header: Place
    named: Mapping[str, tuple[Place, ...]]


class ConftestEngine:
    """An engine that has loaded modules written for conftest (source -> text), in a worker or on an OPA server."""

    def __init__(self, modules: Mapping[str, str], *, opa_url: str | None = None, allow_remote: bool = False) -> None:
        """Raises what RegoEngine does; RuleError also for what only conftest has."""
        try:
            self._engine = RegoEngine(
                conftest_text.fit(modules), {}, opa_url=opa_url, allow_remote=allow_remote, guard=True
            )
        except RuleError as error:
            raise conftest_text.explained(error, modules) from None

    def check(self, document: Document, rules: Iterable[Rule]) -> Report:
        """What the rules say about a document. Raises EngineError when the engine as a whole is unusable."""
        return check(document, rules, self._engine.backend)

    def close(self) -> None:
        """Gives back what was taken. Raises EngineError for what a server keeps."""
        self._engine.close()


def check(document: Document, rules: Iterable[Rule], backend: Backend) -> Report:
    """What the rules say about a document. One that fails is an error of its own.

    Raises EngineError when the backend as a whole is unusable.
    """
    backend.set_input(value_json(document.data))
    hits: set[Hit] = set()
    checks, problems = [], []
    for rule in sorted(rules, key=lambda rule: rule.id):
        try:
            said = _messages(rule, document, backend)
            is_exempt = bool(said) and _is_exempt(rule, backend)
        except RuleEvaluationError as failure:
            checks.append(Check(rule.id, document.id, Status.ERROR, str(failure)))
            problems.append(Problem(document.source.path, f"rule {rule.id} failed: {failure}"))
            continue
        if is_exempt:
            checks.append(Check(rule.id, document.id, Status.UNKNOWN, "an `exception` of its package exempts this"))
        elif said:
            checks.append(Check(rule.id, document.id, Status.FAIL))
            hits |= said
    order = sorted(hits, key=lambda hit: (hit.place, hit.rule, hit.message, hit.severity.rank if hit.severity else 0))
    return Report(tuple(order), tuple(checks), tuple(problems))


def _messages(rule: Rule, document: Document, backend: Backend) -> set[Hit]:
    package, _, name = rule.id.rpartition(".")
    value = backend.evaluate(package, name)
    if value is None:
        return set()
    if not isinstance(value, list):
        raise RuleEvaluationError(f"{name} holds no messages: write `{name} contains msg if {{ ... }}`")
    return {_hit(rule, name, item, document) for item in value if item != ""}


def _hit(rule: Rule, name: str, item: Json, document: Document) -> Hit:
    details = {"msg": item} if isinstance(item, str) else item
    message = details.get("msg") if isinstance(details, dict) else None
    if not isinstance(message, str):
        raise RuleEvaluationError(f"{name}: every message must be a text, or an object with a text under msg")
    return Hit(rule.id, _place(message, details, document), message, severity=_severity(details))


def _is_exempt(rule: Rule, backend: Backend) -> bool:
    package, _, name = rule.id.rpartition(".")
    value = backend.evaluate(package, "exception")
    if value is None:
        return False
    if not isinstance(value, list) or not all(isinstance(names, list) for names in value):
        raise RuleEvaluationError("exception must be a set of lists of names")
    return any(name.partition("_")[2] in names for names in value)


def _severity(details: Mapping[str, Json]) -> Severity | None:
    """What a message says about itself, there or in the mappings such objects keep it in."""
    for inner in (details, details.get("metadata"), details.get("details")):
        word = inner.get("severity") if isinstance(inner, dict) else None
        if isinstance(word, str) and word.lower() in _SEVERITIES:
            return _SEVERITIES[word.lower()]
    return None


def _place(message: str, details: Mapping[str, Json], document: Document) -> Place:
    written = _written(details.get("_loc"), document)
    if written:
        return written
    texts = list(_texts({key: value for key, value in details.items() if key != "msg"}))[:_TEXTS]
    words = [match[2] for match in _QUOTED.finditer(message)][:_TEXTS] + texts
    addresses = {match[0] for text in (message, *texts) for match in _ADDRESS.finditer(text)}
    addresses |= {f"{kind}.{name}" for kind in words for name in words}
    for names in (addresses, set(words)):
        found = (document.named.get(name, ()) for name in names)
        places = {places[0] for places in found if len(places) == 1} - {document.header}
        if len(places) == 1:
            return places.pop()
    return document.header


def _written(location: Json, document: Document) -> Place | None:
    """The line that conftest's own `_loc` names, if it is one of this file."""
    if not isinstance(location, dict):
        return None
    line, file, source = location.get("line"), location.get("file", ""), document.source
    if isinstance(line, bool) or not isinstance(line, int) or not 1 <= line <= source.line_count:
        return None
    if not isinstance(file, str) or (file and not f"/{source.path}".endswith(f"/{file}")):
        return None
    return Place(source.path, Span(line, 1, line, len(source.line(line)) + 1))


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
