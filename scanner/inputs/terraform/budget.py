"""What evaluating one unit may cost: steps, depth, instances.

Past a bound values are unknown, and a problem says so: what was not looked at is never clean.
"""

from __future__ import annotations

from scanner.inputs.terraform.syntax import Spot
from scanner.model import Problem

MAX_STEPS = 1_000_000
"""About as many values looked at or written, or 16 times as many characters: 5 to 10 seconds and 200 MB at worst, and
ten times what large root modules take (they take 0.05 to 0.4 steps for a byte of source)."""
MAX_FRAMES = 400
"""How deep evaluation may nest through expressions, references and modules, in frames (Python has 1,000; walking a
nested value takes up to 300 more, and whoever calls us some)."""
MAX_INSTANCES = 2_000
"""How many resources, data blocks and module calls `count` and `for_each` may make in one unit."""
MAX_MODULES = 1_000
"""How many modules one unit may be made of, each counted as often as it is called."""
MAX_SUBJECTS = 20_000
"""How many subjects one unit may have."""
_MAX_PROBLEMS = 200


class Budget:
    """Counts down. `stopped` is why nothing more is evaluated, "" while there is something left."""

    __slots__ = ("_problems", "frames", "instances", "modules", "steps", "stopped", "subjects")

    def __init__(self) -> None:
        self.steps, self.frames, self.stopped = MAX_STEPS, 0, ""
        self.instances, self.modules, self.subjects = MAX_INSTANCES, MAX_MODULES, MAX_SUBJECTS
        self._problems: dict[Problem, None] = {}

    def spend(self, steps: int) -> bool:
        """Whether there is enough left for that many steps."""
        self.steps -= steps
        return self.steps >= 0

    def report(self, spot: Spot, message: str, fatal: bool = True) -> None:
        """Notes a problem at a place, once."""
        file, start, _ = spot
        problem = Problem(file.path, message, fatal, file.line(start))
        if len(self._problems) < _MAX_PROBLEMS:
            self._problems[problem] = None

    def refuse(self, spot: Spot) -> str:
        """The reason why nothing is evaluated here: there are no steps left, or it nests too deeply."""
        if self.steps < 0:
            reason = f"evaluation stopped: this unit takes more than {MAX_STEPS:,} steps"
            if not self.stopped:
                self.report(spot, f"{reason}; what follows is unknown")
            self.stopped = reason
            return reason
        reason = "references and expressions nest too deeply to be evaluated"
        self.report(spot, reason)
        return reason

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was noted, by file and line."""
        return tuple(sorted(self._problems, key=lambda item: (item.path, item.line, item.message, item.fatal)))
