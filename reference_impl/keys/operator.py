"""All tenants' keys and the key-encryption key above them, for who runs the machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import NotFoundError
from reference_impl.keys.model import KeyName, Progress, Purpose, Resealed, Resealer
from reference_impl.keys.record import recorded
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.keys.service import KeyRing
from reference_impl.keys.tenant import summary


class Status(NamedTuple):
    """`to_rewrap`: by holder, keys that another key-encryption key wraps; `to_reseal`: by tenant, cards of older keys.

    Holders and tenants with nothing to do are in them too, with 0.
    """

    key_encryption_key: str
    to_rewrap: Mapping[str, int]
    to_reseal: Mapping[str, int]


class TenantResealed(NamedTuple):
    """How far the re-sealing of a tenant's cards is; `destroyed`: keys that went, once none was left to do."""

    tenant: str
    progress: Resealed
    destroyed: Sequence[KeyName] = ()


@dataclass(frozen=True, slots=True)
class OperatorKeys:
    """`user`: who does it, for the audit log. Every method raises UnavailableError and records what it does."""

    ring: KeyRing
    rewrapping: Rewrapping
    resealer: Resealer
    audit: AuditLog
    user: str
    clock: Clock = utc_now

    async def status(self) -> Status:
        """As it is now."""
        await self.audit.append([self._event("keys.read", "keys")])
        to_reseal = {tenant: await self.resealer.left(tenant) for tenant in await self.ring.tenants()}
        return Status(await self.rewrapping.current(), await self.rewrapping.left(), to_reseal)

    async def rotate(self) -> str:
        """A new key-encryption key; its id. What is wrapped stays wrapped by the one before until `rewrap`."""
        async with recorded(self.audit, self.clock, self._event("keys.rotate", "key_encryption_key")) as ending:
            ending.reason = key_id = await self.rewrapping.rotate()
        return key_id

    async def rotate_tenant(self, tenant: str, purpose: Purpose) -> int:
        """A new key of a tenant; its version. Raises NotFoundError for one without keys."""
        await self._check(tenant)
        event = self._event("keys.rotate", f"key/{purpose.value}", tenant)
        async with recorded(self.audit, self.clock, event) as ending:
            version = await self.ring.rotate(tenant, purpose)
            ending.reason = f"version:{version}"
        return version

    async def rewrap(self) -> AsyncIterator[Progress]:
        """See `Rewrapping.run`."""
        progress = Progress(0, 0)
        async with recorded(self.audit, self.clock, self._event("keys.rewrap", "keys")) as ending:
            async for progress in self.rewrapping.run():
                yield progress
            ending.reason = f"done:{progress.done} left:{progress.left} unreadable:{len(progress.unreadable)}"

    async def reseal(self, tenant: str = "") -> AsyncIterator[TenantResealed]:
        """Of that tenant, or of all. Yields after each batch, and for each tenant at its end. Raises as above."""
        if tenant:
            await self._check(tenant)
        for each in [tenant] if tenant else await self.ring.tenants():
            progress = Resealed(0, 0)
            async with recorded(self.audit, self.clock, self._event("keys.reseal", "cards", each)) as ending:
                async for progress in self.resealer.run(each):
                    yield TenantResealed(each, progress)
                progress = progress._replace(left=await self.resealer.left(each))
                gone = await self.resealer.retire(each)
                ending.reason = summary(progress, gone)
            yield TenantResealed(each, progress, gone)

    async def _check(self, tenant: str) -> None:
        """So that a slip of the pen makes no tenant."""
        if tenant not in await self.ring.tenants():
            raise NotFoundError("there is no such tenant, or it has no keys (any more)")

    def _event(self, action: str, resource: str, tenant: str = "-") -> Event:
        return Event(self.user, action, self.clock(), Outcome.SUCCESS, "local", resource, tenant)
