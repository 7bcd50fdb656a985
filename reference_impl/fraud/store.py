"""Where decisions, reviews and customers' devices are kept. No account data is in any of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    func,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.batches import Batches
from reference_impl.database import METADATA, UtcTime, added, row_of, transaction
from reference_impl.driver import DriverStatement, driver
from reference_impl.fraud.device import Fingerprint, KnownDevice, parse
from reference_impl.fraud.model import Device
from reference_impl.fraud.records import Decision, Review, ReviewState, packed, unpacked

DECISIONS = Table(
    "fraud_decisions",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("transaction", String(64), nullable=False),
    Column("customer", String(64), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("recommendation", String(16), nullable=False),
    Column("risk_score", Float),
    Column("assessment", JSON, nullable=False),
    Column("model_version", String(64), nullable=False),
    Column("policy_version", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("tenant", "transaction"),
    Index(None, "tenant", "customer"),
)
REVIEWS = Table(
    "fraud_reviews",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("decision", String(32), nullable=False),
    Column("ground", String(2000), nullable=False),
    Column("opened_by", String(256), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("closed_by", String(256)),
    Column("closed_at", UtcTime),
    UniqueConstraint("tenant", "decision"),
    ForeignKeyConstraint(["tenant", "decision"], ["fraud_decisions.tenant", "fraud_decisions.id"]),
)
DEVICES = Table(
    "fraud_devices",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("customer", String(64), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("id", String(64), nullable=False),
    Column("fingerprint", JSON, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Index("ix_fraud_devices_latest", "tenant", "customer", "last_seen"),
)


_DECISION = sqlite.insert(DECISIONS).on_conflict_do_nothing()
_DEVICE = sqlite.insert(DEVICES).values({column.name: bindparam(f"device_{column.name}") for column in DEVICES.columns})
_DEVICE = _DEVICE.on_conflict_do_update(DEVICES.primary_key, set_={"last_seen": _DEVICE.excluded.last_seen})


def _array(table: Table, column: Column[Any]) -> Any:
    """All values of a column. To the driver JSON is text."""
    is_json = isinstance(column.type, JSON)
    values = bindparam(f"{table.name}_{column.name}", type_=ARRAY(Text if is_json else column.type, dimensions=1))
    return cast(func.unnest(values), JSON) if is_json else func.unnest(values)


_DECIDED = (
    postgresql.insert(DECISIONS)
    .from_select([*DECISIONS.columns], select(*(_array(DECISIONS, column) for column in DECISIONS.columns)))
    .on_conflict_do_nothing()
    .returning(DECISIONS.c.tenant, DECISIONS.c.id)
)
"""Gives which ones are new."""


def _with_devices() -> Any:
    """The same, with the devices of those that are new."""
    decided = _DECIDED.cte("decided")
    named = [_array(DEVICES, column).label(column.name) for column in DEVICES.columns]
    decision = func.unnest(bindparam("decisions", type_=ARRAY(String, dimensions=1))).label("decision")
    seen = select(*named, decision).subquery("seen")
    key = [seen.c[column.name] for column in DEVICES.primary_key]
    latest = (
        select(*(seen.c[column.name] for column in DEVICES.columns))
        .join(decided, (decided.c.tenant == seen.c.tenant) & (decided.c.id == seen.c.decision))
        .ext(postgresql.distinct_on(*key))  # no row can be updated twice
        .order_by(*key, seen.c.last_seen.desc())
    )
    remembered = postgresql.insert(DEVICES).from_select([*DEVICES.columns], latest)
    again = remembered.on_conflict_do_update(DEVICES.primary_key, set_={"last_seen": remembered.excluded.last_seen})
    return select(decided.c.tenant, decided.c.id).add_cte(again.cte("remembered"))


_ADD, _ADD_WITH_DEVICES = DriverStatement(_DECIDED), DriverStatement(_with_devices())
"""On PostgreSQL, each in one round trip."""

_LATEST = (
    select(DEVICES.c.id, DEVICES.c.fingerprint, DEVICES.c.last_seen)
    .where(DEVICES.c.tenant == bindparam("tenant"), DEVICES.c.customer == bindparam("customer"))
    .order_by(DEVICES.c.last_seen.desc())
    .limit(bindparam("most", type_=Integer))
)


def _read_statement() -> Any:
    """`_LATEST` for many customers: the place of each in the arrays, and its devices."""
    names = [bindparam(name, type_=ARRAY(String, dimensions=1)) for name in ("tenants", "customers")]
    wanted = func.unnest(*names).table_valued("tenant", "customer", with_ordinality="place").render_derived("wanted")
    devices = (
        select(DEVICES.c.id, cast(DEVICES.c.fingerprint, Text).label("fingerprint"), DEVICES.c.last_seen)
        .where(DEVICES.c.tenant == wanted.c.tenant, DEVICES.c.customer == wanted.c.customer)
        .order_by(DEVICES.c.last_seen.desc())
        .limit(bindparam("most", type_=Integer))
        .lateral("devices")
    )
    found = select(wanted.c.place, *devices.c).join(devices, true())
    return found.order_by(wanted.c.place, devices.c.last_seen.desc())


_READ = DriverStatement(_read_statement())


class _New(NamedTuple):
    """A decision, and the device that becomes one of the customer's with it."""

    decision: Decision
    device: Device | None

    @property
    def name(self) -> tuple[str, str]:
        """As the database orders payments: two that add the same wait for each other in one direction only."""
        return self.decision.tenant, self.decision.transaction


class DecisionStore:
    """Tables `fraud_decisions` and `fraud_reviews`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._new: Batches[_New, bool] = Batches(self._add)

    async def add(self, decision: Decision, device: Device | None) -> bool:
        """False if the payment has a decision already. `device`: becomes one of the customer's, with the decision."""
        return await self._new.submit(_New(decision, device))

    async def _add(self, batch: Sequence[_New]) -> list[bool | BaseException]:
        """All together; if the database refuses one, each alone."""
        at_once = self._engine.dialect.name == "postgresql"
        try:
            added = await (self._add_at_once if at_once else self._add_in_turn)(sorted(batch, key=lambda one: one.name))
        except DBAPIError as error:
            if len(batch) == 1:
                return [error]
            return [outcome for one in batch for outcome in await self._add([one])]
        return [(one.decision.tenant, one.decision.id) in added for one in batch]

    async def _add_at_once(self, batch: Sequence[_New]) -> set[tuple[str, str]]:
        values = _arrays(DECISIONS, [_decision_row(decision) for decision, _ in batch])
        statement, seen = _ADD, [(decision, device) for decision, device in batch if device is not None]
        if seen:  # a table of devices that is locked is in nobody's way otherwise
            statement = _ADD_WITH_DEVICES
            values |= _arrays(DEVICES, [_device_row(decision, device) for decision, device in seen])
            values["decisions"] = [decision.id for decision, _ in seen]
        async with driver(self._engine) as connection:
            return {(tenant, name) for tenant, name in await statement.fetch(connection, values)}

    async def _add_in_turn(self, batch: Sequence[_New]) -> set[tuple[str, str]]:
        added = set()
        async with transaction(self._engine) as connection:
            for decision, device in batch:
                if (await connection.execute(_DECISION, _decision_row(decision))).rowcount != 1:
                    continue
                added.add((decision.tenant, decision.id))
                if device is not None:
                    seen = {f"device_{name}": value for name, value in _device_row(decision, device).items()}
                    await connection.execute(_DEVICE, seen)
        return added

    async def by_transaction(self, tenant: str, transaction_id: str) -> Decision | None:
        """The one of this payment."""
        return await self._decision(DECISIONS.c.tenant == tenant, DECISIONS.c.transaction == transaction_id)

    async def by_id(self, tenant: str, decision_id: str) -> Decision | None:
        """One of this tenant's."""
        return await self._decision(DECISIONS.c.tenant == tenant, DECISIONS.c.id == decision_id)

    async def open_review(self, review: Review) -> bool:
        """False if the decision is contested already."""
        return await added(self._engine, REVIEWS, row_of(REVIEWS, review, state=review.state.value))

    async def review_of(self, tenant: str, decision_id: str) -> Review | None:
        """Of this decision."""
        where = and_(REVIEWS.c.tenant == tenant, REVIEWS.c.decision == decision_id)
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(REVIEWS).where(where))).one_or_none()
        if row is None:
            return None
        fields = dict(row._mapping)
        return Review(**fields | {"state": ReviewState(fields["state"])})

    async def close_review(self, review: Review) -> bool:
        """False if it was closed before."""
        where = and_(REVIEWS.c.tenant == review.tenant, REVIEWS.c.id == review.id)
        closed = {"state": review.state.value, "closed_by": review.closed_by, "closed_at": review.closed_at}
        is_open = REVIEWS.c.state == ReviewState.OPEN.value
        async with transaction(self._engine) as connection:
            done = await connection.execute(update(REVIEWS).where(where, is_open).values(closed))
        return done.rowcount == 1

    async def _decision(self, *where: Any) -> Decision | None:
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(DECISIONS).where(*where))).one_or_none()
        return None if row is None else _decision(row)


class DeviceStore:
    """`KnownDevices`: table `fraud_devices`, at most `remembered` of a customer."""

    def __init__(self, engine: AsyncEngine, remembered: int) -> None:
        self._engine, self._remembered = engine, remembered
        self._asked: Batches[tuple[str, str], list[KnownDevice]] = Batches(self._read)

    async def of(self, tenant: str, customer: str) -> list[KnownDevice]:
        """See `KnownDevices`."""
        return await self._asked.submit((tenant, customer))

    async def _read(self, names: Sequence[tuple[str, str]]) -> list[list[KnownDevice]]:
        found: list[list[KnownDevice]] = [[] for _ in names]
        if self._engine.dialect.name == "postgresql":
            tenants, customers = zip(*names, strict=True)
            async with driver(self._engine) as raw:
                rows = await _READ.fetch(raw, {"tenants": tenants, "customers": customers, "most": self._remembered})
            for place, name, text, last_seen in rows:
                found[place - 1].append(KnownDevice(name, _fingerprint(json.loads(text)), last_seen))
            return found
        async with transaction(self._engine) as connection:
            for devices, (tenant, customer) in zip(found, names, strict=True):
                whose = {"tenant": tenant, "customer": customer, "most": self._remembered}
                for row in await connection.execute(_LATEST, whose):
                    devices.append(KnownDevice(row.id, _fingerprint(row.fingerprint), row.last_seen))
        return found


_FINGERPRINT = [field.name for field in fields_of(Fingerprint)]
_OWN = ("tenant", "id", "transaction", "customer", "request_digest", "model_version", "policy_version", "at")


def _arrays(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The values for `_array`."""
    arrays = {}
    for column in table.columns:
        values = [row[column.name] for row in rows]
        texts = map(json.dumps, values) if isinstance(column.type, JSON) else values
        arrays[f"{table.name}_{column.name}"] = list(texts)
    return arrays


def _decision_row(decision: Decision) -> dict[str, Any]:
    assessment = decision.assessment
    others = {"recommendation": assessment.recommendation.value, "risk_score": assessment.risk_score}
    return row_of(DECISIONS, decision, **others, assessment=packed(assessment))


def _device_row(decision: Decision, device: Device) -> dict[str, Any]:
    known = parse(device.fingerprint)
    fingerprint = {name: getattr(known, name) for name in _FINGERPRINT}
    digest = hashlib.sha256(json.dumps([device.id, fingerprint], sort_keys=True).encode()).hexdigest()
    return {
        "tenant": decision.tenant,
        "customer": decision.customer,
        "digest": digest,
        "id": device.id,
        "fingerprint": fingerprint,
        "last_seen": decision.at,
    }


def _fingerprint(kept: dict[str, Any]) -> Fingerprint:
    screen = kept["screen"]
    return Fingerprint(**kept | {"languages": tuple(kept["languages"]), "screen": tuple(screen) if screen else None})


def _decision(row: Row[Any]) -> Decision:
    fields = dict(row._mapping)
    return Decision(**{name: fields[name] for name in _OWN}, assessment=unpacked(fields["assessment"]))
