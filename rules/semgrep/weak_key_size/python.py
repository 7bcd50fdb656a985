"""Key sizes."""

import asyncssh
import ecdsa
import paramiko
import rsa as python_rsa
from Crypto.PublicKey import DSA, ECC, RSA
from cryptography.hazmat.primitives.asymmetric import dh, dsa, ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jwcrypto import jwk
from OpenSSL import crypto

READER_BITS = 1024


def keys(settings):
    # ruleid: weak_key_size.python.rsa
    first = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    # ruleid: weak_key_size.python.rsa
    second = rsa.generate_private_key(65537, READER_BITS)
    # ruleid: weak_key_size.python.rsa
    third = RSA.generate(1024)
    # ruleid: weak_key_size.python.rsa
    fourth = DSA.generate(1024)
    # ruleid: weak_key_size.python.rsa
    fifth = dsa.generate_private_key(key_size=1024)
    # ruleid: weak_key_size.python.rsa
    sixth = dh.generate_parameters(generator=2, key_size=1024)
    # ruleid: weak_key_size.python.rsa
    seventh = python_rsa.newkeys(512)
    # ruleid: weak_key_size.python.rsa
    eighth = paramiko.RSAKey.generate(1024)
    # ruleid: weak_key_size.python.rsa
    ninth = jwk.JWK.generate(kty="RSA", size=1024)
    tenth = crypto.PKey()
    # ruleid: weak_key_size.python.rsa
    tenth.generate_key(crypto.TYPE_RSA, 1024)
    # ok: weak_key_size.python.rsa
    tenth.generate_key(crypto.TYPE_RSA, 2048)
    # ok: weak_key_size.python.rsa
    eleventh = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    # ok: weak_key_size.python.rsa
    twelfth = RSA.generate(2048)
    # ok: weak_key_size.python.rsa
    thirteenth = rsa.generate_private_key(public_exponent=65537, key_size=settings.bits)
    # ok: weak_key_size.python.rsa
    fourteenth = jwk.JWK.generate(kty="oct", size=256)
    # ok: weak_key_size.python.rsa
    fifteenth = AESGCM.generate_key(bit_length=128)
    # ok: weak_key_size.python.rsa
    sixteenth = asyncssh.generate_private_key("ssh-ed25519")
    return (first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth) + (
        thirteenth,
        fourteenth,
        fifteenth,
        sixteenth,
    )


def curves():
    # ruleid: weak_key_size.python.curve
    first = ec.generate_private_key(ec.SECP192R1())
    # ruleid: weak_key_size.python.curve
    second = ec.generate_private_key(ec.SECT163K1())
    # ruleid: weak_key_size.python.curve
    third = ECC.generate(curve="P-192")
    # ruleid: weak_key_size.python.curve
    fourth = ecdsa.SigningKey.generate(curve=ecdsa.NIST192p)
    # ok: weak_key_size.python.curve
    fifth = ec.generate_private_key(ec.SECP256R1())
    # ok: weak_key_size.python.curve
    sixth = ECC.generate(curve="P-256")
    # ok: weak_key_size.python.curve
    seventh = ecdsa.SigningKey.generate(curve=ecdsa.NIST256p)
    # ok: weak_key_size.python.curve
    eighth = ec.generate_private_key(ec.SECP224R1())
    return first, second, third, fourth, fifth, sixth, seventh, eighth
