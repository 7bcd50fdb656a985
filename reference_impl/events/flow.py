"""An order's way: tokenise, authorise, score, and exactly one outcome. Written as consumers, one event after the other.

The verification code is nowhere in it: it may not be stored, and events are (3.3.1). A payment that could not be
assessed is flagged, never let through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reference_impl.auth.model import Caller, Principal
from reference_impl.cards.model import VerificationCode
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import DeclinedError, ForbiddenError, InvalidInputError, NotFoundError, ServiceError
from reference_impl.events import outbox
from reference_impl.events.applying import Effect
from reference_impl.events.consumer import Handler
from reference_impl.events.model import (
    MAX_REASONS,
    Event,
    EventType,
    OrderCreated,
    PaymentAuthorized,
    PaymentFailed,
    PaymentFlagged,
    PaymentTokenized,
    is_code,
    new_id,
)
from reference_impl.money import Money
from reference_impl.payments.model import Payment

GROUP = "payment-flow"
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of an assessment. `recommendation`: approve, monitor, review or block; `risk`: 0 to 1; `reasons`: codes.

    Raises InvalidInputError for anything else: no assessment that cannot be told is one.
    """

    recommendation: str
    risk: float
    reasons: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.risk <= 1:  # nor is that so of what is no number
            raise InvalidInputError("a risk is 0 to 1", "risk")
        if len(self.reasons) > MAX_REASONS or not all(map(is_code, (self.recommendation, *self.reasons))):
            raise InvalidInputError("reasons are up to 32 codes", "reasons")


class Scorer(Protocol):
    """Assesses payments."""

    async def score(self, payment: PaymentTokenized) -> Verdict:
        """The same for the same event, however often. Raises ServiceError."""
        ...


class Flow:
    """The handlers of group `GROUP`."""

    def __init__(self, cards: CardSource, payments: Payments, scorer: Scorer, clock: Clock = utc_now) -> None:
        self._cards, self._payments, self._scorer, self._clock = cards, payments, scorer, clock

    @property
    def handlers(self) -> Mapping[EventType, Handler]:
        """For a `Consumer`."""
        return {EventType.ORDER_CREATED: self._tokenise, EventType.PAYMENT_TOKENIZED: self._authorise}

    async def _tokenise(self, order: Event) -> Effect:
        if not isinstance(order, OrderCreated):
            raise _unknown()
        try:
            token = await self._cards.token(_caller(order), order)
        except _REFUSED as error:
            return _written(self._failed(order, error))
        known = {name: getattr(order, name) for name in ("customer", "merchant", "source", "device")}
        return _written(PaymentTokenized(**self._common(order), **known, token=token))

    async def _authorise(self, tokenized: Event) -> Effect:
        if not isinstance(tokenized, PaymentTokenized):
            raise _unknown()
        try:
            payment = await self._payments.pay(
                _caller(tokenized), tokenized.token, tokenized.money, None, tokenized.order
            )
        except _REFUSED as error:
            return _written(self._failed(tokenized, error))
        return _written(await self._assessed(tokenized, payment.id))

    async def _assessed(self, tokenized: PaymentTokenized, payment: str) -> Event:
        common = self._common(tokenized) | {"payment": payment}
        try:
            verdict = await self._scorer.score(tokenized)
        except ServiceError:
            return PaymentFlagged(**common, recommendation="review", risk=None, reasons=("not_assessed",))
        risk = round(verdict.risk * 1000)
        if verdict.recommendation in PASSED:
            return PaymentAuthorized(**common, risk=risk)
        common |= {"recommendation": verdict.recommendation, "reasons": tuple(verdict.reasons)}
        return PaymentFlagged(**common, risk=risk)

    def _failed(self, event: OrderCreated | PaymentTokenized, error: ServiceError) -> PaymentFailed:
        return PaymentFailed(**self._common(event), reason=error.code)

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


def _written(event: Event) -> Effect:
    return Effect(outbox.add, event)


def _caller(event: Event) -> Caller:
    """The service itself, for the order's tenant; the event stands for the request."""
    return Caller(Principal(GROUP, event.tenant, frozenset({"checkout"}), event.id), "-", event.id, False)
