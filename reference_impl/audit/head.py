"""The signed head beside the segments: whoever cannot sign cannot shorten the log unnoticed."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reference_impl.audit.model import Head
from reference_impl.errors import IntegrityError

NAME = "head.json"


def sign(head: Head, key: Ed25519PrivateKey) -> Head:
    """With its signature."""
    return replace(head, signature=key.sign(head.statement))


def check(head: Head, key: Ed25519PublicKey) -> Head:
    """The head. Raises IntegrityError if it was not signed with that key's other half."""
    try:
        key.verify(head.signature, head.statement)
    except InvalidSignature:
        raise IntegrityError("the signature of a head of the audit log is wrong") from None
    return head


def store(folder: Path, head: Head) -> None:
    """In one step: a crash leaves this head or the one before. Raises OSError."""
    new = folder / f"{NAME}.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(packed(head))
        file.flush()
        os.fdatasync(descriptor)
    new.replace(folder / NAME)


def load(folder: Path) -> Head | None:
    """None: there is none. Raises IntegrityError for a file that holds something else, OSError."""
    try:
        text = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    return unpacked(text)


def packed(head: Head) -> bytes:
    """JSON, in one line."""
    fields = {
        "at": head.at.isoformat(),
        "count": head.count,
        "log": head.log,
        "mac": head.mac.hex(),
        "signature": head.signature.hex(),
    }
    return json.dumps(fields, sort_keys=True).encode("ascii")


def unpacked(text: bytes) -> Head:
    """Raises IntegrityError for something else."""
    try:
        fields = json.loads(text)
        return Head(
            log=str(fields["log"]),
            count=int(fields["count"]),
            mac=bytes.fromhex(fields["mac"]),
            at=datetime.fromisoformat(fields["at"]),
            signature=bytes.fromhex(fields["signature"]),
        )
    except (ValueError, KeyError, TypeError):
        raise IntegrityError("the head of the audit log cannot be read") from None
