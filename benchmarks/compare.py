"""Measure paylint beside `semgrep scan`, Checkov and Bandit on the same trees (`make bench`; see README.md).

Standard output: one JSON object a figure. Standard error: what is going on, and a table. Nothing here asserts a time:
the exit code is 1 only when a tool breaks.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tools
import trees
from figures import Result, figures, table
from measure import Run, measure
from tools import CACHE, Tool

CHANGED = "django_oscar/oscar/apps/checkout/views.py"  # an ordinary file: it holds nothing most rules look for
CHANGED_IN_SHOP = "services/checkout/app/gateway.py"  # one full of what they look for
CASES = ("staged_one_file", "staged_payment_file", "nothing_staged", "demo_shop", "whole_tree", "large_terraform")
_SETTLED = 3.0  # seconds: paylint trusts a file's times only when they lie well in the past


def _nothing() -> None:
    """Nothing to do before a run."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One side of a comparison. `before` runs ahead of each run and is not measured; `most`: runs at most."""

    name: str
    tool: Tool
    arguments: tuple[str, ...]
    before: Callable[[], None] = _nothing
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared where: every contender runs once a round."""

    name: str
    cwd: Path
    rounds: int
    contenders: tuple[Contender, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """`timeout`: seconds any one run may take. `cases`: the names of those to run."""

    quick: bool
    timeout: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """All that is needed to make the cases."""

    mixed: Path
    shop: Path
    terraform: Path
    paylint: Tool
    semgrep: Tool
    others: tuple[Tool, ...]
    quick: bool

    def cases(self, names: Sequence[str]) -> list[Case]:
        """Those of these names, from the shortest to the longest."""
        known = (
            self._staged("staged_one_file", self.mixed, CHANGED),
            self._staged("staged_payment_file", self.shop, CHANGED_IN_SHOP),
            self._nothing_changed(),
            self._demo_shop(),
            self._everything(),
            self._large_terraform(),
        )
        return [case for case in known if case.name in names]

    def _staged(self, name: str, tree: Path, path: str) -> Case:
        changed = tree / path
        original = changed.read_text(encoding="utf-8")
        edits = itertools.count(1)

        def change() -> None:
            changed.write_text(f"{original}\n# edit {next(edits)}\n", encoding="utf-8")
            trees.git(tree, "add", path)

        return Case(
            name,
            tree,
            3 if self.quick else 11,
            (
                Contender("paylint", self.paylint, ("--staged",), change),
                Contender("semgrep", self.semgrep, (path,)),
            ),
        )

    def _nothing_changed(self) -> Case:
        return Case(
            "nothing_staged",
            self.mixed,
            3 if self.quick else 11,
            (
                Contender("paylint", self.paylint, ("--staged",)),
                Contender("semgrep baseline", self.semgrep, ("--baseline-commit", "HEAD")),
            ),
        )

    def _demo_shop(self) -> Case:
        foreign = (Contender(tool.name, tool, (".",), most=2 if self.quick else 5) for tool in self.others)
        return Case("demo_shop", self.shop, 2 if self.quick else 7, (*self._cold(), self._whole_semgrep(), *foreign))

    def _everything(self) -> Case:
        warm = Contender("paylint warm", self.paylint, (".",))
        foreign = [Contender(tool.name, tool, (".",), most=1) for tool in self.others if not self.quick]
        contenders = (*self._cold(), warm, self._whole_semgrep(), *foreign)
        return Case("whole_tree", self.mixed, 1 if self.quick else 5, contenders)

    def _large_terraform(self) -> Case:
        foreign = [
            Contender(tool.name, tool, (".",), most=1)
            for tool in self.others
            if tool.name == "checkov" and not self.quick
        ]
        warm = Contender("paylint warm", self.paylint, (".",))
        return Case("large_terraform", self.terraform, 1 if self.quick else 3, (*self._cold(), warm, *foreign))

    def _cold(self) -> tuple[Contender, ...]:
        return (
            Contender("paylint first run", self.paylint, (".",), forget_all),
            Contender("paylint cold", self.paylint, (".",), forget_results),
        )

    def _whole_semgrep(self) -> Contender:
        return Contender("semgrep", self.semgrep, (".",))


def forget_all() -> None:
    """Make paylint's next run its first: no results, no compiled rules."""
    shutil.rmtree(CACHE, ignore_errors=True)


def forget_results() -> None:
    """Leave paylint its compiled rules only, as after an update of all files."""
    for path in CACHE.glob("cache.sqlite3*"):
        path.unlink()


def compare(case: Case, timeout: float) -> list[Result]:
    """Run all contenders of a case in turns, so that what else the machine does hits them alike."""
    results = [Result(case.name, one.name, one.tool.name == "paylint") for one in case.contenders]
    for number in range(1, case.rounds + 1):
        for one, result in zip(case.contenders, results, strict=True):
            if len(result.runs) >= one.most or result.over:
                continue
            say(f"{case.name}, round {number} of {case.rounds}: {one.name}")
            _once(case, one, result, timeout)
    trees.git(case.cwd, "reset", "--quiet", "--hard")
    return results


def _once(case: Case, one: Contender, result: Result, timeout: float) -> None:
    one.before()
    try:
        run = measure([*one.tool.command, *one.arguments], cwd=case.cwd, env=tools.environment(), timeout=timeout)
    except OSError as error:
        result.broken = str(error)
        return
    result.runs.append(run)
    if run.timed_out:
        return
    if run.returncode not in one.tool.fine:
        result.broken = f"exit code {run.returncode}: {_last_words(run)}"
        return
    try:
        result.answer = one.tool.answer(run.stdout)
    except (ValueError, KeyError, TypeError) as error:
        result.broken = f"an answer that makes no sense ({error!r}): {_last_words(run)}"


def _last_words(run: Run) -> str:
    words = run.stderr.strip() or run.stdout.decode(errors="replace").strip()
    return " ".join(words[-300:].split())


def prepare(options: Options) -> Bench:
    """Fetch, install and unpack. What cannot be had is named and left out, except the packages for Python."""
    with_node = shutil.which("npm") is not None
    if not with_node:
        say("npm is not here: the mixed tree goes without JavaScript and TypeScript packages")
    mixed, shop, terraform = trees.big_tree(with_node), trees.shop_tree(), trees.terraform_tree()
    others = []
    for make in (tools.checkov, tools.bandit):
        if tools.installed(make().name):
            others.append(make())
        else:
            say(f"{make().name} cannot be installed: left out")
    number, refused = tools.write_rules()
    say(f"mixed tree: {mixed.summary}; demo shop: {shop.summary}; Terraform: {terraform.summary}")
    say(f"{number} Semgrep rules; {os.cpu_count()} cores")
    if refused:
        say(f"rules that `semgrep` does not load, left out for it: {', '.join(refused)}")
    return Bench(mixed.path, shop.path, terraform.path, tools.paylint(), tools.semgrep(), tuple(others), options.quick)


def warm_up(bench: Bench, timeout: float) -> None:
    """Fill paylint's cache as it is on a developer's machine, where the repositories were scanned before."""
    say("scanning both trees once, so that what is staged meets a cache")
    time.sleep(_SETTLED)
    command = [*bench.paylint.command, "."]
    runs = [measure(command, cwd=tree, env=tools.environment(), timeout=timeout) for tree in (bench.mixed, bench.shop)]
    if any(run.timed_out for run in runs):
        say("that took too long and was stopped: what is staged meets a cache that is not full")


def say(text: str) -> None:
    """Tell people, on standard error."""
    print(text, file=sys.stderr, flush=True)


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure paylint beside semgrep, checkov and bandit.")
    parser.add_argument("--quick", action="store_true", help="fewer runs; checkov and bandit on the demo shop only")
    parser.add_argument("--case", action="append", choices=CASES, help="only this case; repeatable")
    parser.add_argument("--timeout", type=float, default=600.0, metavar="S", help="seconds a run may take (600)")
    found = parser.parse_args(arguments)
    return Options(found.quick, found.timeout, tuple(found.case or CASES))


def main() -> int:
    """Run all cases. 0, or 1 when a tool broke or the trees cannot be had."""
    options = read_options()
    try:
        bench = prepare(options)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        say(f"cannot prepare: {error}")
        return 1
    forget_all()
    if {"staged_one_file", "staged_payment_file", "nothing_staged"} & set(options.cases):
        warm_up(bench, options.timeout)
    results: list[Result] = []
    for case in bench.cases(options.cases):
        measured = compare(case, options.timeout)
        for figure in figures(measured):
            print(figure, flush=True)
        results += measured
    say("\n" + "\n".join(table(results)))
    return int(any(result.broken for result in results))


if __name__ == "__main__":
    sys.exit(main())
