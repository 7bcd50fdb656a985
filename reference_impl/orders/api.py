"""`POST /v1/orders` and `GET /v1/orders/{id}`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, BeforeValidator, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT, CardBody
from reference_impl.client_encryption.model import MAX_ENVELOPE
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import InvalidInputError
from reference_impl.events.model import Address, Name
from reference_impl.money import Money
from reference_impl.orders.model import Order, OrderState, Wish


def _read_address(value: object) -> object:
    """As texts are not converted by themselves in a request."""
    with suppress(ValueError):
        return ip_address(value) if isinstance(value, str) else value
    raise ValueError("not an address")


class OrderBody(BaseModel):
    """`amount`: minor units; `customer`, `merchant`, `device`: as you name them; `source`: the payer's address.

    One of three says with what it is paid: a token, a card, or a card that the client encrypted to a key of
    `/.well-known/jwks.json`. A verification code is not kept, and so not used: pay with a token to have one checked.
    """

    model_config = STRICT

    amount: int
    currency: str = Field(max_length=3)
    customer: Name
    merchant: Name
    token: str | None = Field(default=None, max_length=64)
    card: CardBody | None = None
    encrypted_card: str | None = Field(default=None, max_length=MAX_ENVELOPE, json_schema_extra={"writeOnly": True})
    source: Annotated[Address, BeforeValidator(_read_address)] | None = None
    device: Name | None = None

    def wish(self, clock: Clock) -> Wish:
        """Raises InvalidInputError."""
        if [self.token, self.card, self.encrypted_card].count(None) != 2:
            raise InvalidInputError("one of a token, a card and an encrypted card", "card")
        given = None if self.card is None else self.card.card_input(clock().date())
        if given is not None and given.code is not None:
            given.code.forget()
        return Wish(
            Money(self.amount, self.currency),
            self.customer,
            self.merchant,
            token=self.token or "",
            card=None if given is None else given.card,
            envelope=self.encrypted_card or "",
            source=self.source,
            device=self.device,
        )


class OrderView(BaseModel):
    """What the caller sees. `recommendation`: of what was flagged; `reasons`: codes, also of what failed."""

    id: str
    state: OrderState
    amount: int
    currency: str
    customer: str
    merchant: str
    token: str
    payment: str | None
    recommendation: str | None
    reasons: Sequence[str]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, order: Order) -> OrderView:
        """Of an order that is stored."""
        names = set(cls.model_fields) - {"amount", "currency"}
        return cls(
            amount=order.money.amount,
            currency=order.money.currency,
            **{name: getattr(order, name) for name in names},
        )


class Orders(Protocol):
    """Orders, as these routes know them; see `orders.service.Orders`."""

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """The order under this key."""
        ...

    async def find(self, caller: Caller, order_id: str) -> Order:
        """One that was placed."""
        ...


def router(orders: Orders, require: Callable[[Permission], Any], clock: Clock = utc_now) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/orders", tags=["orders"])
    may_order, may_read = Depends(require(Permission.ORDER)), Depends(require(Permission.READ_ORDER))
    unknown: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such token in this tenant"}}

    @routes.post("", status_code=201, responses=unknown, summary="Order: pays by itself, and tells how it ended")
    async def place(
        body: OrderBody, idempotency_key: str = Header(max_length=64), caller: Caller = may_order
    ) -> OrderView:
        return OrderView.of(await orders.place(caller, body.wish(clock), idempotency_key))

    @routes.get("/{order_id}", summary="One order, and what became of it")
    async def find(order_id: str, caller: Caller = may_read) -> OrderView:
        return OrderView.of(await orders.find(caller, order_id))

    return routes
