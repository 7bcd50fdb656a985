"""Time limits of requests: whose cancellation it was, and what is left of it."""

from __future__ import annotations

import asyncio
import sys

import pytest

from reference_impl.web.deadline import Deadline


def test_what_takes_too_long_is_left_and_the_task_goes_on() -> None:
    async def run() -> bool:
        with Deadline(0.01) as deadline:
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        if sys.version_info >= (3, 11):
            task = asyncio.current_task()
            assert task is not None and not task.cancelling()
        return deadline.passed

    assert asyncio.run(run())


def test_the_clock_starts_again() -> None:
    async def run() -> tuple[bool, bool]:
        with Deadline(0.02) as longer:
            longer.restart(60)
            await asyncio.sleep(0.04)
        with Deadline(60) as shorter:
            shorter.restart(0.01)
            await asyncio.Event().wait()
        return longer.passed, shorter.passed

    assert asyncio.run(run()) == (False, True)


def test_no_time_is_left_running() -> None:
    async def run() -> None:
        with pytest.raises(KeyError), Deadline(0.01):
            raise KeyError
        with Deadline(0.01):
            pass
        await asyncio.sleep(0.03)

    asyncio.run(run())


def test_another_cancellation_goes_through() -> None:
    async def run(late: float) -> None:
        began = asyncio.Event()

        async def work() -> None:
            with Deadline(late):
                began.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run(60))


if sys.version_info >= (3, 11):  # before, two cancellations are one

    def test_another_cancellation_at_the_same_time_goes_through() -> None:
        async def run() -> None:
            deadlines: list[Deadline] = []

            async def work() -> None:
                with Deadline(60) as deadline:
                    deadlines.append(deadline)
                    await asyncio.Event().wait()

            task = asyncio.create_task(work())
            await asyncio.sleep(0)
            deadlines[0]._cancel()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(run())


def test_an_error_of_what_was_cancelled_is_its_own() -> None:
    async def run() -> None:
        with Deadline(0.01):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise KeyError from None

    with pytest.raises(KeyError):
        asyncio.run(run())
