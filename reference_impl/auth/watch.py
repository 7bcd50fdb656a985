"""Failed sign-ins as a monitoring system wants to see them: per person and per source, apart (10.4.1.1, 10.7.2)."""

from __future__ import annotations

import logging

from reference_impl.auth.origin import source
from reference_impl.limits.model import Limits, Rate

_log = logging.getLogger(__name__)

FAILURES = Rate(5, 3600)
"""More than five in an hour is worth a look."""


class FailedSignIns:
    """Counts failures and logs `failed_sign_ins`, once an hour for each person and each source that has too many.

    Two counts instead of one for the pair: one address that tries a password on each of a thousand accounts never
    fails twice for a pair, nor do a thousand addresses that try one account. Alerts lock nobody; `StepUp` does.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def failed(self, origin: str, tenant: str = "-", subject: str = "-") -> None:
        """`subject`: "-" where nobody knows who it was. Raises UnavailableError if the limits do."""
        await self._count("source", source(origin), origin)
        if subject != "-":
            await self._count("account", f"{tenant}:{subject}", origin)

    async def _count(self, by: str, key: str, origin: str) -> None:
        if (await self._limits.hit(f"failed:{by}:{key}", FAILURES.limit, FAILURES.window_seconds)).allowed:
            return
        if (await self._limits.hit(f"alerted:{by}:{key}", 1, FAILURES.window_seconds)).allowed:
            _log.warning("failed_sign_ins", extra={"severity": "high", "counted_by": by, "origin": origin})
