"""The parts that accounts pay through and come out of, refused to those that are blocked.

`bootstrap` puts these around the real ones; each class here is the protocol it is given.
"""

from __future__ import annotations

from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card
from reference_impl.events.model import OrderCreated, PaymentTokenized
from reference_impl.incident.model import Account, AccountKind, Guarding
from reference_impl.money import Money
from reference_impl.orders.model import Order, Wish
from reference_impl.payments.model import Payment
from reference_impl.processor.model import HostedCharge, PaymentMethod
from reference_impl.vault.model import Deletion, Purpose, StoredCard, is_token


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


class GuardedTokens:
    """`Tokens`: a card that is blocked is shown to nobody, nor charged. It may be stored, described and deleted."""

    def __init__(self, tokens: Tokens, guard: Guarding) -> None:
        self._tokens, self._guard = tokens, guard

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """See `Tokens`."""
        return await self._tokens.tokenize(caller, card, reuse=reuse, subject=subject)

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """See `Tokens`."""
        return await self._tokens.describe(caller, token)

    async def detokenize(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """See `Tokens`."""
        await self._guard.check(caller, "token.detokenize", *_card(token))
        return await self._tokens.detokenize(caller, token, purpose)

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """See `Tokens`."""
        await self._guard.check(caller, "token.charge", *_card(token))
        return await self._tokens.charge_card(caller, token, purpose)

    async def delete(self, caller: Caller, token: str) -> Deletion:
        """See `Tokens`."""
        return await self._tokens.delete(caller, token)


class Orders(Protocol):
    """Orders, as their routes know them."""

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """The order under this key."""
        ...

    async def find(self, caller: Caller, order_id: str) -> Order:
        """One that was placed."""
        ...


class GuardedOrders:
    """`Orders`: none of a customer or merchant that is blocked, nor with such a card."""

    def __init__(self, orders: Orders, guard: Guarding) -> None:
        self._orders, self._guard = orders, guard

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """See `Orders`."""
        await self._guard.check(caller, "order.create", *_parties(wish.customer, wish.merchant), *_card(wish.token))
        return await self._orders.place(caller, wish, idempotency_key)

    async def find(self, caller: Caller, order_id: str) -> Order:
        """See `Orders`."""
        return await self._orders.find(caller, order_id)


class Begun(Protocol):
    """Knows which payments were begun."""

    async def by_key(self, tenant: str, idempotency_key: str) -> Payment | None:
        """What is known under this key."""
        ...


class Admission:
    """`events.flow.Admission`: an account may be blocked while an order of it is on its way.

    A payment that was begun before goes to its end: the issuer may hold the money already.
    """

    def __init__(self, guard: Guarding, payments: Begun) -> None:
        self._guard, self._payments = guard, payments

    async def admit(self, caller: Caller, event: OrderCreated | PaymentTokenized) -> None:
        """Raises AccountBlockedError, UnavailableError."""
        parties = _parties(event.customer, event.merchant)
        if not await self._guard.blocked(event.tenant, *parties):
            return
        if await self._payments.by_key(event.tenant, event.order) is None:
            await self._guard.check(caller, "order.pay", *parties)


class Charges(Protocol):
    """Payments with a processor's cards, as their route knows them."""

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """A charge, whatever its state."""
        ...


class Methods(Protocol):
    """Knows whose a payment method is."""

    async def method(self, tenant: str, method: str) -> PaymentMethod | None:
        """By our id."""
        ...


class GuardedCharges:
    """`Charges`: none of a customer or payment method that is blocked."""

    def __init__(self, charges: Charges, methods: Methods, guard: Guarding) -> None:
        self._charges, self._methods, self._guard = charges, methods, guard

    async def charge(self, caller: Caller, method_id: str, money: Money, idempotency_key: str) -> HostedCharge:
        """See `Charges`."""
        method = await self._methods.method(caller.principal.tenant, method_id)
        if method is not None:
            parties = Account(AccountKind.CUSTOMER, method.customer), Account(AccountKind.CARD, method.id)
            await self._guard.check(caller, "charge.create", *parties)
        return await self._charges.charge(caller, method_id, money, idempotency_key)


def _card(token: str) -> list[Account]:
    """What has not the form of a token is nobody's, and may be anything that somebody sent."""
    return [Account(AccountKind.CARD, token)] if is_token(token) else []


def _parties(customer: str, merchant: str) -> tuple[Account, Account]:
    return Account(AccountKind.CUSTOMER, customer), Account(AccountKind.MERCHANT, merchant)
