"""One envelope: what its header may say, how it opens, and what is in it."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, Field, ValidationError

from reference_impl.cards.api_model import STRICT, CardBody, invalid_input
from reference_impl.client_encryption.model import ALGORITHMS, CONTENT_ENCRYPTION, KID, MAX_ENVELOPE, NONCE, KeyKind
from reference_impl.errors import InvalidInputError

FIELD = "encrypted_card"
_DOES_NOT_OPEN = "the encrypted card does not open"


class _Ephemeral(BaseModel):
    model_config = STRICT

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str = Field(pattern=r"\A[A-Za-z0-9_-]{43}\z")
    y: str = Field(pattern=r"\A[A-Za-z0-9_-]{43}\z")


class Header(BaseModel):
    """The protected header (RFC 7516, 4.1). Members that are not here are refused, with them `zip`, `jku`, `jwk`,
    `x5u`, `x5c` and `crit`: each would let the sender say how, or with what key, the envelope is read.
    """

    model_config = STRICT

    alg: Literal["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"]
    enc: Literal["A256GCM"]
    kid: str = Field(pattern=rf"\A{KID.pattern}\z")
    typ: Literal["JOSE", "JWE"] | None = None
    epk: _Ephemeral | None = None


class Content(BaseModel):
    """What is encrypted. `iat`: seconds since 1970; `nonce`: never used before; `tenant`: whose card this becomes."""

    model_config = STRICT

    iat: int = Field(ge=0, le=2**37)
    nonce: str = Field(pattern=rf"\A{NONCE.pattern}\z")
    tenant: str = Field(min_length=1, max_length=128)
    card: CardBody


def read_header(envelope: str) -> Header:
    """Of a compact JWE (RFC 7516, 7.1). Raises InvalidInputError for anything that is not one of ours."""
    if len(envelope) > MAX_ENVELOPE or not envelope.isascii() or envelope.count(".") != 4:
        raise InvalidInputError("an encrypted card is a compact JWE", FIELD)
    encoded = envelope.partition(".")[0]
    try:
        text = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
        members = json.loads(text, object_pairs_hook=_no_duplicates)
        header = Header.model_validate(members)
    except (binascii.Error, ValueError, RecursionError):
        raise InvalidInputError("the header of the encrypted card says something that is not allowed", FIELD) from None
    if (header.epk is None) == header.alg.startswith("ECDH-ES"):
        raise InvalidInputError("the header of the encrypted card does not fit its algorithm", FIELD)
    return header


def decrypt(envelope: str, header: Header, kind: KeyKind, private: ECKey | RSAKey) -> bytes:
    """What is in it. Raises InvalidInputError, the same for whatever went wrong."""
    if header.alg not in ALGORITHMS[kind]:
        raise InvalidInputError(_DOES_NOT_OPEN, FIELD)
    try:
        opened = jwe.decrypt_compact(envelope, private, algorithms=[header.alg, CONTENT_ENCRYPTION])
    except (JoseError, ValueError, InvalidTag):
        raise InvalidInputError(_DOES_NOT_OPEN, FIELD) from None
    return opened.plaintext or b""


def read_content(plain: bytes) -> Content:
    """Raises InvalidInputError that names the field."""
    try:
        return Content.model_validate_json(plain)
    except ValidationError as error:
        raise invalid_input(error) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers of one header must not see two values."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is given twice")
    return members
