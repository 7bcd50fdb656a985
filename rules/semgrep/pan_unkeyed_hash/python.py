"""Digests of card numbers."""

import hashlib
import hmac
import uuid
import zlib
from hashlib import md5, sha256

from Crypto.Hash import HMAC, SHA256
from cryptography.hazmat.primitives import hashes
from pyspark.sql import functions as F


def unkeyed(pan, card, salt, data):
    # ruleid: pan_unkeyed_hash.python.digest
    a = hashlib.sha256(pan.encode()).hexdigest()
    # ruleid: pan_unkeyed_hash.python.digest
    b = hashlib.md5(card.number.encode("utf-8")).hexdigest()
    # ruleid: pan_unkeyed_hash.python.truncated
    c = sha256(str(card.card_number).encode()).hexdigest()[:16]
    # ruleid: pan_unkeyed_hash.python.truncated
    n = hashlib.sha1(pan.encode()).digest()[:8]
    # ok: pan_unkeyed_hash.python.truncated
    o = hashlib.sha256(card.token.encode()).hexdigest()[:16]
    # ok: pan_unkeyed_hash.python.truncated
    q = hmac.new(key, pan.encode(), hashlib.sha256).hexdigest()[:16]
    # ruleid: pan_unkeyed_hash.python.digest
    d = hashlib.sha512((salt + pan).encode()).digest()
    # ruleid: pan_unkeyed_hash.python.digest
    e = hashlib.blake2b(pan.encode(), digest_size=16).hexdigest()
    # ruleid: pan_unkeyed_hash.python.digest
    f = hashlib.new("sha256", data["card_number"].encode())
    h = hashlib.sha256()
    # ruleid: pan_unkeyed_hash.python.digest
    h.update(pan.encode())
    # ruleid: pan_unkeyed_hash.python.digest
    i = SHA256.new(pan.encode())
    digest = hashes.Hash(hashes.SHA256())
    # ruleid: pan_unkeyed_hash.python.digest
    digest.update(pan.encode())
    # ruleid: pan_unkeyed_hash.python.digest
    j = uuid.uuid5(uuid.NAMESPACE_OID, pan)
    # ruleid: pan_unkeyed_hash.python.digest
    k = zlib.crc32(pan.encode())
    cleaned = pan.replace(" ", "")
    # ruleid: pan_unkeyed_hash.python.digest
    m = md5(f"{salt}:{cleaned}".encode()).hexdigest()
    return a, b, c, d, e, f, i, j, k, m


def keyed(pan, card, key, token, path, etag):
    # ok: pan_unkeyed_hash.python.digest
    a = hmac.new(key, pan.encode(), hashlib.sha256).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    b = hmac.digest(key, pan.encode(), "sha256")
    # ok: pan_unkeyed_hash.python.digest
    c = hashlib.blake2b(pan.encode(), key=key).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    d = HMAC.new(key, pan.encode(), SHA256).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    e = hashlib.sha256(token.encode()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    f = hashlib.md5(path.read_bytes()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    g = hashlib.sha256(card.token.encode()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    h = hashlib.sha256(tokenize(pan).encode()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    i = hashlib.sha256(pan[-4:].encode()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    j = hashlib.sha256(str(card.id).encode()).hexdigest()
    # ok: pan_unkeyed_hash.python.digest
    k = hashlib.sha256(b"card_number").hexdigest()
    mac = hashlib.blake2s(key=key)
    # ok: pan_unkeyed_hash.python.digest
    mac.update(pan.encode())
    # ok: pan_unkeyed_hash.python.digest
    fields.update({"card_number": pan})
    return a, b, c, d, e, f, g, h, i, j, k


def sql(cursor, pan):
    # ruleid: pan_unkeyed_hash.python.sql
    cursor.execute("SELECT id FROM cards WHERE sha256(card_number) = %s", (1,))
    # ruleid: pan_unkeyed_hash.python.sql
    cursor.execute("UPDATE cards SET h = encode(digest(pan, 'sha256'), 'hex')")
    # ruleid: pan_unkeyed_hash.python.sql
    cursor.execute("INSERT INTO t SELECT SHA2(CAST(c.card_number AS CHAR), 256) FROM cards c")
    # ok: pan_unkeyed_hash.python.sql
    cursor.execute("SELECT md5(token) FROM cards")
    # ok: pan_unkeyed_hash.python.sql
    cursor.execute("SELECT hmac(card_number, key, 'sha256') FROM cards")
    # ok: pan_unkeyed_hash.python.sql
    cursor.execute("SELECT sha256(card_number_last4) FROM cards")


def frames(df):
    # ruleid: pan_unkeyed_hash.python.dataframe
    df = df.withColumn("h", F.sha2(F.col("card_number"), 256))
    # ruleid: pan_unkeyed_hash.python.dataframe
    df = df.withColumn("h", F.md5("pan"))
    # ruleid: pan_unkeyed_hash.python.dataframe
    df["h"] = df["card_number"].apply(lambda n: hashlib.sha256(n.encode()).hexdigest())
    # ruleid: pan_unkeyed_hash.python.dataframe
    df["h"] = pd.util.hash_pandas_object(df["card_number"])
    # ok: pan_unkeyed_hash.python.dataframe
    df = df.withColumn("h", F.sha2(F.col("email"), 256))
    # ok: pan_unkeyed_hash.python.dataframe
    df["h"] = df["card_number"].map(lambda n: hmac.new(KEY, n.encode(), "sha256").hexdigest())
    # ok: pan_unkeyed_hash.python.dataframe
    df["last4"] = df["card_number"].str[-4:]
    return df


def fingerprint_of(number: CardNumber) -> bytes:
    # ruleid: pan_unkeyed_hash.python.digest
    return hashlib.sha256(b"fingerprint" + number.reveal().encode("ascii")).digest()


def keyed_fingerprint_of(key: bytes, number: CardNumber) -> bytes:
    # ok: pan_unkeyed_hash.python.digest
    return hmac.new(key, number.reveal().encode("ascii"), hashlib.sha256).digest()


def order_digest(number: OrderNumber) -> bytes:
    # ok: pan_unkeyed_hash.python.digest
    return hashlib.sha256(number.reveal().encode("ascii")).digest()
