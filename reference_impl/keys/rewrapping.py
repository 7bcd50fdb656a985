"""Replaces the key-encryption key, and wraps everything with the new one while traffic runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from reference_impl.crypto.rewrappable import Place, Rewrappable, Rewrapped, Wrapping
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.keys.model import Progress, Unreadable

BATCH = 2000


class Rewrapping:
    """What is wrapped stays the same, so nothing that is sealed changes and no process has to know.

    `holders`: everything that holds wrapped keys. Two steps, in this order: `rotate`, then `run` until nothing is left.
    Interrupted at any point, each is begun again: keys are either wrapped as before or by the new key, and both open.
    """

    def __init__(self, holders: Sequence[Rewrappable], wrapper: KeyWrapper) -> None:
        self._holders = holders
        self._wrapper = wrapper

    async def rotate(self) -> str:
        """Makes a new key-encryption key and returns its id (PCI DSS 3.7.4; quarterly here)."""
        return await asyncio.to_thread(self._wrapper.rotate)

    async def current(self) -> str:
        """The id of the key that wraps from now on. Raises UnavailableError."""
        return await asyncio.to_thread(lambda: self._wrapper.current)

    async def left(self) -> dict[str, int]:
        """How many keys of each holder another key-encryption key wraps."""
        key_id = await self.current()
        return {holder.name: await holder.count_not_wrapped_by(key_id) for holder in self._holders}

    async def run(self, batch: int = BATCH) -> AsyncIterator[Progress]:
        """Re-wraps every key that the current key-encryption key does not wrap; yields after each batch.

        Passes over the holders until one finds nothing: another process may wrap with the key before while the first
        pass runs. A key that does not open is reported and left as it is; the others are not held up by it.
        Raises UnavailableError: what was done before stays done.
        """
        done, changed = 0, True
        while changed:
            changed, unreadable = False, list[Unreadable]()
            key_id = await self.current()
            left = sum([await holder.count_not_wrapped_by(key_id) for holder in self._holders])
            for holder in self._holders:
                async for looked_at, rewrapped, bad in self._pass(holder, key_id, batch):
                    done, left, changed = done + rewrapped, max(0, left - looked_at), changed or rewrapped > 0
                    unreadable += [Unreadable(holder.name, place) for place in bad]
                    yield Progress(done, left, tuple(unreadable))

    async def _pass(
        self, holder: Rewrappable, key_id: str, batch: int
    ) -> AsyncIterator[tuple[int, int, Sequence[Place]]]:
        """Keys looked at, changed and unreadable, batch by batch. The next one is wrapped while one is written."""
        page = await holder.not_wrapped_by(key_id, None, batch)
        ready = await asyncio.to_thread(self._rewrapped, page)
        while page:
            following = await holder.not_wrapped_by(key_id, page[-1].place, batch)
            wrapping = asyncio.create_task(asyncio.to_thread(self._rewrapped, following))
            try:
                new, bad = ready
                changed = await holder.rewrap(new) if new else 0
            finally:
                ready = await wrapping
            yield len(page), changed, bad
            page = following

    def _rewrapped(self, keys: Sequence[Wrapping]) -> tuple[list[Rewrapped], list[Place]]:
        wrapped = self._wrapper.rewrap_many([(key.wrapped, key.context) for key in keys])
        new: list[Rewrapped] = []
        unreadable: list[Place] = []
        for key, again in zip(keys, wrapped, strict=True):
            if again is None:
                unreadable.append(key.place)
            else:
                new.append(Rewrapped(key.place, key.wrapped_by, again, self._wrapper.wrapped_by(again)))
        return new, unreadable
