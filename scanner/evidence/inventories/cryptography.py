"""The inventory of cryptography (PCI DSS v4.0.1, 12.3.3) out of what was observed: one way of writing each name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from scanner.evidence.model import CryptoItem
from scanner.model import Observed, Place, ScanResult, Span

INVENTORY = "cryptography"
KINDS = ("protocol", "algorithm", "certificate", "key")
_SAID_ELSEWHERE = ("kind", "name", "purpose")
_LAST = ("default", "call")
_NAMES = {
    "aesgcm": "AES-GCM",
    "aesgcmsiv": "AES-GCM-SIV",
    "aesccm": "AES-CCM",
    "aesocb3": "AES-OCB",
    "aessiv": "AES-SIV",
    "aes_gcm": "AES-GCM",
    "aes_cbc_pad": "AES-CBC",
    "chacha20poly1305": "ChaCha20-Poly1305",
    "tripledes": "3DES",
    "des3": "3DES",
    "desede": "3DES",
    "arc4": "RC4",
    "ed25519privatekey": "Ed25519",
    "ed25519publickey": "Ed25519",
    "ed448privatekey": "Ed448",
    "ed448publickey": "Ed448",
    "x25519privatekey": "X25519",
    "x25519publickey": "X25519",
    "rsaprivatekey": "RSA",
    "rsapublickey": "RSA",
    "rsa": "RSA",
    "ec": "ECDSA",
    "ecdsa": "ECDSA",
    "ellipticcurveprivatekey": "ECDSA",
    "ellipticcurvepublickey": "ECDSA",
    "pbkdf2hmac": "PBKDF2",
    "hkdf": "HKDF",
    "hkdfexpand": "HKDF",
    "scrypt": "scrypt",
    "argon2id": "Argon2id",
    "symmetric_default": "AES-256-GCM",
    "aws:kms": "AES-256 (KMS)",
    "aws:kms:dsse": "AES-256 twice (KMS)",
    "aes256": "AES-256",
    "ed25519": "Ed25519",
    "eddsa": "EdDSA",
}
"""Names that libraries, clouds and HSMs have for one thing. AWS: a symmetric key is AES-256-GCM (KMS, key specs)."""
_HASH = re.compile(r"(?i)^(sha)[-_]?(1|224|256|384|512)$|^(md)[-_]?([245])$|^(sha3)[-_]?(\d+)$")


class Jwa(NamedTuple):
    """What a name of JSON Web Algorithms (RFC 7518, RFC 8037) stands for."""

    name: str
    primitive: str
    detail: tuple[tuple[str, str], ...]


def jwa(name: str) -> Jwa | None:
    """None for a name that is none of them."""
    if match := re.fullmatch(r"HS(256|384|512)", name):
        return Jwa(f"HMAC-SHA-{match[1]}", "mac", (("digest", f"SHA-{match[1]}"),))
    if match := re.fullmatch(r"([RP])S(256|384|512)", name):
        scheme = "RSASSA-PSS" if match[1] == "P" else "RSASSA-PKCS1-v1_5"
        return Jwa(scheme, "signature", (("digest", f"SHA-{match[2]}"),))
    if match := re.fullmatch(r"ES(256|384|512)", name):
        curve = {"256": "P-256", "384": "P-384", "512": "P-521"}[match[1]]
        return Jwa("ECDSA", "signature", (("curve", curve), ("digest", f"SHA-{match[1]}")))
    if match := re.fullmatch(r"A(128|192|256)GCM(KW)?", name):
        return Jwa("AES-GCM", "key-wrap" if match[2] else "ae", (("key size", match[1]),))
    if match := re.fullmatch(r"A(128|192|256)KW", name):
        return Jwa("AES-KW", "key-wrap", (("key size", match[1]),))
    if match := re.fullmatch(r"A(128|192|256)CBC-HS(\d+)", name):
        return Jwa("AES-CBC-HMAC", "ae", (("key size", match[1]), ("digest", f"SHA-{match[2]}")))
    if match := re.fullmatch(r"ECDH-ES(?:\+A(\d+)KW)?", name):
        return Jwa("ECDH-ES", "key-agree", (("key size", match[1]),) if match[1] else ())
    if name in ("RSA-OAEP", "RSA-OAEP-256"):
        digest = "SHA-256" if name.endswith("256") else "SHA-1"
        return Jwa("RSA-OAEP", "pke", (("digest", digest),))
    return Jwa("RSA-PKCS1-v1_5", "pke", ()) if name == "RSA1_5" else None


def items(result: ScanResult) -> tuple[CryptoItem, ...]:
    """Sorted by kind, name and place; one for all that one line says in the same words."""
    found = {_item(seen) for seen in result.observed if seen.inventory == INVENTORY}
    lines: dict[CryptoItem, CryptoItem] = {}
    for item in sorted(found, key=_order):
        line = item.place.span.line
        lines.setdefault(item._replace(place=Place(item.place.path, Span(line, 0, line, 0))), item)
    return tuple(sorted(lines.values(), key=_order))


def _order(item: CryptoItem) -> tuple[object, ...]:
    return KINDS.index(item.kind), item.name.lower(), item.place, item.subject, item.detail


def _item(seen: Observed) -> CryptoItem:
    values = dict(seen.values)
    kind = values.get("kind", "algorithm")
    meaning = jwa(values.get("name", "")) if values.get("primitive") == "jose" else None
    if meaning:
        values = {**values, **dict(meaning.detail), "primitive": meaning.primitive, "identifier": values["name"]}
    if "digest" in values:
        values["digest"] = _hash(values["digest"])
    detail = sorted(
        ((name, value) for name, value in values.items() if name not in _SAID_ELSEWHERE),
        key=lambda pair: (pair[0] in _LAST, pair[0]),
    )
    return CryptoItem(
        kind=kind if kind in KINDS else "algorithm",
        name=meaning.name if meaning else _name(values),
        detail=tuple(detail),
        place=seen.place,
        subject=seen.subject,
        purpose=values.get("purpose", ""),
    )


def _name(values: Mapping[str, str]) -> str:
    """ "unknown" where the code names it by a variable."""
    written = values.get("name", "unknown").rsplit(".", 1)[-1]
    name = _NAMES.get(written.lower(), _hash(written))
    if values.get("primitive") == "mac" and name == "HMAC" and (digest := values.get("digest")):
        return f"HMAC-{digest}"
    mode = values.get("mode", "").removeprefix("MODE_")
    return f"{name}-{mode}" if name in ("AES", "3DES", "DES", "Blowfish") and re.fullmatch("[A-Z0-9]+", mode) else name


def _hash(written: str) -> str:
    """ "hashlib.sha256" is SHA-256; what is no hash stays as it is."""
    match = _HASH.match(written.rsplit(".", 1)[-1])
    if not match:
        return written
    return "-".join(part.upper() for part in match.groups() if part)
