"""The gateway over HTTPS: every operation at most once, and never called failed when it may have been done.

After a request that got no usable answer nothing is sent again before the gateway was asked, by the idempotency key,
what became of it; only "never seen" lets the same bytes go out again, and the gateway does one key once.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from types import TracebackType
from typing import cast

import anyio

from reference_impl.cards.model import Card, VerificationCode
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import InvalidInputError
from reference_impl.gateway.answers import Absent, Answer, Approved, Declined
from reference_impl.gateway.encryption import GatewayKeys, seal_card
from reference_impl.gateway.exchange import Exchange, Failure, Timing, checked_url
from reference_impl.gateway.model import (
    Authorization,
    Charge,
    GatewayDeclinedError,
    GatewayGarbageError,
    GatewayRefusedError,
    GatewayTimeoutError,
    GatewayUnreachableError,
    GatewayUntrustedError,
    Operation,
    Reason,
    Settlement,
    checked_key,
)
from reference_impl.gateway.tls import PinnedContext
from reference_impl.money import Money

_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, repr=False)
class _Order:
    """An operation, ready to be sent. `authorization`: the reference it is about; empty for a new one."""

    operation: Operation
    charge: Charge
    body: bytes
    authorization: str = ""

    def answered_by(self, answer: Answer | Failure) -> Answer | Failure:
        """The answer, if it speaks of this order; what speaks of other money or another merchant is garbage."""
        if isinstance(answer, Absent | Failure):
            return answer
        right = answer.operation is self.operation and (
            (answer.merchant_id, answer.amount, answer.currency)
            == (self.charge.merchant, self.charge.money.amount, self.charge.money.currency)
        )
        if self.authorization and isinstance(answer, Approved):
            right = right and answer.authorization == self.authorization
        return answer if right else Failure.GARBAGE


class HttpGateway:
    """A `model.Gateway`. An async context manager; one for the whole service, safe to share between tasks."""

    def __init__(
        self,
        url: str,
        hosts: tuple[str, ...],
        context: PinnedContext,
        keys: GatewayKeys,
        *,
        timing: Timing | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """`hosts`: the only ones card data may be sent to. Raises ConfigurationError for a URL that is not of them."""
        self._timing = timing or Timing()
        self._keys = keys
        self._clock = clock
        self._exchange = Exchange(checked_url(url, hosts), context, keys, self._timing)

    async def __aenter__(self) -> HttpGateway:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        """See `model.Gateway`."""
        try:
            fields = self._fields(charge)
            fields["encrypted_card_data"] = seal_card(self._keys, fields, card, code)
            order = _Order(Operation.AUTHORIZE, charge, json.dumps(fields).encode())
            return cast(Authorization, await self._perform(order))
        finally:
            if code is not None:
                code.forget()

    async def capture(self, authorization: Authorization, money: Money, idempotency_key: str) -> Settlement:
        """See `model.Gateway`."""
        return await self._settle(Operation.CAPTURE, authorization, money, idempotency_key)

    async def void(self, authorization: Authorization, idempotency_key: str) -> Settlement:
        """See `model.Gateway`."""
        return await self._settle(Operation.VOID, authorization, authorization.charge.money, idempotency_key)

    async def refund(self, authorization: Authorization, money: Money, idempotency_key: str) -> Settlement:
        """See `model.Gateway`."""
        return await self._settle(Operation.REFUND, authorization, money, idempotency_key)

    async def lookup(self, idempotency_key: str) -> Authorization | Settlement | None:
        """See `model.Gateway`."""
        checked_key(idempotency_key)
        answer: Answer | Failure = Failure.SILENT
        with anyio.move_on_after(self._timing.total):
            answer = await self._find(idempotency_key)
        match answer:
            case Absent():
                return None
            case Failure.GARBAGE:
                raise GatewayGarbageError(idempotency_key)
            case Failure.UNTRUSTED:
                raise GatewayUntrustedError
            case Failure():
                raise GatewayTimeoutError(idempotency_key)
            case _:
                return _result(answer)

    async def _settle(
        self, operation: Operation, authorization: Authorization, money: Money, idempotency_key: str
    ) -> Settlement:
        held = authorization.charge.money
        if money.currency != held.currency or money.amount > held.amount:
            raise InvalidInputError("at most what was authorised, in the same currency", "amount")
        charge = Charge(money, authorization.charge.merchant, idempotency_key)
        fields = self._fields(charge) | {"authorization": authorization.reference}
        order = _Order(operation, charge, json.dumps(fields).encode(), authorization.reference)
        return cast(Settlement, await self._perform(order))

    def _fields(self, charge: Charge) -> dict[str, str | int]:
        return {
            "amount": charge.money.amount,
            "currency": charge.money.currency,
            "merchant_id": charge.merchant,
            "idempotency_key": charge.idempotency_key,
            "timestamp": self._clock().isoformat(timespec="milliseconds"),
        }

    async def _perform(self, order: _Order) -> Authorization | Settlement:
        """Sends the order until there is an answer to it, or what is left is to say what is not known."""
        key = order.charge.idempotency_key
        unclear: Failure | None = None  # how the last request ended that may have been carried out
        last = Failure.NOT_SENT
        with anyio.move_on_after(self._timing.total):
            for attempt in range(self._timing.tries):
                await self._pause(attempt)
                before, unclear = unclear, Failure.SILENT  # holds if the time is up while the request is under way
                answer = order.answered_by(
                    await self._exchange.ask("POST", f"/v1/{order.operation.value}", key, order.body)
                )
                if answer is Failure.NOT_SENT or answer is Failure.UNTRUSTED:
                    unclear, last = before, answer
                    if answer is Failure.UNTRUSTED:
                        break
                    continue
                if isinstance(answer, Failure):
                    unclear = answer
                    answer = order.answered_by(await self._find(key))
                    if isinstance(answer, Absent) and unclear is Failure.SILENT:
                        continue  # the gateway has not seen it: the same request again
                    if isinstance(answer, Absent | Failure):
                        break  # not known, or answered with garbage: the card is not sent there again
                return _result(answer)
        if unclear is Failure.GARBAGE:
            raise GatewayGarbageError(key)
        if unclear:
            raise GatewayTimeoutError(key)
        if last is Failure.UNTRUSTED:
            raise GatewayUntrustedError
        raise GatewayUnreachableError

    async def _find(self, key: str) -> Answer | Failure:
        """What the gateway knows of a key; asking is safe to repeat."""
        answer: Answer | Failure = Failure.NOT_SENT
        for attempt in range(self._timing.tries):
            await self._pause(attempt)
            answer = await self._exchange.ask("GET", "/v1/operations", key)
            if answer not in (Failure.SILENT, Failure.NOT_SENT):
                break
        return answer

    async def _pause(self, attempt: int) -> None:
        """Before every try but the first: at random, so that not all clients come back at once."""
        if attempt:
            await anyio.sleep(_RANDOM.uniform(0, self._timing.backoff * 2 ** (attempt - 1)))


def _result(answer: Answer) -> Authorization | Settlement:
    """Raises what an operation with this answer raises."""
    if isinstance(answer, Approved):
        return answer.result()
    if isinstance(answer, Declined):
        raise GatewayDeclinedError(Reason.of(answer.reason))
    raise GatewayRefusedError
