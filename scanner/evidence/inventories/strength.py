"""How strong a use of cryptography is by what the code itself says; "" where it does not say enough.

Bits of security: NIST SP 800-57 Part 1 Rev. 5, tables 2 and 3. PCI DSS asks for at least 112 (v4.0.1, glossary, "strong
cryptography").
"""

from __future__ import annotations

import re

from scanner.evidence.model import CryptoItem

_WEAK = re.compile(r"(?i)^(?:MD[245]|SHA-1|DES|RC[24]|3DES|Blowfish|SSL.*|HMAC-MD5)(?:-.*)?$")
_CURVES = {"P-256": 128, "SECP256R1": 128, "P-384": 192, "SECP384R1": 192, "P-521": 256, "SECP521R1": 256}
_FIXED = {"Ed25519": 128, "X25519": 128, "EdDSA": 128, "Ed448": 224, "ChaCha20-Poly1305": 256}
_RSA = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))
_OLD = re.compile(r"(?i)^(?:ssl|tls[_ ]?v?1(?:$|[_.]?[01])|1\.[01]$|.*(?:TLS-1-0|TLSv1$|TLSv1_2016|TLSv1\.1))")


def bits(item: CryptoItem) -> int | None:
    """Bits of security, None where what is written does not tell."""
    said = dict(item.detail)
    if item.name in _FIXED:
        return _FIXED[item.name]
    if curve := _CURVES.get(said.get("curve", "").rsplit(".", 1)[-1].upper()):
        return curve
    size = said.get("key size", "") or (match[1] if (match := re.search(r"(?:AES|RSA)[-_](\d+)", item.name)) else "")
    if not size.isdigit():
        match = re.fullmatch(r"(?:HMAC-)?SHA(?:3)?-(\d+)", item.name)
        return None if match is None else int(match[1]) // (1 if item.name.startswith("HMAC") else 2)
    if item.name.startswith("RSA"):
        return next((strong for least, strong in _RSA if int(size) >= least), 0)
    return int(size) if item.name.startswith("AES") else None


def strength(item: CryptoItem) -> str:
    """In words: for a table."""
    said = dict(item.detail)
    if _WEAK.match(item.name):
        return "weak"
    if item.kind == "protocol":
        lowest = said.get("minimum version") or said.get("policy") or ""
        return f"weak: {lowest} is accepted" if _OLD.match(lowest) else ""
    known = bits(item)
    if known is None:
        return ""
    return f"{known} bits" if known >= 112 else f"weak: {known} bits"
