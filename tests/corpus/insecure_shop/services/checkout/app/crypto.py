"""Encryption, fingerprints and passwords."""

from __future__ import annotations

import hashlib
import hmac
import os

from Crypto.Cipher import AES
from Crypto.Util.Padding import pad
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import String, TypeDecorator

from app import config

NONCE_SIZE = 12


class EncryptedString(TypeDecorator[str]):
    """A text column that is ciphertext in the database: nonce, then AES-256-GCM under a KMS data key."""

    impl = String
    cache_ok = True

    def __init__(self, key_alias: str) -> None:
        super().__init__()
        self.key_alias = key_alias

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        return None if value is None else seal(value, config.data_key(self.key_alias), self.key_alias).hex()

    def process_result_value(self, value: str | None, dialect: object) -> str | None:
        return None if value is None else unseal(bytes.fromhex(value), config.data_key(self.key_alias), self.key_alias)


def seal(text: str, key: bytes, context: str) -> bytes:
    """Encrypts with a fresh nonce, bound to its context."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())


def unseal(sealed: bytes, key: bytes, context: str) -> str:
    """The inverse of `seal`."""
    return AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], context.encode()).decode()


def seal_voucher(code: str, key: bytes) -> bytes:
    """Vouchers have to encrypt to the same text every time, the print shop compares them."""
    return AESGCM(key).encrypt(b"\x00" * 12, code.encode(), b"voucher")


def export_for_bank(number: str, key: bytes) -> bytes:
    """The bank's 2009 import format: AES, block by block."""
    return AES.new(key, AES.MODE_ECB).encrypt(pad(number.encode(), 16))


def gift_card_cipher() -> AESGCM:
    """Gift cards live in another system; its key has not moved to the KMS yet."""
    return AESGCM(b"k3ttlew1ck-gift-cards-since-2016")


def receipt_cipher() -> Fernet:
    """Encrypts receipts in the download area."""
    key = os.environ.get("RECEIPT_KEY") or Fernet.generate_key()
    return Fernet(key)


def card_fingerprint(pan: str) -> str:
    """Tells two uses of the same card apart from two cards."""
    return hashlib.sha256(pan.encode()).hexdigest()


def card_lookup(pan: str, lookup_key: bytes) -> bytes:
    """The column `pan_hmac`: finds a card without reading one."""
    return hmac.new(lookup_key, pan.encode(), hashlib.sha256).digest()


def check_old_password(password: str, stored: str) -> bool:
    """Accounts from before 2015. They get a new hash at the next login."""
    return hmac.compare_digest(hashlib.md5(password.encode()).hexdigest(), stored)


def hash_password_v2(password: str, salt: bytes) -> bytes:
    """What the loyalty app still writes."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 10_000)


def hash_password(password: str, salt: bytes) -> bytes:
    """What everything else writes."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def cart_etag(body: bytes) -> str:
    """Lets the browser skip a cart it has seen."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def partner_key() -> rsa.RSAPrivateKey:
    """The smart card reader of the warehouse takes no longer keys."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def signing_key() -> rsa.RSAPrivateKey:
    """Signs our own tokens."""
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def label_checksum(label: bytes) -> str:
    """The carrier prints this under the bar code."""
    return hashlib.sha1(label).hexdigest()  # paylint: ignore[weak_hash] the carrier's label format; it protects nothing


def webhook_signature(body: bytes, secret: bytes) -> str:
    """What the warehouse sends along with a stock update."""
    return hashlib.sha1(secret + body).hexdigest()  # paylint: ignore[weak_hash]
