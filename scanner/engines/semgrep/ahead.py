"""semgrep-core under way before it is known what it is to do: its own start takes a tenth of a second.

It waits where it opens its rules, until they are written.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from scanner.engines.semgrep.launch import launch
from scanner.held_file import HeldFile
from scanner.process import Running


class Ahead:
    """The core for one run on little. End it with `stop`, whether it was given anything or not.

    `folder`: a private one, made here; `seconds`: for one rule on one file; `timeout`: seconds from now. Raises OSError
    where it cannot be had.
    """

    def __init__(self, program: Path, folder: Path, *, seconds: float, timeout: float) -> None:
        folder.mkdir(mode=0o700)
        rules, targets = folder / "rules.json", folder / "targets.json"
        with ExitStack() as held:
            self._rules = held.enter_context(HeldFile(rules))
            self._targets = held.enter_context(HeldFile(targets))
            self._running = launch(program, rules, targets, jobs=1, seconds=seconds, timeout=timeout)
            self._held = held.pop_all()
        self.used = False

    def write_rules(self, text: str) -> Path:
        """Gives it its rules; where they are."""
        self._rules.write(text.encode())
        return self._rules.path

    def go(self, targets: str) -> Running:
        """Gives it its targets, once; then it runs."""
        self.used = True
        self._targets.write(targets.encode())
        return self._running

    @property
    def pid(self) -> int:
        """Its process."""
        return self._running.pid

    def stop(self) -> None:
        """Ends it, if it has not ended."""
        self._running.stop()
        self._held.close()
