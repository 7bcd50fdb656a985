"""Customers, cards and charges of which only the processor knows the card number."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller, Principal
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConflictError, DeclinedError, InvalidInputError, NotFoundError, ServiceError
from reference_impl.idempotency.model import KeyReusedError, checked_key, request_digest
from reference_impl.money import Money
from reference_impl.processor.answers import IntentAnswer
from reference_impl.processor.client import ProcessorClient
from reference_impl.processor.model import (
    FINAL,
    RECORDED,
    ChargeState,
    Customer,
    HostedCharge,
    HostedRefund,
    PaymentMethod,
    processor_id,
)
from reference_impl.processor.store import ProcessorStore
from reference_impl.processor.webhook import verify
from reference_impl.secret import Secret
from reference_impl.sox.model import Approvals

_STATES = {
    "succeeded": ChargeState.SUCCEEDED,
    "processing": ChargeState.PROCESSING,
    "requires_action": ChargeState.ACTION_REQUIRED,
    "requires_confirmation": ChargeState.PROCESSING,
    "requires_payment_method": ChargeState.DECLINED,
    "canceled": ChargeState.CANCELED,
}
_REPLAYED_FOR = timedelta(hours=23)
"""The processor remembers an idempotency key for 24 hours; after that, asking again would charge again."""


class HostedPayments:
    """`webhook_secrets`: the one in use and, while it changes, the one before; `approvals`: of refunds."""

    def __init__(
        self,
        store: ProcessorStore,
        processor: ProcessorClient,
        audit: AuditLog,
        webhook_secrets: Sequence[Secret[bytes]],
        clock: Clock = utc_now,
        *,
        approvals: Approvals | None = None,
    ) -> None:
        self._store = store
        self._processor = processor
        self._audit = audit
        self._webhook_secrets = webhook_secrets
        self._clock, self._approvals = clock, approvals

    async def create_customer(self, caller: Caller) -> Customer:
        """Known to the processor by an id that says nothing."""
        tenant, name = caller.principal.tenant, _new("cust")
        theirs = await self._processor.create_customer(name, tenant)
        customer = Customer(tenant, name, theirs, self._clock())
        await self._store.add_customer(customer)
        await self._record(caller, "customer.create", f"customer:{name}")
        return customer

    async def add_method(self, caller: Caller, customer_id: str, processor_payment_method_id: str) -> PaymentMethod:
        """What the hosted form made becomes the customer's. Raises NotFoundError, DeclinedError, InvalidInputError."""
        tenant = caller.principal.tenant
        theirs = processor_id(processor_payment_method_id, "pm")
        customer = await self._customer(tenant, customer_id)
        answer = await self._processor.attach(theirs, customer.processor_customer_id)
        card = answer.card
        method = PaymentMethod(
            tenant,
            _new("meth"),
            customer.id,
            theirs,
            card.brand,
            card.last4,
            card.exp_month,
            card.exp_year,
            self._clock(),
        )
        stored = await self._store.add_method(method)
        if stored.customer != customer.id:
            raise ConflictError("this card belongs to another customer")
        await self._record(caller, "payment_method.add", f"payment_method:{stored.id}")
        return stored

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """The same charge for the same key, whatever its state; one that was under way is asked for again.

        Raises DeclinedError (again for the same key), ConflictError (the key was used for another request),
        NotFoundError, UnavailableError (not known: send the same request again).
        """
        tenant, now = caller.principal.tenant, self._clock()
        method = await self._store.method(tenant, method_id)
        if method is None:
            raise NotFoundError("there is no such payment method")
        customer = await self._customer(tenant, method.customer)
        key, digest = checked_key(idempotency_key), request_digest(method.id, money)
        charge = await self._store.begin_charge(
            HostedCharge(tenant, _new("chg"), method.id, key, digest, ChargeState.STARTED, money, None, None, now, now)
        )
        if charge.request_digest != digest:
            raise KeyReusedError
        if charge.state is not ChargeState.STARTED:
            return _unless_declined(charge)
        if now - charge.created_at > _REPLAYED_FOR:
            raise ConflictError("this charge is too old to be repeated: the processor's events settle it")
        resource = f"charge:{charge.id}"
        await self._record(caller, "charge.request", resource, money)  # without an audit log nothing is charged
        try:
            intent = await self._processor.create_intent(
                charge.id, tenant, money, customer.processor_customer_id, method.processor_payment_method_id
            )
        except DeclinedError as error:
            await self._record(caller, "charge.create", resource, money, outcome=Outcome.DENIED, reason=error.code)
            await self._store.settle(charge, ChargeState.DECLINED, self._clock(), None, error.code)
            raise
        except ServiceError as error:
            await self._record(caller, "charge.create", resource, money, outcome=Outcome.FAILURE, reason=error.code)
            raise
        return _unless_declined(await self._settled(caller, charge, intent))

    async def find(self, caller: Caller, charge_id: str) -> HostedCharge:
        """Raises NotFoundError."""
        charge = await self._store.charge(caller.principal.tenant, charge_id)
        if charge is None:
            raise NotFoundError("there is no such charge")
        return charge

    async def refund(self, caller: Caller, charge_id: str, amount: int, idempotency_key: str) -> HostedRefund:
        """`amount`: minor units; the processor refuses more than is left. The same refund for the same key."""
        charge = await self.find(caller, charge_id)
        if charge.processor_intent_id is None or charge.state is not ChargeState.SUCCEEDED:
            raise ConflictError("this charge has not been paid")
        if not 0 < amount <= charge.money.amount:
            raise InvalidInputError("a refund is of the amount of the charge at most", "amount")
        wanted = HostedRefund(
            charge.tenant, _new("ref"), charge.id, checked_key(idempotency_key), amount, None, self._clock()
        )
        refund = await self._store.begin_refund(wanted)
        if (refund.charge, refund.amount) != (charge.id, amount):
            raise KeyReusedError
        if refund.processor_refund_id is not None:
            return refund
        money = Money(amount, charge.money.currency)
        if self._approvals is not None:
            before = await self._store.refunded(charge.tenant, charge.id, refund.id)
            await self._approvals.need(caller, f"refund:{refund.id}", money, before)
        if self._clock() - refund.created_at > _REPLAYED_FOR:
            raise ConflictError("this refund is too old to be repeated")
        resource, of = f"refund:{refund.id}", f"charge:{charge.id}"
        await self._record(caller, "refund.request", resource, money, reason=of)
        try:
            answer = await self._processor.refund(refund.id, charge.processor_intent_id, amount)
        except ServiceError as error:
            await self._record(caller, "refund.create", resource, money, outcome=Outcome.FAILURE, reason=error.code)
            raise
        await self._record(caller, "refund.create", resource, money, reason=of)
        await self._store.settle_refund(refund, answer.id)
        return await self._store.begin_refund(refund)

    async def on_event(self, payload: bytes, signature: str) -> None:
        """An event says which charge to ask about, and the processor's answer counts: order and repetition do not.

        Raises NotAuthenticatedError and InvalidInputError; events about anything else are taken and forgotten.
        """
        event = verify(payload, signature, self._webhook_secrets, self._clock())
        if event.data.object.object != "payment_intent":
            return
        intent = await self._processor.retrieve_intent(event.data.object.id)
        charge = await self._store.charge(intent.metadata.get("tenant", ""), intent.metadata.get("charge", ""))
        if charge is not None and charge.state not in FINAL:
            await self._settled(_processor(charge.tenant), charge, intent)

    async def _customer(self, tenant: str, customer_id: str) -> Customer:
        customer = await self._store.customer(tenant, customer_id)
        if customer is None:
            raise NotFoundError("there is no such customer")
        return customer

    async def _settled(self, caller: Caller, charge: HostedCharge, intent: IntentAnswer) -> HostedCharge:
        """Recorded before it is stored."""
        resource = f"charge:{charge.id}"
        if (intent.amount, intent.currency.upper()) != (charge.money.amount, charge.money.currency):
            error = ConflictError("the processor charged something else")
            await self._record(
                caller, "charge.create", resource, charge.money, outcome=Outcome.FAILURE, reason=error.code
            )
            raise error
        state = _STATES[intent.status]
        code = intent.last_payment_error or DeclinedError.code if state is ChargeState.DECLINED else None
        action, outcome = RECORDED[state]
        await self._record(caller, action, resource, charge.money, outcome=outcome, reason=code or intent.status)
        await self._store.settle(charge, state, self._clock(), intent.id, code)
        return await self._store.charge(charge.tenant, charge.id) or charge

    async def _record(
        self,
        caller: Caller,
        action: str,
        resource: str,
        money: Money | None = None,
        *,
        outcome: Outcome = Outcome.SUCCESS,
        reason: str = "",
    ) -> None:
        event = caller.event(action, resource, self._clock(), outcome, reason, money=money)
        await self._audit.append([event])


def _processor(tenant: str) -> Caller:
    """Who tells us by an event."""
    return Caller(Principal("processor", tenant, frozenset(), "-"), "-", "-", False)


def _new(kind: str) -> str:
    return f"{kind}_{secrets.token_urlsafe(16)}"


def _unless_declined(charge: HostedCharge) -> HostedCharge:
    if charge.state is ChargeState.DECLINED:
        raise DeclinedError("the card was declined", charge.decline_code)
    return charge
