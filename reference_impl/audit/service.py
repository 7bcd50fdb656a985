"""Reading the log, which is an event itself (10.2.1.3): recorded before anything is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from reference_impl.audit.chain import Chainer
from reference_impl.audit.model import Event, Filter, Outcome, ReadableLog, Record
from reference_impl.audit.reader import LogReader
from reference_impl.clock import Clock, utc_now
from reference_impl.secret import Secret


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads: `user`, from `origin`, for `tenant` ("-": the operator, for all), in that request."""

    user: str
    origin: str
    tenant: str = "-"
    request_id: str = "-"


class AuditTrail:
    """Reviews (10.4.1) and reports for a period."""

    def __init__(self, log: ReadableLog, folder: Path, key: Secret[bytes], clock: Clock = utc_now) -> None:
        self._log = log
        self._reader = LogReader(folder, Chainer(key))
        self._clock = clock

    async def read(self, wanted: Filter, by: Reading) -> Iterator[Record]:
        """Oldest first, up to now; the iterator blocks. Raises UnavailableError, IntegrityError.

        The caller has checked the permission; a tenant in `by` is the only one whose events are given.
        """
        last = (await self._log.acknowledged()).count
        wanted = _own(wanted, by)
        await self._record(wanted, by)
        return self._reader.oldest_first(wanted, last)

    async def page(self, wanted: Filter, by: Reading, limit: int, before: int | None = None) -> list[Record]:
        """Newest first, with numbers under `before`. Raises as `read`."""
        count = (await self._log.acknowledged()).count
        last = count if before is None else min(before - 1, count)
        wanted = _own(wanted, by)
        await self._record(wanted, by)
        return await asyncio.to_thread(self._reader.newest_first, wanted, last, limit)

    async def _record(self, wanted: Filter, by: Reading) -> None:
        resource = f"audit_log?{_words(wanted)}"
        event = Event(
            by.user, "audit.read", self._clock(), Outcome.SUCCESS, by.origin, resource, by.tenant, by.request_id
        )
        await self._log.append([event])


def _own(wanted: Filter, by: Reading) -> Filter:
    """A tenant's reader sees its own events, whatever was asked for."""
    return wanted if by.tenant == "-" else replace(wanted, tenant=by.tenant)


def _words(wanted: Filter) -> str:
    """What was asked for, for the record."""
    values = ((field.name, getattr(wanted, field.name)) for field in fields(wanted))
    return "&".join(
        f"{name}={value.isoformat() if isinstance(value, datetime) else value}"
        for name, value in values
        if value is not None
    )
