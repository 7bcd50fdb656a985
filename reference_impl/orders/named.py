"""Orders by the names that tenants give their customers: what is stored has the name of the customer's key instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.errors import IntegrityError
from reference_impl.keys.model import ERASED, SubjectKeys, is_subject
from reference_impl.orders.model import Order, Wish


class Orders(Protocol):
    """Orders of subjects; see `service.Orders`."""

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """The order under this key."""
        ...

    async def find(self, caller: Caller, order_id: str) -> Order:
        """One that was placed."""
        ...


class NamedOrders:
    """`api.Orders`. Raises as the orders do, and UnavailableError when the store of persons' keys does not answer."""

    def __init__(self, orders: Orders, people: SubjectKeys) -> None:
        self._orders, self._people = orders, people

    async def place(self, caller: Caller, wish: Wish, idempotency_key: str) -> Order:
        """See `Orders`. Whether the customer's key is there is asked each time: nothing is ordered under a name that
        was erased.
        """
        key = await self._people.of(caller.principal.tenant, wish.customer)
        placed = await self._orders.place(caller, replace(wish, customer=key.subject), idempotency_key)
        return replace(placed, customer=wish.customer)

    async def find(self, caller: Caller, order_id: str) -> Order:
        """See `Orders`."""
        found = await self._orders.find(caller, order_id)
        if not is_subject(found.customer):
            return found
        try:
            name = (await self._people.for_opening(caller.principal.tenant, found.customer)).customer
        except IntegrityError:  # erased a moment ago, or in a backup that was put back
            name = ERASED
        return replace(found, customer=name)
