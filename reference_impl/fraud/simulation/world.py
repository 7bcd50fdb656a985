"""Who there is: customers with cards and devices, merchants with terminals, in a few countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reference_impl.fraud.model import Device, Funding, Place
from reference_impl.fraud.simulation.draws import Draws

COUNTRIES = {
    "AT": (47.6, 14.1),
    "BE": (50.6, 4.7),
    "DE": (51.1, 10.4),
    "ES": (40.2, -3.6),
    "FR": (46.6, 2.5),
    "IT": (42.8, 12.1),
    "NL": (52.2, 5.5),
    "PT": (39.6, -8.5),
    "BR": (-10.8, -53.1),
    "TH": (15.1, 101.0),
    "US": (39.5, -98.4),
    "ZA": (-29.0, 25.1),
}
"""The middle of each, WGS 84, degrees, roughly."""

_HOME = ("DE", "FR", "IT", "ES", "NL", "BE", "AT", "PT")
_HOME_SHARES = (0.28, 0.50, 0.66, 0.79, 0.87, 0.93, 0.97, 1.0)
_FUNDING = (Funding.DEBIT, Funding.CREDIT, Funding.PREPAID)
_FUNDING_SHARES = (0.52, 0.95, 1.0)
_ISSUERS = 40
_EXPATRIATES = 0.02
_AGENTS = ("Firefox/140", "Chrome/138", "Safari/18", "Edge/138")
_SCREENS = ("1920x1080", "2560x1440", "1366x768", "390x844", "412x915")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world, for how many days. The share of payments that are fraud does not depend on it."""

    customers: int = 8000
    merchants: int = 2400
    days: int = 90


@dataclass(frozen=True, slots=True)
class Card:
    """`id` stands for its keyed fingerprint; `issuer`: which bank, by number."""

    id: str
    funding: Funding
    issuer: int
    country: str


@dataclass(frozen=True, slots=True)
class Merchant:
    """`level`: how its prices are to those of others; `registered`: days before the first day simulated."""

    id: str
    level: float
    terminals: int
    refund_rate: float
    registered: int
    description: str


@dataclass(frozen=True, slots=True)
class Customer:
    """`spends`: the median in cents at a merchant of level 1; `daily`: mean payments a day; `joined`: on which day."""

    id: str
    home: Place
    cards: Sequence[Card]
    device: Device
    source: str
    spends: float
    daily: float
    merchants: Sequence[int]
    joined: int


@dataclass(frozen=True, slots=True)
class World:
    """`size`: as asked for; indices of the two sequences name customers and merchants elsewhere."""

    size: Size
    customers: Sequence[Customer]
    merchants: Sequence[Merchant]


def build(size: Size, seed: int) -> World:
    """The same for the same size and seed."""
    draws = Draws(seed, "world")
    merchants = [_merchant(number, draws) for number in range(size.merchants)]
    customers = [_customer(number, size, draws) for number in range(size.customers)]
    return World(size, customers, merchants)


def place_in(country: str, draws: Draws) -> Place:
    """Somewhere there, to a hundredth of a degree."""
    latitude, longitude = COUNTRIES[country]
    return Place(round(draws.normal(latitude, 1.0), 2), round(draws.normal(longitude, 1.0), 2), country)


def new_card(name: str, country: str, draws: Draws) -> Card:
    """Of any kind and issuer."""
    return Card(f"card-{name}", draws.weighted(_FUNDING, _FUNDING_SHARES), draws.below(_ISSUERS), country)


def new_device(name: str, draws: Draws) -> Device:
    """One nobody has seen."""
    fingerprint = {"user_agent": draws.one_of(_AGENTS), "screen": draws.one_of(_SCREENS)}
    return Device(f"device-{name}", fingerprint)


def address(number: int) -> str:
    """In 198.18.0.0/15, which is nobody's (RFC 2544)."""
    return f"198.{18 + (number >> 16) % 2}.{number >> 8 & 255}.{number & 255}"


def _merchant(number: int, draws: Draws) -> Merchant:
    return Merchant(
        id=f"merchant-{number}",
        level=round(draws.lognormal(1.0, 0.7), 3),
        terminals=2 if draws.chance(0.3) else 1,
        refund_rate=round(draws.uniform() ** 3 * 0.2, 4),
        registered=draws.between(0, 2500),
        description="order " + "x" * draws.between(4, 40),
    )


def _customer(number: int, size: Size, draws: Draws) -> Customer:
    home = place_in(draws.weighted(_HOME, _HOME_SHARES), draws)
    country = draws.one_of(tuple(COUNTRIES)) if draws.chance(_EXPATRIATES) else home.country
    cards = [new_card(f"{number}-{which}", country, draws) for which in range(1 + draws.poisson(0.4))]
    return Customer(
        id=f"customer-{number}",
        home=home,
        cards=cards,
        device=new_device(str(number), draws),
        source=address(draws.below(1 << 16)),
        spends=round(draws.lognormal(3500.0, 0.6), 2),
        daily=round(min(draws.lognormal(0.9, 0.7), 5.0), 4),
        merchants=[draws.below(size.merchants) for _ in range(draws.between(5, 25))],
        joined=draws.below(size.days) if draws.chance(0.3) else 0,
    )
