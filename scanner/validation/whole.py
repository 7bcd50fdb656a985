"""Fixtures, silence on sound services, mutants: three scans, and what comes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from scanner.bundled import checkout
from scanner.catalog import Catalog, load, select
from scanner.config import Config
from scanner.model import Finding, ScanError, ScanResult, Severity
from scanner.rule_tests import Outcome, check
from scanner.validation import sound
from scanner.validation.defects import defects
from scanner.validation.equivalent import check as check_equivalence
from scanner.validation.judge import Known, Verdict, by_folder, judge, known
from scanner.validation.lay_out import Laid, lay_out, neutral
from scanner.validation.lay_out import fixtures as beside
from scanner.validation.mutant import Texts
from scanner.validation.mutants import PORTS, mutants
from scanner.validation.result import Validation
from scanner.validation.summary import Shown, summary, with_equivalence

_SECONDS = 3600.0
"""For a scan of some thousand files on a machine that others use, too."""


def validate(folder: Path, custom: bool, work: Path, only: Collection[str] = ()) -> Validation:
    """Validates a rules folder, in an empty folder; `only`: of some policies.

    Raises RuleError for data that cannot be used, UsageError where there is nothing to validate.
    """
    catalog, home = load([folder] if custom else []), checkout()
    wanted = select(catalog, sorted(only)) if only else frozenset(catalog.policies)
    root = folder.parent if custom or home is None else home
    every = mutants(folder, root, catalog, None if custom else root / PORTS)
    chosen = [mutant for mutant in every if mutant.policy in wanted]
    services = sound.own(root, [item.edit.file for item in chosen], home) if custom else sound.bundled(root)
    for name in ("fixtures", "sound", "mutants"):
        (work / name).mkdir()
    fixtures = check(folder, custom, work / "fixtures", wanted if only else ())
    quiet = _scan(work / "sound", catalog, folder if custom else None, services.write(work / "sound"))
    together = services.companions | beside([item.edit.file for item in chosen], root)
    laid = lay_out(chosen, Texts(root), together, work / "mutants")
    edited = _scan(work / "mutants", catalog, folder if custom else None, bool(laid))
    before = known([*_findings(quiet), *_in_fixtures(fixtures, folder.name)])
    verdicts = _verdicts(laid, edited, before, catalog)
    names = {item.folder: item.mutant.name for item in laid}
    return summary(
        Shown(catalog, wanted, folder if custom else None),
        fixtures,
        [(found, services.shown(found.place.path)) for found in _findings(quiet) if found.policy in wanted],
        verdicts,
        defects=() if custom or only else defects(folder, root, verdicts),
        errors=tuple(
            [_error(error, services.shown(error.path)) for error in _errors(quiet)]
            + [_error(error, sound.where(names, error.path)) for error in _errors(edited)]
        ),
    )


def with_edits_that_mean_nothing(result: Validation, root: Path, work: Path, only: Collection[str] = ()) -> Validation:
    """The result, and what such edits change of what a checkout's rules find. Raises as `equivalent.check`."""
    same = work / "same"
    same.mkdir()
    return with_equivalence(result, check_equivalence(root, same, only))


def _scan(work: Path, catalog: Catalog, custom: Path | None, anything: bool) -> ScanResult | None:
    """Every policy, each unit by itself; None where there is nothing to scan."""
    from scanner.run import run

    if not anything:
        return None
    return run(
        Config(
            root=work,
            paths=(work,),
            rules=(custom,) if custom else (),
            fail_on=Severity.INFO,
            cache=False,
            units_alone=True,
            timeout=_SECONDS,
            policies=tuple(f"+{name}" for name, policy in catalog.policies.items() if policy.optional),
        )
    )


def _findings(result: ScanResult | None) -> tuple[Finding, ...]:
    return result.findings if result else ()


def _errors(result: ScanResult | None) -> tuple[ScanError, ...]:
    return result.errors if result else ()


def _error(error: ScanError, path: str) -> str:
    return f"{path}: {error.engine}: {error.message}"


def _in_fixtures(fixtures: Outcome, folder: str) -> Iterator[Finding]:
    """What is reported in fixtures as they are, with paths as they are in the scan of mutants."""
    for source, findings in fixtures.findings.items():
        for found in findings:
            rest = "" if found.place.path.startswith("fixture.") else f"/{found.place.path}"
            path = neutral(f"{folder}/{source}{rest}")
            yield found._replace(place=found.place._replace(path=f"{source.replace('/', '_')}/{path}"))


def _verdicts(laid: list[Laid], edited: ScanResult | None, before: Known, catalog: Catalog) -> list[Verdict]:
    findings = by_folder(_findings(edited))
    partial = {file.path: file.partial for file in (edited.analysed if edited else ()) if file.partial}
    optional = frozenset(name for name, policy in catalog.policies.items() if policy.optional)
    return [
        judge(item, findings.get(item.folder, ()), before, optional, partial.get(f"{item.folder}/{item.file}", ""))
        for item in laid
    ]
