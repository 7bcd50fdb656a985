"""Runs Semgrep rules over files: the core in the background, the `semgrep` command where that fails.

The next run is made ready while the core is at one.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.config import cores
from scanner.engines.semgrep import RULE_SECONDS, Tools
from scanner.engines.semgrep.compile import RuleSet
from scanner.engines.semgrep.core import BATCH_BYTES, BATCH_FILES, Core, OutOfTimeError, UnusableError
from scanner.engines.semgrep.launch import RULES_PER_TIMEOUT
from scanner.engines.semgrep.reports import Reports
from scanner.engines.semgrep.targets import Prepared, Target, is_little, prepare
from scanner.engines.semgrep.trial import Trial
from scanner.errors import EngineError
from scanner.model import Report, Rule

if TYPE_CHECKING:
    from scanner.engines.semgrep.ahead import Ahead
    from scanner.process import Running
    from scanner.vocabulary import Vocabulary

_PATIENCE = 4  # times as long as usual, for a rule that was too slow for a file
_SECOND_SECONDS = 120.0  # for all second chances together
_FIRST_BYTES = 512 * 1024  # the first run is small: until it starts, only one processor works


def _only(text: str, names: Sequence[str]) -> str:
    """The rules of a text that have one of these names; all where so many are too slow that the rest was not tried."""
    if not names or len(names) >= RULES_PER_TIMEOUT:
        return text
    return json.dumps({"rules": [rule for rule in json.loads(text)["rules"] if rule["id"] in names]})


class _Run(NamedTuple):
    core: Core
    items: Sequence[Prepared]


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
        self._rules = RuleSet(rules)
        self._vocabulary = vocabulary
        self._trial = Trial(self._rules, vocabulary)
        self._jobs, self._timeout, self._rule_timeout = max(1, min(jobs, cores())), timeout, rule_timeout
        self._work, self._tools = work.absolute(), tools or Tools.find()
        self._why = "semgrep-core is not installed"
        self._ahead = ahead if self._rules.settled else None
        self._waiting: deque[Prepared] = deque()
        self._run: _Run | None = None
        self._running: Running | None = None
        self._left: Sequence[Prepared] = ()
        self._files = 0

    def start(self, targets: Sequence[Target]) -> None:
        """Starts the analysis of these files and returns. What fails is told by `finish`, but for a full disk."""
        self._deadline = time.monotonic() + self._timeout
        self._reports = Reports([target.path for target in targets], self._rules, self._rule_timeout)
        prepared, problems = prepare(targets, self._rules.spoken, self._work / "copies")
        for problem in problems.values():
            self._reports.problem(problem)
        self._waiting = deque(prepared)
        if self._tools.core:
            self._run = self._next_run(self._tools.core, _FIRST_BYTES)
            self._begin()
        else:
            self._left = self._trial.pick(self._waiting, len(prepared), sys.maxsize)

    def finish(self) -> dict[str, Report]:
        """Path -> report for every target. Raises RuleError for a rule Semgrep refuses."""
        while self._run and self._running:
            run, following = self._run, self._next_run(self._run.core.program)
            try:
                run.core.collect(run.items, self._running, self._deadline, self._reports)
            except UnusableError as error:
                self._why = str(error)
                self._give_up([*error.items, *(following.items if following else ())])
                break
            self._run = following
            self._begin()
        if self._left:
            self._ask_command(self._left)
        elif self._tools.core:
            self._second_chance(self._tools.core)
        return self._reports.result()

    def _second_chance(self, program: Path) -> None:
        """What took too long on a file is tried there once more, by itself: a busy machine must not cost a verdict."""
        late = self._reports.late()
        until = min(self._deadline, time.monotonic() + _SECOND_SECONDS)
        self._reports.seconds = self._rule_timeout * _PATIENCE
        for item, names in late.items():
            left = until - time.monotonic()
            if left < self._rule_timeout:
                self._reports.too_late(item, names, self._rule_timeout)
                continue
            trial = Trial(self._rules, self._vocabulary)
            picked = trial.pick(deque([item]), 1, sys.maxsize)
            if not picked:  # it is gone
                self._reports.too_late(item, names, self._rule_timeout)
                continue
            rules = _only(self._rules_text(picked, trial), names)
            core = self._core(program, picked, rules)._replace(jobs=1, seconds=self._reports.seconds)
            try:
                core.collect(picked, core.start(picked, left), until, self._reports)
            except (OSError, UnusableError):
                self._reports.too_late(item, names, self._rule_timeout)

    def _next_run(self, program: Path, size: int = BATCH_BYTES) -> _Run | None:
        """The next files that some rule can say something about, so many bytes of them, with their rules."""
        while self._waiting:
            items = self._trial.pick(self._waiting, BATCH_FILES, size)
            rules = self._rules_text(items, self._trial) if items else ""
            if rules:
                return _Run(self._core(program, items, rules), items)
        return None

    def _begin(self) -> None:
        """Starts the run that is ready."""
        self._running = None
        if self._run:
            try:
                self._running = self._run.core.start(self._run.items, self._deadline - time.monotonic())
            except OSError as error:
                self._why = f"semgrep-core cannot be started: {error.strerror}"
                self._give_up(self._run.items)

    def _give_up(self, items: Sequence[Prepared]) -> None:
        """Leaves these and all that wait to the command."""
        self._left = [*items, *self._trial.pick(self._waiting, len(self._waiting), sys.maxsize)]

    def stop(self) -> None:
        """Ends what runs in the background."""
        if self._running:
            self._running.stop()

    def _core(self, program: Path, items: Sequence[Prepared], rules: str) -> Core:
        """The core for a run on these files; what waits is only for little, once."""
        ahead, self._ahead = self._ahead, None
        if not is_little(item.size for item in items):
            ahead = None
        return Core(
            program,
            self._tools.version,
            self._rules_file(rules, ahead),
            self._work,
            self._jobs,
            self._rule_timeout,
            settled=self._rules.settled,
            ahead=ahead,
        )

    def _rules_text(self, items: Sequence[Prepared], trial: Trial | None = None) -> str:
        languages = {language for item in items for language, _ in item.reads}
        return self._trial.spelled(self._rules.text(languages, trial=trial))

    def _rules_file(self, text: str, ahead: Ahead | None = None) -> Path:
        file = self._work / f"rules-{self._files}.json"
        self._files += 1
        try:
            if ahead:
                return ahead.write_rules(text)
            file.write_text(text, "utf-8")
        except OSError as error:
            raise EngineError(f"{file} cannot be written: {error.strerror}") from None
        return file

    def _ask_command(self, items: Sequence[Prepared]) -> None:
        """The fallback. What it does not answer either is lost, and says why."""
        from scanner.engines.semgrep.command import Commands

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
