"""Passwords and what is derived from them."""

import base64
import crypt
import hashlib
import os

import argon2
import bcrypt
import requests
from Crypto.Protocol.KDF import PBKDF2, scrypt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from passlib.context import CryptContext
from passlib.hash import hex_sha256, md5_crypt, pbkdf2_sha256
from werkzeug.security import generate_password_hash

ROUNDS = 10_000


def pbkdf2(password, salt, settings):
    # ruleid: weak_key_derivation.python.pbkdf2
    first = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 10_000)
    # ruleid: weak_key_derivation.python.pbkdf2
    second = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)
    # ruleid: weak_key_derivation.python.pbkdf2
    third = PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=100000)
    # ruleid: weak_key_derivation.python.pbkdf2
    fourth = PBKDF2(password, salt, 32, count=100_000)
    # ruleid: weak_key_derivation.python.default_rounds
    fifth = PBKDF2(password, salt, 32)
    # ruleid: weak_key_derivation.python.pbkdf2
    sixth = pbkdf2_sha256.using(rounds=29000).hash(password)
    # ruleid: weak_key_derivation.python.pbkdf2_sha512
    seventh = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 100_000)
    # ok: weak_key_derivation.python.pbkdf2
    eighth = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)
    # ok: weak_key_derivation.python.pbkdf2
    ninth = PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=1_200_000)
    # ok: weak_key_derivation.python.pbkdf2
    tenth = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, settings.rounds)
    # ok: weak_key_derivation.python.pbkdf2_sha512, weak_key_derivation.python.pbkdf2
    eleventh = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 210_000)
    # ok: weak_key_derivation.python.default_rounds
    twelfth = PBKDF2(password, salt, dkLen=32, count=1_000_000)
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth


class FastHasher(PBKDF2PasswordHasher):
    # ruleid: weak_key_derivation.python.pbkdf2
    iterations = 20000


class SlowHasher(PBKDF2PasswordHasher):
    # ok: weak_key_derivation.python.pbkdf2
    iterations = 1_000_000


class Training:
    # ok: weak_key_derivation.python.pbkdf2
    iterations = 100


def costs(password, salt):
    # ruleid: weak_key_derivation.python.cost
    first = bcrypt.hashpw(password, bcrypt.gensalt(4))
    # ruleid: weak_key_derivation.python.cost
    second = bcrypt.hashpw(password, bcrypt.gensalt(rounds=8))
    # ruleid: weak_key_derivation.python.cost
    third = hashlib.scrypt(password, salt=salt, n=1024, r=8, p=1)
    # ruleid: weak_key_derivation.python.cost
    fourth = Scrypt(salt=salt, length=32, n=2**10, r=8, p=1)
    # ruleid: weak_key_derivation.python.cost
    fifth = scrypt(password, salt, 32, N=2048, r=8, p=1)
    # ruleid: weak_key_derivation.python.cost
    sixth = argon2.PasswordHasher(time_cost=1, memory_cost=1024)
    # ok: weak_key_derivation.python.cost
    seventh = bcrypt.hashpw(password, bcrypt.gensalt())
    # ok: weak_key_derivation.python.cost
    eighth = bcrypt.hashpw(password, bcrypt.gensalt(12))
    # ok: weak_key_derivation.python.cost
    ninth = hashlib.scrypt(password, salt=salt, n=2**17, r=8, p=1)
    # ok: weak_key_derivation.python.cost
    tenth = argon2.PasswordHasher(memory_cost=65536)
    # ok: weak_key_derivation.python.cost
    eleventh = Scrypt(salt=salt, length=32, n=2**14, r=8, p=1)
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh


class Config:
    # ruleid: weak_key_derivation.python.cost
    BCRYPT_LOG_ROUNDS = 4


class TestingConfig(Config):
    # ok: weak_key_derivation.python.cost
    BCRYPT_LOG_ROUNDS = 4


def hash_once(password, salt, user):
    # ruleid: weak_key_derivation.python.fast_hash
    first = hashlib.sha256(password.encode()).hexdigest()
    # ruleid: weak_key_derivation.python.fast_hash
    second = hashlib.sha512((salt + user.password).encode()).digest()
    # ok: weak_key_derivation.python.fast_hash
    third = hashlib.sha256(user.password_reset_token.encode()).hexdigest()
    # ok: weak_key_derivation.python.fast_hash
    fourth = hashlib.sha256(user.email.encode()).hexdigest()
    return first, second, third, fourth


def hash_long(password):
    # ok: weak_key_derivation.python.fast_hash
    digest = base64.b64encode(hashlib.sha256(password.encode()).digest())
    return bcrypt.hashpw(digest, bcrypt.gensalt())


def schemes(password):
    # ruleid: weak_key_derivation.python.scheme
    first = md5_crypt.hash(password)
    # ruleid: weak_key_derivation.python.scheme
    second = hex_sha256.hash(password)
    # ruleid: weak_key_derivation.python.scheme
    third = CryptContext(schemes=["md5_crypt", "bcrypt"])
    # ruleid: weak_key_derivation.python.scheme
    fourth = generate_password_hash(password, method="sha256")
    # ruleid: weak_key_derivation.python.scheme
    fifth = generate_password_hash(password, method="pbkdf2:sha256:1000")
    # ruleid: weak_key_derivation.python.scheme
    sixth = crypt.crypt(password, crypt.METHOD_MD5)
    # ok: weak_key_derivation.python.scheme
    seventh = CryptContext(schemes=["argon2", "md5_crypt"], deprecated="auto")
    # ok: weak_key_derivation.python.scheme
    eighth = generate_password_hash(password, method="scrypt")
    # ok: weak_key_derivation.python.scheme
    ninth = generate_password_hash(password, method="pbkdf2:sha256:1000000")
    # ok: weak_key_derivation.python.scheme
    tenth = md5_crypt.verify(password, os.environ["OLD_HASH"])
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth


# ruleid: weak_key_derivation.python.django
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# ok: weak_key_derivation.python.django
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]


def leaked(password):
    # ok: weak_key_derivation.python.fast_hash
    digest = hashlib.sha256(password.encode()).hexdigest()
    return requests.get("https://api.haveibeenpwned.example/range/" + digest[:6])
