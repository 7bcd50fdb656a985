"""Where decisions, reviews and customers' devices are kept. No account data is in any of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
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
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError as AlreadyThereError
from sqlalchemy.ext.asyncio import AsyncEngine

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


_DEVICE_OF = "device_"


def _bound(table: Table, prefix: str = "") -> dict[str, Any]:
    return {column.name: bindparam(f"{prefix}{column.name}", type_=column.type) for column in table.columns}


def _as_text(table: Table, prefix: str = "") -> dict[str, Any]:
    """For the driver, to which JSON is text."""
    texts = {column.name for column in table.columns if isinstance(column.type, JSON)}
    named = {name: cast(bindparam(f"{prefix}{name}", type_=Text), JSON) for name in texts}
    return _bound(table, prefix) | named


_NEW, _SEEN = _bound(DECISIONS), _bound(DEVICES, _DEVICE_OF)
_AGAIN = {"last_seen": _SEEN["last_seen"]}
_DECISION = sqlite.insert(DECISIONS).values(_NEW)
_DEVICE = sqlite.insert(DEVICES).values(_SEEN).on_conflict_do_update(DEVICES.primary_key, set_=_AGAIN)

_DECIDED = postgresql.insert(DECISIONS).values(_as_text(DECISIONS)).on_conflict_do_nothing().returning(DECISIONS.c.id)
_WITH = _DECIDED.cte("decided")
_REMEMBERED = (
    postgresql.insert(DEVICES)
    .from_select([*_SEEN], select(*_as_text(DEVICES, _DEVICE_OF).values()).select_from(_WITH))
    .on_conflict_do_update(DEVICES.primary_key, set_=_AGAIN)
)
_ALONE = DriverStatement(_DECIDED)
_BOTH = DriverStatement(select(_WITH.c.id).add_cte(_REMEMBERED.cte("remembered")))
"""On PostgreSQL, each in one round trip: no row comes back if the payment has a decision."""

_LATEST = (
    select(DEVICES.c.id, DEVICES.c.fingerprint, DEVICES.c.last_seen)
    .where(DEVICES.c.tenant == bindparam("tenant"), DEVICES.c.customer == bindparam("customer"))
    .order_by(DEVICES.c.last_seen.desc())
    .limit(bindparam("most", type_=Integer))
)
_READ = DriverStatement(_LATEST.with_only_columns(DEVICES.c.id, cast(DEVICES.c.fingerprint, Text), DEVICES.c.last_seen))


class DecisionStore:
    """Tables `fraud_decisions` and `fraud_reviews`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, decision: Decision, device: Device | None) -> bool:
        """False if the payment has a decision already. `device`: becomes one of the customer's, with the decision."""
        row = {name: getattr(decision, name) for name in _OWN}
        row |= {
            "recommendation": decision.assessment.recommendation.value,
            "risk_score": decision.assessment.risk_score,
        }
        row |= {"assessment": packed(decision.assessment)}
        seen = None if device is None else _seen(decision, device)
        return await (self._add_at_once if self._engine.dialect.name == "postgresql" else self._add)(row, seen)

    async def _add_at_once(self, row: dict[str, Any], seen: dict[str, Any] | None) -> bool:
        row["assessment"] = json.dumps(row["assessment"])
        async with driver(self._engine) as connection:
            if seen is None:
                return bool(await _ALONE.fetch(connection, row))
            seen["device_fingerprint"] = json.dumps(seen["device_fingerprint"])
            return bool(await _BOTH.fetch(connection, row | seen))

    async def _add(self, row: dict[str, Any], seen: dict[str, Any] | None) -> bool:
        try:
            async with transaction(self._engine) as connection:
                await connection.execute(_DECISION, row)
                if seen is not None:
                    await connection.execute(_DEVICE, seen)
        except AlreadyThereError:
            return False
        return True

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

    async def of(self, tenant: str, customer: str) -> list[KnownDevice]:
        """See `KnownDevices`."""
        whose = {"tenant": tenant, "customer": customer, "most": self._remembered}
        if self._engine.dialect.name == "postgresql":
            async with driver(self._engine) as raw:
                found = await _READ.fetch(raw, whose)
            return [KnownDevice(name, _fingerprint(json.loads(text)), last_seen) for name, text, last_seen in found]
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(_LATEST, whose)).all()
        return [KnownDevice(row.id, _fingerprint(row.fingerprint), row.last_seen) for row in rows]


_OWN = ("tenant", "id", "transaction", "customer", "request_digest", "model_version", "policy_version", "at")


def _seen(decision: Decision, device: Device) -> dict[str, Any]:
    """For `_SEEN`."""
    fingerprint = asdict(parse(device.fingerprint))
    digest = hashlib.sha256(json.dumps([device.id, fingerprint], sort_keys=True).encode()).hexdigest()
    return {
        "device_tenant": decision.tenant,
        "device_customer": decision.customer,
        "device_digest": digest,
        "device_id": device.id,
        "device_fingerprint": fingerprint,
        "device_last_seen": decision.at,
    }


def _fingerprint(kept: dict[str, Any]) -> Fingerprint:
    screen = kept["screen"]
    return Fingerprint(**kept | {"languages": tuple(kept["languages"]), "screen": tuple(screen) if screen else None})


def _decision(row: Row[Any]) -> Decision:
    fields = dict(row._mapping)
    return Decision(**{name: fields[name] for name in _OWN}, assessment=unpacked(fields["assessment"]))
