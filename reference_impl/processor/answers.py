"""What the processor answers, read strictly where we rely on it; what we do not need is not looked at."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from reference_impl.errors import (
    ConflictError,
    DeclinedError,
    InvalidInputError,
    NotFoundError,
    ServiceError,
    UnavailableError,
)
from reference_impl.processor.model import processor_id

_READ = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)
_WORDS = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired_card",
    "incorrect_cvc": "verification_failed",
    "authentication_required": "authentication_required",
    "processing_error": "try_again_later",
}
"""Processor's reason to ours. Lost, stolen and fraudulent are "declined": who holds the card is not told."""


def reason_of(error: Any) -> str:
    """Why a card was refused, in our words."""
    told = error if isinstance(error, dict) else {}
    reasons = (_WORDS.get(str(told.get(name))) for name in ("decline_code", "code"))
    return next((reason for reason in reasons if reason), DeclinedError.code)


def _id(kind: str) -> AfterValidator:
    def check(text: str) -> str:
        try:
            return processor_id(text, kind)
        except InvalidInputError as error:
            raise ValueError("no id of this kind") from error

    return AfterValidator(check)


class CustomerAnswer(BaseModel):
    """Of `POST /v1/customers`."""

    model_config = _READ

    id: Annotated[str, _id("cus")]


class CardAnswer(BaseModel):
    """The part of a payment method that is a card."""

    model_config = _READ

    brand: str = Field(pattern=r"\A[a-z_]{1,32}\z")
    last4: str = Field(pattern=r"\A[0-9]{4}\z")
    exp_month: int | None = Field(default=None, ge=1, le=12)
    exp_year: int | None = Field(default=None, ge=2000, le=9999)


class MethodAnswer(BaseModel):
    """Of `POST /v1/payment_methods/{id}/attach`."""

    model_config = _READ

    id: Annotated[str, _id("pm")]
    card: CardAnswer


class IntentAnswer(BaseModel):
    """Of `POST /v1/payment_intents` and `GET /v1/payment_intents/{id}`."""

    model_config = _READ

    id: Annotated[str, _id("pi")]
    status: Literal[
        "succeeded", "processing", "requires_action", "requires_payment_method", "requires_confirmation", "canceled"
    ]
    amount: int
    currency: str
    metadata: dict[str, str] = {}
    last_payment_error: Annotated[str, PlainValidator(reason_of)] = ""


class RefundAnswer(BaseModel):
    """Of `POST /v1/refunds`."""

    model_config = _READ

    id: Annotated[str, _id("re")]
    status: Literal["succeeded", "pending"]
    amount: int


def failure(status: int, document: Any) -> ServiceError:
    """The error an answer that is no success stands for; of its text nothing is repeated."""
    body = document.get("error") if isinstance(document, dict) else None
    error: dict[str, Any] = body if isinstance(body, dict) else {}
    if status == 402 and error.get("type") == "card_error":
        return DeclinedError("the card was declined", reason_of(error))
    if error.get("type") == "idempotency_error":
        return ConflictError("the processor knows this idempotency key from another request")
    if status == 404:
        return NotFoundError("the processor does not know this")
    if status == 400 and error.get("type") == "invalid_request_error":
        return InvalidInputError("the processor does not accept this")
    if status in (401, 403):
        return UnavailableError("the processor refuses our credentials")
    return UnavailableError("the processor does not answer as it should")
