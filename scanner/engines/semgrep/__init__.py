"""Semgrep: code rules. semgrep-core is called directly, in the background; the `semgrep` command is the fallback."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.config import cores
from scanner.engines.semgrep.languages import analyzer, rules_for
from scanner.errors import EngineError
from scanner.model import Report, Rule

if TYPE_CHECKING:
    from scanner.engines.semgrep.ahead import Ahead
    from scanner.engines.semgrep.core import Core
    from scanner.engines.semgrep.targets import Prepared, Target
    from scanner.engines.semgrep.trial import Trial
    from scanner.process import Running
    from scanner.vocabulary import Vocabulary

__all__ = ["RULE_SECONDS", "VERSION", "Semgrep", "Tools", "analyzer", "rules_for"]

RULE_SECONDS = 5.0
"""What a rule gets for a file."""

VERSION = "1.182.0"
"""The one version whose core is called directly: its options and its output are private to Semgrep."""


class Tools(NamedTuple):
    """The programs to use: `core` (None: not installed) must be of `version`, then `commands` are tried in turn."""

    core: Path | None
    commands: tuple[Path, ...]
    version: str = VERSION

    @classmethod
    def find(cls) -> Tools:
        """What is installed with this Python, then what PATH offers."""
        beside = [Path(entry) for entry in sys.path if entry.rstrip("/").endswith(("site-packages", "dist-packages"))]
        packaged = [folder / "semgrep" / "bin" / "semgrep-core" for folder in beside]
        core = next((file for file in packaged if file.is_file()), None) or _on_path("semgrep-core")
        commands = [Path(sys.executable).parent / "semgrep", _on_path("semgrep")]
        return cls(core, tuple(dict.fromkeys(command for command in commands if command and command.is_file())))


def _on_path(name: str) -> Path | None:
    programs = (Path(folder, name) for folder in os.get_exec_path())
    return next((program for program in programs if program.is_file() and os.access(program, os.X_OK)), None)


class Semgrep:
    """Runs rules over files: `start`, then anything else, then `finish`; or `stop`.

    `timeout`: seconds for all of it. `rule_timeout`: seconds for one rule on one file. `work`: a private folder of its
    own. `vocabulary`: what the placeholders in the rules mean. `ahead`: a core that waits for something to do, which is
    given it if it is little.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        jobs: int,
        timeout: float,
        work: Path,
        rule_timeout: float = RULE_SECONDS,
        tools: Tools | None = None,
        vocabulary: Vocabulary | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        from scanner.engines.semgrep.compile import RuleSet
        from scanner.engines.semgrep.trial import Trial

        self._rules = RuleSet(rules)
        self._trial = Trial(self._rules, vocabulary)
        self._jobs, self._timeout, self._rule_timeout = max(1, min(jobs, cores())), timeout, rule_timeout
        self._work, self._tools = work.absolute(), tools or Tools.find()
        self._why = "semgrep-core is not installed"
        self._core: Core | None = None
        self._ahead = ahead if self._rules.settled else None
        self._running: Running | None = None

    def start(self, targets: Sequence[Target]) -> None:
        """Starts the analysis of these files and returns. What fails is told by `finish`, but for a full disk."""
        from scanner.engines.semgrep.core import Core, batches, is_small
        from scanner.engines.semgrep.reports import Reports
        from scanner.engines.semgrep.targets import prepare

        self._deadline = time.monotonic() + self._timeout
        self._reports = Reports([target.path for target in targets], self._rules, self._rule_timeout)
        prepared, problems = prepare(targets, self._rules.spoken, self._work / "copies")
        for problem in problems.values():
            self._reports.problem(problem)
        picked = self._trial.pick(prepared)
        self._runs = batches(picked)
        if not picked or self._tools.core is None:
            return
        rules = self._rules_text(picked, trial=self._trial)
        if not rules:
            self._runs = []
            return
        if not is_small(picked):
            self._ahead = None
        self._core = Core(
            self._tools.core,
            self._tools.version,
            self._ahead.write_rules(rules) if self._ahead else self._rules_file(rules),
            self._work,
            self._jobs,
            self._rule_timeout,
            settled=self._rules.settled,
            ahead=self._ahead,
        )
        try:
            self._running = self._core.start(self._runs[0], self._deadline - time.monotonic())
        except OSError as error:
            self._why = f"semgrep-core cannot be started: {error.strerror}"

    def finish(self) -> dict[str, Report]:
        """Path -> report for every target. Raises RuleError for a rule Semgrep refuses."""
        from scanner.engines.semgrep.core import UnusableError

        left: Sequence[Prepared] = [item for run in self._runs for item in run]
        if self._core and self._running:
            try:
                self._core.collect(self._runs, self._running, self._deadline, self._reports)
                left = ()
            except UnusableError as error:
                left, self._why = error.items, str(error)
        if left:
            self._ask_command(left)
        return self._reports.result()

    def stop(self) -> None:
        """Ends what runs in the background."""
        if self._running:
            self._running.stop()

    def _rules_text(self, items: Sequence[Prepared], trial: Trial | None = None) -> str:
        languages = {language for item in items for language, _ in item.reads}
        return self._trial.spelled(self._rules.text(languages, trial=trial))

    def _rules_file(self, text: str) -> Path:
        file = self._work / "rules.json"
        try:
            file.write_text(text, "utf-8")
        except OSError as error:
            raise EngineError(f"{file} cannot be written: {error.strerror}") from None
        return file

    def _ask_command(self, items: Sequence[Prepared]) -> None:
        """The fallback. What it does not answer either is lost, and says why."""
        from scanner.engines.semgrep.command import Commands
        from scanner.engines.semgrep.core import OutOfTimeError

        try:
            rules = self._rules_file(self._rules_text(items))
            commands = Commands(self._tools.commands, rules, self._work, self._jobs, self._rule_timeout)
            answer = commands.ask(items, self._deadline)
        except OutOfTimeError as error:
            self._reports.lost(items, str(error))
        except EngineError as error:
            advice = f"pip install semgrep=={self._tools.version} installs what is needed"
            self._reports.lost(items, f"{self._why}; {error}; {advice}")
        else:
            self._reports.add(answer, items)
