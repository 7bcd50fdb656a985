"""What every part stands on, observed: the audit log, limits, and key-encryption keys.

`bootstrap` puts these around the real ones. They add nothing but a measurement and a span, and keep nothing they see.
"""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.audit.model import Event, Head, ReadableLog
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.limits.model import Decision, Limits
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.model import Operation
from reference_impl.secret import Secret


class ObservedAudit:
    """A `ReadableLog`: how long a record takes to be on disk, and whether it gets there."""

    def __init__(self, audit: ReadableLog, instruments: Instruments) -> None:
        self._audit, self._instruments = audit, instruments

    async def acknowledged(self) -> Head:
        """See `ReadableLog`."""
        return await self._audit.acknowledged()

    async def append(self, events: Sequence[Event]) -> None:
        """See `AuditLog`."""
        with self._instruments.operation(Operation.AUDIT_APPEND):
            await self._audit.append(events)


class ObservedLimits:
    """`Limits`: what was allowed and what refused, by what is limited; whose it was is not looked at."""

    def __init__(self, limits: Limits, instruments: Instruments) -> None:
        self._limits, self._metrics = limits, instruments.metrics

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """See `Limits`."""
        decision = await self._limits.hit(key, limit, window_seconds)
        self._metrics.limit(key, allowed=decision.allowed)
        return decision


class ObservedKeyWrapper:
    """A `KeyWrapper`: how often key-encryption keys are used, and how long that takes."""

    def __init__(self, wrapper: KeyWrapper, instruments: Instruments) -> None:
        self._wrapper, self._instruments = wrapper, instruments

    @property
    def current(self) -> str:
        """See `KeyWrapper`."""
        return self._wrapper.current

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        """See `KeyWrapper`."""
        with self._instruments.operation(Operation.KEY_WRAP):
            return self._wrapper.wrap(key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        """See `KeyWrapper`."""
        with self._instruments.operation(Operation.KEY_UNWRAP):
            return self._wrapper.unwrap(wrapped, context)

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """See `KeyWrapper`."""
        with self._instruments.operation(Operation.KEY_REWRAP):
            return self._wrapper.rewrap(wrapped, context)

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        """See `KeyWrapper`. Counted as one."""
        with self._instruments.operation(Operation.KEY_REWRAP):
            return self._wrapper.rewrap_many(keys)

    def wrapped_by(self, wrapped: bytes) -> str:
        """See `KeyWrapper`."""
        return self._wrapper.wrapped_by(wrapped)

    def rotate(self) -> str:
        """See `KeyWrapper`."""
        with self._instruments.operation(Operation.KEY_ROTATE):
            return self._wrapper.rotate()
