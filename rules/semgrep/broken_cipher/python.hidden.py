"""Old batch files: encrypted, and not protected against change."""

import os

from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def hide(key, batch):
    iv = os.urandom(16)
    # ruleid: broken_cipher.python.unauthenticated
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    # ruleid: broken_cipher.python.unauthenticated
    other = AES.new(key, AES.MODE_CTR, nonce=iv[:8])
    # ok: broken_cipher.python.unauthenticated
    third = AES.new(key, AES.MODE_EAX)
    return iv + encryptor.update(batch) + encryptor.finalize()
