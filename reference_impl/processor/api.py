"""Customers, payment methods and charges at a processor; its events; the page with its card fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT
from reference_impl.errors import TooLargeError
from reference_impl.money import Money
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.processor.model import ChargeState, HostedCharge
from reference_impl.processor.service import HostedPayments
from reference_impl.processor.webhook import MAX_EVENT

_PUBLIC = "/v1/processor"
EVENTS = f"{_PUBLIC}/events"
"""Where the processor sends its events: up to `webhook.MAX_EVENT` bytes each."""


class MethodBody(BaseModel):
    """`payment_method`: what the processor's script gave the page."""

    model_config = STRICT

    payment_method: str = Field(max_length=80)


class ChargeBody(BaseModel):
    """`payment_method`: our id; `amount`: minor units."""

    model_config = STRICT

    payment_method: str = Field(max_length=32)
    amount: int
    currency: str = Field(max_length=3)


class RefundBody(BaseModel):
    """`amount`: minor units of the charge's currency."""

    model_config = STRICT

    amount: int


class CustomerView(BaseModel):
    """A customer."""

    id: str


class MethodView(BaseModel):
    """A card, as it may be shown to anybody."""

    id: str
    brand: str
    last_four: str
    expiry_month: int | None
    expiry_year: int | None


class ChargeView(BaseModel):
    """A charge."""

    id: str
    state: ChargeState
    amount: int
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, charge: HostedCharge) -> ChargeView:
        """Of one that is stored."""
        money = charge.money
        return cls(
            id=charge.id, state=charge.state, amount=money.amount, currency=money.currency, created_at=charge.created_at
        )


class RefundView(BaseModel):
    """A refund."""

    id: str
    charge: str
    amount: int


class Charges(Protocol):
    """Who charges, as its route knows them: `HostedPayments`, or who counts what they do."""

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """See `HostedPayments`."""
        ...


def router(hosted: HostedPayments, charges: Charges, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1")
    may_charge, may_read = Depends(require(Permission.CHARGE)), Depends(require(Permission.READ_PAYMENT))

    @routes.post("/customers", status_code=201, summary="A customer of the processor")
    async def create_customer(caller: Caller = may_charge) -> CustomerView:
        return CustomerView(id=(await hosted.create_customer(caller)).id)

    @routes.post("/customers/{customer_id}/payment-methods", status_code=201, summary="A card from the hosted form")
    async def add_method(customer_id: str, body: MethodBody, caller: Caller = may_charge) -> MethodView:
        method = await hosted.add_method(caller, customer_id, body.payment_method)
        return MethodView(
            id=method.id,
            brand=method.brand,
            last_four=method.last_four,
            expiry_month=method.expiry_month,
            expiry_year=method.expiry_year,
        )

    @routes.post("/charges", status_code=201, summary="Charge a card at the processor")
    async def charge(
        body: ChargeBody, idempotency_key: str = Header(max_length=64), caller: Caller = may_charge
    ) -> ChargeView:
        money = Money(body.amount, body.currency)
        return ChargeView.of(await charges.charge(caller, body.payment_method, money, idempotency_key))

    @routes.get("/charges/{charge_id}", summary="One charge")
    async def find(charge_id: str, caller: Caller = may_read) -> ChargeView:
        return ChargeView.of(await hosted.find(caller, charge_id))

    @routes.post("/charges/{charge_id}/refunds", status_code=201, summary="Give money back")
    async def refund(
        charge_id: str, body: RefundBody, idempotency_key: str = Header(max_length=64), caller: Caller = may_charge
    ) -> RefundView:
        given = await hosted.refund(caller, charge_id, body.amount, idempotency_key)
        return RefundView(id=given.id, charge=given.charge, amount=given.amount)

    return routes


def public_router(hosted: HostedPayments, form: HostedForm) -> APIRouter:
    """Routes that need no access token: events are signed by the processor, and the page has nothing to keep."""
    routes = APIRouter(prefix=_PUBLIC)

    @routes.post(
        EVENTS.removeprefix(_PUBLIC),
        status_code=204,
        responses={401: {"description": "The event is not signed as it should be"}},
        summary="Events of the processor",
    )
    async def events(request: Request, stripe_signature: str = Header(max_length=1024)) -> None:
        payload = bytearray()
        async for part in request.stream():
            payload += part
            if len(payload) > MAX_EVENT:
                raise TooLargeError("the event is too long")
        await hosted.on_event(bytes(payload), stripe_signature)

    @routes.get("/form", response_class=HTMLResponse, summary="The page with the processor's card fields")
    async def page() -> HTMLResponse:
        html, policy = form.render()
        return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})

    return routes
