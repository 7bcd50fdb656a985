"""Ciphers, good and bad."""

import os

import arc4
import jwt
import pyaes
import pyDes
from Crypto.Cipher import AES, ARC4, DES, DES3, PKCS1_OAEP, PKCS1_v1_5
from Crypto.Cipher import Blowfish as OldFish
from Cryptodome.Cipher import DES3 as TripleDES
from cryptography.fernet import Fernet
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4 as RC4
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from ff3 import FF3Cipher
from M2Crypto import EVP


def primitives(key, iv):
    # ruleid: broken_cipher.python.cryptography
    triple = Cipher(algorithms.TripleDES(key), modes.CBC(iv))
    # ruleid: broken_cipher.python.cryptography
    stream = Cipher(algorithms.ARC4(key), mode=None)
    # ruleid: broken_cipher.python.cryptography
    moved = Cipher(RC4(key), mode=None)
    # ruleid: broken_cipher.python.cryptography
    fish = Cipher(algorithms.Blowfish(key), modes.CBC(iv))
    # ruleid: broken_cipher.python.cryptography
    blocks = Cipher(algorithms.AES(key), modes.ECB())
    # ok: broken_cipher.python.cryptography
    chained = Cipher(algorithms.AES(key), modes.CBC(iv))
    # ok: broken_cipher.python.cryptography
    counted = Cipher(algorithms.AES(key), modes.GCM(iv))
    # ok: broken_cipher.python.cryptography
    chacha = Cipher(algorithms.ChaCha20(key, iv), mode=None)
    # ok: broken_cipher.python.cryptography
    small = AESGCM(AESGCM.generate_key(bit_length=128))
    # ok: broken_cipher.python.cryptography
    fernet = Fernet(os.environ["FERNET_KEY"])
    return triple, stream, moved, fish, blocks, chained, counted, chacha, small, fernet


def pycryptodome(key, iv, data):
    # ruleid: broken_cipher.python.pycryptodome
    des = DES.new(key, DES.MODE_CBC, iv)
    # ruleid: broken_cipher.python.pycryptodome
    des3 = DES3.new(key, DES3.MODE_CBC, iv)
    # ruleid: broken_cipher.python.pycryptodome
    renamed = TripleDES.new(key, TripleDES.MODE_CFB, iv)
    # ruleid: broken_cipher.python.pycryptodome
    rc4 = ARC4.new(key)
    # ruleid: broken_cipher.python.pycryptodome
    fish = OldFish.new(key, OldFish.MODE_CBC, iv)
    # ruleid: broken_cipher.python.pycryptodome
    blocks = AES.new(key, AES.MODE_ECB).encrypt(data)
    # ruleid: broken_cipher.python.pycryptodome
    named = AES.new(key, mode=AES.MODE_ECB)
    # ruleid: broken_cipher.python.pycryptodome
    default = AES.new(key)
    # ok: broken_cipher.python.pycryptodome
    gcm = AES.new(key, AES.MODE_GCM)
    # ok: broken_cipher.python.pycryptodome
    siv = AES.new(key, AES.MODE_SIV)
    # ok: broken_cipher.python.pycryptodome
    cbc = AES.new(key, AES.MODE_CBC, iv)
    return des, des3, renamed, rc4, fish, blocks, named, default, gcm, siv, cbc


def libraries(key, iv, data):
    # ruleid: broken_cipher.python.package
    triple = pyDes.triple_des(key, pyDes.CBC, iv)
    # ruleid: broken_cipher.python.package
    blocks = pyaes.AESModeOfOperationECB(key)
    # ruleid: broken_cipher.python.package
    stream = arc4.ARC4(key)
    # ruleid: broken_cipher.python.package
    openssl = EVP.Cipher(alg="des_ede3_cbc", key=key, iv=iv, op=1)
    # ok: broken_cipher.python.package
    good = EVP.Cipher(alg="aes_256_cbc", key=key, iv=iv, op=1)
    # ok: broken_cipher.python.package
    counter = pyaes.AESModeOfOperationCTR(key)
    return triple, blocks, stream, openssl, good, counter


def asymmetric(public_key, private_key, data, key):
    # ruleid: broken_cipher.python.rsa_padding
    wrapped = public_key.encrypt(data, padding.PKCS1v15())
    # ruleid: broken_cipher.python.rsa_padding
    old = PKCS1_v1_5.new(key)
    # ok: broken_cipher.python.rsa_padding
    oaep = PKCS1_OAEP.new(key)
    # ok: broken_cipher.python.rsa_padding
    good = public_key.encrypt(data, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
    # ok: broken_cipher.python.rsa_padding
    signature = private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return wrapped, old, oaep, good, signature


def tokens(card, key):
    # ruleid: broken_cipher.python.jwt_encryption
    hidden = jwt.encode(card, key, "RSA-OAEP")
    # ruleid: broken_cipher.python.jwt_encryption
    wrapped = jwt.encode(card, key, algorithm="A256GCMKW")
    # ok: broken_cipher.python.jwt_encryption
    signed = jwt.encode({"sub": "42"}, key, algorithm="RS256")
    # ok: broken_cipher.python.jwt_encryption
    short = jwt.encode({"sub": "42"}, key, "HS256")
    return hidden, wrapped, signed, short


def format_preserving(key, tweak, pan):
    # ruleid: broken_cipher.python.ff3
    cipher = FF3Cipher(key, tweak)
    # ok: broken_cipher.python.ff3
    return cipher.encrypt(pan)


class Mode:
    ECB = "ecb"


# ok: broken_cipher.python.cryptography, broken_cipher.python.package
print(Mode.ECB, "DES", "RC4")


def to_processor(public_key, card, data_key, oaep):
    # ruleid: broken_cipher.python.raw_rsa
    public_key.encrypt(json.dumps(card).encode(), padding.OAEP(mgf=oaep, algorithm=oaep, label=None))
    # ok: broken_cipher.python.raw_rsa
    public_key.encrypt(data_key, padding.OAEP(mgf=oaep, algorithm=oaep, label=None))
