"""Decisions and the reviews that people may ask for, as they are stored."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any

from reference_impl.fraud.model import Assessment, Facts, Recommendation, RiskLevel, RiskSignal

_ASSESSMENT, _SIGNAL = ([field.name for field in fields(kept)] for kept in (Assessment, RiskSignal))
_DECISION_ID = re.compile(r"frd_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{22}")
"""Without a long number, as tokens are (`vault.model`): one of 10^11 of our own has one, and is made again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An assessment of one payment of a tenant, with the versions of what made it, for as long as it may be contested.

    `request_digest`: of the facts, so that a repeated request is known; the facts themselves are not kept.
    """

    tenant: str
    id: str
    transaction: str
    customer: str
    request_digest: str
    assessment: Assessment
    model_version: str
    policy_version: str
    at: datetime


class ReviewState(str, Enum):
    """UPHELD: the person came to the same decision; OVERTURNED: to another."""

    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Review:
    """A decision that somebody contests, and what a person made of it. `ground`: what the person it is about says."""

    tenant: str
    id: str
    decision: str
    ground: str
    opened_by: str
    opened_at: datetime
    state: ReviewState = ReviewState.OPEN
    closed_by: str | None = None
    closed_at: datetime | None = None


def new_decision_id() -> str:
    """`frd_` and 16 random bytes."""
    while not is_decision_id(made := f"frd_{secrets.token_urlsafe(16)}"):
        pass
    return made


def is_decision_id(text: str) -> bool:
    """Whether it has the form of one; what has not may be a card number, and is neither looked up nor recorded."""
    return _DECISION_ID.fullmatch(text) is not None


def digest_of(facts: Facts) -> str:
    """SHA-256, hex; the same for the same facts, said in the same order."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def packed(assessment: Assessment) -> dict[str, Any]:
    """For JSON."""
    return {name: getattr(assessment, name) for name in _ASSESSMENT} | {
        "signals": list(map(_signal, assessment.signals))
    }


def unpacked(kept: Mapping[str, Any]) -> Assessment:
    """What `packed` made."""
    lists = {name: tuple(kept[name]) for name in ("required_actions", "risk_factors")}
    signals = tuple(RiskSignal(**{**signal, "reasons": tuple(signal["reasons"])}) for signal in kept["signals"])
    words = {
        "risk_level": RiskLevel(kept["risk_level"]),
        "recommendation": Recommendation(kept["recommendation"]),
    }
    return Assessment(**{**kept, **lists, **words, "signals": signals})


def _signal(signal: RiskSignal) -> dict[str, Any]:
    reasons = [str(getattr(word, "value", word)) for word in signal.reasons]
    return {name: getattr(signal, name) for name in _SIGNAL} | {"reasons": reasons}
