"""What a scan has to say in the end: everything noted on the way, completed, suppressed, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from scanner import __version__, findings, suppress
from scanner.config import Config, cores
from scanner.masking import mask, mask_path
from scanner.model import (
    Analysed,
    Confidence,
    Finding,
    ScanError,
    ScanResult,
    Severity,
    Skipped,
    Tool,
)
from scanner.passwords import in_message
from scanner.pipeline import observations
from scanner.pipeline.context import Context, Notes
from scanner.pipeline.waiving import waived


def decide(context: Context, today: date) -> ScanResult:
    """The result: sorted, masked, with its exit code."""
    notes, config, catalog = context.notes, context.config, context.catalog
    shown = {name for name in context.shown if not catalog.policies[name].inventory}
    for path in notes.ignores.keys() & notes.scanned:
        ignores = notes.ignores[path]
        hits = suppress.invalid(path, ignores, {*catalog.policies, *catalog.rules}, catalog.resolve, today)
        notes.drafts.extend(findings.draft(hit, context.reader) for hit in hits)
    violations, observed = observations.apart(notes.drafts, catalog)
    completed = findings.complete(violations, catalog.rules, catalog.policies)
    reported = [found for found in completed if found.policy in shown]
    resolved = {
        mask_path(path): tuple(ignore.resolved(catalog.resolve) for ignore in ignores)
        for path, ignores in notes.ignores.items()
    }
    reported, waivers = waived(context, suppress.apply(reported, resolved, today), today)
    rules = {
        name: rule
        for name, rule in catalog.rules.items()
        if rule.policy in shown and rule.engine in (*config.engines, "suppress")
    }
    errors, accepted = _errors(notes, config, any(rule.engine != "suppress" for rule in rules.values()))
    partial = _partial(notes)
    if config.strict:
        errors += [
            ScanError(mask_path(path), "strict", why) for path, why in partial.items() if not _accepted(path, config)
        ]
    return ScanResult(
        tool=Tool("paylint", __version__, catalog.digest),
        policies={name: policy for name, policy in catalog.policies.items() if name in shown},
        rules=rules,
        findings=tuple(reported),
        checks=tuple(
            sorted(
                (check for check in notes.checks if check.rule in rules), key=lambda c: (c.rule, c.subject, c.status)
            )
        ),
        analysed=tuple(
            Analysed(shown_path, tuple(sorted(engines)), partial.get(shown_path, ""))
            for path, engines in sorted(notes.engines.items())
            if engines and (shown_path := mask_path(path))
        ),
        skipped=_skipped([*notes.skipped, *accepted]),
        errors=tuple(sorted(set(errors), key=lambda error: (error.path, error.engine, error.message))),
        fail_on=config.fail_on,
        exit_code=_exit_code(reported, errors, config.fail_on),
        line_hashes=_line_hashes(reported, context) if config.line_hashes else {},
        observed=observed,
        waivers=waivers,
    )


def _errors(notes: Notes, config: Config, any_rule: bool) -> tuple[list[ScanError], list[Skipped]]:
    """What makes the scan incomplete, and what the settings accept as not analysed."""
    errors, accepted = [], []
    for engine, problem in notes.problems:
        reason = _accepted(problem.path, config) if problem.path else ""
        message = mask(in_message(f"line {problem.line}: {problem.message}" if problem.line else problem.message))
        if reason:
            accepted.append(Skipped(problem.path, f"accepted as not analysed ({reason}): {message}"))
        else:
            errors.append(ScanError(mask_path(problem.path), engine, message))
    if not any_rule:
        errors.append(
            ScanError("", "paylint", "no rules: nothing was checked; look at --policy, --engine and the settings")
        )
    return errors, accepted


def _accepted(path: str, config: Config) -> str:
    """The reason the settings give for not analysing this path, "" if they do not accept it."""
    for item in config.accept_unanalysed:
        if fnmatchcase(path, item.path) or PurePosixPath(path).match(item.path):
            return item.reason
    return ""


def _partial(notes: Notes) -> dict[str, str]:
    return {mask_path(path): mask("; ".join(sorted(set(reasons)))) for path, reasons in sorted(notes.partial.items())}


def _skipped(items: Iterable[Skipped]) -> tuple[Skipped, ...]:
    masked = {Skipped(mask_path(item.path), mask(item.reason)) for item in items}
    return tuple(sorted(masked, key=lambda item: (item.path, item.reason)))


def gates(found: Finding, fail_on: Severity) -> bool:
    """Whether a finding makes the scan fail: severe enough, sure enough, no exception."""
    return not found.excepted and found.confidence is not Confidence.LOW and found.severity.rank >= fail_on.rank


def _exit_code(reported: Iterable[Finding], errors: list[ScanError], fail_on: Severity) -> int:
    if errors:
        return 3
    return 1 if any(gates(found, fail_on) for found in reported) else 0


def _line_hashes(reported: Iterable[Finding], context: Context) -> dict[tuple[str, int], str]:
    from scanner.pipeline.hashed_lines import hashed_lines

    return hashed_lines(reported, context.reader, context.config.jobs or cores())
