"""One audit log, appended to by several processes: on disk when it says so, in one chain, told when it is not."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path

import pytest

from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.shared import SharedAuditLog, serve
from reference_impl.audit.verify import verify
from reference_impl.background import background
from reference_impl.errors import UnavailableError
from tests.reference.audit_log import KEY, PUBLIC_KEY, event, open_log, records

SHOWN = "4000056655665556"
"""A published test number."""


@asynccontextmanager
async def shared(log: FileAuditLog, count: int = 1) -> AsyncIterator[list[SharedAuditLog]]:
    """So many others that append to it."""
    async with AsyncExitStack() as stack:
        others = []
        for _ in range(count):
            ours, theirs = socket.socketpair()
            await stack.enter_async_context(background(serve(log, ours)))
            others.append(await stack.enter_async_context(aclosing(await SharedAuditLog.connect(theirs))))
        yield others


def test_what_several_append_is_one_chain_and_on_disk_when_they_are_told(tmp_path: Path) -> None:
    async def run() -> None:
        async with aclosing(await open_log(tmp_path / "audit")) as log, shared(log, 2) as others:
            writers = [log, *others]

            async def append(number: int) -> None:
                await writers[number % 3].append([event(number), event(number, action="token.delete")])
                resources = [record.event for record in records(tmp_path / "audit")]
                assert event(number) in resources and event(number, action="token.delete") in resources

            await asyncio.gather(*(append(number) for number in range(60)))
            counts = {(await writer.acknowledged()).count for writer in writers}
            assert counts == {121}, "everybody sees what anybody appended, and the record of the start"

    asyncio.run(run())
    assert verify(tmp_path / "audit", KEY, PUBLIC_KEY, None).verified
    numbers = [record.number for record in records(tmp_path / "audit")]
    assert numbers == [*range(1, 123)]


def test_a_record_is_the_same_whoever_appends_it(tmp_path: Path) -> None:
    """Money, quotes, line breaks, and account data, which are masked before they go anywhere."""
    given = event(
        1, amount=1999, currency="EUR", agent='a "client"\nof 2 lines', reason=f"refused {SHOWN}", resource="ü" * 600
    )

    async def run() -> None:
        async with aclosing(await open_log(tmp_path / "audit")) as log, shared(log) as (other,):
            await log.append([given])
            await other.append([given])

    asyncio.run(run())
    own, others = (record.event for record in records(tmp_path / "audit")[1:3])
    assert own == others and own.agent == given.agent and SHOWN not in own.reason


def test_what_is_not_written_is_told(tmp_path: Path) -> None:
    async def run() -> None:
        log = await open_log(tmp_path / "audit")
        async with shared(log) as (other,):
            await other.append([event(1)])
            await log.aclose()
            with pytest.raises(UnavailableError, match="is closed"):
                await other.append([event(2)])
            with pytest.raises(ValueError, match="who, what"):
                await other.append([event(3, user="")])

    asyncio.run(run())
    assert event(2) not in [record.event for record in records(tmp_path / "audit")]


def test_nothing_waits_for_a_process_that_is_gone() -> None:
    async def run() -> None:
        ours, theirs = socket.socketpair()
        async with aclosing(await SharedAuditLog.connect(theirs)) as other:
            waiting = asyncio.create_task(other.append([event(1)]))
            await asyncio.sleep(0.05)
            assert not waiting.done() and not other.gone.is_set()
            ours.close()
            with pytest.raises(UnavailableError, match="gone"):
                await waiting
            await asyncio.wait_for(other.gone.wait(), 5)
            with pytest.raises(UnavailableError, match="gone"):
                await other.append([event(2)])
            with pytest.raises(UnavailableError, match="gone"):
                await other.acknowledged()

    asyncio.run(run())


def test_what_was_sent_before_the_other_end_closed_is_written(tmp_path: Path) -> None:
    async def run() -> None:
        log = await open_log(tmp_path / "audit")
        ours, theirs = socket.socketpair()
        other = await SharedAuditLog.connect(theirs)
        waiting = asyncio.create_task(other.append([event(1)]))
        await asyncio.sleep(0.05)  # it is sent, and not read yet
        await other.aclose()
        await serve(log, ours)
        with pytest.raises(UnavailableError):
            await waiting
        await log.aclose()

    asyncio.run(run())
    assert event(1) in [record.event for record in records(tmp_path / "audit")]
