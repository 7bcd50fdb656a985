"""Rules on one unit: what is violated, what holds, what cannot be known. Knows nothing of the backend behind it.

A rule says which subjects it speaks about (`applies`), which of them violate its policy and where (`deny`), and which
it cannot judge (`unknown`). A subject is unknown as well where the violated value, or one of the paths the rule's
header says it reads, holds a value that cannot be known. pass = applies - deny - unknown: nothing passes because a rule
forgot to speak.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from scanner.engines.rego.backend import Backend, Document, RuleEvaluationError
from scanner.engines.rego.places import NOT_KNOWN, Spot, locate, unknown_at
from scanner.engines.rego.unit_input import input_json
from scanner.model import (
    Check,
    Confidence,
    Hit,
    Json,
    Place,
    Problem,
    Report,
    Rule,
    Severity,
    Status,
    Step,
    Subject,
    Unit,
)

__all__ = ["check", "input_json"]

PACKAGE = "paylint.rules"
"""Where rules live: the rule `p.i` is the package `paylint.rules.p.i`."""

_Choice = TypeVar("_Choice", Confidence, Severity)


def check(unit: Unit, rules: Iterable[Rule], backend: Backend) -> Report:
    """Evaluates each rule that speaks about a type of this unit, by itself; sorted, without duplicates.

    A rule that fails is an error of its own. Raises EngineError when the backend as a whole is unusable.
    """
    types = {subject.type for subject in unit.subjects}
    chosen = sorted((rule for rule in rules if _concerns(rule, unit, types)), key=lambda rule: rule.id)
    if not chosen:
        return Report()
    shown = input_json(unit)
    backend.set_input(shown.text)
    backend.expect(f"{PACKAGE}.{rule.id}" for rule in chosen)
    reports = [_evaluated(rule, unit, shown.subjects, backend) for rule in chosen]
    return Report(
        hits=tuple(sorted({hit for report in reports for hit in report.hits}, key=_hit_order)),
        checks=tuple(sorted((item for report in reports for item in report.checks), key=_check_order)),
        problems=tuple(problem for report in reports for problem in report.problems),
    )


def _concerns(rule: Rule, unit: Unit, types: set[str]) -> bool:
    wanted = rule.applies_to.get(unit.kind, ())
    return bool(types) and ("*" in wanted or not types.isdisjoint(wanted))


def _hit_order(hit: Hit) -> tuple[Place, str, str, list[tuple[Place, str]], str]:
    steps = [(step.place, step.message) for step in hit.trace]
    said = (hit.confidence.value if hit.confidence else "") + (hit.severity.value if hit.severity else "")
    return hit.place, hit.rule, hit.message, steps, said


def _check_order(item: Check) -> tuple[str, str]:
    return item.rule, item.subject


@dataclass(frozen=True, slots=True)
class _Denied:
    """One item of `deny`, checked."""

    subject: Subject
    spot: Spot
    message: str
    confidence: Confidence | None
    severity: Severity | None
    related: tuple[Step, ...]


@dataclass(slots=True)
class _Verdict:
    """What one rule says about one unit."""

    failed: set[str] = field(default_factory=set)
    unknown: dict[str, str] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)


def _evaluated(rule: Rule, unit: Unit, subjects: Mapping[str, Subject], backend: Backend) -> Report:
    try:
        return _Evaluation(rule, subjects, backend).report()
    except RuleEvaluationError as failure:
        path = unit.files[0] if unit.files else unit.id
        return Report(
            checks=(Check(rule.id, unit.id, Status.ERROR, str(failure)),),
            problems=(Problem(path, f"rule {rule.id} failed: {failure}"),),
        )


class _Evaluation:
    """One rule on one unit."""

    def __init__(self, rule: Rule, subjects: Mapping[str, Subject], backend: Backend) -> None:
        self._rule, self._subjects, self._backend = rule, subjects, backend

    def report(self) -> Report:
        """Raises RuleEvaluationError if the rule cannot be evaluated or its answer cannot be used."""
        applies = [self._subject(item, "applies") for item in self._items("applies")]
        denied = [self._denied(item) for item in self._items("deny")]
        applicable = {subject.id for subject in applies}
        if any(item.subject.id not in applicable for item in denied):
            raise RuleEvaluationError("deny names a subject that is not in applies")
        verdict = self._judged(denied)
        for item in self._items("unknown"):
            subject, reason = self._unknown(item)
            verdict.unknown.setdefault(subject.id, reason)
        for subject in applies:
            if subject.id not in verdict.unknown and (why := self._unknown_read(subject)):
                verdict.unknown[subject.id] = why
        checks = [self._check(subject, verdict) for subject in sorted(applicable | verdict.unknown.keys())]
        return Report(tuple(verdict.hits), tuple(checks))

    def _judged(self, denied: Sequence[_Denied]) -> _Verdict:
        verdict = _Verdict()
        for item in denied:
            if item.spot.unknown is not None:
                verdict.unknown.setdefault(item.subject.id, item.spot.unknown)
                continue
            trace = (*item.spot.definitions, *item.related)
            verdict.failed.add(item.subject.id)
            verdict.hits.append(
                Hit(self._rule.id, item.spot.place, item.message, trace, item.severity, item.confidence)
            )
        return verdict

    def _unknown_read(self, subject: Subject) -> str | None:
        return next((reason for read in self._rule.reads if (reason := unknown_at(subject.config, read))), None)

    def _check(self, subject: str, verdict: _Verdict) -> Check:
        if subject in verdict.failed:
            return Check(self._rule.id, subject, Status.FAIL)
        if subject in verdict.unknown:
            return Check(self._rule.id, subject, Status.UNKNOWN, verdict.unknown[subject])
        return Check(self._rule.id, subject, Status.PASS)

    def _items(self, document: Document) -> list[Json]:
        """A document's items in a fixed order."""
        value = self._backend.evaluate(f"{PACKAGE}.{self._rule.id}", document)
        if value is None and document == "unknown":
            return []
        if not isinstance(value, list):
            raise RuleEvaluationError(f"{document} is not defined" if value is None else f"{document} is not a set")
        return sorted(value, key=lambda item: json.dumps(item, sort_keys=True))

    def _subject(self, value: Json, document: str) -> Subject:
        if not isinstance(value, str):
            raise RuleEvaluationError(f"{document}: a subject must be the id of one, as a string")
        if value not in self._subjects:
            raise RuleEvaluationError(f"{document}: names a subject that is not in the unit")
        return self._subjects[value]

    def _unknown(self, item: Json) -> tuple[Subject, str]:
        if not isinstance(item, dict):
            return self._subject(item, "unknown"), NOT_KNOWN
        _closed(item, "unknown", {"subject", "reason"})
        reason = item["reason"]
        if not isinstance(reason, str) or not reason:
            raise RuleEvaluationError("unknown: reason must be a string that is not empty")
        return self._subject(item["subject"], "unknown"), reason

    def _denied(self, item: Json) -> _Denied:
        if not isinstance(item, dict):
            raise RuleEvaluationError("deny: every item must be an object with subject, path and msg")
        _closed(item, "deny", {"subject", "path", "msg"}, {"confidence", "severity", "related"})
        subject, path, message = self._pointed(item, "deny")
        related = item.get("related", [])
        if not isinstance(related, list):
            raise RuleEvaluationError("deny: related must be a list of objects with subject, path and msg")
        return _Denied(
            subject,
            locate(subject, path),
            message,
            _choice(item, "confidence", Confidence),
            _choice(item, "severity", Severity),
            tuple(self._related(step) for step in related),
        )

    def _related(self, item: Json) -> Step:
        if not isinstance(item, dict):
            raise RuleEvaluationError("deny: related must be a list of objects with subject, path and msg")
        _closed(item, "deny: related", {"subject", "path", "msg"})
        subject, path, message = self._pointed(item, "deny: related")
        return Step(locate(subject, path).place, message)

    def _pointed(self, item: Mapping[str, Json], where: str) -> tuple[Subject, list[str | int], str]:
        path, message = item["path"], item["msg"]
        if not isinstance(path, list) or not all(_is_key(key) for key in path):
            raise RuleEvaluationError(f"{where}: path must be a list of names and of indexes from 0")
        if not isinstance(message, str) or not message:
            raise RuleEvaluationError(f"{where}: msg must be a string that is not empty")
        return self._subject(item["subject"], where), path, message


def _is_key(key: Json) -> bool:
    return isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool) and key >= 0)


def _choice(item: Mapping[str, Json], key: str, kind: type[_Choice]) -> _Choice | None:
    """One of an enumeration's values, None where the key is not given. Raises RuleEvaluationError for another."""
    if item.get(key) is None:
        return None
    for choice in kind:
        if item[key] == choice.value:
            return choice
    raise RuleEvaluationError(f"deny: {key} must be one of {', '.join(choice.value for choice in kind)}")


def _closed(item: Mapping[str, Json], where: str, needed: set[str], more: Iterable[str] = ()) -> None:
    """Raises RuleEvaluationError for a key that is missing or that means nothing; a rule's own keys may be quoted."""
    if missing := sorted(needed - item.keys()):
        raise RuleEvaluationError(f"{where}: {missing[0]} is missing")
    if item.keys() - needed - set(more):
        raise RuleEvaluationError(f"{where}: only {', '.join(sorted({*needed, *more}))} may be given")
