"""What is done to keys goes into the audit log before it is done, and again when it has ended (10.2.1.7)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock
from reference_impl.errors import ServiceError


@dataclass(slots=True)
class Ending:
    """What the second record says besides that it went well: `reason`, in stable words and numbers."""

    reason: str = "done"


@asynccontextmanager
async def recorded(log: AuditLog, clock: Clock, event: Event) -> AsyncIterator[Ending]:
    """Raises UnavailableError if it cannot be recorded: then nothing was done. What is killed or stopped has no end."""
    await log.append([replace(event, reason="begun")])
    ending = Ending()
    try:
        yield ending
    except ServiceError as error:
        await log.append([replace(event, at=clock(), outcome=Outcome.FAILURE, reason=error.code)])
        raise
    await log.append([replace(event, at=clock(), reason=ending.reason)])
