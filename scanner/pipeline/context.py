"""What the steps of one scan share: what they are told, what they read through, and where they note what they learn."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scanner import findings
from scanner.cache import Cache
from scanner.catalog import Catalog
from scanner.config import Config
from scanner.files import Tree
from scanner.findings import Draft
from scanner.model import Check, Json, Problem, Rule, Skipped, Status
from scanner.pipeline.examine import Examined, Reader
from scanner.suppress import Ignore


@dataclass
class Notes:
    """Everything noted during one scan, in no particular order. `scanned`: the files it is about, not their context."""

    drafts: list[Draft] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    engines: dict[str, set[str]] = field(default_factory=dict)
    partial: dict[str, list[str]] = field(default_factory=dict)
    ignores: dict[str, tuple[Ignore, ...]] = field(default_factory=dict)
    scanned: set[str] = field(default_factory=set)

    def tree(self, tree: Tree) -> None:
        """What the search for files left out or could not open."""
        self.skipped.extend(tree.skipped)
        for problem in tree.problems:
            self.problem("files", problem)

    def examined(self, found: Examined) -> None:
        """What reading the files said."""
        self.skipped.extend(found.skipped)
        for problem in found.problems:
            self.problem("files", problem)
        for sheet in found.sheets.values():
            self.engines.setdefault(sheet.path, set())
            if sheet.note:
                self.partial.setdefault(sheet.path, []).append(sheet.note)
            if sheet.record["facts"]["ignores"]:
                self.ignores[sheet.path] = sheet.ignores

    def problem(self, engine: str, problem: Problem) -> None:
        """One thing that could not be done."""
        if problem.fatal:
            self.problems.append((engine, problem))
        else:
            self.partial.setdefault(problem.path, []).append(problem.message)

    def answer(self, engine: str, path: str, answer: Json) -> None:
        """What an engine said about a file, as the cache keeps it."""
        self.engines.setdefault(path, set()).add(engine)
        self.drafts.extend(findings.from_json(item) for item in answer["drafts"])
        for where, message, fatal, line in answer["problems"]:
            self.problem(engine, Problem(where, message, fatal, line))
        for rule, subject, status, reason in answer.get("checks", ()):
            self.checks.append(Check(rule, subject, Status(status), reason))


class Context(NamedTuple):
    """One scan. `shown`: the policies it is about; `settings`: `data.settings` with the project's overrides; `work`: a
    private folder, gone afterwards.
    """

    config: Config
    catalog: Catalog
    shown: frozenset[str]
    settings: Json
    cache: Cache
    work: Path
    reader: Reader
    notes: Notes

    def wanted(self, engine: str) -> list[Rule]:
        """An engine's rules of the policies the scan is about, and those that tell what no report may quote."""
        policies = self.catalog.policies
        return [
            rule for rule in self.catalog.of_engine(engine) if rule.policy in self.shown or policies[rule.policy].secret
        ]
