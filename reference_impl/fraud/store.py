"""Where decisions, reviews and customers' devices are kept. No account data is in any of them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
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
from reference_impl.crypto.envelope import place_of, seal, unseal
from reference_impl.database import METADATA, UtcTime, added, row_of, transaction
from reference_impl.driver import DriverStatement, driver
from reference_impl.errors import IntegrityError
from reference_impl.fraud.device import Fingerprint, KnownDevice, parse
from reference_impl.fraud.model import Device
from reference_impl.fraud.records import Decision, Review, ReviewState, packed, unpacked
from reference_impl.keys.model import SUBJECT_KEY_VERSION, SubjectKey, SubjectKeys

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
    Column("sealed", LargeBinary, nullable=False),
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
    Column("sealed", LargeBinary, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Index("ix_fraud_devices_latest", "tenant", "customer", "last_seen"),
)
"""`customer`: the subject of their key, here and above; `sealed`: JSON under that key; `request_digest`, `digest`:
hidden under it (`SubjectKey.hidden`).
"""
_REQUEST_DIGEST, _DEVICE_DIGEST = "fraud_decisions.request_digest", "fraud_devices.digest"


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
    select(DEVICES.c.digest, DEVICES.c.sealed, DEVICES.c.last_seen)
    .where(DEVICES.c.tenant == bindparam("tenant"), DEVICES.c.customer == bindparam("customer"))
    .order_by(DEVICES.c.last_seen.desc())
    .limit(bindparam("most", type_=Integer))
)


def _read_statement() -> Any:
    """`_LATEST` for many customers: the place of each in the arrays, and its devices."""
    names = [bindparam(name, type_=ARRAY(String, dimensions=1)) for name in ("tenants", "customers")]
    wanted = func.unnest(*names).table_valued("tenant", "customer", with_ordinality="place").render_derived("wanted")
    devices = (
        select(DEVICES.c.digest, DEVICES.c.sealed, DEVICES.c.last_seen)
        .where(DEVICES.c.tenant == wanted.c.tenant, DEVICES.c.customer == wanted.c.customer)
        .order_by(DEVICES.c.last_seen.desc())
        .limit(bindparam("most", type_=Integer))
        .lateral("devices")
    )
    found = select(wanted.c.place, *devices.c).join(devices, true())
    return found.order_by(wanted.c.place, devices.c.last_seen.desc())


_READ = DriverStatement(_read_statement())


class _New(NamedTuple):
    """A decision, and the row of the device that becomes one of the customer's with it."""

    decision: Decision
    device: Mapping[str, Any] | None

    @property
    def name(self) -> tuple[str, str]:
        """As the database orders payments: two that add the same wait for each other in one direction only."""
        return self.decision.tenant, self.decision.transaction


class DecisionStore:
    """Tables `fraud_decisions` and `fraud_reviews`. Raises UnavailableError when the database does not answer.

    Decisions are of customers by the subjects of their keys. Those of who was erased are stored under no key: nobody
    finds whose they were.
    """

    def __init__(self, engine: AsyncEngine, people: SubjectKeys) -> None:
        self._engine, self._people = engine, people
        self._new: Batches[_New, bool] = Batches(self._add)

    async def add(self, decision: Decision, device: Device | None) -> bool:
        """False if the payment has a decision already. `device`: becomes one of the customer's, with the decision."""
        key = None if device is None else await _key(self._people, decision.tenant, decision.customer)
        row = None if device is None or key is None else _device_row(decision, device, key)
        return await self._new.submit(_New(decision, row))

    async def hidden(self, tenant: str, customer: str, digest: str) -> str:
        """A digest of facts, as it is stored: nobody finds out by trying what they were once the person was erased."""
        key = await _key(self._people, tenant, customer)
        return secrets.token_hex(32) if key is None else key.hidden(_REQUEST_DIGEST, digest)

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
        statement, seen = _ADD, [(decision.id, device) for decision, device in batch if device is not None]
        if seen:  # a table of devices that is locked is in nobody's way otherwise
            statement = _ADD_WITH_DEVICES
            values |= _arrays(DEVICES, [device for _, device in seen])
            values["decisions"] = [decision for decision, _ in seen]
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
                    await connection.execute(_DEVICE, {f"device_{name}": value for name, value in device.items()})
        return added

    async def by_transaction(self, tenant: str, transaction_id: str) -> Decision | None:
        """The one of this payment."""
        return await self._decision(DECISIONS.c.tenant == tenant, DECISIONS.c.transaction == transaction_id)

    async def by_id(self, tenant: str, decision_id: str) -> Decision | None:
        """One of this tenant's."""
        return await self._decision(DECISIONS.c.tenant == tenant, DECISIONS.c.id == decision_id)

    async def open_review(self, review: Review, customer: str) -> bool:
        """False if the decision, about this customer, is contested already. IntegrityError: they were erased."""
        key = await self._people.for_opening(review.tenant, customer)
        place = place_of(review.tenant, key.subject, REVIEWS.name, review.id)
        sealed = seal(key.cipher, SUBJECT_KEY_VERSION, json.dumps({"ground": review.ground}).encode(), place)
        return await added(self._engine, REVIEWS, row_of(REVIEWS, review, state=review.state.value, sealed=sealed))

    async def review_of(self, tenant: str, decision_id: str) -> Review | None:
        """Of this decision. IntegrityError: the person it is about was erased."""
        where = and_(REVIEWS.c.tenant == tenant, REVIEWS.c.decision == decision_id)
        of = (DECISIONS.c.tenant == REVIEWS.c.tenant) & (DECISIONS.c.id == REVIEWS.c.decision)
        query = select(REVIEWS, DECISIONS.c.customer).join(DECISIONS, of).where(where)
        async with transaction(self._engine) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        fields = dict(row._mapping)
        key = await self._people.for_opening(tenant, fields.pop("customer"))
        place = place_of(tenant, key.subject, REVIEWS.name, fields["id"])
        said = json.loads(unseal(key.cipher, fields.pop("sealed"), place))
        return Review(**fields | said | {"state": ReviewState(fields["state"])})

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

    def __init__(self, engine: AsyncEngine, remembered: int, people: SubjectKeys) -> None:
        self._engine, self._remembered, self._people = engine, remembered, people
        self._asked: Batches[tuple[str, str], list[_Sealed]] = Batches(self._read)

    async def of(self, tenant: str, customer: str) -> list[KnownDevice]:
        """See `KnownDevices`. `customer`: the subject of their key; of who was erased nothing is known."""
        sealed = await self._asked.submit((tenant, customer))
        key = await _key(self._people, tenant, customer) if sealed else None
        return [] if key is None else [_known(tenant, key, *one) for one in sealed]

    async def _read(self, names: Sequence[tuple[str, str]]) -> list[list[_Sealed]]:
        found: list[list[_Sealed]] = [[] for _ in names]
        if self._engine.dialect.name == "postgresql":
            tenants, customers = zip(*names, strict=True)
            async with driver(self._engine) as raw:
                rows = await _READ.fetch(raw, {"tenants": tenants, "customers": customers, "most": self._remembered})
            for place, *sealed in rows:
                found[place - 1].append(_Sealed(*sealed))
            return found
        async with transaction(self._engine) as connection:
            for devices, (tenant, customer) in zip(found, names, strict=True):
                whose = {"tenant": tenant, "customer": customer, "most": self._remembered}
                devices += [_Sealed(*row) for row in await connection.execute(_LATEST, whose)]
        return found


class _Sealed(NamedTuple):
    """A device as it is stored."""

    digest: str
    sealed: bytes
    last_seen: datetime


def _known(tenant: str, key: SubjectKey, digest: str, sealed: bytes, last_seen: datetime) -> KnownDevice:
    kept = json.loads(unseal(key.cipher, sealed, place_of(tenant, key.subject, DEVICES.name, digest)))
    return KnownDevice(kept["id"], _fingerprint(kept["fingerprint"]), last_seen)


async def _key(people: SubjectKeys, tenant: str, customer: str) -> SubjectKey | None:
    """From memory, as the payment that is assessed was brought by it. None: they were erased."""
    try:
        return await people.for_opening(tenant, customer)
    except IntegrityError:
        return None


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


def _device_row(decision: Decision, device: Device, key: SubjectKey) -> dict[str, Any]:
    known = parse(device.fingerprint)
    said = {"id": device.id, "fingerprint": {name: getattr(known, name) for name in _FINGERPRINT}}
    plain = json.dumps(said, sort_keys=True).encode()
    digest = key.hidden(_DEVICE_DIGEST, hashlib.sha256(plain).hexdigest())
    place = place_of(decision.tenant, key.subject, DEVICES.name, digest)
    sealed = seal(key.cipher, SUBJECT_KEY_VERSION, plain, place)
    whose = {"tenant": decision.tenant, "customer": decision.customer}
    return whose | {"digest": digest, "sealed": sealed, "last_seen": decision.at}


def _fingerprint(kept: dict[str, Any]) -> Fingerprint:
    screen = kept["screen"]
    return Fingerprint(**kept | {"languages": tuple(kept["languages"]), "screen": tuple(screen) if screen else None})


def _decision(row: Row[Any]) -> Decision:
    fields = dict(row._mapping)
    return Decision(**{name: fields[name] for name in _OWN}, assessment=unpacked(fields["assessment"]))
