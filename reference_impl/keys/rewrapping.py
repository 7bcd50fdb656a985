"""Replaces the key-encryption key, and wraps all keys with the new one while traffic runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import IntegrityError
from reference_impl.keys.model import KeyName, Progress
from reference_impl.keys.store import KeyStore, Rewrapped, Wrapping

BATCH = 1000


class Rewrapping:
    """Data keys stay the same, so nothing that is sealed changes and no process has to know.

    Two steps, in this order: `rotate`, then `run` until nothing is left. Interrupted at any point, each is begun
    again: keys are either wrapped as before or by the new key, and both open.
    """

    def __init__(self, store: KeyStore, wrapper: KeyWrapper) -> None:
        self._store = store
        self._wrapper = wrapper

    async def rotate(self) -> str:
        """Makes a new key-encryption key and returns its id (PCI DSS 3.7.4; quarterly here)."""
        return await asyncio.to_thread(self._wrapper.rotate)

    async def run(self, batch: int = BATCH) -> AsyncIterator[Progress]:
        """Re-wraps every key that the current key-encryption key does not wrap; yields after each batch.

        Passes over the table until one finds nothing: another process may wrap with the key before while the first
        pass runs. A key that does not open is reported and left as it is; the others are not held up by it.
        Raises UnavailableError: what was done before stays done.
        """
        done, pass_done = 0, True
        while pass_done:
            pass_done = False
            unreadable: list[KeyName] = []
            key_id = await asyncio.to_thread(lambda: self._wrapper.current)
            left = await self._store.count_not_wrapped_by(key_id)
            after: KeyName | None = None
            while keys := await self._store.not_wrapped_by(key_id, after, batch):
                after = keys[-1].name
                new, bad = await asyncio.to_thread(self._rewrap, keys)
                changed = await self._store.rewrap(new) if new else 0
                done, left, pass_done = done + changed, max(0, left - len(keys)), pass_done or changed > 0
                unreadable += bad
                yield Progress(done, left, tuple(unreadable))

    def _rewrap(self, keys: Sequence[Wrapping]) -> tuple[list[Rewrapped], list[KeyName]]:
        new = [self._rewrapped(key) for key in keys]
        unreadable = [key.name for key, rewrapped in zip(keys, new, strict=True) if rewrapped is None]
        return [rewrapped for rewrapped in new if rewrapped is not None], unreadable

    def _rewrapped(self, key: Wrapping) -> Rewrapped | None:
        try:
            wrapped = self._wrapper.rewrap(key.wrapped, key.name.context())
        except IntegrityError:
            return None
        return Rewrapped(key.name, key.wrapped_by, wrapped, self._wrapper.wrapped_by(wrapped))
