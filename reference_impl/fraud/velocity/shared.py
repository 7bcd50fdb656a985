"""Engines that ask about the same payment at the same time share one answer, and its way to the counter and back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from reference_impl.fraud.velocity.model import Entry, Subject, Tally, Windows


class SharedWindows:
    """`Windows` on others. For one event loop."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._under_way: dict[tuple[tuple[Subject, ...], Entry], asyncio.Task[Sequence[Tally]]] = {}

    async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
        """See `Windows`."""
        name = tuple(subjects), entry
        task = self._under_way.get(name)
        if task is None:
            task = self._under_way[name] = asyncio.create_task(self._add(*name))
        return await asyncio.shield(task)  # one who gives up takes nothing from the other

    async def fail(self, tenant: str, entry_id: str) -> None:
        """See `Windows`."""
        await self._windows.fail(tenant, entry_id)

    async def forget(self, subjects: Sequence[Subject]) -> None:
        """See `Windows`."""
        await self._windows.forget(subjects)

    async def _add(self, subjects: tuple[Subject, ...], entry: Entry) -> Sequence[Tally]:
        try:
            return await self._windows.add(subjects, entry)
        finally:
            del self._under_way[subjects, entry]
