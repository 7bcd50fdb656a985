"""`POST /v1/payments` and `GET /v1/payments/{id}`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT, CodeField
from reference_impl.cards.model import VerificationCode
from reference_impl.money import Money
from reference_impl.payments.model import Payment, PaymentState


class PaymentBody(BaseModel):
    """`amount`: minor units; `verification_code`: used for this authorisation and gone."""

    model_config = STRICT

    token: str = Field(max_length=64)
    amount: int
    currency: str = Field(max_length=3)
    verification_code: CodeField | None = None


class PaymentView(BaseModel):
    """What the caller sees."""

    id: str
    state: PaymentState
    amount: int
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, payment: Payment) -> PaymentView:
        """Of a payment that is stored."""
        money = payment.money
        return cls(
            id=payment.id,
            state=payment.state,
            amount=money.amount,
            currency=money.currency,
            created_at=payment.created_at,
        )


class Payments(Protocol):
    """Payments, as these routes know them; see `payments.service.PaymentService`."""

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        """An authorised payment."""
        ...

    async def find(self, caller: Caller, payment_id: str) -> Payment:
        """One that was made."""
        ...


def router(payments: Payments, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/payments")
    may_charge, may_read = Depends(require(Permission.CHARGE)), Depends(require(Permission.READ_PAYMENT))

    @routes.post("", status_code=201, summary="Pay with a token")
    async def pay(
        body: PaymentBody, idempotency_key: str = Header(max_length=64), caller: Caller = may_charge
    ) -> PaymentView:
        money = Money(body.amount, body.currency)
        return PaymentView.of(await payments.pay(caller, body.token, money, body.verification_code, idempotency_key))

    @routes.get("/{payment_id}", summary="One payment")
    async def find(payment_id: str, caller: Caller = may_read) -> PaymentView:
        return PaymentView.of(await payments.find(caller, payment_id))

    return routes
