"""`paylint rules test`: every rule's fixtures through the real pipeline, in one scan.

    semgrep/<policy>/<language>[.<anything>].<ext>   `ruleid: <rule>` and `ok: <rule>` speak of the next code line
    rego/<policy>/<input>.fail.<ext> or a folder      every line with a comment `expect` has a finding of the policy,
                                                      or below `expect next`, where comments have lines of their own
    rego/<policy>/<input>.pass.<ext> or a folder      no finding of the policy, and at least one subject passes
    rego/<policy>/<input>.unknown.<ext> or a folder   no finding of the policy, and at least one subject is unknown
    builtin/<policy>.{fail,pass}.<ext>                as for rego

A line without a mark must have no finding of the fixture's policy. `{{pan:visa}}` becomes a generated card number.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scanner.cards import expand_placeholders
from scanner.catalog import INVENTORY, Catalog, load
from scanner.config import Config
from scanner.errors import UsageError
from scanner.model import Finding, Observed, Rule, ScanError, ScanResult, Severity, Status

_MARKS = re.compile(r"(?:#|//|--|/\*|<!--|;)\s*(ruleid|ok):\s*([\w.,\- ]+)")
_EXPECT = re.compile(r"(?:#|//|--|/\*|<!--|;)\s*expect\b(?! next)")
_EXPECT_NEXT = re.compile(r"\s*(?:#|//|--|/\*|<!--|;)\s*expect next\b")


@dataclass(frozen=True, slots=True)
class Fixture:
    """One fixture. `kind`: code, fail, pass or unknown; `rules`: what it is about; `folder`: its name in the scan."""

    source: Path
    kind: str
    policy: str
    rules: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the fixtures showed: counts, and one sentence per disappointment. `lines_of`: rule id -> expected lines;
    `findings`: what was found in a fixture, by its path below the rules folder, with paths below the fixture."""

    rules: int
    fixtures: int
    lines: int
    failures: tuple[str, ...]
    lines_of: Mapping[str, int]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def check_all(folder: Path, custom: bool, work: Path, only: Collection[str] = ()) -> Outcome:
    """`check`, and the fixtures of its inventories. UsageError: there is nothing to test."""
    inventory = folder / INVENTORY
    headers = {file.stem for file in (inventory / "policies").glob("*.y*ml")}
    parts = []
    if not only or set(only) - headers:
        parts.append((folder, custom, [name for name in only if name not in headers]))
    if headers and (not only or headers.intersection(only)):
        parts.append((inventory, True, [name for name in only if name in headers]))
    outcomes = []
    for number, (home, own, names) in enumerate(parts):
        place = work / str(number)
        place.mkdir()
        outcomes.append(check(home, own, place, names))
    return Outcome(
        rules=sum(outcome.rules for outcome in outcomes),
        fixtures=sum(outcome.fixtures for outcome in outcomes),
        lines=sum(outcome.lines for outcome in outcomes),
        failures=tuple(sorted(failure for outcome in outcomes for failure in outcome.failures)),
        lines_of={name: lines for outcome in outcomes for name, lines in outcome.lines_of.items()},
    )


def check(folder: Path, custom: bool, work: Path, only: Collection[str] = ()) -> Outcome:
    """Runs the fixtures of a rules folder, in an empty folder; `only`: of some policies. UsageError for none."""
    from scanner.run import run

    catalog = load([folder] if custom else [])
    fixtures = [item for item in collect(folder, catalog) if not only or item.policy in only]
    if not fixtures:
        raise UsageError(
            f"{folder}: no fixtures found (they are not part of an installed paylint: run this in a checkout)"
        )
    for fixture in fixtures:
        _lay_out(fixture, work / fixture.folder)
    result = run(
        Config(
            root=work,
            paths=(work,),
            rules=(folder,) if custom else (),
            fail_on=Severity.INFO,
            cache=False,
            units_alone=True,
            policies=tuple(f"+{name}" for name, policy in catalog.policies.items() if policy.optional),
        )
    )
    failures = [f"{error.path}: {error.engine}: {error.message}" for error in _foreign_errors(result, fixtures, folder)]
    findings: dict[str, list[Finding]] = defaultdict(list)
    reported: dict[str, list[Finding | Observed]] = defaultdict(list)
    for found in result.findings:
        findings[found.place.path.split("/", 1)[0]].append(found)
        reported[found.place.path.split("/", 1)[0]].append(found)
    for item in result.observed:
        reported[item.place.path.split("/", 1)[0]].append(item)
    lines = 0
    lines_of = Counter[str]()
    for fixture in fixtures:
        expected = _expected(fixture, work / fixture.folder)
        lines += len(expected)
        lines_of.update(rule for named in expected.values() for rule in (named - {""} or fixture.rules))
        failures += _judge(fixture, expected, reported[fixture.folder], result, folder)
    tested = [rule for rule in _owned(catalog, custom) if not only or rule.policy in only]
    failures += _untested(tested, fixtures, work)
    found_in = {
        fixture.source.relative_to(folder).as_posix(): tuple(map(_below, findings[fixture.folder]))
        for fixture in fixtures
    }
    return Outcome(len(tested), len(fixtures), lines, tuple(sorted(failures)), dict(lines_of), found_in)


def _below(found: Finding) -> Finding:
    """With its path as it is below the fixture."""
    return found._replace(place=found.place._replace(path=found.place.path.split("/", 1)[1]))


def _owned(catalog: Catalog, custom: bool) -> list[Rule]:
    """The folder's rules that have fixtures; ours may lie in files of the same names."""
    others = load([]).rules if custom else {}
    return [
        rule for rule in catalog.rules.values() if rule.engine not in ("suppress", "conftest") and rule.id not in others
    ]


def _foreign_errors(result: ScanResult, fixtures: Sequence[Fixture], folder: Path) -> list[ScanError]:
    """Every error of the scan: a fixture that does not parse tests nothing."""
    names = {fixture.folder: fixture.source.relative_to(folder).as_posix() for fixture in fixtures}
    return [error._replace(path=names.get(error.path.split("/", 1)[0], error.path)) for error in result.errors]


def collect(folder: Path, catalog: Catalog) -> Iterator[Fixture]:
    """The fixtures of all rules in a rules folder."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for rule in catalog.rules.values():
        by_source[rule.source].append(rule.id)
    number = 0
    for engine in ("semgrep", "rego", "builtin"):
        for path in sorted((folder / engine).glob("*" if engine == "builtin" else "*/*")):
            fixture = _fixture(path, engine, folder, by_source, f"f{number}")
            if fixture:
                number += 1
                yield fixture


def _fixture(path: Path, engine: str, folder: Path, rules: dict[str, list[str]], name: str) -> Fixture | None:
    if engine == "semgrep":
        if path.suffix in (".yaml", ".yml") or path.parent.name == "lib" or path.is_dir():
            return None
        source = path.with_name(path.name.split(".", 1)[0] + ".yaml").relative_to(folder).as_posix()
        return Fixture(path, "code", path.parent.name, tuple(rules.get(source, ())), name)
    match = re.match(r"(.+)\.(fail|pass|unknown)(\.|$)", path.name)
    if not match:
        return None
    if engine == "builtin":
        source = f"builtin/{match[1].split('.')[0]}.yaml"
        return Fixture(path, match[2], match[1].split(".")[0], tuple(rules.get(source, ())), name)
    source = path.with_name(f"{match[1].split('.')[0]}.rego").relative_to(folder).as_posix()
    return Fixture(path, match[2], path.parent.name, tuple(rules.get(source, ())), name)


def _lay_out(fixture: Fixture, target: Path) -> None:
    """A copy under a neutral name, with card numbers put in."""
    if fixture.source.is_dir():
        shutil.copytree(fixture.source, target)
    else:
        target.mkdir()
        shutil.copy(fixture.source, target / f"fixture{fixture.source.suffix}")
    for file in sorted(path for path in target.rglob("*") if path.is_file()):
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        file.write_bytes(expand_placeholders(text, fixture.policy).encode("utf-8", "surrogateescape"))


Line = tuple[str, int]


def _expected(fixture: Fixture, place: Path) -> dict[Line, set[str]]:
    """Line (file below the scan, number) -> the rules expected there ({""}: any of the policy)."""
    expected: dict[Line, set[str]] = {}
    for file in sorted(path for path in place.rglob("*") if path.is_file()):
        name = f"{fixture.folder}/{file.relative_to(place).as_posix()}"
        text = file.read_bytes().decode("utf-8", "replace")
        if fixture.kind == "code":
            for number, kind, ids in marks(text):
                if kind == "ruleid":
                    expected.setdefault((name, number), set()).update(ids)
        else:
            for number, line in enumerate(text.split("\n"), 1):
                if _EXPECT.search(line):
                    expected[name, number] = {""}
                elif _EXPECT_NEXT.match(line):
                    expected[name, number + 1] = {""}
    return expected


def marks(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(line spoken of, "ruleid" or "ok", rule ids) for every mark of a code fixture."""
    waiting: list[tuple[str, tuple[str, ...]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _MARKS.search(line)
        if match:
            waiting.append((match[1], tuple(name for part in match[2].split(",") if (name := part.strip(" -")))))
        elif line.strip():
            for kind, ids in waiting:
                yield number, kind, ids
            waiting = []


def _judge(
    fixture: Fixture,
    expected: dict[Line, set[str]],
    findings: Sequence[Finding | Observed],
    result: ScanResult,
    folder: Path,
) -> list[str]:
    name = fixture.source.relative_to(folder).as_posix()
    found: dict[Line, set[str]] = defaultdict(set)
    for item in findings:
        if (item.inventory if isinstance(item, Observed) else item.policy) == fixture.policy:
            found[item.place.path, item.place.span.line].add(item.rule)
    failures = []
    for line, rules in sorted(expected.items()):
        if line not in found:
            failures.append(
                f"{name}:{line[1]}: expected {', '.join(sorted(rules)) or fixture.policy}, nothing was found"
            )
    for line, rules in sorted(found.items()):
        if line not in expected:
            failures.append(f"{name}:{line[1]}: unexpected {', '.join(sorted(rules))}")
    if fixture.kind == "fail" and not expected:
        failures.append(f"{name}: no line is marked `expect`")
    wanted = {"pass": Status.PASS, "unknown": Status.UNKNOWN}.get(fixture.kind)
    judged = fixture.policy in result.policies  # of a subject that an inventory does not name there is no verdict
    if judged and wanted and "rego" in fixture.source.relative_to(folder).parts[0]:
        failures += [
            f"{name}: {rule} has no subject that is {wanted.value}"
            for rule in fixture.rules
            if not _has(result, rule, fixture, wanted)
        ]
    return failures


def _has(result: ScanResult, rule: str, fixture: Fixture, status: Status) -> bool:
    return any(
        check.rule == rule and check.status is status and re.search(rf"[:/]{fixture.folder}(?![0-9])", check.subject)
        for check in result.checks
    )


def _untested(rules: Sequence[Rule], fixtures: Sequence[Fixture], work: Path) -> list[str]:
    """A rule needs something it finds and something it must not find."""
    seen: dict[str, set[str]] = defaultdict(set)
    for fixture in fixtures:
        if fixture.kind != "code":
            for rule in fixture.rules:
                seen[rule].add(fixture.kind)
            continue
        for file in sorted((work / fixture.folder).iterdir()):
            for _, kind, ids in marks(file.read_bytes().decode("utf-8", "replace")):
                for rule in ids:
                    seen[rule].add("fail" if kind == "ruleid" else "pass")
    known = {rule.id for rule in rules}
    strangers = [
        f"a fixture names {rule!r}, which is no rule" for rule in seen if rule not in known and fixtures and known
    ]
    return strangers + [
        f"{rule.source}: {rule.id} has no {'failing' if kind == 'fail' else 'passing'} fixture"
        for rule in rules
        for kind in ("fail", "pass")
        if kind not in seen[rule.id]
    ]
