"""What the gateway may answer, read strictly: every field known, of its type, and none missing."""

from __future__ import annotations

from datetime import timezone
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.gateway.model import Authorization, Charge, Operation, Settlement
from reference_impl.money import Money

_Word = Annotated[str, Field(pattern=r"\A[A-Za-z0-9_-]{1,64}\z")]


class _Answer(BaseModel):
    # Errors of pydantic quote their input, which came from the network: they are never passed on.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    request_id: _Word
    """Of the request it answers: an answer recorded earlier fits no later request."""
    idempotency_key: _Word


class Absent(_Answer):
    """Nothing is known of that idempotency key."""

    outcome: Literal["absent"]


class _Known(_Answer):
    operation: Operation
    merchant_id: _Word
    amount: int = Field(strict=True)
    currency: _Word

    @property
    def charge(self) -> Charge:
        """In the service's terms."""
        return Charge(Money(self.amount, self.currency), self.merchant_id, self.idempotency_key)

    @model_validator(mode="after")
    def _can_be(self) -> _Known:
        """Raises InvalidInputError for an amount, currency or key that cannot be."""
        self.charge  # noqa: B018
        return self


class Approved(_Known):
    """It was done."""

    outcome: Literal["approved"]
    reference: _Word
    authorization: _Word
    at: AwareDatetime

    def result(self) -> Authorization | Settlement:
        """In the service's terms."""
        at = self.at.astimezone(timezone.utc)
        if self.operation is Operation.AUTHORIZE:
            return Authorization(self.reference, self.charge, at)
        return Settlement(self.reference, self.operation, self.authorization, self.charge, at)


class Declined(_Known):
    """The issuer said no."""

    outcome: Literal["declined"]
    reason: _Word


class Refused(_Known):
    """The gateway does not do it."""

    outcome: Literal["refused"]
    reason: _Word


Answer = Approved | Declined | Refused | Absent
_ADAPTER: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="outcome")])


def read(payload: bytes) -> Answer:
    """Of the JSON the gateway signed. Raises IntegrityError, which does not say what was read."""
    try:
        return _ADAPTER.validate_json(payload)
    except (ValidationError, InvalidInputError):
        pass
    raise IntegrityError("an answer of the gateway is not of the agreed form")
