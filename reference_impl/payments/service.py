"""Pays with a token: the idempotency record first, then the card, then the gateway, then the outcome."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, VerificationCode
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConflictError, DeclinedError, NotFoundError, ServiceError, UnavailableError
from reference_impl.gateway.model import Authorization, Charge
from reference_impl.idempotency.model import KeyReusedError, checked_key, request_digest
from reference_impl.money import Money
from reference_impl.payments.model import (
    PURPOSE,
    CardSource,
    Failures,
    Gateway,
    Payment,
    PaymentState,
    checked_token,
)
from reference_impl.payments.store import PaymentStore

_log = logging.getLogger(__name__)


class PaymentService:
    """`merchant`: whom the gateway pays. `failures`: is told of declined payments, by their idempotency keys.

    `abandoned_after`: how long nobody must have moved before an attempt counts as dead; longer than the gateway's
    timeout with its retries, or two attempts run beside each other (which charges once all the same).
    """

    def __init__(
        self,
        store: PaymentStore,
        cards: CardSource,
        gateway: Gateway,
        audit: AuditLog,
        clock: Clock = utc_now,
        *,
        merchant: str,
        failures: Failures | None = None,
        abandoned_after: timedelta = timedelta(minutes=2),
    ) -> None:
        self._store = store
        self._cards = cards
        self._gateway = gateway
        self._audit = audit
        self._clock = clock
        self._merchant = merchant
        self._failures = failures
        self._abandoned_after = abandoned_after

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        """An authorised payment, the same one for the same key.

        Raises DeclinedError (again for the same key), ConflictError (the key was used for another request, or that
        request is still under way), UnavailableError (the outcome is not known: send the same request again, which
        asks the gateway first), and what the vault raises for the token.
        """
        tenant, digest = caller.principal.tenant, request_digest(checked_token(token), money)
        known = await self._store.by_key(tenant, checked_key(idempotency_key))
        if known is None:
            card = await self._cards.charge_card(caller, token, PURPOSE)
            fresh = self._fresh(tenant, idempotency_key, digest, money, token)
            if await self._store.begin(fresh):
                return await self._authorize(caller, fresh, card, code)
            known = await self._store.by_key(tenant, idempotency_key)
        if known is None or known.request_digest != digest:
            raise KeyReusedError
        return await self._again(caller, known, code)

    async def find(self, caller: Caller, payment_id: str) -> Payment:
        """Raises NotFoundError."""
        payment = await self._store.by_id(caller.principal.tenant, payment_id)
        if payment is None:
            raise NotFoundError("there is no such payment")
        return payment

    async def _again(self, caller: Caller, known: Payment, code: VerificationCode | None) -> Payment:
        if known.state is PaymentState.AUTHORIZED:
            return known
        if known.state is PaymentState.DECLINED:
            raise DeclinedError("the payment was declined", known.decline_code)
        now = self._clock()
        if not await self._store.claim(known, now, now - self._abandoned_after):
            raise ConflictError("this payment is under way")
        claimed = await self.find(caller, known.id)
        if (found := await self._ask(caller, claimed)) is not None:
            return await self._authorized(caller, claimed, found)
        card = await self._cards.charge_card(caller, known.token, PURPOSE)
        return await self._authorize(caller, claimed, card, code)

    async def _ask(self, caller: Caller, payment: Payment) -> Authorization | None:
        try:
            found = await self._gateway.lookup(payment.id)
        except DeclinedError as error:
            await self._refused(caller, payment, error)
            raise
        except ServiceError as error:
            await self._not_known(caller, payment, error)
            raise
        return found if isinstance(found, Authorization) else None

    async def _authorize(self, caller: Caller, payment: Payment, card: Card, code: VerificationCode | None) -> Payment:
        charge = Charge(payment.money, self._merchant, payment.id)
        await self._record(caller, payment, Outcome.SUCCESS, payment.idempotency_key, "payment.request")
        try:
            authorization = await self._gateway.authorize(charge, card, code)
        except DeclinedError as error:
            await self._refused(caller, payment, error)
            raise
        except ServiceError as error:
            await self._not_known(caller, payment, error)
            raise
        return await self._authorized(caller, payment, authorization)

    # The request is recorded before the gateway is asked, with the idempotency key (an order's id, where there is one):
    # no money is held without record. The outcome's record comes before the state: a crash between them leaves a
    # payment that is looked up and recorded again, never one that is settled and recorded nowhere.

    async def _authorized(self, caller: Caller, payment: Payment, authorization: Authorization) -> Payment:
        await self._record(caller, payment, Outcome.SUCCESS)
        return await self._store.settle(payment, self._clock(), authorization.reference, None)

    async def _refused(self, caller: Caller, payment: Payment, error: DeclinedError) -> None:
        await self._record(caller, payment, Outcome.DENIED, error.code)
        await self._store.settle(payment, self._clock(), None, error.code)
        await self._count(payment)

    async def _not_known(self, caller: Caller, payment: Payment, error: ServiceError) -> None:
        await self._store.unknown(payment, self._clock())
        await self._record(caller, payment, Outcome.FAILURE, error.code)

    async def _count(self, payment: Payment) -> None:
        if self._failures is None:
            return
        try:
            await self._failures.fail(payment.tenant, payment.idempotency_key)
        except UnavailableError:  # the payment is settled, whether or not it counts
            _log.warning("a declined payment is not counted")

    async def _record(
        self,
        caller: Caller,
        payment: Payment,
        outcome: Outcome,
        reason: str = "",
        action: str = "payment.authorize",
    ) -> None:
        resource = f"payment:{payment.id}"
        await self._audit.append([caller.event(action, resource, self._clock(), outcome, reason, money=payment.money)])

    def _fresh(self, tenant: str, key: str, digest: str, money: Money, token: str) -> Payment:
        now = self._clock()
        name = f"pay_{secrets.token_urlsafe(16)}"
        return Payment(tenant, name, key, digest, PaymentState.STARTED, money, token, None, None, 1, now, now)
