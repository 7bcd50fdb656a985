"""What thieves do: five scenarios, each begun by chance, lasting days, changing over the months.

The first two are the Handbook's second and third; its first (every large amount is a fraud) is left out: it is no
scenario but a rule, and makes every model look good.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from reference_impl.fraud.model import Device, Place
from reference_impl.fraud.simulation.draws import Draws
from reference_impl.fraud.simulation.genuine import DAY, Attempt, price, waking_second, whole
from reference_impl.fraud.simulation.world import (
    COUNTRIES,
    Card,
    Customer,
    World,
    address,
    new_card,
    new_device,
    place_in,
)

_CUSTOMERS, _MERCHANTS = 5000, 1500
_MONTHS = 120.0
_FIRST_SOURCE = 1 << 16


class Scenario(Protocol):
    """One way to pay with what is not one's own."""

    def attempts(self, day: int, before: Sequence[Attempt]) -> Iterable[Attempt]:
        """The day as it is with the thieves: `before`, or what becomes of it, and their own."""
        ...


@dataclass(frozen=True, slots=True)
class _Victim:
    customer: Customer
    card: Card
    until: int
    device: Device
    place: Place
    source: str
    factor: float


def drifting(day: int, first: float, later: float) -> float:
    """From the one to the other within four months, and there it stays."""
    return first + (later - first) * min(1.0, day / _MONTHS)


class _OfVictims(ABC):
    """A thief has a customer's card or account for some days, and pays with it now and then."""

    name = ""
    fails = 0.12

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.draws = Draws(seed, self.name)
        self._victims: list[_Victim] = []
        self._thieves = 0

    def attempts(self, day: int, before: Sequence[Attempt]) -> Iterator[Attempt]:
        """Old victims and new ones."""
        yield from before
        share = self.world.size.customers / _CUSTOMERS
        self._victims = [victim for victim in self._victims if victim.until >= day]
        self._victims += [self._victim(day) for _ in range(self.draws.poisson(self.begin(day) * share))]
        for victim in self._victims:
            for _ in range(self.draws.poisson(self.daily(day))):
                yield self._attempt(victim, day)

    @abstractmethod
    def begin(self, day: int) -> float:
        """How many new victims a day, of five thousand customers."""

    @abstractmethod
    def lasts(self) -> int:
        """Days."""

    @abstractmethod
    def daily(self, day: int) -> float:
        """Mean payments of one thief."""

    @abstractmethod
    def factor(self, day: int) -> float:
        """Median amount, to what the customer would have paid."""

    @abstractmethod
    def thief(self, customer: Customer) -> tuple[Device, Place]:
        """With what, and from where."""

    def address(self, victim: _Victim) -> int:
        """Where the goods go."""
        return -victim.until

    def _victim(self, day: int) -> _Victim:
        customer = self.draws.one_of(self.world.customers)
        self._thieves += 1
        device, place = self.thief(customer)
        card = self.draws.one_of(customer.cards)
        source = address(_FIRST_SOURCE + self.draws.below(1 << 16))
        return _Victim(customer, card, day + self.lasts(), device, place, source, self.factor(day))

    def _attempt(self, victim: _Victim, day: int) -> Attempt:
        draws = self.draws
        number = draws.below(self.world.size.merchants)
        merchant = self.world.merchants[number]
        return Attempt(
            second=day * DAY + (draws.below(DAY) if draws.chance(0.5) else waking_second(draws)),
            account=victim.customer.id,
            card=victim.card,
            merchant=number,
            terminal=draws.below(merchant.terminals),
            cents=whole(price(victim.customer.spends * victim.factor, merchant, draws)),
            place=victim.place,
            device=victim.device,
            source=victim.source,
            address=self.address(victim),
            declined=draws.chance(self.fails),
            description=merchant.description,
            scenario=self.name,
        )

    def unknown_device(self) -> Device:
        """The thief's own."""
        return new_device(f"{self.name}-{self._thieves}", self.draws)


class LeakedCards(_OfVictims):
    """Card data bought on a market: much is spent in two weeks, before the card is blocked; less as time goes by."""

    name = "leaked_card"

    def begin(self, day: int) -> float:
        return drifting(day, 2.6, 3.2)

    def lasts(self) -> int:
        return self.draws.between(2, 14)

    def daily(self, day: int) -> float:  # noqa: ARG002
        return 1.0

    def factor(self, day: int) -> float:
        return self.draws.lognormal(drifting(day, 9.0, 7.0), 0.4)

    def thief(self, customer: Customer) -> tuple[Device, Place]:
        abroad = self.draws.chance(0.7)
        country = self.draws.one_of(tuple(COUNTRIES)) if abroad else customer.home.country
        return self.unknown_device(), place_in(country, self.draws)


class Takeovers(_OfVictims):
    """A customer's device or account in other hands: the same country and card, another address, bolder amounts."""

    name = "takeover"
    fails = 0.06

    def begin(self, day: int) -> float:
        return drifting(day, 0.5, 0.9)

    def lasts(self) -> int:
        return self.draws.between(1, 5)

    def daily(self, day: int) -> float:
        return drifting(day, 2.0, 1.6)

    def factor(self, day: int) -> float:  # noqa: ARG002
        return self.draws.lognormal(6.0, 0.4)

    def thief(self, customer: Customer) -> tuple[Device, Place]:
        return (customer.device if self.draws.chance(0.7) else self.unknown_device()), customer.home


class Travellers(_OfVictims):
    """A copied card, used a continent away while its owner pays at home: nobody travels so fast."""

    name = "impossible_travel"

    def begin(self, day: int) -> float:  # noqa: ARG002
        return 1.2

    def lasts(self) -> int:
        return self.draws.between(0, 3)

    def daily(self, day: int) -> float:  # noqa: ARG002
        return 2.0

    def factor(self, day: int) -> float:  # noqa: ARG002
        return self.draws.lognormal(4.0, 0.5)

    def thief(self, customer: Customer) -> tuple[Device, Place]:  # noqa: ARG002
        far = self.draws.one_of(("BR", "TH", "US", "ZA"))
        return self.unknown_device(), place_in(far, self.draws)


class CompromisedTerminals:
    """For some four weeks most of what goes through a terminal is forged; amounts are as ever, the place is the sign.

    The Handbook takes all of it for forged; here a few genuine customers keep coming.
    """

    name = "compromised_terminal"

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._draws = Draws(seed, self.name)
        self._until: dict[tuple[int, int], int] = {}

    def attempts(self, day: int, before: Sequence[Attempt]) -> Iterator[Attempt]:
        """Forged ones in the place of genuine ones."""
        share = self._world.size.merchants / _MERCHANTS
        for _ in range(self._draws.poisson(drifting(day, 0.5, 0.4) * share)):
            number = self._draws.below(self._world.size.merchants)
            terminal = self._draws.below(self._world.merchants[number].terminals)
            self._until[number, terminal] = day + self._draws.between(21, 35)
        for attempt in before:
            compromised = self._until.get((attempt.merchant, attempt.terminal), -1) >= day
            forged = compromised and self._draws.chance(0.95)
            yield replace(attempt, scenario=self.name) if forged else attempt


class CardTesting:
    """Which of many stolen cards still work: small payments from throw-away accounts, a few minutes, one merchant."""

    name = "card_testing"

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._draws = Draws(seed, self.name)
        self._runs = 0

    def attempts(self, day: int, before: Sequence[Attempt]) -> Iterator[Attempt]:
        """None on most days; then dozens."""
        yield from before
        share = self._world.size.customers / _CUSTOMERS
        for _ in range(self._draws.poisson(drifting(day, 0.7, 1.0) * share)):
            self._runs += 1
            yield from self._run(day)

    def _run(self, day: int) -> Iterator[Attempt]:
        draws = self._draws
        number = draws.below(self._world.size.merchants)
        merchant = self._world.merchants[number]
        place = place_in(draws.one_of(tuple(COUNTRIES)), draws)
        second, accounts = day * DAY + draws.below(DAY - 3600), 0
        for tried in range(draws.between(15, 60)):
            accounts += tried % 6 == 0
            name = f"{self.name}-{self._runs}"
            second += draws.between(5, 40)
            yield Attempt(
                second=second,
                account=f"customer-{name}-{accounts}",
                card=new_card(f"{name}-{tried}", draws.one_of(tuple(COUNTRIES)), draws),
                merchant=number,
                terminal=0,
                cents=draws.between(50, 500),
                place=place,
                device=new_device(f"{name}-{accounts}", draws),
                source=address(_FIRST_SOURCE + self._runs),
                address=0,
                declined=draws.chance(0.6),
                description=merchant.description,
                scenario=self.name,
            )


def all_of(world: World, seed: int) -> Sequence[Scenario]:
    """Each with chance of its own."""
    kinds = (LeakedCards, Takeovers, Travellers, CardTesting)
    return [CompromisedTerminals(world, seed), *(kind(world, seed) for kind in kinds)]
