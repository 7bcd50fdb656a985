"""Segments of the audit trail: what was in the log, sealed as it was, under a signed manifest naming the one before.

A segment is one object, written once: a line with the manifest and its signature (Ed25519, RFC 8032), then a line of
JSON for each message. The manifest holds the digest of these lines, the digest of the whole segment before, and how far
the trail has come in each partition.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reference_impl.errors import IntegrityError
from reference_impl.events.log import Message, Position, Received

GENESIS = "0" * 64
"""The digest before the first segment."""


class SegmentStore(Protocol):
    """Where objects are written once and kept. Every method raises UnavailableError."""

    async def check(self) -> None:
        """Before anything is put. Raises ConfigurationError for a place where objects could be changed or removed."""
        ...

    async def put(self, name: str, data: bytes, keep_until: datetime) -> None:
        """Durable and locked when this returns. Raises ConflictError if there is one of that name."""
        ...

    async def get(self, name: str) -> bytes | None:
        """None: there is none."""
        ...

    async def locked(self, name: str, until: datetime) -> bool:
        """Whether nobody can change or remove it before that."""
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """`number`: from 1, without a gap; `previous`: digest of the segment before; `records`: of the lines below;
    `ends`: TOPIC/PARTITION to the offset after the last one of the trail; `at`, `keep_until`: aware, ISO 8601.
    """

    sink: str
    number: int
    previous: str
    records: str
    count: int
    ends: Mapping[str, int]
    at: str
    keep_until: str

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return b"event segment 1\n" + _json(asdict(self))


class Segment(NamedTuple):
    """One that was read and is what was written. `digest`: of all of it, SHA-256 in hex."""

    manifest: Manifest
    received: Sequence[Received]
    digest: str


def name_of(number: int) -> str:
    """Sorts by number."""
    return f"{number:012d}.segment"


def place_of(position: Position) -> str:
    """A partition, as manifests call it."""
    return f"{position.topic}/{position.partition}"


def lines_of(received: Sequence[Received]) -> bytes:
    """The lines below the manifest."""
    return b"".join(_json(_line(each)) + b"\n" for each in received)


def write(manifest: Manifest, lines: bytes, key: Ed25519PrivateKey) -> bytes:
    """A segment."""
    head = {"manifest": asdict(manifest), "signature": key.sign(manifest.statement).hex()}
    return _json(head) + b"\n" + lines


def read(data: bytes, key: Ed25519PublicKey) -> Segment:
    """Raises IntegrityError if it was not written by the owner of the key's other half, or changed since."""
    head, _, lines = data.partition(b"\n")
    try:
        fields = json.loads(head)
        manifest = Manifest(**fields["manifest"])
        key.verify(bytes.fromhex(fields["signature"]), manifest.statement)
        if digest(lines) != manifest.records or head != _json(fields):
            raise IntegrityError("a segment is not what its manifest says")
        received = [_received(json.loads(line)) for line in lines.splitlines()]
    except (ValueError, KeyError, TypeError, InvalidSignature):
        raise IntegrityError("a segment was not written by this sink") from None
    return Segment(manifest, received, digest(data))


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _line(received: Received) -> dict[str, Any]:
    message = received.message
    value = b64encode(message.value).decode()
    return {"at": list(received.position), "headers": dict(message.headers), "key": message.key, "value": value}


def _received(fields: Mapping[str, Any]) -> Received:
    message = Message(fields["key"], b64decode(fields["value"]), fields["headers"])
    return Received(Position(*fields["at"]), message)


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
