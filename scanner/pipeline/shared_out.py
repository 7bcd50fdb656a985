"""Questions shared out among copies of this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from typing import NamedTuple

from scanner.forked import Forked
from scanner.model import Json


class Answered(NamedTuple):
    """A question with its answer, or with how the copy ended that was to give it."""

    question: Json
    answer: Json
    ended: str = ""


def answers(answer: Callable[[Json], Json], questions: Iterable[Json], jobs: int) -> Generator[Answered, None, None]:
    """Has each question answered once, by at most `jobs` copies at a time; yields the answers as they come.

    To be closed by who does not take all of them.
    """
    waiting = deque(questions)
    busy: dict[Forked, Json] = {}
    idle: list[Forked] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                copy = idle.pop() if idle else Forked(answer)
                busy[copy] = waiting.popleft()
                with suppress(OSError):  # that it is gone is seen when its answer is taken
                    copy.ask(busy[copy])
            for copy in _ready(busy):
                question = busy.pop(copy)
                try:
                    given = Answered(question, copy.answer())
                except OSError:
                    given = Answered(question, None, copy.stop())
                else:
                    idle.append(copy)
                yield given
    finally:
        for copy in (*busy, *idle):
            copy.stop()


def _ready(copies: Iterable[Forked]) -> list[Forked]:
    """Those that have answered or are gone; waits until there is one."""
    from selectors import EVENT_READ, DefaultSelector

    with DefaultSelector() as selector:
        for copy in copies:
            selector.register(copy, EVENT_READ, copy)
        return [key.data for key, _ in selector.select()]
