"""DSSE: a signature over a payload and its type. https://github.com/secure-systems-lab/dsse/blob/master/protocol.md"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import NamedTuple

from scanner.evidence.signing.keys import Signer, TrustedKey
from scanner.evidence.signing.strict_json import loads
from scanner.model import Json
from scanner.printable import json_text

NAME = "attestation.dsse.json"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
_MANY = 16


class Envelope(NamedTuple):
    """What is signed, and by which keys it says it is: (key id, signature)."""

    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]


def sealed(payload: bytes, signer: Signer) -> bytes:
    """The envelope as JSON."""
    signature = signer.sign(_to_sign(payload))
    signatures = [{"keyid": signer.key_id, "sig": _text(signature)}]
    return json_text({"payloadType": PAYLOAD_TYPE, "payload": _text(payload), "signatures": signatures}).encode()


def opened(content: bytes) -> Envelope:
    """Of a file's content. Raises ValueError saying what is wrong with it."""
    value = loads(content)
    if not isinstance(value, dict) or not {"payloadType", "payload", "signatures"} <= value.keys():
        raise ValueError("is no DSSE envelope")
    if value["payloadType"] != PAYLOAD_TYPE:
        raise ValueError("its payload is no in-toto statement")
    signatures = value["signatures"]
    if not isinstance(signatures, list) or not 0 < len(signatures) <= _MANY:
        raise ValueError(f"has no signature, or more than {_MANY}")
    return Envelope(_bytes(value["payload"]), tuple(map(_signature, signatures)))


def signed_by(envelope: Envelope, keys: Iterable[TrustedKey]) -> TrustedKey | None:
    """The first of the keys that made one of the signatures. What an envelope says of key ids decides nothing."""
    message = _to_sign(envelope.payload)
    for key in keys:
        if any(key.made(signature, message) for _, signature in envelope.signatures):
            return key
    return None


def _signature(value: Json) -> tuple[str, bytes]:
    if not isinstance(value, dict) or not isinstance(value.get("keyid", ""), str):
        raise ValueError("has a signature that is none")
    return value.get("keyid", ""), _bytes(value.get("sig"))


def _to_sign(payload: bytes) -> bytes:
    """Pre-authentication encoding: the type is signed as well."""
    kind = PAYLOAD_TYPE.encode()
    return b" ".join((b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: Json) -> bytes:
    if not isinstance(value, str):
        raise ValueError("holds something that is no base64 text")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("holds something that is no base64 text") from None
