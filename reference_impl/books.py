"""What financial reports are made from, put together: for the service, and for the operator beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl import folder
from reference_impl.audit.evidence import Evidence
from reference_impl.audit.model import Anchor, Head
from reference_impl.payments.ledger import PaymentLedger
from reference_impl.payments.store import PaymentStore
from reference_impl.processor.ledger import ChargeLedger, RefundLedger
from reference_impl.settings import Settings
from reference_impl.sox.model import Ledger


def evidence(
    settings: Settings, keys: folder.AuditKeys, head: Callable[[], Awaitable[Head | None]], anchor: Anchor
) -> Evidence:
    """Of the service's audit log. `head`, `anchor`: see there."""
    public, first = keys.signing.public_key(), settings.audit_first_record
    return Evidence(head, settings.data_folder / "audit", keys.mac, public, anchor, first=first)


def ledgers(engine: AsyncEngine) -> Sequence[Ledger]:
    """Every store in which money moves, whether there is a gateway or processor now or was one."""
    return PaymentLedger(PaymentStore(engine)), ChargeLedger(engine), RefundLedger(engine)
