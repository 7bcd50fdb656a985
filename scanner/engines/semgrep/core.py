"""Runs semgrep-core directly: 0.2 s for a file where the `semgrep` command takes 4 s, with the same results.

The core is one program for all targets of a run, so what makes it crash takes the answers of all others with it. Then
halves are run again, and halves of those, until the files that cause it are known; everything else is answered.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.engines.semgrep.answer import Answer, read
from scanner.engines.semgrep.languages import core_name
from scanner.engines.semgrep.launch import launch
from scanner.engines.semgrep.reports import Reports
from scanner.engines.semgrep.targets import Prepared, is_little
from scanner.errors import EngineError
from scanner.process import Running

if TYPE_CHECKING:
    from scanner.engines.semgrep.ahead import Ahead

BATCH_FILES = 4_000
"""Targets of one run: answers arrive at its end, so this is also what a timeout can cost."""

BATCH_BYTES = 3 * 512 * 1024
"""The same in bytes: its memory grows with what it has parsed, and the next files are tried while it is at these."""

_RERUNS = 40
_CHECK_SECONDS = 30.0


class OutOfTimeError(EngineError):
    """There is no time left."""

    def __init__(self) -> None:
        super().__init__("Semgrep ran out of time; `timeout` in the settings gives it more")


class UnusableError(EngineError):
    """This program does not work here, whatever it is given. `items`: what it leaves undone."""

    def __init__(self, message: str, items: Sequence[Prepared]) -> None:
        super().__init__(message)
        self.items = items


class Core(NamedTuple):
    """semgrep-core with one set of rules.

    `rules`: the file they are in; `work`: a private folder; `seconds`: per rule and file;
    `settled`: which rule is for which file is known, the core need not work it out again.
    `ahead`: has these rules and waits for its targets, which are few.
    """

    program: Path
    version: str
    rules: Path
    work: Path
    jobs: int
    seconds: float
    settled: bool = False
    ahead: Ahead | None = None

    def start(self, items: Sequence[Prepared], timeout: float) -> Running:
        """Starts a run. Raises OSError if the program cannot be executed."""
        listed = json.dumps(["Targets", [target for item in items for target in self._targets(item)]])
        if self.ahead and not self.ahead.used:
            return self.ahead.go(listed)
        targets = self.work / "targets.json"
        targets.write_text(listed, "utf-8")
        return launch(
            self.program,
            self.rules,
            targets,
            jobs=1 if is_little(item.size for item in items) else self.jobs,
            seconds=self.seconds,
            timeout=timeout,
            settled=self.settled,
        )

    def _targets(self, item: Prepared) -> list[object]:
        """One entry per language; `ppath` is what the `paths:` of rules speak about."""
        path = item.path.encode("utf-8", "replace").decode("utf-8")
        project = "".join(f"/{mark}" for mark in item.marks) + f"/{path}"
        return [
            ["CodeTarget", {"path": {"fpath": file, "ppath": project}, "analyzer": language, "products": ["sast"]}]
            for language, file in dict.fromkeys((core_name(language), file) for language, file in item.reads)
        ]

    def collect(self, items: Sequence[Prepared], running: Running, deadline: float, reports: Reports) -> None:
        """Waits for a run and finds what crashes it; `reports` says it all.

        `deadline`: of time.monotonic(). Raises UnusableError, and RuleError for a rule the core refuses.
        """
        queue, reruns, sound = deque([items]), _RERUNS, False
        first: Running | None = running
        while queue:
            items, under_way, first = queue.popleft(), first, None
            try:
                reports.add(self._answer(items, deadline, under_way), items)
            except OutOfTimeError as error:
                reports.lost(items, str(error))
            except EngineError as error:
                if under_way and self.ahead:  # it may have waited too long
                    queue.appendleft(items)
                    continue
                if not sound:
                    self._check([*items, *(item for part in queue for item in part)], deadline)
                    sound = True
                if len(items) == 1:
                    reports.lost(items, f"semgrep-core {error} on this file")
                elif reruns > 0:
                    reruns -= 2
                    middle = len(items) // 2
                    queue.extendleft((items[middle:], items[:middle]))
                else:
                    reports.lost(items, f"semgrep-core {error} on some of {len(items)} files, this one among them")

    def _answer(self, items: Sequence[Prepared], deadline: float, running: Running | None = None) -> Answer:
        """What a run says. Raises OutOfTimeError, and EngineError for a wrong version or no answer."""
        if running is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise OutOfTimeError
            try:
                running = self.start(items, left)
            except OSError as error:
                raise EngineError(f"cannot be started: {error.strerror}") from None
        done = running.finish()
        if done.timed_out:
            raise OutOfTimeError
        if not done.ok:
            raise EngineError(done.outcome)
        answer = read(done.stdout)
        if answer.version != self.version:
            raise EngineError(f"is version {answer.version} instead of {self.version}")
        return answer

    def _check(self, items: Sequence[Prepared], deadline: float) -> None:
        """Raises UnusableError, with the items, if the core does not even answer without any target."""
        try:
            self._answer((), min(deadline, time.monotonic() + _CHECK_SECONDS))
        except EngineError as error:
            raise UnusableError(f"semgrep-core {error}", items) from None
