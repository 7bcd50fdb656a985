"""Dead letters and the trail, for who runs the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock, utc_now
from reference_impl.events import dead_letters, sink, verify
from reference_impl.events.dead_letters import Letter
from reference_impl.events.log import EventLog
from reference_impl.events.model import EventType
from reference_impl.events.segments import SegmentStore

Opened = Callable[[], AbstractAsyncContextManager[EventLog]]


@dataclass(frozen=True, slots=True)
class OperatorEvents:
    """`log`: opened for as long as it is used; `key`: with which the trail was signed; `user`: who, for the audit log.

    Every method raises UnavailableError and ConfigurationError, and records what it does before it does it.
    """

    log: Opened
    kept: SegmentStore
    engine: AsyncEngine
    key: Ed25519PublicKey
    audit: AuditLog
    user: str
    clock: Clock = utc_now

    async def dead_letters(self, limit: int) -> Sequence[Letter]:
        """Those that wait, up to so many."""
        await self._record("events.read", "dead_letters")
        async with self.log() as log:
            return await dead_letters.waiting(log, [type_.value for type_ in EventType], limit)

    async def redrive(self, limit: int) -> Mapping[str, int]:
        """Brings up to so many back; how many they were, by topic."""
        await self._record("events.redrive", "dead_letters")
        done: dict[str, int] = {}
        async with self.log() as log:
            for type_ in EventType:
                if (left := limit - sum(done.values())) > 0:
                    done[type_.value] = await dead_letters.redrive(log, type_.value, left)
        return done

    async def verify(self) -> verify.Verdict:
        """Reads the whole trail."""
        await self._record("events.verify", "trail")
        return await verify.verify(self.kept, self.engine, self.key, sink.NAME)

    async def _record(self, action: str, resource: str) -> None:
        await self.audit.append([Event(self.user, action, self.clock(), Outcome.SUCCESS, "local", resource)])
