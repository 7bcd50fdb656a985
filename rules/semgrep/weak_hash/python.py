"""Digests, where they matter and where they do not."""

import hashlib
import hmac
import os

import requests
from Crypto.Hash import MD5, SHA1, SHA256
from Crypto.Signature import pkcs1_15
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding


def check_old_password(password, stored):
    # ruleid: weak_hash.python.secret
    return hmac.compare_digest(hashlib.md5(password.encode()).hexdigest(), stored)


def legacy(user, salt, passwd):
    # ruleid: weak_hash.python.secret
    first = hashlib.sha1((salt + user.password).encode("utf-8")).hexdigest()
    # ruleid: weak_hash.python.secret
    second = hashlib.new("md5", passwd.encode()).hexdigest()
    # ruleid: weak_hash.python.secret
    third = hashlib.sha1(f"{user}:{passwd}".encode()).digest()
    h = hashlib.md5()
    # ruleid: weak_hash.python.secret
    h.update(passwd.encode())
    # ok: weak_hash.python.secret
    h.update(user.name.encode())
    # ruleid: weak_hash.python.secret
    fourth = MD5.new(passwd.encode()).hexdigest()
    # ok: weak_hash.python.secret
    fifth = hashlib.sha256(user.session_token.encode()).hexdigest()
    return first, second, third, fourth, fifth, h.hexdigest()


def webhook_signature(body, secret):
    # ruleid: weak_hash.python.secret
    return hashlib.sha1(secret + body).hexdigest()


def issue(user, now):
    # ruleid: weak_hash.python.purpose
    reset_token = hashlib.md5(f"{user.id}{now}".encode()).hexdigest()
    # ruleid: weak_hash.python.purpose
    user.api_key = hashlib.sha1(os.urandom(8)).hexdigest()
    return reset_token


def sign_request(params):
    # ruleid: weak_hash.python.purpose
    return hashlib.md5("&".join(params).encode()).hexdigest()


def hash_password_v1(plain):
    # ruleid: weak_hash.python.unstated
    return hashlib.sha1(plain.encode()).hexdigest()


def hash_password(plain):
    # ruleid: weak_hash.python.purpose
    return hashlib.sha1(plain.encode()).hexdigest()


def cart_etag(body):
    # ok: weak_hash.python.purpose, weak_hash.python.unstated
    return hashlib.md5(body).hexdigest()


def cart_etag_stated(body):
    # ok: weak_hash.python.unstated
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def gravatar(email):
    # ok: weak_hash.python.secret, weak_hash.python.unstated
    return "https://www.gravatar.com/avatar/" + hashlib.md5(email.lower().encode()).hexdigest()


def cache_key(query, token):
    # ok: weak_hash.python.unstated
    return hashlib.sha1(query.encode()).hexdigest()


def file_checksum(path):
    # ok: weak_hash.python.secret, weak_hash.python.unstated
    checksum = hashlib.md5(path.read_bytes()).hexdigest()
    return checksum


def leaked(password):
    # ok: weak_hash.python.secret, weak_hash.python.unstated
    digest = hashlib.sha1(password.encode()).hexdigest().upper()
    answer = requests.get("https://api.pwnedpasswords.com/range/" + digest[:5])
    return digest[5:] in answer.text


def password_file_version(password_file):
    # ok: weak_hash.python.secret
    return hashlib.md5(password_file.read_bytes()).hexdigest()


def carrier_label(label):
    # ruleid: weak_hash.python.unstated
    return hashlib.sha1(label).hexdigest()


def signatures(key, public_key, data, signature, builder):
    # ruleid: weak_hash.python.signature
    first = key.sign(data, padding.PKCS1v15(), hashes.SHA1())
    # ruleid: weak_hash.python.signature
    public_key.verify(signature, data, ec.ECDSA(hashes.SHA1()))
    # ruleid: weak_hash.python.signature
    certificate = x509.CertificateBuilder().subject_name(builder).sign(key, hashes.MD5())
    # ruleid: weak_hash.python.signature
    second = pkcs1_15.new(key).sign(SHA1.new(data))
    # ruleid: weak_hash.python.unstated
    digest = MD5.new(data)
    # ruleid: weak_hash.python.signature
    third = pkcs1_15.new(key).sign(digest)
    # ok: weak_hash.python.signature
    fourth = pkcs1_15.new(key).sign(SHA256.new(data))
    # ok: weak_hash.python.signature
    fifth = key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    # ok: weak_hash.python.signature
    sealed = public_key.encrypt(data, padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None))
    # ok: weak_hash.python.signature
    shown = certificate.fingerprint(hashes.SHA1())
    return first, second, third, fourth, fifth, sealed, shown


def macs(key, message, counter):
    # ruleid: weak_hash.python.hmac
    first = hmac.new(key, message, hashlib.md5).hexdigest()
    # ruleid: weak_hash.python.hmac
    second = hmac.new(key, message, digestmod="md5").hexdigest()
    # ok: weak_hash.python.hmac
    third = hmac.new(key, message, hashlib.sha256).hexdigest()
    # ok: weak_hash.python.hmac
    totp = hmac.new(key, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    return first, second, third, totp


def register(user, digest_of, plain):
    # ruleid: weak_hash.python.unstated
    digest = hashlib.md5(plain)
    # ruleid: weak_hash.python.password
    user.set_password(digest.hexdigest())
    # ruleid: weak_hash.python.unstated
    h = hashes.Hash(hashes.SHA1())
    h.update(plain)
    # ruleid: weak_hash.python.password
    user.setPassword(h.finalize())
    # ok: weak_hash.python.password
    user.set_password(plain)
    # ok: weak_hash.python.password
    user.set_avatar(digest.hexdigest())
