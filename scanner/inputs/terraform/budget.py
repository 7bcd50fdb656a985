"""What evaluating one unit may cost: steps, depth, instances. Past a bound values are unknown, and a problem says so."""

from __future__ import annotations

from scanner.inputs.terraform.syntax import Spot
from scanner.model import Problem

MAX_STEPS = 3_000_000
"""About as many values looked at or written, or 16 times as many characters; some 5 seconds."""
MAX_FRAMES = 500
"""How deep evaluation may nest through expressions, references and modules, in Python's frames (which has 1,000)."""
MAX_INSTANCES = 2_000
"""How many resources, data blocks and modules `count` and `for_each` may make in one unit."""
_MAX_PROBLEMS = 200


class Budget:
    """Counts down. `stopped` is why nothing more is evaluated, "" while there is something left."""

    __slots__ = ("_problems", "frames", "instances", "steps", "stopped")

    def __init__(self) -> None:
        self.steps, self.frames, self.instances, self.stopped = MAX_STEPS, 0, MAX_INSTANCES, ""
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
