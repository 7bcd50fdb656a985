"""Hands heads to the anchor while the log is written: at once after a pause, every few seconds under load."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from reference_impl.audit.model import Anchor, Head
from reference_impl.errors import ServiceError

_LOG = logging.getLogger(__name__)


class Anchoring:
    """`every`: seconds between two heads. An anchor that does not answer stops no event; it is tried again."""

    def __init__(self, anchor: Anchor, every: float) -> None:
        self._anchor = anchor
        self._every = every
        self._changed = asyncio.Event()
        self._publishing = asyncio.Lock()
        self._head: Head | None = None
        self._task = asyncio.create_task(self._run())

    def advance(self, head: Head) -> None:
        """Returns at once."""
        self._head = head
        self._changed.set()

    async def aclose(self) -> None:
        """Publishes the last head, after one that is under way: its commit may outlive it and keep this one out."""
        async with self._publishing:
            self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._publish()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            if not await self._publish():
                self._changed.set()
            await asyncio.sleep(self._every)

    async def _publish(self) -> bool:
        async with self._publishing:
            if self._head is None:
                return True
            try:
                await self._anchor.publish(self._head)
            except ServiceError as error:
                _LOG.warning("the head of the audit log was not anchored: %s", error)
                return False
            return True
