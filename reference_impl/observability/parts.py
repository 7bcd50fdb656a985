"""The parts of the service as their users know them, observed: each class here is the protocol it is given.

`bootstrap` puts them around the real ones. They add nothing but a measurement and a span, and keep nothing they see.
"""

from __future__ import annotations

from types import TracebackType
from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, VerificationCode
from reference_impl.gateway.model import Authorization, Charge, Settlement
from reference_impl.money import Money
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.model import Operation, Outcome, PaymentResult
from reference_impl.payments.model import Gateway, Payment
from reference_impl.processor.model import ChargeState, HostedCharge
from reference_impl.vault.model import Deletion, Purpose, StoredCard


class Tokens(Protocol):
    """The vault, as its routes and payments know it."""

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """A token for the card."""
        ...

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """What may be shown."""
        ...

    async def detokenize(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """The card, for a person."""
        ...

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """The card, for a charge."""
        ...

    async def delete(self, caller: Caller, token: str) -> Deletion:
        """Gone."""
        ...


class ObservedTokens:
    """`Tokens`: neither card nor token goes into a measurement or a span. Charges are observed by their payment."""

    def __init__(self, tokens: Tokens, instruments: Instruments) -> None:
        self._tokens, self._instruments = tokens, instruments

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """See `Tokens`."""
        with self._instruments.operation(Operation.TOKENIZE):
            return await self._tokens.tokenize(caller, card, reuse=reuse, subject=subject)

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """See `Tokens`."""
        with self._instruments.operation(Operation.DESCRIBE):
            return await self._tokens.describe(caller, token)

    async def detokenize(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """See `Tokens`."""
        with self._instruments.operation(Operation.DETOKENIZE):
            return await self._tokens.detokenize(caller, token, purpose)

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """See `Tokens`."""
        return await self._tokens.charge_card(caller, token, purpose)

    async def delete(self, caller: Caller, token: str) -> Deletion:
        """See `Tokens`."""
        with self._instruments.operation(Operation.DELETE):
            return await self._tokens.delete(caller, token)


class Payments(Protocol):
    """Payments, as their routes know them."""

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        """An authorised payment."""
        ...

    async def find(self, caller: Caller, payment_id: str) -> Payment:
        """One that was made."""
        ...


class Charges(Protocol):
    """Payments with a processor's cards, as their route knows them."""

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """A charge, whatever its state."""
        ...


class ObservedPayments:
    """`Payments`: what became of each attempt. One that was refused as a request is no attempt to pay."""

    def __init__(self, payments: Payments, instruments: Instruments) -> None:
        self._payments, self._instruments = payments, instruments

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        """See `Payments`."""
        with _Attempt(self._instruments):
            return await self._payments.pay(caller, token, money, code, idempotency_key)

    async def find(self, caller: Caller, payment_id: str) -> Payment:
        """See `Payments`."""
        return await self._payments.find(caller, payment_id)


class ObservedCharges:
    """`Charges` of a processor: as `ObservedPayments`. What its events settle later is not counted again."""

    def __init__(self, charges: Charges, instruments: Instruments) -> None:
        self._charges, self._instruments = charges, instruments

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """See `Charges`."""
        with _Attempt(self._instruments) as attempt:
            charge = await self._charges.charge(caller, method_id, money, idempotency_key)
            attempt.result = _STATES[charge.state]
            return charge


class _Attempt:
    """To pay. `result`: of one that raises nothing."""

    def __init__(self, instruments: Instruments) -> None:
        self.result = PaymentResult.AUTHORIZED
        self._metrics, self._measured = instruments.metrics, instruments.operation(Operation.CHARGE)

    def __enter__(self) -> _Attempt:
        self._span = self._measured.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        result = self.result if error is None else _RESULTS[Outcome.of(error)]
        if result is not None:
            self._metrics.payment(result)
            self._span.set_attribute("payment.result", result.value)
        self._measured.__exit__(kind, error, trace)


_RESULTS = {
    Outcome.DECLINED: PaymentResult.DECLINED,
    Outcome.FAILED: PaymentResult.FAILED,
    Outcome.REJECTED: None,
}
_STATES = {
    ChargeState.STARTED: PaymentResult.PENDING,
    ChargeState.PROCESSING: PaymentResult.PENDING,
    ChargeState.ACTION_REQUIRED: PaymentResult.PENDING,
    ChargeState.SUCCEEDED: PaymentResult.AUTHORIZED,
    ChargeState.DECLINED: PaymentResult.DECLINED,
    ChargeState.CANCELED: PaymentResult.DECLINED,
}


class ObservedGateway:
    """A `Gateway`: every call that payments make. No trace and no baggage goes along."""

    def __init__(self, gateway: Gateway, instruments: Instruments) -> None:
        self._gateway, self._instruments = gateway, instruments

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        """See `Gateway`."""
        with self._instruments.operation(Operation.GATEWAY_AUTHORIZE):
            return await self._gateway.authorize(charge, card, code)

    async def lookup(self, idempotency_key: str) -> Authorization | Settlement | None:
        """See `Gateway`."""
        with self._instruments.operation(Operation.GATEWAY_LOOKUP):
            return await self._gateway.lookup(idempotency_key)


class ObservedScoring:
    """`Counts` of fraud scoring. What it says comes once the deadline is over, so that a span is made of the past."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments, self._metrics = instruments, instruments.metrics

    def engine(self, engine: str, outcome: str, seconds: float) -> None:
        """One engine was asked."""
        self._metrics.engine(engine, outcome, seconds)
        span = self._instruments.past(Operation.ENGINE, seconds)
        if span is not None:
            span.set_attributes({"fraud.engine": engine, "fraud.engine_outcome": outcome})
            span.end()

    def assessment(self, recommendation: str, seconds: float) -> None:
        """One payment was assessed."""
        self._metrics.decision(recommendation, seconds)
        span = self._instruments.past(Operation.SCORE, seconds)
        if span is not None:
            span.set_attribute("fraud.recommendation", recommendation)
            span.end()
