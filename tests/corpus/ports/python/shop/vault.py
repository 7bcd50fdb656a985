"""PyCryptodome, bcrypt and PyJWT, as services use them that have no `cryptography`."""

import hashlib
import hmac
import os
import secrets

import bcrypt
import jwt
from Crypto.Cipher import AES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def seal(data, record):
    key = bytes.fromhex(os.environ["DATA_KEY"])
    nonce = secrets.token_bytes(12)
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
    cipher.update(record.encode())
    sealed, tag = cipher.encrypt_and_digest(data)
    return nonce + tag + sealed


def receipts():
    receipt_key = os.environb[b"RECEIPT_KEY"]
    return AESGCM(receipt_key)


def wrapped(public_key, data):
    return public_key.encrypt(data, padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None))


def terminal_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def receipt_key():
    return ec.generate_private_key(ec.SECP256R1())


def signed(key, data):
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def webhook(key, message):
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def lookup_key(card_number):
    digest = hmac.new(os.environb[b"FINGERPRINT_KEY"], card_number.encode(), hashlib.sha256).hexdigest()
    return digest


def reset():
    reset_token = secrets.token_urlsafe(32)
    return reset_token


def hashed(password):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(12))


def export_key(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def archive_key(password, salt):
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 210_000)


def claims(token, key):
    return jwt.decode(token, key, algorithms=["RS256"], audience="checkout")


def issued(payload):
    return jwt.encode(payload, os.environ["JWT_SECRET"], algorithm="HS256")
