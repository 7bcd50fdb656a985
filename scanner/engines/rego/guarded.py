"""Evaluation in a worker process with a hard time limit, for rules that are not our own.

regorus offers no limit on time or steps and holds the interpreter's lock while it evaluates, so neither a thread nor a
signal handler can stop it; and a rule that recurses without end overflows the stack and takes the process with it. The
worker has the loaded engine at once; killed at the limit, it is made anew for the next rule.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from scanner.engines.rego.backend import Backend, Document, RuleEvaluationError
from scanner.errors import EngineError
from scanner.forked import Forked, Limits
from scanner.model import Json

_MEMORY = 4 << 30  # of address space: regorus' allocator reserves it a whole GiB at a time


class Guarded:
    """A `Backend` around another one, whose evaluations take `seconds` at most and 4 GiB of memory."""

    def __init__(self, inner: Backend, seconds: float = 10.0) -> None:
        self._inner, self._seconds = inner, seconds
        self._input = "{}"
        self._worker: Forked | None = None

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Loads here, so that every worker starts with it done."""
        self._inner.load(modules, data)

    def set_input(self, text: str) -> None:
        """Sets the input, for the next worker: reading it is bounded as well."""
        self._stop()
        self._input = text

    def expect(self, packages: Iterable[str]) -> None:
        """Nothing: the limits are for each rule."""

    def evaluate(self, package: str, document: Document) -> Json:
        """The document's value. Raises RuleEvaluationError if it takes too long or crashes the worker."""
        if self._worker is None:
            self._worker = Forked(_worker(self._inner, self._input), Limits(self._seconds, _MEMORY))
        deadline = time.monotonic() + self._seconds
        try:
            self._worker.ask([package, document], deadline)
            kind, value = self._worker.answer(deadline)
        except TimeoutError:
            self._stop()
            raise RuleEvaluationError(f"took longer than {self._seconds:g} s") from None
        except OSError:
            raise RuleEvaluationError(f"crashed the engine ({self._stop()})") from None
        if kind == "value":
            return value
        raise (RuleEvaluationError if kind == "rule" else EngineError)(value)

    def close(self) -> None:
        """Ends the worker."""
        self._stop()
        self._inner.close()

    def _stop(self) -> str:
        worker, self._worker = self._worker, None
        return worker.stop() if worker else ""


def _worker(inner: Backend, text: str) -> Callable[[Json], Json]:
    """What answers [package, document] with [kind, value or message]; it reads the input when it is first asked."""
    unread: list[str] = [text]
    unreadable: list[Json] = []

    def answer(question: Json) -> Json:
        if unread:
            try:
                inner.set_input(unread.pop())
            except EngineError as error:
                unreadable[:] = ["engine", str(error)]
        return unreadable or _answer(inner, *question)

    return answer


def _answer(inner: Backend, package: str, document: Document) -> list[Json]:
    try:
        return ["value", inner.evaluate(package, document)]
    except RuleEvaluationError as error:
        return ["rule", str(error)]
    except EngineError as error:
        return ["engine", str(error)]
