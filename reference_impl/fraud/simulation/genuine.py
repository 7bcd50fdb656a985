"""What customers do on a day: the ordinary, and now and then the unusual that is nobody's fraud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reference_impl.fraud.model import Device, Place
from reference_impl.fraud.simulation.draws import Draws
from reference_impl.fraud.simulation.world import COUNTRIES, Card, Customer, Merchant, World, place_in

DAY = 86_400
"""Seconds."""

_WEEK = (0.9, 0.9, 0.95, 1.0, 1.2, 1.3, 0.75)
_DECLINED = 0.03
_ELSEWHERE = 0.2
_LARGE, _LARGE_FACTOR = 0.005, 4.0
_NEW_ADDRESS = 0.01
_OTHER_DEVICE = 0.05
_TRIP = 0.003
_GUEST = 0.05
_INFLATION = 0.0004


@dataclass(frozen=True, slots=True)
class Attempt:
    """To pay. `second`: since the simulation began; `account`: whose; `merchant`, `terminal`: numbers; `cents`: EUR.

    `address`: where it goes, 0 the customer's home; `scenario`: empty if it is genuine.
    """

    second: int
    account: str
    card: Card
    merchant: int
    terminal: int
    cents: int
    place: Place
    device: Device
    source: str
    address: int
    declined: bool
    description: str
    scenario: str = ""


class Genuine:
    """Remembers who is travelling."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._draws = Draws(seed, "genuine")
        self._trips: dict[str, tuple[int, Place]] = {}
        self._addresses = 0
        self._guests = 0

    def attempts(self, day: int) -> Iterator[Attempt]:
        """Of that day, in no order."""
        for customer in self._world.customers:
            if customer.joined <= day:
                place = self._where(customer, day)
                for _ in range(self._draws.poisson(customer.daily * _WEEK[day % 7])):
                    yield self._attempt(customer, place, day)

    def _where(self, customer: Customer, day: int) -> Place:
        until, place = self._trips.get(customer.id, (-1, customer.home))
        if day <= until:
            return place
        if self._draws.chance(_TRIP):
            place = place_in(self._draws.one_of(tuple(COUNTRIES)), self._draws)
            self._trips[customer.id] = (day + self._draws.between(2, 12), place)
            return place
        return customer.home

    def _attempt(self, customer: Customer, place: Place, day: int) -> Attempt:
        draws = self._draws
        anywhere = draws.chance(_ELSEWHERE)
        number = draws.below(self._world.size.merchants) if anywhere else draws.one_of(customer.merchants)
        merchant = self._world.merchants[number]
        cents = price(customer.spends, merchant, draws) * (1 + _INFLATION * day)
        if draws.chance(_LARGE):
            cents *= _LARGE_FACTOR
        moved = draws.chance(_NEW_ADDRESS)
        self._addresses += moved
        other_device = draws.chance(_OTHER_DEVICE)
        guest = draws.chance(_GUEST)
        self._guests += guest
        return Attempt(
            second=day * DAY + waking_second(draws),
            account=f"customer-guest-{self._guests}" if guest else customer.id,
            card=customer.cards[0] if draws.chance(0.8) else draws.one_of(customer.cards),
            merchant=number,
            terminal=draws.below(merchant.terminals),
            cents=whole(cents),
            place=place,
            device=Device(f"{customer.device.id}-b", customer.device.fingerprint) if other_device else customer.device,
            source=customer.source,
            address=self._addresses if moved else 0,
            declined=draws.chance(_DECLINED),
            description=merchant.description,
        )


def price(spends: float, merchant: Merchant, draws: Draws) -> float:
    """Cents that one who spends so much leaves there."""
    return draws.lognormal(spends * merchant.level, 0.5)


def whole(cents: float) -> int:
    """A payment is one cent at least, and no more than 20,000 EUR."""
    return min(max(1, round(cents)), 2_000_000)


def waking_second(draws: Draws) -> int:
    """Of the day: most pay around two in the afternoon, few at night."""
    return int(draws.normal(14.0, 4.0) * 3600) % DAY
