"""Financial reporting of the settings, and what is told of the service's configuration at its start."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.settings import Settings
from reference_impl.sox.approvals import FourEyes
from reference_impl.sox.changes import Changes
from reference_impl.sox.model import Chain, Ledger
from reference_impl.sox.periods import Periods
from reference_impl.sox.report import PeriodReports

_PASSWORD = re.compile(r"://[^/@]*@")
"""In addresses of databases."""


@dataclass(frozen=True, slots=True)
class Finances:
    """Of the service."""

    periods: Periods
    four_eyes: FourEyes
    changes: Changes


def finances_of(
    settings: Settings,
    engine: AsyncEngine,
    audit: AuditLog,
    *,
    signing: Ed25519PrivateKey,
    chain: Chain,
    ledgers: Sequence[Ledger],
) -> Finances:
    """`ledgers`: of every part in which money moves."""
    return Finances(
        Periods(engine, PeriodReports(chain, ledgers), audit, signing),
        FourEyes(engine, audit, Decimal(settings.refund_approval_above)),
        Changes(engine, audit),
    )


def configuration_of(settings: Settings, others: Mapping[str, str]) -> Mapping[str, str]:
    """What is compared at each start: a digest of the settings, and versions that the parts say."""
    return {"settings": digest_of(settings), **others}


def digest_of(settings: Settings) -> str:
    """SHA-256, in hex. Of a secret it holds only whether it is set: from a digest, a short one could be guessed."""
    values = {name: _shown(getattr(settings, name)) for name in Settings.model_fields}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _shown(value: object) -> str:
    return "set" if isinstance(value, SecretStr) else _PASSWORD.sub("://", str(value))


def who_started() -> str:
    """The operating system's user, as the operator's commands record it."""
    return f"uid:{os.geteuid()}"
