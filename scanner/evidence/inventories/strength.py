"""How strong a use of cryptography is by what the code itself says; "" where it does not say enough.

Bits of security: NIST SP 800-57 Part 1 Rev. 5, tables 2 and 3. PCI DSS asks for at least 112 (v4.0.1, glossary, "strong
cryptography").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.evidence.model import CryptoItem

_WEAK = re.compile(r"(?i)^(?:MD[245]|SHA-1|DES|RC[24]|3DES|Blowfish|SSL.*|HMAC-MD5)(?:-.*)?$|^.*-ECB$")
_CURVES = {"P-256": 128, "SECP256R1": 128, "P-384": 192, "SECP384R1": 192, "P-521": 256, "SECP521R1": 256}
_FIXED = {"Ed25519": 128, "X25519": 128, "EdDSA": 128, "Ed448": 224, "ChaCha20-Poly1305": 256}
_RSA = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))
_OLD = re.compile(
    r"(?i)^(?:ssl|tls[_ ]?v?1(?:$|[_.]?[01])|1\.[01]$|VersionTLS1[01]|VersionSSL|ELBSecurityPolicy-(?:20|FS-2018)"
    r"|.*(?:TLS-1-[01]-|TLSv1$|TLSv1_2016|TLSv1\.1|TLS 1\.0))"
)
"""AWS's policies that are named after a year, and Google's default, accept TLS 1.0."""
_UNVERIFIED = re.compile(r"(?i)^(?:(?:off = )?(?:true|false)|off.*|0|none|(?:ssl\.)?CERT_NONE|.*VERIFY_NONE)$")
_WEAK_SUITE = re.compile(r"(?i)^(?:.*(?:RC4|3DES|DES-CBC|NULL|EXPORT|anon|ADH).*|.*[-_]MD5|LOW|EXP)$")


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
        return _of_protocol(said)
    known = bits(item)
    if known is None:
        return ""
    return f"{known} bits" if known >= 112 else f"weak: {known} bits"


def _of_protocol(said: Mapping[str, str]) -> str:
    lowest = said.get("minimum version") or said.get("policy") or said.get("protocol") or ""
    if _OLD.match(lowest):
        return f"weak: {lowest} is accepted"
    suites = said.get("cipher suites", "")
    named = [] if "default" in suites else [name for name in re.split(r"[^\w!+-]+", suites) if name]
    if weak := next((name for name in named if name[0] not in "!-+" and _WEAK_SUITE.match(name)), ""):
        return f"weak: {weak} is offered"
    verified = said.get("verification", "")
    off = _UNVERIFIED.match(verified) and verified.lower() not in ("true", "off = false")
    return "weak: peers are not verified" if off else ""
