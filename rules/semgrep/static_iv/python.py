"""Initialisation vectors and nonces."""

import base64
import os
import secrets

import nacl.secret
from Crypto.Cipher import AES, DES3, ChaCha20
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

IV = b"0123456789abcdef"
NONCE_SIZE = 12
SESSION_NONCE = os.urandom(12)


def aead(key, data, sealed):
    # ruleid: static_iv.python.constant
    first = AESGCM(key).encrypt(b"\x00" * 12, data, None)
    cipher = AESGCM(key)
    nonce = bytes(12)
    # ruleid: static_iv.python.constant
    second = cipher.encrypt(nonce, data, b"voucher")
    # ruleid: static_iv.python.constant
    third = ChaCha20Poly1305(key).encrypt(b"unique nonce", data, None)
    fresh = os.urandom(NONCE_SIZE)
    # ok: static_iv.python.constant
    fourth = AESGCM(key).encrypt(fresh, data, None)
    # ok: static_iv.python.constant
    fifth = AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], None)
    # ok: static_iv.python.constant
    sixth = fresh + AESGCM(key).encrypt(fresh, b"constant text", b"context")
    return first, second, third, fourth, fifth, sixth


def counter_nonce(key, data, counter):
    nonce = b"\x00\x00\x00\x01" + counter.to_bytes(8, "big")
    # ok: static_iv.python.constant
    return AESGCM(key).encrypt(nonce, data, None)


def modes_of_operation(key, row):
    # ruleid: static_iv.python.constant
    first = Cipher(algorithms.AES(key), modes.CBC(b"\x00" * 16))
    # ruleid: static_iv.python.constant
    second = Cipher(algorithms.AES(key), modes.CTR(IV))
    # ruleid: static_iv.python.constant
    third = Cipher(algorithms.AES(key), modes.GCM(base64.b64decode("AAAAAAAAAAAAAAAA")))
    # ruleid: static_iv.python.constant
    fourth = Cipher(algorithms.ChaCha20(key, b"0" * 16), mode=None)
    # ok: static_iv.python.constant
    fifth = Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))
    # ok: static_iv.python.constant
    sixth = Cipher(algorithms.AES(key), modes.CBC(row.iv))
    # ok: static_iv.python.constant
    seventh = Cipher(algorithms.AES(key), modes.GCM(row.iv, row.tag))
    return first, second, third, fourth, fifth, sixth, seventh


def pycryptodome(key, settings):
    # ruleid: static_iv.python.constant
    first = AES.new(key, AES.MODE_CBC, IV)
    # ruleid: static_iv.python.constant
    second = AES.new(key, AES.MODE_CBC, iv=b"1234567890123456")
    # ruleid: static_iv.python.constant
    third = DES3.new(key, DES3.MODE_CBC, b"\0" * 8)
    # ruleid: static_iv.python.constant
    fourth = AES.new(key, AES.MODE_GCM, nonce=b"abcdefghijkl")
    # ruleid: static_iv.python.constant
    fifth = ChaCha20.new(key=key, nonce=bytes(8))
    # ruleid: static_iv.python.constant
    sixth = AES.new(key, AES.MODE_CBC, b"\x00" * AES.block_size)
    # ruleid: static_iv.python.constant
    seventh = AES.new(key, AES.MODE_CBC, "This is an IV456".encode("utf-8"))
    # ok: static_iv.python.constant
    eighth = AES.new(key, AES.MODE_CBC, os.urandom(16))
    # ok: static_iv.python.constant
    ninth = AES.new(key, AES.MODE_GCM)
    # ok: static_iv.python.constant
    tenth = AES.new(key, AES.MODE_GCM, nonce=secrets.token_bytes(12))
    # ok: static_iv.python.constant
    eleventh = AES.new(key, AES.MODE_CBC, settings.next_iv("orders"))
    # ok: static_iv.python.constant
    eleventh = AES.new(key, AES.MODE_CBC, settings["iv"])
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh


def sodium(key, data):
    box = nacl.secret.SecretBox(key)
    # ruleid: static_iv.python.constant
    first = box.encrypt(data, b"000000000000000000000000")
    # ok: static_iv.python.constant
    second = box.encrypt(data)
    return first, second


def key_as_iv(key, data):
    # ruleid: static_iv.python.key
    first = AES.new(key, AES.MODE_CBC, key)
    # ruleid: static_iv.python.key
    second = AES.new(key, AES.MODE_CBC, key[:16])
    # ruleid: static_iv.python.key
    third = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
    # ok: static_iv.python.key
    fourth = AES.new(key, AES.MODE_CBC, data[:16])
    return first, second, third, fourth


def reused(key, data):
    # ruleid: static_iv.python.reused
    return AESGCM(key).encrypt(SESSION_NONCE, data, b"")


def fresh(key, data):
    SESSION_NONCE = os.urandom(12)
    # ok: static_iv.python.reused
    return SESSION_NONCE + AESGCM(key).encrypt(SESSION_NONCE, data, b"")


class Sealer:
    def __init__(self, key):
        self.key = key
        self.cipher = AESGCM(key)
        self.nonce = os.urandom(12)

    def seal(self, data):
        # ruleid: static_iv.python.reused
        return self.cipher.encrypt(self.nonce, data, None)


class FreshSealer:
    def __init__(self, key):
        self.cipher = AESGCM(key)
        self.nonce = os.urandom(12)

    def seal(self, data):
        self.nonce = os.urandom(12)
        # ok: static_iv.python.reused
        return self.nonce + self.cipher.encrypt(self.nonce, data, None)


def seal(cipher, nonce, data):
    # ok: static_iv.python.reused, static_iv.python.constant
    return cipher.encrypt(nonce, data, b"")


def sealed(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = bytes(12)
    # ruleid: static_iv.python.constant
    return nonce + key.encrypt(nonce, plain, place)


def sealed_anew(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(12)
    # ok: static_iv.python.constant
    return nonce + key.encrypt(nonce, plain, place)


def sealed_with_zeros(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = b"\x00" * 12
    # ruleid: static_iv.python.constant
    return nonce + key.encrypt(nonce, plain, place)
