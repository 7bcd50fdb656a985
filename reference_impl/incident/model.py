"""Incidents, measures against them, and who is told."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple, Protocol

from reference_impl.auth.model import Caller
from reference_impl.errors import ForbiddenError

REPORT_WITHIN = timedelta(hours=72)
"""GDPR Art. 33 (1): from having become aware of a breach of personal data."""
REMIND_BEFORE = timedelta(hours=24)
EVERYBODY = "-"
"""The tenant of what concerns the whole service; only who runs the machine acts for it."""

_ID = re.compile(r"(?:inc|msr|ntc)_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{22}")


class Severity(str, Enum):
    """How bad it is, rising."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the lowest."""
        return list(Severity).index(self)


class IncidentType(str, Enum):
    """What happened; see `AT_ONCE` for what is done about it."""

    DATA_BREACH = "data_breach"
    FRAUD_ATTACK = "fraud_attack"
    DDOS_ATTACK = "ddos_attack"
    CREDENTIAL_ATTACK = "credential_attack"
    OTHER = "other"


class IncidentState(str, Enum):
    """ACKNOWLEDGED: somebody is at it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class ReportDecision(str, Enum):
    """NOT_REQUIRED: the breach is unlikely to result in a risk (GDPR Art. 33 (1)); the reference says why."""

    NOTIFIED = "notified"
    NOT_REQUIRED = "not_required"


class MeasureKind(str, Enum):
    """BLOCK: an account neither pays, orders, nor shows account data; FRAUD_SENSITIVITY: lower thresholds in fraud
    scoring; PROTECTION: tighter limits.
    """

    BLOCK = "block"
    FRAUD_SENSITIVITY = "fraud_sensitivity"
    PROTECTION = "protection"


AT_ONCE: Mapping[IncidentType, MeasureKind] = {
    IncidentType.FRAUD_ATTACK: MeasureKind.FRAUD_SENSITIVITY,
    IncidentType.DDOS_ATTACK: MeasureKind.PROTECTION,
}
"""Begun with an incident of that type. Affected accounts are blocked whatever it is: with a breach, those named."""


class AccountKind(str, Enum):
    """USER: who asks, by the subject of their access tokens; MERCHANT: as orders name them; CUSTOMER: the same, stored
    by the subject of their key (`named`), or the id of a processor's customer; CARD: a token of the vault, or the id of
    a processor's payment method.
    """

    USER = "user"
    CUSTOMER = "customer"
    MERCHANT = "merchant"
    CARD = "card"


class Account(NamedTuple):
    """What can be blocked, in its tenant."""

    kind: AccountKind
    name: str


@dataclass(frozen=True, slots=True)
class Incident:
    """As it is stored. `count`: how often it was seen; `report_by`: until when the authority has to know; None: it need
    not. `decision`, `reference`: what was decided about that. Times are aware. `sealed`: the details, with the key of
    the person whom the incident is about; then there are none in clear.
    """

    tenant: str
    id: str
    type: IncidentType
    severity: Severity
    subject: str
    details: str
    state: IncidentState
    count: int
    opened_by: str
    opened_at: datetime
    last_at: datetime
    aware_at: datetime
    report_by: datetime | None = None
    decision: ReportDecision | None = None
    reference: str | None = None
    reported_by: str | None = None
    reported_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is in force until `ends_at`, or until another person ended it. `account`: of a BLOCK."""

    tenant: str
    id: str
    incident: str
    kind: MeasureKind
    account: Account | None
    begun_by: str
    begun_at: datetime
    ends_at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is reported: it becomes an incident, or is counted with the one there is. `accounts`: blocked at once.

    `aware_at`: when somebody became aware of it; None: now. `sealed`: see `Incident`.
    """

    type: IncidentType
    severity: Severity
    subject: str
    details: str
    accounts: Sequence[Account] = ()
    aware_at: datetime | None = None
    sealed: bytes | None = None


class NoticeReason(str, Enum):
    """Why somebody is told."""

    OPENED = "opened"
    ESCALATED = "escalated"
    REPORT_DUE = "report_due"
    REPORT_OVERDUE = "report_overdue"


class Standing(NamedTuple):
    """What is in force for a tenant."""

    blocked: frozenset[Account] = frozenset()
    sensitive: bool = False
    protected: bool = False


class AccountBlockedError(ForbiddenError):
    """Something that is blocked for now."""

    code = "account_blocked"

    def __init__(self) -> None:
        super().__init__("this account is blocked because of an incident; ask whoever handles incidents")


class OwnMeasureError(ForbiddenError):
    """Whoever began a measure does not end it."""

    code = "own_measure"

    def __init__(self) -> None:
        super().__init__("somebody else has to end it")


class Measures(Protocol):
    """Knows what is in force."""

    async def of(self, tenant: str, grace_seconds: float = 0) -> Standing:
        """At most a second old; for so long what was known, while it cannot be looked up.

        Raises UnavailableError: then nobody knows who is blocked.
        """
        ...


class Guarding(Protocol):
    """Refuses what is blocked."""

    async def blocked(self, tenant: str, *accounts: Account) -> bool:
        """Whether any of them is. Raises UnavailableError."""
        ...

    async def check(self, caller: Caller, action: str, *accounts: Account) -> None:
        """Raises AccountBlockedError, which is recorded as denied, and UnavailableError."""
        ...


def new_id(kind: str) -> str:
    """`kind`: inc, msr or ntc. Without a long number, so that it is not taken for a card's."""
    while not is_id(name := f"{kind}_{secrets.token_urlsafe(16)}"):
        pass
    return name


def is_id(text: str) -> bool:
    """Whether it has the form of one of these."""
    return _ID.fullmatch(text) is not None
