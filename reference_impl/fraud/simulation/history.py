"""What the service knows when a payment comes: what was paid before it, and the chargebacks that have arrived by then.

Whoever feeds the models in service computes these numbers the same way. Rates are of everything known so far; the two
risks are recent, for a terminal is not compromised for ever.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from reference_impl.fraud.model import CustomerHistory, MerchantProfile, PaymentMethod
from reference_impl.fraud.simulation.genuine import DAY, Attempt
from reference_impl.fraud.simulation.world import Merchant

_KEPT_DAILY = 0.9
_WEIGHT = 20.0


@dataclass(slots=True)
class _Account:
    first: int
    payments: int = 0
    cents: int = 0
    attempts: int = 0
    declined: int = 0
    chargebacks: int = 0
    cards: set[str] = field(default_factory=set)
    addresses: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Seller:
    payments: int = 0
    cents: int = 0
    chargebacks: int = 0


@dataclass(slots=True)
class Recent:
    """How many payments and how many chargebacks, the weight of each falling by a tenth a day."""

    day: int = 0
    payments: float = 0.0
    chargebacks: float = 0.0

    def add(self, day: int, payments: int, chargebacks: int) -> None:
        """What came to be known on that day."""
        kept = _KEPT_DAILY ** (day - self.day)
        self.day = day
        self.payments = self.payments * kept + payments
        self.chargebacks = self.chargebacks * kept + chargebacks

    def share(self, usual: float) -> float:
        """Of chargebacks; few payments say little, and come out near the usual share."""
        return (self.chargebacks + _WEIGHT * usual) / (self.payments + _WEIGHT)


class Histories:
    """`customer`, `merchant` and `method` before `paid`; `charged_back` when the report arrives."""

    def __init__(self) -> None:
        self._accounts: dict[str, _Account] = {}
        self._sellers: defaultdict[int, _Seller] = defaultdict(_Seller)
        self._recent: defaultdict[int, Recent] = defaultdict(Recent)
        self._issuers: defaultdict[int, Recent] = defaultdict(Recent)
        self._all = Recent()

    def customer(self, attempt: Attempt) -> CustomerHistory:
        """Zeros for somebody new."""
        account = self._accounts.get(attempt.account)
        if account is None:
            return CustomerHistory()
        paid = account.payments or 1
        return CustomerHistory(
            average_amount=account.cents / paid,
            payments=account.payments,
            days_since_first=(attempt.second - account.first) / DAY,
            failed_rate=account.declined / account.attempts,
            chargeback_rate=account.chargebacks / paid,
            payment_methods=len(account.cards),
            shipping_addresses=len(account.addresses),
        )

    def merchant(self, attempt: Attempt, merchant: Merchant) -> MerchantProfile:
        """Of everything that was paid there."""
        seller = self._sellers[attempt.merchant]
        paid = seller.payments or 1
        return MerchantProfile(
            average_amount=seller.cents / paid,
            chargeback_rate=seller.chargebacks / paid,
            refund_rate=merchant.refund_rate,
            days_since_registration=float(merchant.registered + attempt.second // DAY),
            risk=self._risk(self._recent[attempt.merchant]),
        )

    def method(self, attempt: Attempt) -> PaymentMethod:
        """Of the card that is used."""
        card = attempt.card
        differs = card.country != attempt.place.country
        return PaymentMethod(card.funding, self._risk(self._issuers[card.issuer]), differs)

    def paid(self, attempt: Attempt) -> None:
        """Tried, at least."""
        account = self._accounts.setdefault(attempt.account, _Account(attempt.second))
        account.attempts += 1
        account.cards.add(attempt.card.id)
        account.addresses.add(attempt.address)
        if attempt.declined:
            account.declined += 1
            return
        account.payments += 1
        account.cents += attempt.cents
        seller = self._sellers[attempt.merchant]
        seller.payments += 1
        seller.cents += attempt.cents
        for recent in self._of(attempt):
            recent.add(attempt.second // DAY, 1, 0)

    def charged_back(self, attempt: Attempt, day: int) -> None:
        """Known from now on: `day` is when the report came."""
        self._accounts[attempt.account].chargebacks += 1
        self._sellers[attempt.merchant].chargebacks += 1
        for recent in self._of(attempt):
            recent.add(day, 0, 1)

    def _of(self, attempt: Attempt) -> tuple[Recent, Recent, Recent]:
        return self._recent[attempt.merchant], self._issuers[attempt.card.issuer], self._all

    def _risk(self, recent: Recent) -> float:
        usual = self._all.share(0.01)
        share = recent.share(usual)
        return share / (share + usual)
