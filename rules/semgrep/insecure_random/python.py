"""What is drawn by lot."""

import hashlib
import random
import secrets
import string
import time
import uuid

import numpy as np
from Crypto.Cipher import AES

ALPHABET = string.ascii_letters + string.digits
GREETINGS = ("Put the kettle on", "Time for a cup")


def new_session_id():
    # ruleid: insecure_random.python.value
    session_id = "".join(random.choices(ALPHABET, k=40))
    return session_id


def generate_reset_token(user):
    chars = []
    for _ in range(32):
        chars.append(random.choice(ALPHABET))
    # ruleid: insecure_random.python.value
    return "".join(chars)


def codes(user, row, send):
    # ruleid: insecure_random.python.value
    otp = random.randint(100000, 999999)
    # ruleid: insecure_random.python.value
    user.reset_token = hashlib.sha256(str(random.random()).encode()).hexdigest()
    # ruleid: insecure_random.python.value
    row["api_key"] = "%032x" % random.getrandbits(128)
    # ruleid: insecure_random.python.value
    send(to=user, verification_code=f"{random.randrange(10**6):06d}")
    # ruleid: insecure_random.python.value
    nonce = bytes(random.getrandbits(8) for _ in range(12))
    # ruleid: insecure_random.python.value
    password = "".join(random.choice(string.ascii_letters) for _ in range(12))
    # ruleid: insecure_random.python.value
    gift_code = "".join(np.random.choice(list(ALPHABET), 16))
    # ruleid: insecure_random.python.value
    session_token = uuid.uuid1().hex
    rng = random.Random(time.time())
    # ruleid: insecure_random.python.value
    csrf_token = "".join(rng.choice(ALPHABET) for _ in range(32))
    letters = [random.choice(ALPHABET) for _ in range(32)]
    # ruleid: insecure_random.python.value
    access_token = "".join(letters)
    # ruleid: insecure_random.python.value
    sealed = AES.new(random.randbytes(32), AES.MODE_GCM)
    return otp, nonce, password, gift_code, session_token, csrf_token, access_token, sealed


def good(user):
    # ok: insecure_random.python.value
    session_id = secrets.token_urlsafe(32)
    # ok: insecure_random.python.value
    otp = secrets.randbelow(10**6)
    # ok: insecure_random.python.value
    user.reset_token = "".join(secrets.choice(ALPHABET) for _ in range(32))
    # ok: insecure_random.python.value
    api_key = "".join(random.SystemRandom().choice(ALPHABET) for _ in range(32))
    # ok: insecure_random.python.value
    request_id = uuid.uuid4().hex
    # ok: insecure_random.python.value
    sampled = random.choices(ALPHABET, k=8)
    return session_id, otp, api_key, request_id, sampled


def harmless(tokens, sessions, words, attempt, make_token):
    # ok: insecure_random.python.value
    greeting = random.choice(GREETINGS)
    # ok: insecure_random.python.value
    time.sleep(min(8.0, 0.2 * 2**attempt) + random.uniform(0, 0.1))
    # ok: insecure_random.python.value
    token = random.choice(tokens)
    # ok: insecure_random.python.value
    masked_tokens = random.sample(tokens, k=3)
    # ok: insecure_random.python.value
    session = random.choice(sessions)
    # ok: insecure_random.python.value
    secret = random.randint(1, 100)
    # ok: insecure_random.python.value
    session_ttl = 3600 + random.randint(0, 60)
    # ok: insecure_random.python.value
    key = random.choice(list(words))
    # ok: insecure_random.python.value
    jitter = random.random()
    # ok: insecure_random.python.value
    reset_token = make_token(jitter)
    # ok: insecure_random.python.value
    iv = random.uniform(0.1, 0.4)
    return greeting, token, masked_tokens, session, secret, session_ttl, key, reset_token, iv


def use_system(user):
    # ok: insecure_random.python.value
    rng = random.SystemRandom()
    user.api_token = "".join(rng.choice(ALPHABET) for _ in range(32))
    return user
