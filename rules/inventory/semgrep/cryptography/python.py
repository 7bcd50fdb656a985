import hashlib
import hmac
import os
import random
import secrets
import ssl

import argon2
import bcrypt
import httpx
import pkcs11
from Crypto.Cipher import AES
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC


class Registry:
    def sha256(self, name):
        return name

    def urandom(self, size):
        return size


def digests(data, key):
    # ruleid: cryptography.python.hash
    one = hashlib.sha256(data)
    # ruleid: cryptography.python.hash_named
    two = hashlib.new("sha384", data)
    # ruleid: cryptography.python.hmac
    three = hmac.new(key, data, hashlib.sha512)
    # ruleid: cryptography.python.hmac
    four = hmac.digest(key, data, "sha256")
    # ruleid: cryptography.python.hmac
    five = HMAC(key, SHA256())
    # ok: cryptography.python.hmac
    same = hmac.compare_digest(four, data)
    # ok: cryptography.python.hash, cryptography.python.hash_named
    name = Registry().sha256(data)
    return one, two, three, five, same, name


def ciphers(key, nonce, data):
    # ruleid: cryptography.python.aead
    box = AESGCM(key)
    # ruleid: cryptography.python.aead_key
    new = AESGCM.generate_key(256)
    # ruleid: cryptography.python.cipher
    old = Cipher(algorithms.AES(key), modes.CBC(nonce))
    # ruleid: cryptography.python.fernet
    simple = Fernet(key)
    # ruleid: cryptography.python.pycryptodome
    other = AES.new(key, AES.MODE_GCM, nonce=nonce)
    # ok: cryptography.python.aead, cryptography.python.aead_key, cryptography.python.cipher
    sealed = box.encrypt(nonce, data, None)
    # ok: cryptography.python.fernet, cryptography.python.pycryptodome
    return simple.encrypt(data), new, old, other, sealed


def derived(password, salt):
    # ruleid: cryptography.python.kdf
    one = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=600000)
    # ruleid: cryptography.python.pbkdf2
    two = hashlib.pbkdf2_hmac("sha256", password, salt, 600000)
    # ruleid: cryptography.python.scrypt
    three = hashlib.scrypt(password, salt=salt, n=2**17, r=8, p=1)
    # ruleid: cryptography.python.argon2
    hasher = argon2.PasswordHasher(time_cost=3)
    # ruleid: cryptography.python.bcrypt
    four = bcrypt.hashpw(password, salt)
    # ok: cryptography.python.kdf, cryptography.python.pbkdf2, cryptography.python.scrypt, cryptography.python.argon2
    key = one.derive(password)
    # ok: cryptography.python.bcrypt
    return two, three, hasher.hash(password), four, key


def pairs(where):
    # ruleid: cryptography.python.private_key
    one = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    # ruleid: cryptography.python.private_key
    two = ec.generate_private_key(ec.SECP256R1())
    # ruleid: cryptography.python.edwards_key
    three = Ed25519PrivateKey.generate()
    # ok: cryptography.python.private_key, cryptography.python.edwards_key
    return where.generate(one, two, three)


def signed(key: Ed25519PrivateKey, statement: bytes, agreement) -> bytes:
    # ok: cryptography.python.signature
    agreement.sign("the customer")
    # ruleid: cryptography.python.signature
    return key.sign(statement)


# ruleid: cryptography.python.jose
ACCEPTED = ["PS256"]
# ok: cryptography.python.jose
STATES = ["ES", "open"]


def in_hardware(key, data):
    # ruleid: cryptography.python.pkcs11
    sealed = key.encrypt(data, mechanism=pkcs11.Mechanism.AES_GCM)
    # ok: cryptography.python.pkcs11
    return sealed, pkcs11.Attribute.ID


def drawn():
    # ruleid: cryptography.python.random
    nonce = os.urandom(12)
    # ruleid: cryptography.python.random
    token = secrets.token_urlsafe(32)
    # ok: cryptography.python.random
    jitter = random.random()
    # ok: cryptography.python.random
    return nonce, token, jitter, Registry().urandom(3)


def connections(authority, url, page):
    # ruleid: cryptography.python.tls_context
    client = ssl.create_default_context(cafile=authority)
    # ruleid: cryptography.python.tls_server_context
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    # ruleid: cryptography.python.tls_bare_context
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # ruleid: cryptography.python.tls_minimum
    client.minimum_version = ssl.TLSVersion.TLSv1_2
    # ruleid: cryptography.python.tls_maximum
    client.maximum_version = ssl.TLSVersion.TLSv1_3
    # ruleid: cryptography.python.tls_ciphers
    client.set_ciphers("ECDHE+AESGCM")
    # ruleid: cryptography.python.tls_verification
    server.verify_mode = ssl.CERT_REQUIRED
    # ruleid: cryptography.python.http_verification
    http = httpx.Client(verify=client)
    # ok: cryptography.python.tls_minimum, cryptography.python.tls_maximum
    page.minimum_version = 3
    # ok: cryptography.python.tls_context, cryptography.python.tls_server_context
    made = page.create_default_context(url)
    # ok: cryptography.python.tls_bare_context, cryptography.python.tls_ciphers
    page.set_colours("red")
    # ok: cryptography.python.tls_verification, cryptography.python.http_verification
    page.verify_mode = page.check(verify=True)
    return bare, http, made
