"""What was measured, as figures for machines and as a table for people."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from measure import Run
from tools import Answer

_MIB = 1024 * 1024


@dataclass(slots=True)
class Result:
    """All runs of one contender in one case. `broken` says what went wrong, "" if nothing did."""

    case: str
    contender: str
    ours: bool
    runs: list[Run] = field(default_factory=list)
    answer: Answer | None = None
    broken: str = ""

    @property
    def timed_out(self) -> bool:
        """Whether it was killed before it was done: its figures are lower bounds."""
        return any(run.timed_out for run in self.runs)

    @property
    def over(self) -> bool:
        """Whether running it again would tell nothing more."""
        return bool(self.broken) or self.timed_out

    @property
    def seconds(self) -> list[float]:
        """Wall time of each run."""
        return [run.seconds for run in self.runs]

    @property
    def memory(self) -> list[float]:
        """Peak memory of each run, in MiB."""
        return [run.memory / _MIB for run in self.runs]


def figures(results: Sequence[Result]) -> Iterator[str]:
    """One JSON object a figure. `ratio`: its value divided by that of the contender it ran `against`."""
    for result in _measured(results):
        rivals = [rival for rival in _measured(results) if rival.case == result.case and not rival.ours]
        against: list[Result | None] = [*rivals] if result.ours and rivals else [None]
        for rival in against:
            for what, unit in (("seconds", "s"), ("memory", "MiB")):
                yield json.dumps(_figure(result, rival, what, unit))


def table(results: Sequence[Result]) -> Iterator[str]:
    """Lines to read. `files` and `found`: as far as the tool tells."""
    yield f"{'case':<18} {'tool':<24} {'median s':>9} {'min-max':>15} {'MiB':>6} {'runs':>4} {'files':>6} {'found':>6}"
    for result in results:
        yield _row(result)
    yield ""
    for result in _measured(results):
        for rival in _measured(results):
            if result.ours and not rival.ours and result.case == rival.case:
                yield _comparison(result, rival)


def _measured(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if result.runs and not result.broken]


def _figure(result: Result, rival: Result | None, what: str, unit: str) -> dict[str, object]:
    values: list[float] = getattr(result, what)
    value = statistics.median(values)
    figure: dict[str, object] = {
        "name": f"{result.case}.{result.contender.replace(' ', '_')}.{what}",
        "value": round(value, 3),
        "unit": unit,
        "better": "less",
        "against": rival and rival.contender,
        "ratio": rival and round(value / statistics.median(getattr(rival, what)), 4),
        "min": round(min(values), 3),
        "max": round(max(values), 3),
        "runs": len(values),
    }
    if result.timed_out or (rival and rival.timed_out):
        figure["timed_out"] = [one.contender for one in (result, rival) if one and one.timed_out]
    return figure


def _row(result: Result) -> str:
    name = f"{result.case:<18} {result.contender:<24}"
    if result.broken or not result.runs:
        return f"{name} {result.broken or 'not run'}"
    times = result.seconds
    spread = f"{min(times):.2f}-{max(times):.2f}"
    measured = f"{statistics.median(times):>9.2f} {spread:>15} {statistics.median(result.memory):>6.0f} {len(times):>4}"
    return f"{name} {measured} {_counts(result)}"


def _counts(result: Result) -> str:
    if result.timed_out:
        return "timed out"
    answer = result.answer or Answer(-1, -1)
    counts = " ".join(f"{count if count >= 0 else '-':>6}" for count in (answer.files, answer.findings))
    return f"{counts} {answer.note}".rstrip()


def _comparison(result: Result, rival: Result) -> str:
    def factor(what: str) -> str:
        ratio = statistics.median(getattr(rival, what)) / statistics.median(getattr(result, what))
        return f"{'at least ' if rival.timed_out else ''}{ratio:.1f} x"

    times = f"{factor('seconds')} the time and {factor('memory')} the memory"
    return f"{result.case}: {rival.contender} takes {times} of {result.contender}"
