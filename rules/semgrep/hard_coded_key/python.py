"""Where keys come from."""

import base64
import hashlib
import hmac
import os
import secrets

import jwt
from authlib.jose import jwt as authlib_jwt
from Crypto.Cipher import AES
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from decouple import config
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from pydantic import Field
from pydantic_settings import BaseSettings
from starlette.middleware.sessions import SessionMiddleware

DATA_KEY = b"k3ttlew1ck-gift-cards-since-2016"
KEY_FROM_HEX = bytes.fromhex("8f2b7d0c4a6e91538f2b7d0c4a6e9153")


def ciphers(key, iv, settings, kms):
    # ruleid: hard_coded_key.python.cipher
    first = AESGCM(b"k3ttlew1ck-gift-cards-since-2016")
    # ruleid: hard_coded_key.python.cipher
    second = AES.new(DATA_KEY, AES.MODE_GCM)
    # ruleid: hard_coded_key.python.cipher
    third = AES.new("Sixteen byte key".encode("utf-8"), AES.MODE_CBC, iv)
    # ruleid: hard_coded_key.python.cipher
    fourth = Fernet(b"pRmgMa8T0INjEAfksaq2aafzoZXEuwKI7wDe4c1F8AY=")
    # ruleid: hard_coded_key.python.cipher
    fifth = Cipher(algorithms.AES(KEY_FROM_HEX), modes.CBC(iv))
    # ruleid: hard_coded_key.python.cipher
    sixth = hmac.new(b"darjeeling-first-flush", iv, hashlib.sha256)
    # ruleid: hard_coded_key.python.cipher
    seventh = AESGCM(base64.b64decode("c2l4dGVlbiBieXRlcyBsb25nISE="))
    # ruleid: hard_coded_key.python.cipher
    eighth = URLSafeTimedSerializer("two-lumps-please")
    # ok: hard_coded_key.python.cipher
    ninth = AESGCM(key)
    # ok: hard_coded_key.python.cipher
    tenth = AESGCM(bytes.fromhex(os.environ["DATA_KEY"]))
    # ok: hard_coded_key.python.cipher
    eleventh = Fernet(os.environ["FERNET_KEY"])
    # ok: hard_coded_key.python.cipher
    twelfth = AESGCM(kms.data_key("alias/vault"))
    # ok: hard_coded_key.python.cipher
    thirteenth = AES.new(settings["key"], AES.MODE_GCM)
    # ok: hard_coded_key.python.cipher
    fourteenth = hmac.new(b"WebAppData", settings.bot_token.encode(), hashlib.sha256)
    # ok: hard_coded_key.python.cipher
    fifteenth = Fernet("<your key here>")
    # ok: hard_coded_key.python.cipher
    sixteenth = hmac.new(("AWS4" + settings.secret).encode(), b"20260101", hashlib.sha256)
    return [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth] + [
        fourteenth,
        fifteenth,
        sixteenth,
    ]


PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEm8mZnK0zFhLwqkQdT1q3bCmJ8F5x
-----END PUBLIC KEY-----"""


def tokens(claims, token, settings, public_key):
    # ruleid: hard_coded_key.python.jwt
    first = jwt.encode(claims, "oolong-for-everyone-2019", algorithm="HS256")
    # ruleid: hard_coded_key.python.jwt
    second = jwt.decode(token, "oolong-for-everyone-2019", algorithms=["HS256"])
    # ruleid: hard_coded_key.python.jwt
    third = authlib_jwt.encode({"alg": "HS256"}, claims, "oolong-for-everyone-2019")
    # ruleid: hard_coded_key.python.jwt
    fourth = jwt.decode(token, key="oolong-for-everyone-2019", algorithms=["HS256"])
    # ok: hard_coded_key.python.jwt
    fifth = jwt.decode(token, public_key, algorithms=["RS256"])
    # ok: hard_coded_key.python.jwt
    sixth = jwt.decode(token, PUBLIC_KEY, algorithms=["ES256"])
    # ok: hard_coded_key.python.jwt
    seventh = jwt.encode(claims, settings.jwt_secret, algorithm="HS256")
    # ok: hard_coded_key.python.jwt
    eighth = jwt.encode(claims, os.environ["JWT_SECRET"], algorithm="HS256")
    # ok: hard_coded_key.python.jwt
    ninth = jwt.decode(token, settings["jwt"]["key"], algorithms=["HS256"])
    return first, second, third, fourth, fifth, sixth, seventh, eighth, ninth


app = Flask(__name__)
# ruleid: hard_coded_key.python.setting
app.secret_key = "steep-for-three-minutes"
# ruleid: hard_coded_key.python.setting
app.config["SECRET_KEY"] = "django-insecure-8f!k2vq7xlw3tz"
# ruleid: hard_coded_key.python.setting
JWT_SECRET = "earl-grey-hot"
# ruleid: hard_coded_key.python.setting
ENCRYPTION_KEY = b"0123456789abcdef0123456789abcdef"
# ruleid: hard_coded_key.python.setting
SIGNING_KEY = os.environ.get("SIGNING_KEY", "lapsang-41")
# ruleid: hard_coded_key.python.setting
SECRET_KEY = config("SECRET_KEY", default="lapsang-souchong")
# ruleid: hard_coded_key.python.setting
app.add_middleware(SessionMiddleware, secret_key="lapsang-souchong")
# ruleid: hard_coded_key.python.setting
SIMPLE_JWT = {"SIGNING_KEY": "lapsang-souchong", "ALGORITHM": "HS256"}


class Settings(BaseSettings):
    # ruleid: hard_coded_key.python.setting
    jwt_secret_key: str = "keemun-black-tea"
    # ruleid: hard_coded_key.python.setting
    encryption_key: str = Field(default="keemun-black-tea")
    # ok: hard_coded_key.python.setting
    signing_key: str
    # ok: hard_coded_key.python.setting
    hmac_key: str = Field(..., validation_alias="HMAC_KEY")
    # ok: hard_coded_key.python.setting
    private_key: str = "/run/secrets/jwt.pem"


# ok: hard_coded_key.python.setting
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: hard_coded_key.python.setting
SECRET_KEY = os.environ.get("SECRET_KEY", "")
# ruleid: hard_coded_key.python.framework
SECRET_KEY = "change-me"
# ok: hard_coded_key.python.setting
SECRET_KEY = "<your-secret-key>"
# ok: hard_coded_key.python.setting
JWT_SECRET_KEY = "JWT_SECRET_KEY"
# ok: hard_coded_key.python.setting
ENCRYPTION_KEY = "arn:aws:kms:eu-west-1:111122223333:key/vault"
# ok: hard_coded_key.python.setting
MASTER_KEY = "alias/kettlewick-vault"
# ok: hard_coded_key.python.setting
SIGNING_KEY = "secret/data/payments"
# ok: hard_coded_key.python.setting
JWT_SECRET_NAME = "payments-jwt-secret"
# ok: hard_coded_key.python.setting
CACHE_KEY = "orders-by-customer-v2"
# ok: hard_coded_key.python.setting
PRIMARY_KEY = "order_id_and_line"
# ok: hard_coded_key.python.setting
help_text = "The secret key is never shown twice"

# ruleid: hard_coded_key.python.private_key
LEGACY_SIGNING = """-----BEGIN EC PRIVATE KEY-----
TXVjaCBhZG8gYWJvdXQgYSBwb3Qgb2YgdGVhLCB3aGljaCBpcyBubyBrZXkgYXQg
YWxsIGJ1dCBhIHNlbnRlbmNlIGluIGJhc2U2NC4gU3RlZXAgZm9yIHRocmVlIG1p
-----END EC PRIVATE KEY-----"""
# ok: hard_coded_key.python.private_key
HEADER = "-----BEGIN PRIVATE KEY-----"
# ok: hard_coded_key.python.private_key
is_pem = HEADER.startswith("-----BEGIN RSA PRIVATE KEY-----")

# ruleid: hard_coded_key.python.jwk
SYMMETRIC = {"kty": "oct", "k": "b29sb25nLWZvci1ldmVyeW9uZS0yMDE5"}
# ruleid: hard_coded_key.python.jwk
OKP = {"kty": "OKP", "crv": "Ed25519", "x": "c3RlZXA", "d": "Zm9yLXRocmVlLW1pbnV0ZXM"}
# ok: hard_coded_key.python.jwk
PUBLIC = {"kty": "OKP", "crv": "Ed25519", "x": "c3RlZXA"}


def fallbacks(key=None, nonce=None):
    # ruleid: hard_coded_key.python.fallback
    first = os.environ.get("RECEIPT_KEY") or Fernet.generate_key()
    # ruleid: hard_coded_key.python.fallback
    second = os.environ.get("RECEIPT_KEY", Fernet.generate_key())
    # ruleid: hard_coded_key.python.fallback
    third = os.getenv("ENCRYPTION_KEY", secrets.token_hex(32))
    # ruleid: hard_coded_key.python.fallback
    fourth = os.environ.get("JWT_SECRET") or secrets.token_urlsafe(32)
    if not key:
        # ruleid: hard_coded_key.python.fallback
        key = Fernet.generate_key()
    # ok: hard_coded_key.python.fallback
    fifth = nonce or os.urandom(12)
    # ok: hard_coded_key.python.fallback
    sixth = os.environ.get("REQUEST_ID") or secrets.token_hex(8)
    # ok: hard_coded_key.python.fallback
    seventh = os.environ["RECEIPT_KEY"]
    return first, second, third, fourth, fifth, sixth, seventh, key


def create_key_file(path):
    if not path.exists():
        # ok: hard_coded_key.python.fallback
        key = Fernet.generate_key()
        path.write_bytes(key)
        with open(path, "wb") as file:
            file.write(key)


class EncryptedStorage:
    def __init__(self, key):
        self.key = key


class CardCache:
    def __init__(self):
        # ruleid: hard_coded_key.python.process_key
        self.cipher = Fernet(Fernet.generate_key())
        # ruleid: hard_coded_key.python.process_key
        self.storage = EncryptedStorage(os.urandom(32))
        # ruleid: hard_coded_key.python.process_key
        self.aead = AESGCM(AESGCM.generate_key(bit_length=256))


# ruleid: hard_coded_key.python.process_key
app.secret_key = os.urandom(24)
# ruleid: hard_coded_key.python.process_key
app.config["SECRET_KEY"] = secrets.token_hex(16)


def envelope(kms, data):
    # ok: hard_coded_key.python.process_key
    data_key = os.urandom(32)
    nonce = os.urandom(12)
    sealed = AESGCM(data_key).encrypt(nonce, data, None)
    # ok: hard_coded_key.python.process_key
    return kms.wrap(data_key), nonce, sealed, Nonce(os.urandom(12))


# ruleid: hard_coded_key.python.framework
SECRET_KEY = "dev"
# ruleid: hard_coded_key.python.framework
app.config["SECRET_KEY"] = "change-me"
# ok: hard_coded_key.python.framework
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: hard_coded_key.python.framework
app.config["SECRET_KEY"] = ""
