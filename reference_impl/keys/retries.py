"""Secrets of a day, under which idempotency keys are known whoever sent them.

A customer's own order is found by the idempotency key under the customer's key, for good. That the same key comes with
another customer is a mistake that could charge twice, as when somebody signs in between two attempts; to notice it all
instances need something in common, and whoever had a backup and that could try keys of the shop on it. So it is of the
day: older than yesterday's are destroyed, in the store of persons' keys, which is in no backup.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import date

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import KEY_BYTES
from reference_impl.keys.model import RetrySecret
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.secret import Secret


class DailySecrets:
    """Implements `keys.model.RetrySecrets`: asked for once a day."""

    def __init__(self, store: SubjectKeyStore, clock: Clock = utc_now) -> None:
        self._store, self._clock = store, clock
        self._day: date | None = None
        self._known: Sequence[RetrySecret] = ()
        self._lock = asyncio.Lock()

    async def current(self) -> Sequence[RetrySecret]:
        """See `RetrySecrets`."""
        async with self._lock:
            today = self._clock().date()
            if self._day != today:
                found = await self._store.retry_secrets(today, os.urandom(KEY_BYTES))
                self._day, self._known = today, [RetrySecret(Secret(secret)) for secret in found]
            return self._known
