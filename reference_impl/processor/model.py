"""What is kept of customers whose cards are with a processor: ids, and what is printed on a receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from reference_impl.audit.model import Outcome
from reference_impl.errors import InvalidInputError
from reference_impl.money import Money

_ID = re.compile(r"([a-z]{2,4})_[A-Za-z0-9]{8,64}")
_LONG_NUMBER = re.compile(r"[0-9]{12}")


class ChargeState(str, Enum):
    """STARTED: the processor was, or was about to be, asked; ACTION_REQUIRED: the customer has to authenticate."""

    STARTED = "started"
    PROCESSING = "processing"
    ACTION_REQUIRED = "action_required"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    CANCELED = "canceled"


RECORDED = {
    ChargeState.STARTED: ("charge.pending", Outcome.SUCCESS),
    ChargeState.PROCESSING: ("charge.pending", Outcome.SUCCESS),
    ChargeState.ACTION_REQUIRED: ("charge.pending", Outcome.SUCCESS),
    ChargeState.SUCCEEDED: ("charge.create", Outcome.SUCCESS),
    ChargeState.DECLINED: ("charge.create", Outcome.DENIED),
    ChargeState.CANCELED: ("charge.cancel", Outcome.SUCCESS),
}
"""As what a charge that reaches a state is recorded: action and outcome."""
FINAL = frozenset({ChargeState.SUCCEEDED, ChargeState.DECLINED, ChargeState.CANCELED})


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with cards at the processor."""

    tenant: str
    id: str
    processor_customer_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A card at the processor. Its expiry date only as the processor says it, if it does."""

    tenant: str
    id: str
    customer: str
    processor_payment_method_id: str
    brand: str
    last_four: str
    expiry_month: int | None
    expiry_year: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HostedCharge:
    """A payment with a card at the processor. `processor_intent_id`: None until the processor answered."""

    tenant: str
    id: str
    payment_method: str
    idempotency_key: str
    request_digest: str
    state: ChargeState
    money: Money
    processor_intent_id: str | None
    decline_code: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class HostedRefund:
    """Money that goes back. `processor_refund_id`: None until the processor answered."""

    tenant: str
    id: str
    charge: str
    idempotency_key: str
    amount: int
    processor_refund_id: str | None
    created_at: datetime


def processor_id(text: str, kind: str) -> str:
    """An id of the processor's: `cus_…`, `pm_…`, `pi_…`, `re_…`. It is put into paths and stored in clear.

    Raises InvalidInputError for any other form, and for what might be a card number.
    """
    match = _ID.fullmatch(text)
    if match is None or match[1] != kind or _LONG_NUMBER.search(text):
        raise InvalidInputError(f"an id of the processor is {kind}_ and letters and digits")
    return text
