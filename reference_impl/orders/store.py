"""Where orders are kept. Every query names the tenant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Row,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.database import METADATA, UtcTime, row_of
from reference_impl.money import Money
from reference_impl.orders.model import OPEN, Order, OrderState

ORDERS = Table(
    "orders",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("idempotency_key", String(64), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("customer", String(64), nullable=False),
    Column("merchant", String(64), nullable=False),
    Column("token", String(64), nullable=False),
    Column("payment", String(32)),
    Column("recommendation", String(64)),
    Column("reasons", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("retry_digest", String(64)),
    UniqueConstraint("tenant", "idempotency_key"),
    Index(None, "tenant", "customer"),
    Index(None, "tenant", "token"),
    Index(None, "tenant", "retry_digest", unique=True),
)
"""`customer`: the name of their key; `idempotency_key`, `request_digest`: under that key (`SubjectKey.hidden`);
`retry_digest`: of the idempotency key, under a secret of the day (`keys.model.RetrySecrets`).
"""


class Name(NamedTuple):
    """What an order is found by: its tenant, and its id or what is stored of its idempotency key."""

    tenant: str
    text: str


class Asked(NamedTuple):
    """An order that is asked for. `name`: its customer's idempotency key; `retries`: what another customer's order
    under the same key has, of today and yesterday.
    """

    name: Name
    retries: tuple[Name, ...] = ()


class Change(NamedTuple):
    """What became of an order. `state`: the value of an `OrderState`."""

    tenant: str
    order: str
    state: str
    payment: str | None
    recommendation: str | None
    reasons: Sequence[str]
    at: datetime


_ADD = {
    "postgresql": postgresql.insert(ORDERS).on_conflict_do_nothing().returning(ORDERS.c.id),
    "sqlite": sqlite.insert(ORDERS).on_conflict_do_nothing().returning(ORDERS.c.id),
}
_REACHED = ("state", "payment", "recommendation", "reasons", "updated_at")
_REACH = (
    update(ORDERS)
    .where(
        ORDERS.c.tenant == bindparam("of_tenant"),
        ORDERS.c.id == bindparam("of_order"),
        or_(*(ORDERS.c.state == state.value for state in OPEN)),
    )
    .values({name: bindparam(f"new_{name}") for name in _REACHED})
)


def _named(column: Column[Any]) -> Any:
    return tuple_(ORDERS.c.tenant, column).in_(bindparam("names", expanding=True))


_BY_ID = select(ORDERS).where(_named(ORDERS.c.id))
_BY_KEY = select(ORDERS).where(or_(_named(ORDERS.c.idempotency_key), _named(ORDERS.c.retry_digest)))


async def add(connection: AsyncConnection, orders: Iterable[Order]) -> set[str]:
    """The ids of those that are new; a tenant's second one under an idempotency key is not written."""
    rows = [
        row_of(
            ORDERS,
            order,
            state=order.state.value,
            amount=order.money.amount,
            currency=order.money.currency,
            reasons=list(order.reasons),
        )
        for order in orders
    ]
    return set(await connection.scalars(_ADD[connection.dialect.name], rows))


async def by_id(connection: AsyncConnection, names: Sequence[Name]) -> dict[Name, Order]:
    """Those there are."""
    return {Name(order.tenant, order.id): order for order in await _read(connection, _BY_ID, names)}


async def by_key(connection: AsyncConnection, asked: Sequence[Asked]) -> list[Order | None]:
    """By their idempotency keys: the customer's own order, or else another's under the same key."""
    names = [name for one in asked for name in (one.name, *one.retries)]
    found: dict[Name, Order] = {}
    for order in await _read(connection, _BY_KEY, names):
        if order.retry_digest is not None:
            found[Name(order.tenant, order.retry_digest)] = order
        found[Name(order.tenant, order.idempotency_key)] = order
    return [next((found[name] for name in (one.name, *one.retries) if name in found), None) for one in asked]


async def reach(connection: AsyncConnection, changes: Iterable[Change]) -> None:
    """Writes what became of orders. The first outcome stands, and nothing comes after it."""
    rows = [
        {
            "of_tenant": change.tenant,
            "of_order": change.order,
            "new_state": change.state,
            "new_payment": change.payment,
            "new_recommendation": change.recommendation,
            "new_reasons": list(change.reasons),
            "new_updated_at": change.at,
        }
        for change in sorted(changes, key=lambda change: change[:2])  # in one order everywhere: no deadlocks
    ]
    await connection.execute(_REACH, rows)


async def _read(connection: AsyncConnection, which: Any, names: Sequence[Name]) -> list[Order]:
    size = 1 << (len(names) - 1).bit_length()  # rounded up, so that few statements have to be prepared
    rows = await connection.execute(which, {"names": [*names, *[names[-1]] * (size - len(names))]})
    return [_order(row) for row in rows]


def _order(row: Row[Any]) -> Order:
    fields = dict(row._mapping)
    money = Money(fields.pop("amount"), fields.pop("currency"))
    return Order(**fields | {"money": money, "state": OrderState(fields["state"]), "reasons": tuple(fields["reasons"])})
