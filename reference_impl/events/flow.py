"""An order's way: tokenise, authorise, score, and exactly one outcome. Written as consumers, one event after the other.

The verification code is nowhere in it: it may not be stored, and events are (3.3.1). A payment that could not be
assessed is flagged, never let through.

The issuer is asked before the engines are: what it says is the stronger sign, and what it declines need not be looked
at. So the money of a flagged order is held, and not taken: capture and void are operations of their own
(`gateway.client`). Whoever has looked at it captures the payment, or voids it; a hold that nobody captures lapses.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Protocol

from reference_impl.auth.model import Caller, Principal
from reference_impl.cards.model import VerificationCode
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import DeclinedError, ForbiddenError, InvalidInputError, NotFoundError, ServiceError
from reference_impl.events.applying import Effect, Write
from reference_impl.events.consumer import Handler
from reference_impl.events.model import (
    Event,
    EventType,
    OrderCreated,
    PaymentAuthorized,
    PaymentFailed,
    PaymentFlagged,
    PaymentTokenized,
    Verdict,
    new_id,
)
from reference_impl.money import Money
from reference_impl.payments.model import Payment

_LOG = logging.getLogger(__name__)
GROUP = "payment-flow"
_ROLES = frozenset({"checkout"})
PASSED = frozenset({"approve", "monitor"})
"""Recommendations with which a payment goes through; all others have somebody look."""
_REFUSED = (DeclinedError, NotFoundError, ForbiddenError, InvalidInputError)
"""Answers about the order itself: asking again would not help."""


class CardSource(Protocol):
    """Knows the card of an order by its token."""

    async def token(self, caller: Caller, order: OrderCreated) -> str:
        """The same for the same order, however often. Raises NotFoundError, UnavailableError."""
        ...


class Payments(Protocol):
    """`payments.service.PaymentService`."""

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        """Once for each key. Raises DeclinedError and other ServiceErrors."""
        ...


class Scorer(Protocol):
    """Assesses payments."""

    async def score(self, caller: Caller, payment: PaymentTokenized) -> Verdict:
        """The same for the same event, however often. Raises ServiceError."""
        ...

    async def declined(self, payment: PaymentTokenized) -> None:
        """Somebody tried, and the issuer said no. Counts once; raises nothing that asking again would help."""
        ...


class Admission(Protocol):
    """Refuses accounts that were blocked since."""

    async def admit(self, caller: Caller, event: OrderCreated | PaymentTokenized) -> None:
        """Raises ForbiddenError, UnavailableError."""
        ...


class Flow:
    """The handlers of group `GROUP`."""

    def __init__(
        self,
        cards: CardSource,
        payments: Payments,
        scorer: Scorer,
        announce: Write,
        clock: Clock = utc_now,
        *,
        admission: Admission | None = None,
    ) -> None:
        """`announce`: the outbox."""
        self._announce = announce
        self._cards, self._payments, self._scorer, self._clock = cards, payments, scorer, clock
        self._admission = admission

    @property
    def handlers(self) -> Mapping[EventType, Handler]:
        """For a `Consumer`."""
        return {EventType.ORDER_CREATED: self._tokenise, EventType.PAYMENT_TOKENIZED: self._authorise}

    async def _tokenise(self, order: Event) -> Effect:
        if not isinstance(order, OrderCreated):
            raise _unknown()
        try:
            await self._admit(order)
            token = await self._cards.token(_caller(order), order)
        except _REFUSED as error:
            return self._written(self._failed(order, error))
        known = {name: getattr(order, name) for name in ("customer", "merchant", "source", "device")}
        return self._written(PaymentTokenized(**self._common(order), **known, token=token))

    async def _authorise(self, tokenized: Event) -> Effect:
        if not isinstance(tokenized, PaymentTokenized):
            raise _unknown()
        caller = _caller(tokenized)
        try:
            await self._admit(tokenized)
            payment = await self._payments.pay(caller, tokenized.token, tokenized.money, None, tokenized.order)
        except _REFUSED as error:
            if isinstance(error, DeclinedError):
                await self._scorer.declined(tokenized)
            return self._written(self._failed(tokenized, error))
        return self._written(await self._assessed(caller, tokenized, payment.id))

    async def _admit(self, event: OrderCreated | PaymentTokenized) -> None:
        if self._admission is not None:
            await self._admission.admit(_caller(event), event)

    async def _assessed(self, caller: Caller, tokenized: PaymentTokenized, payment: str) -> Event:
        common = self._common(tokenized) | {"payment": payment}
        try:
            verdict = await self._scorer.score(caller, tokenized)
        except ServiceError as error:
            _LOG.warning("a payment could not be assessed, and is flagged", extra={"error": error.code})
            return PaymentFlagged(**common, recommendation="review", risk=None, reasons=("not_assessed",))
        risk = None if verdict.risk is None else round(verdict.risk * 1000)
        if verdict.recommendation in PASSED and risk is not None:
            return PaymentAuthorized(**common, risk=risk)
        common |= {"recommendation": verdict.recommendation, "reasons": tuple(verdict.reasons)}
        return PaymentFlagged(**common, risk=risk)

    def _failed(self, event: OrderCreated | PaymentTokenized, error: ServiceError) -> PaymentFailed:
        return PaymentFailed(**self._common(event), reason=error.code)

    def _written(self, event: Event) -> Effect:
        return Effect(self._announce, event)

    def _common(self, event: OrderCreated | PaymentTokenized) -> dict[str, Any]:
        return {
            "id": new_id(),
            "tenant": event.tenant,
            "order": event.order,
            "at": self._clock(),
            "amount": event.amount,
            "currency": event.currency,
        }


def _unknown() -> InvalidInputError:
    return InvalidInputError("a version of an event that this service does not handle", "schema")


def _caller(event: Event) -> Caller:
    """The service itself, for the order's tenant; the event stands for the request."""
    return Caller(Principal(GROUP, event.tenant, _ROLES, event.id), "-", event.id, False)
