"""Events the processor sends: believed only with a fresh signature over the exact bytes."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reference_impl.crypto.signed_webhook import signature
from reference_impl.errors import InvalidInputError, NotAuthenticatedError
from reference_impl.secret import Secret

TOLERANCE_SECONDS = 300
MAX_EVENT = 256 * 1024
_READ = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)
_HEADER = re.compile(r"t=([0-9]{1,12})((?:,v[0-9]+=[0-9a-f]{1,128}){1,8})")
_SIGNATURE = re.compile(r",v1=([0-9a-f]{64})(?![0-9a-f])")


class EventObject(BaseModel):
    """What an event is about."""

    model_config = _READ

    object: str = Field(max_length=64)
    id: str = Field(max_length=128)


class _Data(BaseModel):
    model_config = _READ

    object: EventObject


class ProcessorEvent(BaseModel):
    """An event that was verified."""

    model_config = _READ

    id: str = Field(max_length=128)
    type: str = Field(max_length=128)
    data: _Data


def verify(payload: bytes, header: str, secrets: Sequence[Secret[bytes]], now: datetime) -> ProcessorEvent:
    """`header`: `t=SECONDS,v1=HEX[,v1=HEX]`; `secrets`: the one in use and, while it changes, the one before.

    Raises NotAuthenticatedError, the same for everything that is wrong with a signature, and InvalidInputError for a
    signed payload that is no event.
    """
    match = _HEADER.fullmatch(header)
    if match is None or len(payload) > MAX_EVENT:
        raise NotAuthenticatedError("the event is not signed as it should be")
    at = int(match[1])
    expected = [signature(payload, secret, at) for secret in secrets]
    signed = [hmac.compare_digest(one, given) for one in expected for given in _SIGNATURE.findall(match[2])]
    if not any(signed) or abs(now.timestamp() - at) > TOLERANCE_SECONDS:
        raise NotAuthenticatedError("the event is not signed as it should be")
    try:
        return ProcessorEvent.model_validate_json(payload)
    except ValidationError:
        raise InvalidInputError("this is no event") from None
