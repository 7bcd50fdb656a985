"""Where measures take hold: of callers, of accounts, of limits, of fraud scoring."""

from __future__ import annotations

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller
from reference_impl.auth.origin import source
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import LimitedError
from reference_impl.incident.in_force import Shield
from reference_impl.incident.model import Account, AccountBlockedError, AccountKind, Measures
from reference_impl.limits.model import Decision, Limits, Rate

_EDGE = "requests:"
_GRACE_SECONDS = 60.0
"""How long it is enough to have known that somebody is not blocked: what they ask for then fails by itself where it
needs the database, and money and account data do."""


class Guard:
    """`Guarding`."""

    def __init__(self, measures: Measures, audit: AuditLog, clock: Clock = utc_now) -> None:
        self._measures, self._audit, self._clock = measures, audit, clock

    async def blocked(self, tenant: str, *accounts: Account) -> bool:
        """See `Guarding`."""
        return not (await self._measures.of(tenant)).blocked.isdisjoint(accounts)

    async def check(self, caller: Caller, action: str, *accounts: Account) -> None:
        """See `Guarding`. `accounts`: whose names were checked, for they are recorded."""
        blocked = (await self._measures.of(caller.principal.tenant)).blocked
        for account in accounts:
            if account in blocked:
                error = AccountBlockedError()
                resource = f"account:{account.kind.value}:{account.name}"
                await self._audit.append([caller.event(action, resource, self._clock(), Outcome.DENIED, error.code)])
                raise error


class Gate:
    """`auth.model.Gate`: refuses users who are blocked and, while their tenant is protected, those who ask too often.

    `rate`: of one address in a tenant that is protected.
    """

    def __init__(self, measures: Measures, limits: Limits, rate: Rate) -> None:
        self._measures, self._limits, self._rate = measures, limits, rate

    async def admit(self, caller: Caller) -> None:
        """Raises AccountBlockedError, LimitedError, UnavailableError."""
        who = caller.principal
        standing = await self._measures.of(who.tenant, _GRACE_SECONDS)
        if Account(AccountKind.USER, who.subject) in standing.blocked:
            raise AccountBlockedError
        if standing.protected:
            key = f"protected:{who.tenant}:{source(caller.origin)}"
            decision = await self._limits.hit(key, self._rate.limit, self._rate.window_seconds)
            if not decision.allowed:
                raise LimitedError("too many requests while an attack is fended off", decision.retry_after)


class ProtectedLimits:
    """`Limits` of the edge: tighter while the service is protected. `share`: of what passes at other times."""

    def __init__(self, limits: Limits, shield: Shield, share: float) -> None:
        self._limits, self._shield, self._share = limits, shield, share

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """See `Limits`."""
        if self._shield.up and key.startswith(_EDGE):
            limit = lowered(limit, self._share)
        return await self._limits.hit(key, limit, window_seconds)


class Sensitivity:
    """`fraud.model.Sensitivity`: by what thresholds are multiplied."""

    def __init__(self, measures: Measures, factor: float) -> None:
        self._measures, self._factor = measures, factor

    async def of(self, tenant: str) -> float:
        """1: as the policy says. Raises UnavailableError."""
        return self._factor if (await self._measures.of(tenant)).sensitive else 1.0


def lowered(limit: int, share: float) -> int:
    """One at least: nobody is locked out altogether."""
    return max(1, int(limit * share))
