"""Failed sign-ins as a monitoring system wants to see them: per person and per source, apart (10.4.1.1, 10.7.2)."""

from __future__ import annotations

import logging
from typing import Protocol

from reference_impl.auth.origin import source
from reference_impl.limits.model import Limits, Rate

_log = logging.getLogger(__name__)

FAILURES = Rate(5, 3600)
"""More than five in an hour is worth a look."""


class Alarm(Protocol):
    """Who is to know of it, besides the log."""

    async def failed_sign_ins(self, counted_by: str, key: str, tenant: str) -> None:
        """`counted_by`: account or source; `key`: which one; `tenant`: "-" for a source. Returns at once."""
        ...


class FailedSignIns:
    """Counts failures and logs `failed_sign_ins`, once an hour for each person and each source that has too many.

    Two counts instead of one for the pair: one address that tries a password on each of a thousand accounts never
    fails twice for a pair, nor do a thousand addresses that try one account. Alerts lock nobody; `StepUp` does.
    """

    def __init__(self, limits: Limits, rate: Rate = FAILURES, alarm: Alarm | None = None) -> None:
        """`rate`: what passes without a word."""
        self._limits, self._rate, self._alarm = limits, rate, alarm

    async def failed(self, origin: str, tenant: str = "-", subject: str = "-") -> None:
        """`subject`: "-" where nobody knows who it was. Raises UnavailableError if the limits do."""
        await self._count("source", "-", source(origin), origin)
        if subject != "-":
            await self._count("account", tenant, subject, origin)

    async def _count(self, by: str, tenant: str, whose: str, origin: str) -> None:
        key, rate = whose if by == "source" else f"{tenant}:{whose}", self._rate
        if (await self._limits.hit(f"failed:{by}:{key}", rate.limit, rate.window_seconds)).allowed:
            return
        if (await self._limits.hit(f"alerted:{by}:{key}", 1, rate.window_seconds)).allowed:
            _log.warning("failed_sign_ins", extra={"severity": "high", "counted_by": by, "origin": origin})
            if self._alarm is not None:
                await self._alarm.failed_sign_ins(by, whose, tenant)
