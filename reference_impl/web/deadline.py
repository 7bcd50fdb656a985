"""How long a request may take: one timer of the event loop, for a small part of what a cancel scope costs."""

from __future__ import annotations

import asyncio
import sys
from types import TracebackType
from typing import Any, cast

from typing_extensions import Self


class Deadline:
    """`with`: cancels the task inside once the time is over, and takes that cancellation back on the way out.

    `passed`: this is how the block ended. A cancellation by somebody else goes through, one that came with it too.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over = self.passed = False

    def __enter__(self) -> Self:
        self._loop, self._task = asyncio.get_running_loop(), cast("asyncio.Task[Any]", asyncio.current_task())
        self._timer = self._loop.call_later(self._seconds, self._cancel)
        return self

    def restart(self, seconds: float) -> None:
        """So long from now, instead."""
        self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._cancel)

    def _cancel(self) -> None:
        self._over = self._task.cancel()

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> bool:
        self._timer.cancel()
        if self._over:
            others = 0
            if sys.version_info >= (3, 11):
                others = self._task.uncancel()
            self.passed = kind is asyncio.CancelledError and not others
        return self.passed
