"""Units through Rego: which files belong together, what is known about them already, what is to be evaluated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from scanner import __version__, forked
from scanner.catalog import hash_of
from scanner.config import cores
from scanner.errors import EngineError, PaylintError, origin
from scanner.inputs import HOLDS, INPUTS, load
from scanner.model import Json, Problem, Report, Rule, Unit
from scanner.pipeline import code
from scanner.pipeline.context import Context, Notes
from scanner.pipeline.examine import Examined, Reader, Sheet, examine
from scanner.pipeline.staged import Change

if TYPE_CHECKING:
    from scanner.engines.rego import RegoEngine

_MUCH = 128 * 1024
"""Bytes from which on units are worth copies of this process: about a second's work."""


def scan(context: Context, found: Examined, change: Change | None) -> None:
    """Evaluates every unit, or those a change touches, and notes what is said about them."""
    if "rego" not in context.config.engines:
        return
    with _Evaluator(context, found.sheets) as evaluator:
        if change is not None:
            _scan_change(context, found, change, evaluator)
            return
        _check_plans(context, found.sheets)
        seen = list(groups(found.sheets, context.config.plans))
        if context.config.units_alone:
            seen = [group._replace(alone=True, inner_alone=True) for group in seen]
        for group, answer in evaluator.answers(seen, context.reader):
            _note(context.notes, group, answer)


class Group(NamedTuple):
    """The files of one unit before it is built. `inner_alone`: what it holds of another input is all of that."""

    kind: str
    root: str
    sheets: tuple[Sheet, ...]
    alone: bool
    inner_alone: bool


def _check_plans(context: Context, sheets: Mapping[str, Sheet]) -> None:
    """A plan that the settings give to a directory without code would be judged without that code."""
    code = {path.rpartition("/")[0] for path in sheets if path.endswith((".tf", ".tf.json", ".tofu", ".tofu.json"))}
    for plan, directory in context.config.plans.items():
        if plan in sheets and directory not in code:
            message = f"the settings say that this plan is of {directory or '.'}, where no Terraform code is"
            context.notes.problem("rego", Problem(plan, message))


def groups(sheets: Mapping[str, Sheet], plans: Mapping[str, str]) -> Iterator[Group]:
    """All units there are, by input and root. `plans`: which root module the settings give a plan to."""
    facts = {
        kind: {path: sheet.inputs[kind] for path, sheet in sheets.items() if kind in sheet.inputs} for kind in INPUTS
    }
    for plan in plans.keys() & facts["terraform"].keys():
        facts["terraform"][plan] = {**facts["terraform"][plan], "root": plans[plan]}
    held = {kind for found in facts.values() for fact in found.values() for kind in fact.get("holds", ())}
    units = {kind: load(kind).group(found) for kind, found in facts.items() if found}
    for kind, found in units.items():
        only = len(found) == 1
        inner_alone = only and not any(units.get(inner) for inner in HOLDS.get(kind, ()))
        for root, paths in sorted(found.items()):
            members = tuple(sheets[path] for path in paths)
            yield Group(kind, root, members, only and kind not in held, inner_alone)


def _scan_change(context: Context, found: Examined, change: Change, evaluator: _Evaluator) -> None:
    """Of the units a change touches, what the change brought about: at a changed place, or not there before."""
    before_reader = Reader()
    before = examine(change.before(), context.cache, before_reader, context.config.max_file_size)
    old = {
        (group.kind, group.root): group
        for group in groups({**found.sheets, **before.sheets}, context.config.plans)
        if _touched(group, change)
    }
    for file in found.sheets.values():
        if file.path not in change.paths:
            before_reader.know(file.file)
    gone = change.paths - found.sheets.keys()
    for group in groups(found.sheets, context.config.plans):
        earlier = old.get((group.kind, group.root))
        if not (_touched(group, change) or (earlier and {sheet.path for sheet in earlier.sheets} & gone)):
            continue
        answer = evaluator.answer(group, context.reader)
        was = _without_added(earlier, change) if earlier else ()
        if earlier and was and earlier.root not in change.added:
            known = evaluator.answer(earlier._replace(sheets=was), before_reader)
            answer = {**answer, "drafts": _brought_about(answer["drafts"], known["drafts"], change)}
        _note(context.notes, group, answer)


def _size(group: Group) -> int:
    return sum(sheet.file.size for sheet in group.sheets)


def _touched(group: Group, change: Change) -> bool:
    return any(sheet.path in change.paths for sheet in group.sheets)


def _without_added(group: Group, change: Change) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in group.sheets if sheet.path not in change.added)


def _brought_about(now: Json, earlier: Json, change: Change) -> Json:
    known = {json.dumps([rule, where[0], snippet]) for rule, where, _, snippet, *_ in earlier}
    return [
        item
        for item in now
        if item[1][0] in change.paths
        or any(step[0][0] in change.paths for step in item[4])
        or json.dumps([item[0], item[1][0], item[3]]) not in known
    ]


def _note(notes: Notes, group: Group, answer: Json) -> None:
    for sheet in group.sheets:
        notes.engines.setdefault(sheet.path, set()).add("rego")
    notes.answer("rego", group.sheets[0].path, answer)


class _Evaluator:
    """Evaluates units with the embedded engine or an OPA server, started when the first unknown unit comes."""

    def __init__(self, context: Context, sheets: Mapping[str, Sheet]) -> None:
        self._config, self._catalog, self._cache = context.config, context.catalog, context.cache
        self._rules = self._catalog.of_engine("rego")
        self._data = {"settings": context.settings, "vocabulary": self._catalog.vocabulary}
        self._shared = hash_of([sorted(self._catalog.libraries.items()), self._data, __version__])
        self._digests: dict[str, str] = {}
        self._engines: dict[str, RegoEngine] = {}
        kinds = {kind for sheet in sheets.values() for kind in sheet.inputs}
        self._kinds = kinds | {inner for kind in kinds for inner in HOLDS.get(kind, ())}

    def __enter__(self) -> _Evaluator:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines.values():
            engine.close()

    def _of_kind(self, kind: str) -> list[Rule]:
        return [rule for rule in self._rules if kind in rule.applies_to]

    def _digest(self, kind: str) -> str:
        """Of all rules that may judge a unit of this kind, or what it holds."""
        if kind not in self._digests:
            rules = {rule.id: rule for each in (kind, *HOLDS.get(kind, ())) for rule in self._of_kind(each)}
            self._digests[kind] = self._catalog.rule_digest(*rules.values())
        return self._digests[kind]

    def _key(self, group: Group) -> str:
        told = (group.kind, group.root, group.alone, group.inner_alone, self._shared, self._digest(group.kind))
        state = hashlib.sha256("\0".join(map(str, told)).encode("utf-8", "surrogateescape"))
        for sheet in group.sheets:
            state.update(f"{sheet.path}\0{sheet.digest}\n".encode("utf-8", "surrogateescape"))
        return self._cache.digest(b"unit", state.digest())

    def answer(self, group: Group, reader: Reader) -> Json:
        """What the rules say about a unit, as the cache keeps it."""
        return next(self.answers([group], reader))[1]

    def answers(self, wanted: Iterable[Group], reader: Reader) -> Iterator[tuple[Group, Json]]:
        """What the rules say about each of the units, as the cache keeps it; in no particular order, as they come."""
        new = {self._key(group): group for group in wanted}
        if not self._config.opa_url:
            for key, answer in self._cache.get(new).items():
                yield new.pop(key), answer
        for key, answer in self._evaluated(new, reader):
            if not any(fatal for _, _, fatal, _ in answer["problems"]) and not self._config.opa_url:
                self._cache.put(key, answer)
            yield new[key], answer

    def _evaluated(self, new: Mapping[str, Group], reader: Reader) -> Iterator[tuple[str, Json]]:
        """Evaluates here, or in copies of this process where there is much to do; an OPA server is asked from here."""
        jobs = min(self._config.jobs or cores(), len(new))
        if jobs < 2 or self._config.opa_url or sum(map(_size, new.values())) < _MUCH or not forked.POSSIBLE:
            for key, group in new.items():
                yield key, self._evaluate(group, reader)
            return
        from scanner.pipeline.shared_out import answers

        for kind in {group.kind for group in new.values()}:
            self._engine(kind)
        largest_first = sorted(new, key=lambda key: -_size(new[key]))
        with closing(answers(lambda key: self._evaluate(new[key], reader), largest_first, jobs)) as given:
            for key, answer, ended in given:
                lost = f"not analysed: its evaluation ended ({ended}), perhaps for want of memory"
                yield key, self._problem(new[key], lost, reader) if ended else answer

    def _evaluate(self, group: Group, reader: Reader) -> Json:
        """Evaluates one unit. What goes wrong in it is a problem of that unit."""
        try:
            whole = self._report(group, reader)
        except PaylintError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must neither cost the other units nor look clean
            return self._problem(group, f"not analysed: internal error ({origin(error)}), please report it", reader)
        return code.report_json(whole, reader, self._catalog.secret_rules)

    def _problem(self, group: Group, message: str, reader: Reader) -> Json:
        return code.report_json(Report(problems=(Problem(group.sheets[0].path, message),)), reader, frozenset())

    def _report(self, group: Group, reader: Reader) -> Report:
        sources = {sheet.path: source for sheet in group.sheets if (source := reader(sheet.path))}
        unit = load(group.kind).build(group.root, sources)._replace(alone=group.alone)
        problems = list(unit.problems)
        problems += [
            Problem(sheet.path, "disappeared during the scan") for sheet in group.sheets if sheet.path not in sources
        ]
        held = [inner._replace(alone=group.inner_alone) for inner in unit.inner]
        reports: list[Report] = []
        try:
            reports += [self._judged(each) for each in (unit, *held)]
        except EngineError as error:
            problems.append(Problem(group.sheets[0].path, str(error)))
        return Report(
            tuple(hit for report in reports for hit in report.hits),
            tuple(check for report in reports for check in report.checks),
            (*problems, *(problem for report in reports for problem in report.problems)),
        )

    def _judged(self, unit: Unit) -> Report:
        rules = self._of_kind(unit.kind)
        return self._engine(unit.kind).check(unit, rules) if unit.subjects and rules else Report()

    def _engine(self, kind: str) -> RegoEngine:
        """For our own rules one for each kind: loading takes longer than most evaluations. Else one.

        A server gets our own rules for all the kinds there are at once: it compiles everything anew each time.
        """
        own, remote = not self._config.rules, self._config.opa_url is not None
        name = kind if own and not remote else ""
        if name not in self._engines:
            from scanner.engines.rego import RegoEngine
            from scanner.engines.rego.needed import needed

            kinds = self._kinds if remote else {kind}
            chosen = [rule for rule in self._rules if kinds & rule.applies_to.keys()] if own else self._rules
            rules = {rule.source: rule.body for rule in chosen}
            libraries = needed(rules.values(), self._catalog.libraries) if own else self._catalog.libraries
            self._engines[name] = RegoEngine(
                {**libraries, **rules},
                self._data,
                opa_url=self._config.opa_url,
                allow_remote=self._config.opa_allow_remote,
                guard=bool(self._config.rules),
                known=own,
                rules=chosen,
            )
        return self._engines[name]
