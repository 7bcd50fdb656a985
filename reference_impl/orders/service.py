"""Places orders, says what became of them, and follows the events that tell."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.audit.model import Event as Recorded
from reference_impl.auth.model import Caller, Permission
from reference_impl.batches import Batches
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from reference_impl.events.model import (
    Event,
    EventType,
    OrderCreated,
    PaymentAuthorized,
    PaymentFailed,
    PaymentFlagged,
    PaymentTokenized,
    new_id,
    new_order_id,
)
from reference_impl.idempotency.model import KeyReusedError, checked_key
from reference_impl.keys.model import RetrySecrets, SubjectKeys
from reference_impl.orders import store
from reference_impl.orders.model import Announce, Envelopes, Order, OrderState, Tokens, Wish, is_order_id

GROUP = "orders"
FOLLOWED = (
    EventType.PAYMENT_TOKENIZED,
    EventType.PAYMENT_AUTHORIZED,
    EventType.PAYMENT_FAILED,
    EventType.PAYMENT_FLAGGED,
)
"""What `follow` wants to be told of."""
_IDEMPOTENCY_KEY, _REQUEST_DIGEST = "orders.idempotency_key", "orders.request_digest"
"""What is hidden under the person's key, by table and column: as the data map has it."""
_CREATE, _READ = "order.create", "order.read"


class _New(NamedTuple):
    caller: Caller
    order: Order
    event: OrderCreated


class Orders:
    """Every method raises ForbiddenError, and UnavailableError when database, vault or audit log do not answer; all of
    it is in the audit log.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        tokens: Tokens,
        envelopes: Envelopes,
        announce: Announce,
        *,
        people: SubjectKeys,
        retries: RetrySecrets,
        audit: AuditLog,
        clock: Clock = utc_now,
    ) -> None:
        """`people`: keys of customers; `retries`: know an idempotency key of another customer.

        `audit`: is appended to inside transactions, so it must not write to the same SQLite file."""
        self._engine, self._tokens, self._envelopes = engine, tokens, envelopes
        self._announce, self._audit, self._clock = announce, audit, clock
        self._people, self._retries = people, retries
        self._writes = Batches(self._write)
        self._by_id, self._by_key = Batches(self._found_by_id), Batches(self._found_by_key)

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """The order under this key, which is new or was there: written, with its event, once this returns. Its customer
        is the subject of a key, here and in what is returned (`named`).

        Raises InvalidInputError, NotFoundError for a token that is not this tenant's, ConflictError if the key was used
        for another order. A card whose order could not be written may be stored under a token that nobody knows.
        """
        async with self._recorded(caller, _CREATE):
            caller.permit(Permission.ORDER)
            tenant, key = caller.principal.tenant, checked_key(idempotency_key)
            person = await self._people.for_opening(tenant, wish.customer)
            retries = [store.Name(tenant, secret.hidden(tenant, key)) for secret in await self._retries.current()]
            hidden = store.Name(tenant, person.hidden(_IDEMPOTENCY_KEY, key))
            asked = store.Asked(hidden, tuple(retries))
            known, digest = await self._by_key.submit(asked), person.hidden(_REQUEST_DIGEST, wish.digest)
            if known is None:
                fresh = self._fresh(caller, wish, asked, digest, await self._token(caller, wish))
                if await self._writes.submit(fresh):
                    return fresh.order
                known = await self._by_key.submit(asked)
            if known is None:
                raise ConflictError("this order is being written")
            if known.request_digest != digest:
                raise KeyReusedError
            return known

    async def find(self, caller: Caller, order_id: str) -> Order:
        """Raises NotFoundError."""
        async with self._recorded(caller, _READ, order_id):
            caller.permit(Permission.READ_ORDER)
            order = await self._one(caller, order_id)
            await self._audit.append([caller.event(_READ, _resource(order_id), self._clock())])
        return order

    async def token(self, caller: Caller, order: OrderCreated) -> str:
        """The card of an order, for `events.flow`. Raises NotFoundError."""
        return (await self._one(caller, order.order)).token

    async def customers(
        self, connection: AsyncConnection, orders: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], str]:
        """Whose they are, by tenant and id, for `events.sealing`: the subjects of their keys."""
        found = await store.by_id(connection, [store.Name(*order) for order in orders])
        return {(order.tenant, order.id): order.customer for order in found.values()}

    async def follow(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """Notes what became of orders, in the transaction in which the events are noted as processed."""
        await store.reach(connection, [_change(event) for event in events])

    async def _one(self, caller: Caller, order_id: str) -> Order:
        name = store.Name(caller.principal.tenant, order_id)
        if not is_order_id(order_id) or (order := await self._by_id.submit(name)) is None:
            raise NotFoundError("there is no such order")
        return order

    async def _token(self, caller: Caller, wish: Wish) -> str:
        if wish.token:
            return (await self._tokens.describe(caller, wish.token)).token
        card = wish.card
        if card is None:
            given = await self._envelopes.open(wish.envelope, caller.principal.tenant)
            card = given.card
            if given.code is not None:
                given.code.forget()
        return (await self._tokens.tokenize(caller, card, subject=wish.customer)).token

    def _fresh(self, caller: Caller, wish: Wish, key: store.Asked, digest: str, token: str) -> _New:
        now, tenant = self._clock(), caller.principal.tenant
        while not is_order_id(name := new_order_id()):
            pass
        money, state = wish.money, OrderState.CREATED
        event = OrderCreated(
            id=new_id(),
            tenant=tenant,
            order=name,
            at=now,
            amount=money.amount,
            currency=money.currency,
            card=token,
            customer=wish.customer,
            merchant=wish.merchant,
            source=wish.source,
            device=wish.device,
        )
        order = Order(
            tenant,
            name,
            key.name.text,
            digest,
            state,
            money,
            wish.customer,
            wish.merchant,
            token,
            payment=None,
            recommendation=None,
            reasons=(),
            created_at=now,
            updated_at=now,
            retry_digest=key.retries[0].text,
        )
        return _New(caller, order, event)

    async def _write(self, batch: Sequence[_New]) -> list[bool]:
        """Whether each was new. The records are on disk before the orders are committed."""
        async with transaction(self._engine) as connection:
            added = await store.add(connection, [one.order for one in batch])
            if new := [one for one in batch if one.order.id in added]:
                await self._announce(connection, [one.event for one in new])
                now = self._clock()
                await self._audit.append([_created(one, now) for one in new])
        return [one.order.id in added for one in batch]

    async def _found_by_id(self, names: Sequence[store.Name]) -> list[Order | None]:
        async with transaction(self._engine) as connection:
            found = await store.by_id(connection, names)
        return [found.get(name) for name in names]

    async def _found_by_key(self, asked: Sequence[store.Asked]) -> list[Order | None]:
        async with transaction(self._engine) as connection:
            return await store.by_key(connection, asked)

    @asynccontextmanager
    async def _recorded(self, caller: Caller, action: str, order_id: str = "") -> AsyncIterator[None]:
        """Whatever is denied or goes wrong inside is recorded before it is told."""
        try:
            yield
        except ServiceError as error:
            outcome = Outcome.DENIED if isinstance(error, ForbiddenError) else Outcome.FAILURE
            await self._audit.append([caller.event(action, _resource(order_id), self._clock(), outcome, error.code)])
            raise


def _created(one: _New, now: datetime) -> Recorded:
    return one.caller.event(_CREATE, _resource(one.order.id), now, money=one.order.money)


def _change(event: Event) -> store.Change:
    state, payment, recommendation, reasons = _reached(event)
    return store.Change(event.tenant, event.order, state.value, payment, recommendation, reasons, event.at)


def _reached(event: Event) -> tuple[OrderState, str | None, str | None, Sequence[str]]:
    match event:
        case PaymentTokenized():
            return OrderState.TOKENIZED, None, None, ()
        case PaymentAuthorized(payment=payment):
            return OrderState.AUTHORIZED, payment, None, ()
        case PaymentFailed(reason=reason):
            return OrderState.FAILED, None, None, (reason,)
        case PaymentFlagged(payment=payment, recommendation=recommendation, reasons=reasons):
            return OrderState.FLAGGED, payment, recommendation, reasons
        case _:
            raise ValueError(f"nothing follows from {event.type.value}")


def _resource(order_id: str) -> str:
    """Recorded if it has the form of one; somebody may have sent a card number in its place."""
    return f"order:{order_id}" if is_order_id(order_id) else "order"
