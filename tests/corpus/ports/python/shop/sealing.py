"""Sealing in classes, with keys that outlive the process; card data is bound to its record."""

import hashlib
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from passlib.hash import argon2


class CardCache:
    def __init__(self, card_key):
        self.aead = AESGCM(card_key)

    def seal(self, data, record):
        nonce = os.urandom(12)
        return nonce + self.aead.encrypt(nonce, data, record)


def stream(key, nonce):
    return Cipher(algorithms.AES(key), modes.GCM(nonce))


def package(key, nonce):
    return AESGCM(key)


def label_digest(label):
    return hashlib.sha256(label).hexdigest()


def first_password(password):
    return argon2.hash(password)


def changed(user, chosen):
    user.set_password(chosen)


class Vault:
    def __init__(self, cipher):
        self.token_map = {}
        self.cipher = cipher

    def tokenize(self, token, pan):
        self.token_map[token] = self.cipher.encrypt(pan)

    def kept(self, card_data):
        return {k: v for k, v in card_data.items() if k in ("token", "expiry")}
