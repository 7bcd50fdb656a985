"""What libraries, clouds, HSMs and standards call one and the same thing, in one way of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

LIBRARIES = ("jca", "dotnet", "webcrypto", "cipher", "mode", "mechanism", "sodium")
"""Of rules whose name may be that of anything a library offers: what it is says its name."""
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
    "aes": "AES",
    "des": "DES",
    "rc4": "RC4",
    "blowfish": "Blowfish",
    "newgcm": "GCM",
    "newgcmwithnoncesize": "GCM",
    "newgcmwithrandomnonce": "GCM",
    "newcbcencrypter": "CBC",
    "newcbcdecrypter": "CBC",
    "newctr": "CTR",
    "newofb": "OFB",
    "newcfbencrypter": "CFB",
    "newcfbdecrypter": "CFB",
    "bcryptpasswordencoder": "bcrypt",
    "scryptpasswordencoder": "scrypt",
    "argon2passwordencoder": "Argon2",
    "pbkdf2passwordencoder": "PBKDF2",
    "password_bcrypt": "bcrypt",
    "password_default": "bcrypt (default of PHP)",
    "password_argon2i": "Argon2i",
    "password_argon2id": "Argon2id",
    "password": "bcrypt",
    "bcryptjs": "bcrypt",
    "argon2": "Argon2",
    "pbkdf2": "PBKDF2",
    "pbkdf2sync": "PBKDF2",
    "pbkdf2_hmac": "PBKDF2",
    "scryptsync": "scrypt",
    "hkdfsync": "HKDF",
    "rsacryptoserviceprovider": "RSA",
}
"""Names that libraries, clouds and HSMs have for one thing. AWS: a symmetric key is AES-256-GCM (KMS, key specs)."""
_HASH = re.compile(r"(?i)^(sha)[-_]?(1|224|256|384|512)$|^(md)[-_]?([245])$|^(sha3)[-_]?(\d+)$")


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?i)^(AES|DES|DESede|Blowfish)(?:_\d+)?/(\w+)/\w+$"), lambda m: f"{usual(m[1])}-{m[2].upper()}"),
    (re.compile(r"(?i)^(aes|aria|camellia)-(\d+)-(\w+)$"), lambda m: f"{m[1]}-{m[2]}-{m[3]}".upper()),
    (re.compile(r"(?i)^des-ede3?(?:-(\w+))?$"), lambda m: f"3DES-{(m[1] or 'ECB').upper()}"),
    (re.compile(r"(?i)^hmac-?(sha\d?-?\d+|md5)$"), lambda m: f"HMAC-{hash_name(m[1])}"),
    (re.compile(r"(?i)^RSA/\w+/OAEP.*$"), lambda _: "RSA-OAEP"),
    (re.compile(r"(?i)^RSA/\w+/PKCS1.*$"), lambda _: "RSA-PKCS1-v1_5"),
    (re.compile(r"(?i)^(?:\w+withRSA(?:andMGF1|/PSS)|RSASSA-PSS)$"), lambda _: "RSASSA-PSS"),
    (re.compile(r"(?i)^\w+withRSA$"), lambda _: "RSASSA-PKCS1-v1_5"),
    (re.compile(r"(?i)^\w+withECDSA$"), lambda _: "ECDSA"),
    (re.compile(r"(?i)^PBKDF2With.*$"), lambda _: "PBKDF2"),
)
"""Transformations of the JCA, names of OpenSSL's."""
_PRIMITIVES = (
    (re.compile(r"GCM|CCM|OCB|SIV|Poly1305"), "ae"),
    (re.compile(r"^HMAC|^CMAC"), "mac"),
    (re.compile(r"^(?:SHA|MD)"), "hash"),
    (re.compile(r"^(?:PBKDF2|HKDF|scrypt|bcrypt|Argon2)"), "kdf"),
    (re.compile(r"^(?:RSASSA|ECDSA|Ed\d|EdDSA|DSA)"), "signature"),
    (re.compile(r"^RSA-"), "pke"),
    (re.compile(r"^(?:ECDH|DH|X25519|X448)"), "key-agree"),
    (re.compile(r"^(?:AES|3DES|DES|Blowfish|ARIA|CAMELLIA|CBC|CTR|CFB|OFB)"), "block-cipher"),
    (re.compile(r"^RC4"), "stream-cipher"),
)


def usual(written: str) -> str:
    """The name as standards write it; what is not known stays as it is."""
    bare = written.rsplit(".", 1)[-1]
    if known := _NAMES.get(bare.lower()):
        return known
    for pattern, name in _PATTERNS:
        if match := pattern.match(bare):
            return name(match)
    return hash_name(bare)


def _joined(parts: list[str]) -> str:
    return "".join(parts) if parts[0] == "MD" else "-".join(parts)


def primitive_of(name: str) -> str:
    """A primitive of CycloneDX by the usual name, "unknown" where that does not say it."""
    return next((primitive for pattern, primitive in _PRIMITIVES if pattern.search(name)), "unknown")


def hash_name(written: str) -> str:
    """ "hashlib.sha256" is SHA-256; what is no hash stays as it is."""
    match = _HASH.match(written.rsplit(".", 1)[-1])
    if not match:
        return written
    return _joined([part.upper() for part in match.groups() if part])


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
