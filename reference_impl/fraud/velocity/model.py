"""What is counted, and what is known afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.fraud.model import Place, Transaction
from reference_impl.money import EXPONENTS, Money


class Kind(str, Enum):
    """By what is counted."""

    CUSTOMER = "customer"
    CARD = "card"
    DEVICE = "device"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what something is counted for. Tenants do not see each other's."""

    tenant: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somewhere at some time; aware."""

    place: Place
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment. `hundredths`: its amount in hundredths of the major unit, whatever the currency's own parts are."""

    id: str
    hundredths: int
    seen: Sighting | None = None

    @classmethod
    def of(cls, transaction: Transaction) -> Entry:
        """Of a payment."""
        seen = None if transaction.place is None else Sighting(transaction.place, transaction.at)
        return cls(transaction.id, hundredths(transaction.money), seen)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one subject in the window, the entry itself included. `amount`: hundredths of the major unit.

    `before`: where it was seen last before this entry, if that is remembered.
    """

    payments: int
    amount: int
    failed: int
    before: Sighting | None


@dataclass(frozen=True, slots=True)
class Span:
    """`window_seconds`: how far back is counted; `place_seconds`: how long the last place is remembered."""

    window_seconds: int
    place_seconds: int


class Windows(Protocol):
    """Sliding windows: an entry counts until it is `window_seconds` old. Raise UnavailableError."""

    async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
        """Counts the entry for each subject and gives what each then has, all in one step.

        Subjects are of one tenant. An entry whose id is in the window is not counted again.
        """
        ...

    async def fail(self, tenant: str, entry_id: str) -> None:
        """The payment failed later, for every subject it counts for; once, and nothing if it has left the window."""
        ...

    async def forget(self, subjects: Sequence[Subject]) -> None:
        """Nothing is counted or remembered of them any more. Again is fine."""
        ...


def subjects_of(transaction: Transaction) -> tuple[Subject, ...]:
    """What is known of it, always in the same order; the customer first."""
    names = {
        Kind.CUSTOMER: transaction.customer,
        Kind.CARD: transaction.card,
        Kind.DEVICE: transaction.device.id,
        Kind.SOURCE: transaction.source,
    }
    return tuple(Subject(transaction.tenant, kind, name) for kind, name in names.items() if name)


def hundredths(money: Money) -> int:
    """Rounded up. Currencies are not converted into each other."""
    parts: int = 10 ** EXPONENTS[money.currency]
    return -(-money.amount * 100 // parts)
