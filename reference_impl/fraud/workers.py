"""Threads for engines that compute, so that the event loop goes on, and a hung one harms nobody but itself."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from reference_impl.errors import UnavailableError
from reference_impl.fraud.settings import Threads

T = TypeVar("T")

_TURN_SECONDS = 0.0005


class _State(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    OVER = "over"


@dataclass(slots=True, eq=False)
class _Job:
    """`given_up`: nobody waits for the answer any more. Both change under the lock of the workers."""

    function: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]
    state: _State = _State.WAITING
    given_up: bool = False


class Workers:
    """`threads.each` threads. A call that is given up while it runs has its thread replaced, up to `threads.spare`
    times; if it comes to an end after all, its thread ends with it. At most `threads.waiting` calls queue.

    The standard pool would not do: a hung thread keeps its place there, and keeps the process from ending. These are
    daemons.

    While one hangs, all threads of this process that run Python take turns of half a millisecond, not five: the event
    loop would else wait so long for each that loops for ever, every time it has something to do. In peace such short
    turns would cost more than they bring.
    """

    def __init__(self, name: str, threads: Threads) -> None:
        self._name, self._threads = name, threads
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        self._hung = 0
        self._usual_turn = sys.getswitchinterval()
        for _ in range(threads.each):
            self._start()

    @property
    def hung(self) -> int:
        """Threads at something nobody waits for."""
        with self._lock:
            return self._hung

    async def run(self, function: Callable[[], T]) -> T:
        """What it returns or raises. Raises UnavailableError at once if too many wait, or too many threads hang."""
        job = _Job(function, asyncio.get_running_loop(), asyncio.get_running_loop().create_future())
        with self._lock:
            if self._waiting >= self._threads.waiting or self._hung >= self._threads.each + self._threads.spare:
                raise UnavailableError("all threads are busy")
            self._waiting += 1
        self._jobs.put(job)
        try:
            answer: T = await job.answer
        except asyncio.CancelledError:
            self._give_up(job)
            raise
        return answer

    def close(self) -> None:
        """Ends the threads that do not hang."""
        for _ in range(self._threads.each):
            self._jobs.put(None)

    def _give_up(self, job: _Job) -> None:
        with self._lock:
            job.given_up = True
            if job.state is _State.WAITING:
                self._waiting -= 1
            if job.state is not _State.RUNNING:
                return
            self._hung += 1
            sys.setswitchinterval(min(_TURN_SECONDS, self._usual_turn))
            replaced = self._hung <= self._threads.spare
        if replaced:
            self._start()

    def _start(self) -> None:
        threading.Thread(target=self._work, name=f"fraud-{self._name}", daemon=True).start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not self._take(job):
                continue
            answer, error = None, None
            try:
                answer = job.function()
            except BaseException as raised:  # noqa: BLE001 - raised again where the call was made
                error = raised
            goes_on = self._done(job)
            with suppress(RuntimeError):  # its event loop has ended
                job.loop.call_soon_threadsafe(_tell, job.answer, answer, error)
            if not goes_on:
                return

    def _take(self, job: _Job) -> bool:
        with self._lock:
            if job.given_up:
                return False
            self._waiting -= 1
            job.state = _State.RUNNING
            return True

    def _done(self, job: _Job) -> bool:
        """Whether this thread goes on: one that was replaced does not."""
        with self._lock:
            job.state = _State.OVER
            if not job.given_up:
                return True
            self._hung -= 1
            if not self._hung:
                sys.setswitchinterval(self._usual_turn)
            return self._hung >= self._threads.spare  # it was one too many to be replaced


def _tell(waiting: asyncio.Future[Any], answer: object, error: BaseException | None) -> None:
    if waiting.done():
        return
    if error is None:
        waiting.set_result(answer)
    else:
        waiting.set_exception(error)
