"""What is known of a payment when its risk is assessed, and what an assessment says. Nothing here is account data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.money import Money


class Funding(str, Enum):
    """What kind of card it is."""

    CREDIT = "credit"
    DEBIT = "debit"
    PREPAID = "prepaid"


@dataclass(frozen=True, slots=True)
class Place:
    """WGS 84, degrees. `country`: ISO 3166-1 alpha-2, or nothing."""

    latitude: float
    longitude: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """What the payer's device says of itself; any of it may be missing or false.

    `fingerprint`: name to value, as the page collected it (user agent, screen, time zone, languages, …).
    """

    id: str = ""
    fingerprint: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transaction:
    """A payment that is to be assessed.

    `card`: the tenant's keyed fingerprint of it, or its token, never a number; `at`: aware, UTC; `source`: the payer's
    address; `place`: where the payer says to be, as far as known.
    """

    id: str
    tenant: str
    customer: str
    card: str
    merchant: str
    money: Money
    description: str
    at: datetime
    source: str = ""
    device: Device = field(default_factory=Device)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CustomerHistory:
    """Of the customer with this tenant before this payment; zeros for somebody new. Amounts in minor units.

    `home`: where the customer lives, as far as known.
    """

    average_amount: float = 0.0
    payments: int = 0
    days_since_first: float = 0.0
    failed_rate: float = 0.0
    chargeback_rate: float = 0.0
    payment_methods: int = 0
    shipping_addresses: int = 0
    home: Place | None = None


@dataclass(frozen=True, slots=True)
class MerchantProfile:
    """Of the merchant. `risk`: 0 to 1, a half where nothing is known."""

    average_amount: float = 0.0
    chargeback_rate: float = 0.0
    refund_rate: float = 0.0
    days_since_registration: float = 0.0
    risk: float = 0.5


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """Of the card. `issuer_risk`: 0 to 1, a half where nothing is known; `country_differs`: from the payer's."""

    funding: Funding = Funding.CREDIT
    issuer_risk: float = 0.5
    country_differs: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an engine may look at."""

    transaction: Transaction
    customer: CustomerHistory = field(default_factory=CustomerHistory)
    merchant: MerchantProfile = field(default_factory=MerchantProfile)
    method: PaymentMethod = field(default_factory=PaymentMethod)


@dataclass(frozen=True, slots=True)
class RiskSignal:
    """What one engine found. `score` and `confidence`: 0 to 1; `hard`: overrides what the others say.

    `reasons`: stable words for what raised it; `contributions`: how much each named input added to the score;
    `details`: figures of its own, which the assessment passes on (`fraud_probability`, `anomaly`).
    """

    engine: str
    score: float
    confidence: float
    hard: bool = False
    reasons: Sequence[str] = ()
    contributions: Mapping[str, float] = field(default_factory=dict)
    details: Mapping[str, float] = field(default_factory=dict)


class Engine(Protocol):
    """One way to look at a payment. It may be slow, hang or fail: whoever asks it sees to that."""

    @property
    def name(self) -> str:
        """ml_model, rule_engine, velocity, device or network."""
        ...

    async def assess(self, facts: Facts) -> RiskSignal | None:
        """None: it has nothing to say of this payment. Raises ServiceError."""
        ...


class Sensitivity(Protocol):
    """Knows where fraud has to be looked for more closely for a while."""

    async def of(self, tenant: str) -> float:
        """By what the scores from which something is recommended are multiplied: above 0, at most 1, and 1 as a rule.

        Raises UnavailableError.
        """
        ...


class Suspicious(Protocol):
    """Is told of payments that are to be looked at, or were advised against."""

    async def suspicious(self, tenant: str) -> None:
        """Of one. Raises UnavailableError, which is nothing to the payment."""
        ...


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of the trained models. `probability`: calibrated; `anomaly`: 0 to 1, higher is stranger.

    `contributions`: of each feature to the logit of the probability.
    """

    probability: float
    anomaly: float
    contributions: Mapping[str, float]


class Predictor(Protocol):
    """The trained models, loaded and verified."""

    def predict_many(self, rows: Sequence[Sequence[float]]) -> Sequence[Prediction]:
        """One for each row; rows are as `features.NAMES` orders them. Takes well under a millisecond for one; safe to
        call in any thread.
        """
        ...


class RiskLevel(str, Enum):
    """In words, by the risk score. UNKNOWN: there is no score."""

    UNKNOWN = "unknown"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Recommendation(str, Enum):
    """What to do with the payment. MONITOR: let it pass and watch it; REVIEW: a person decides."""

    APPROVE = "approve"
    MONITOR = "monitor"
    REVIEW = "review"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the engines make of a payment together.

    `risk_score`: 0 to 1, None when no engine said anything that counts; `fraud_probability`, `is_anomaly`: of the
    trained models, None without them; `risk_factors`: stable words, `reasons.Reason`; `contributions`: of each engine
    to the mean of all; `left_out`: engine to why it is not in it.
    """

    risk_score: float | None
    risk_level: RiskLevel
    recommendation: Recommendation
    required_actions: Sequence[str]
    risk_factors: Sequence[str]
    fraud_probability: float | None
    is_anomaly: bool | None
    signals: Sequence[RiskSignal]
    left_out: Mapping[str, str]
    contributions: Mapping[str, float]
    processing_time_ms: float

    @property
    def signals_processed(self) -> int:
        """How many engines had something to say."""
        return len(self.signals)
