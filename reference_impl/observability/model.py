"""What is counted and traced, in words of closed sets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NewType

from reference_impl.errors import DeclinedError, ServiceError

OTHER = "other"
"""What every value becomes that is not in its set."""

Label = NewType("Label", str)
"""A value of a closed set: only `Closed.of` makes one."""


class Closed:
    """The values that one label may have.

    A value that is not among them is counted as "other" and does not raise: counting fails no payment.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values = frozenset(values) | {OTHER}

    def of(self, value: str) -> Label:
        """The value, or "other"."""
        return Label(value if value in self._values else OTHER)

    @property
    def values(self) -> list[Label]:
        """All of them, in order."""
        return [Label(value) for value in sorted(self._values)]


class Operation(str, Enum):
    """What is measured and has a span of this name."""

    REQUEST = "request"
    TOKENIZE = "tokenize"
    DETOKENIZE = "detokenize"
    DESCRIBE = "describe"
    DELETE = "delete"
    CHARGE = "charge"
    GATEWAY_AUTHORIZE = "gateway_authorize"
    GATEWAY_LOOKUP = "gateway_lookup"
    SCORE = "score"
    ENGINE = "engine"
    AUDIT_APPEND = "audit_append"
    KEY_WRAP = "key_wrap"
    KEY_UNWRAP = "key_unwrap"
    KEY_REWRAP = "key_rewrap"
    KEY_ROTATE = "key_rotate"


class Outcome(str, Enum):
    """How an operation ended. REJECTED: nothing is wrong here, the caller is told so; FAILED: something is."""

    SUCCESS = "success"
    REJECTED = "rejected"
    DECLINED = "declined"
    FAILED = "failed"

    @classmethod
    def of(cls, error: BaseException | None) -> Outcome:
        """Of what was raised, if anything was. A cancelled operation failed: nobody knows how far it came."""
        if error is None:
            return cls.SUCCESS
        if isinstance(error, DeclinedError):
            return cls.DECLINED
        return cls.REJECTED if isinstance(error, ServiceError) and error.status < 500 else cls.FAILED


class EngineOutcome(str, Enum):
    """As fraud scoring says it: LATE at the deadline, SKIPPED because it was lost too often, INVALID: no score."""

    ANSWERED = "answered"
    SILENT = "silent"
    LATE = "late"
    FAILED = "failed"
    SKIPPED = "skipped"
    INVALID = "invalid"


class PaymentResult(str, Enum):
    """What became of an attempt to pay. FAILED: the outcome is not known, or something here did not answer.

    PENDING: the processor is at it, or the customer.
    """

    AUTHORIZED = "authorized"
    DECLINED = "declined"
    FAILED = "failed"
    PENDING = "pending"
    FLAGGED = "flagged"


class Certificate(str, Enum):
    """Of this service: the one callers see, and the one the gateway sees (mutual TLS)."""

    SERVER = "server"
    GATEWAY = "gateway"


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ENGINES = frozenset({"ml_model", "rule_engine", "velocity", "device", "network"})
"""As `fraud.model.Engine` names them."""
RECOMMENDATIONS = frozenset({"approve", "monitor", "review", "block"})
SEVERITIES = frozenset({"low", "medium", "high", "critical"})
MEASURES = frozenset({"block", "fraud_sensitivity", "protection"})
"""Of incidents, as `incident.model` names them."""
FLOW_PARTS = frozenset({"sink", "relay", "orders", "payment-flow"})
FLOW_STATES = frozenset({"running", "restarting", "failed", "ended"})
FLOW_OUTCOMES = frozenset({"done", "doubled", "retried", "dead"})
"""As `events.model.Watch` is told them."""
LIMITS = frozenset({"requests", "failed", "alerted", "protected", "suspicious", "incidents"})
"""What the key of a limit begins with, before its colon. "alerted" passes once for each person or source that failed
to sign in too often."""

_SECRET = re.compile(r"tok_|@|[0-9](?:[^0-9A-Za-z]*[0-9]){11,}")
_LONG_NUMBER = re.compile(r"[0-9]{13}")


def harmless(text: str) -> bool:
    """Whether no card number (12 digits and more, whatever is between them), token or e-mail address can be in it."""
    return _SECRET.search(text) is None


def harmless_id(digits: str) -> bool:
    """Whether hexadecimal digits of a random id cannot be taken for a card number; two in a hundred trace ids can."""
    return _LONG_NUMBER.search(digits) is None
