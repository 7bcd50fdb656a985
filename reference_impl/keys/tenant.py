"""A tenant's own keys, for people of that tenant."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from typing import NamedTuple

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import Clock, utc_now
from reference_impl.keys.model import KeyName, KeyStatus, Purpose, Resealed, Resealer
from reference_impl.keys.record import recorded
from reference_impl.keys.service import KeyRing
from reference_impl.sox.model import Witness

MOST = 2000
"""Cards re-sealed in one request: what takes about a second."""


class Overview(NamedTuple):
    """`left`: cards that are to be re-sealed before older keys can go."""

    keys: Sequence[KeyStatus]
    left: int


class Resealing(NamedTuple):
    """What a request did; `destroyed`: keys that nothing needs any more."""

    progress: Resealed
    destroyed: Sequence[KeyName]


class TenantKeys:
    """Every method wants the permission to rotate keys and a fresh second factor, and is in the audit log.

    Raises ForbiddenError, StepUpRequiredError, UnavailableError.
    """

    def __init__(
        self,
        ring: KeyRing,
        resealer: Resealer,
        audit: AuditLog,
        clock: Clock = utc_now,
        *,
        witness: Witness | None = None,
    ) -> None:
        """`witness`: keeps evidence of new keys, for another person to approve."""
        self._ring, self._resealer, self._audit, self._clock = ring, resealer, audit, clock
        self._witness = witness

    async def overview(self, caller: Caller) -> Overview:
        """Of the caller's tenant."""
        caller.permit(Permission.ROTATE_KEYS)
        await self._audit.append([caller.event("keys.read", "keys", self._clock())])
        tenant = caller.principal.tenant
        left = await self._resealer.left(tenant)
        return Overview(await self._ring.status(tenant), left)

    async def rotate(self, caller: Caller, purpose: Purpose) -> int:
        """The version of the new key. Other processes follow within minutes."""
        caller.permit(Permission.ROTATE_KEYS)
        event = caller.event("keys.rotate", f"key/{purpose.value}", self._clock())
        async with recorded(self._audit, self._clock, event) as ending:
            version = await self._ring.rotate(caller.principal.tenant, purpose)
            ending.reason = f"version:{version}"
            if self._witness is not None:
                who, what = caller.principal, f"key/{purpose.value}"
                await self._witness.changed(who.tenant, what, f"version:{version - 1}", ending.reason, who.subject)
        return version

    async def reseal(self, caller: Caller, most: int = MOST) -> Resealing:
        """About `most` cards, and when none is left, the end of older keys. Asked again, it goes on."""
        caller.permit(Permission.ROTATE_KEYS)
        tenant, progress = caller.principal.tenant, Resealed(0, 0)
        async with recorded(self._audit, self._clock, caller.event("keys.reseal", "cards", self._clock())) as ending:
            async with aclosing(self._resealer.run(tenant)) as run:
                async for progress in run:
                    if progress.done >= most:
                        break
            progress = progress._replace(left=await self._resealer.left(tenant))
            gone = await self._resealer.retire(tenant)
            ending.reason = summary(progress, gone)
        return Resealing(progress, gone)


def summary(progress: Resealed, gone: Sequence[KeyName]) -> str:
    """For the record."""
    names = ",".join(f"{name.purpose.value}/{name.version}" for name in gone) or "none"
    return f"done:{progress.done} left:{progress.left} unreadable:{len(progress.unreadable)} destroyed:{names}"
