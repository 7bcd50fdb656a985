"""Makes period reports: control totals from the chain, compared with the stores, both ways."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from reference_impl.audit.model import Event, Filter, Record
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import InvalidInputError
from reference_impl.money import Money
from reference_impl.sox.model import Chain, Difference, Entry, Ledger, Problem, Report, Total

SETTLES = timedelta(minutes=1)
"""After the end of a period, until everything that belongs to it is written or has failed."""
LONGEST = timedelta(days=366)
SHOWN = 1_000
_SLACK = timedelta(hours=1)
"""By how much an outcome may be stored after it was recorded, as a rule; what is not found within it is looked for in
all of the log."""
_AT_ONCE = 500
_SETTLING = frozenset({"payment.authorize", "charge.create", "charge.cancel", "refund.create"})
_UNKNOWN = "failure"
_Key = tuple[str, str, str]
"""Resource, action and outcome."""


@dataclass(frozen=True, slots=True)
class _Period:
    tenant: str
    since: datetime
    until: datetime

    def holds(self, event: Event) -> bool:
        return self.since <= event.at < self.until


@dataclass(slots=True)
class _Found:
    """What the chain says of a period. `firsts`: by resource, action and outcome, the first record; `near`: what was
    recorded a little before or after it, too.
    """

    records: int = 0
    numbers: tuple[int, int] | None = None
    people: set[str] = field(default_factory=set)
    firsts: dict[_Key, Record] = field(default_factory=dict)
    near: dict[_Key, Record] = field(default_factory=dict)

    def see(self, record: Record, period: _Period) -> None:
        """Of any record of money: who placed an order moves it, too, though the order's payment is what counts."""
        if period.holds(record.event):
            self.people.add(record.event.user)

    def take(self, record: Record, period: _Period) -> None:
        event, key = record.event, _key_of(record.event)
        first = self.near.setdefault(key, record)
        if not period.holds(event):
            return
        self.records += 1
        self.numbers = (self.numbers[0] if self.numbers else record.number), record.number
        if first is record:
            self.firsts[key] = record

    def totals(self) -> Sequence[Total]:
        sums: dict[tuple[str, str, str], tuple[int, int]] = {}
        for (_, action, outcome), record in self.firsts.items():
            key = action, outcome, record.event.currency
            count, amount = sums.get(key, (0, 0))
            sums[key] = count + 1, amount + (record.event.amount or 0)
        return [Total(*key, *sums[key]) for key in sorted(sums)]


class PeriodReports:
    """`ledgers`: every store in which money moves."""

    def __init__(self, chain: Chain, ledgers: Sequence[Ledger], clock: Clock = utc_now) -> None:
        self._chain, self._ledgers, self._clock = chain, {ledger.kind: ledger for ledger in ledgers}, clock

    async def make(self, tenant: str, since: datetime, until: datetime, by: str) -> Report:
        """Of [since, until). Raises InvalidInputError for a period that is not over or too long, IntegrityError for a
        chain that is not what was written (there is no report of it), UnavailableError.
        """
        now, period = self._clock(), _Period(tenant, since, until)
        if not since < until <= since + LONGEST:
            raise InvalidInputError("a period ends after it begins, within a year", "until")
        if until > now - SETTLES:
            raise InvalidInputError("a period is reported a minute after its end, not before", "until")
        verified = await self._chain.verified()
        found = await asyncio.to_thread(self._read, period, verified.last)
        compared, differences = await self._compare(period, found, verified.last)
        return Report(
            tenant=tenant,
            since=since,
            until=until,
            made_by=by,
            made_at=now,
            chain=verified,
            records=found.records,
            numbers=found.numbers,
            totals=found.totals(),
            people=sorted(found.people),
            compared=compared,
            differences=differences[:SHOWN],
            differing=len(differences),
        )

    def _read(self, period: _Period, last: int) -> _Found:
        wanted = Filter(period.since - _SLACK, period.until + _SLACK, tenant=period.tenant)
        found = _Found()
        for record in self._chain.records(wanted, last):
            if record.event.currency:
                found.see(record, period)
                if _kind(record.event.resource) in self._ledgers:
                    found.take(record, period)
        return found

    async def _compare(self, period: _Period, found: _Found, last: int) -> tuple[int, list[Difference]]:
        """How many were compared, and what differs. What was counted before this period is taken out of `found`."""
        differences: list[Difference] = []
        missing: dict[_Key, Entry] = {}
        repeated: set[_Key] = set()
        compared = 0
        for kind, ledger in self._ledgers.items():
            recorded = [(key, record) for key, record in found.firsts.items() if _kind(key[0]) == kind]
            for some in _batches(recorded):
                stored = await ledger.found(period.tenant, sorted({key[0] for key, _ in some}))
                for key, record in some:
                    compared += 1
                    entry = stored.get(key[0])
                    if (difference := _differs(record, entry)) is not None:
                        differences.append(difference)
                    if entry is not None and entry.began < period.since - _SLACK:
                        repeated.add(key)
            settled = await ledger.settled(period.tenant, period.since, period.until)
            compared += len(settled)
            missing |= {_key(entry): entry for entry in settled if _key(entry) not in found.near}
        earlier = await self._recorded(period, {*missing, *repeated}, last)
        for key in repeated & earlier.keys():
            if earlier[key] < found.firsts[key].number:
                del found.firsts[key]
        differences += [
            Difference(entry.resource, Problem.NOT_RECORDED, None)
            for key, entry in missing.items()
            if key not in earlier
        ]
        return compared, sorted(differences, key=lambda one: (one.resource, one.problem.value))

    async def _recorded(self, period: _Period, keys: Set[_Key], last: int) -> dict[_Key, int]:
        """The number of the first record of each, however long ago; of few, as a rule of none."""
        numbers: dict[_Key, int] = {}

        def look() -> None:
            for record in self._chain.records(Filter(tenant=period.tenant), last):
                key = _key_of(record.event)
                if key in keys:
                    numbers.setdefault(key, record.number)

        if keys:
            await asyncio.to_thread(look)
        return numbers


def _differs(record: Record, entry: Entry | None) -> Difference | None:
    event, problem = record.event, None
    if entry is None:
        problem = Problem.NOT_STORED
    elif entry.money != Money(event.amount or 0, event.currency):
        problem = Problem.AMOUNT
    elif event.action in _SETTLING and event.outcome.value != _UNKNOWN:
        if entry.action is None:
            problem = Problem.OPEN
        elif (entry.action, entry.outcome) != (event.action, event.outcome.value):
            problem = Problem.OUTCOME
    return None if problem is None else Difference(event.resource, problem, record.number)


def _key(entry: Entry) -> _Key:
    return entry.resource, entry.action or "", entry.outcome or ""


def _key_of(event: Event) -> _Key:
    return event.resource, event.action, event.outcome.value


def _kind(resource: str) -> str:
    return resource.partition(":")[0]


def _batches(recorded: Sequence[tuple[_Key, Record]]) -> Iterable[Sequence[tuple[_Key, Record]]]:
    rest = iter(recorded)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
