"""The models, for who runs the machine: what decides about people is changed by somebody who is on record."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ServiceError
from reference_impl.fraud.installed import InstalledModels
from reference_impl.fraud.manifest import Manifest


@dataclass(frozen=True, slots=True)
class OperatorModels:
    """`user`: who does it, for the audit log."""

    models: InstalledModels
    audit: AuditLog
    user: str
    clock: Clock = utc_now

    async def install(self, source: Path) -> Manifest:
        """As `InstalledModels.install`. Recorded before it is done, and how it ended."""
        event = Event(self.user, "fraud.models.install", self.clock(), Outcome.SUCCESS, "local", "fraud_models")
        await self.audit.append([replace(event, reason="begun")])
        try:
            installed = await asyncio.to_thread(self.models.install, source)
        except ServiceError as error:
            await self.audit.append([replace(event, at=self.clock(), outcome=Outcome.FAILURE, reason=error.code)])
            raise
        await self.audit.append([replace(event, at=self.clock(), reason=f"version:{installed.version}")])
        return installed
