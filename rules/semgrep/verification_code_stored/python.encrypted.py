"""Codes that wait for the authorisation, encrypted."""

import base64
import hashlib

import redis
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.db import migrations, models
from encrypted_model_fields.fields import EncryptedCharField
from flask import session
from sqlalchemy import Column, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy_utils import EncryptedType, StringEncryptedType

r = redis.Redis()
fernet = Fernet(key)


def waiting(order_id, cvv, card, request, public_key, aesgcm, nonce):
    # ruleid: verification_code_stored.python.encrypted
    r.setex(f"order:{order_id}", 300, fernet.encrypt(cvv.encode()))
    # ruleid: verification_code_stored.python.encrypted
    session["code"] = fernet.encrypt(request.form["cvv"].encode()).decode()
    blob = kms.encrypt(KeyId=KEY, Plaintext=card.cvv)
    # ruleid: verification_code_stored.python.encrypted
    cache.set("code", blob["CiphertextBlob"], timeout=300)
    sealed, tag = cipher.encrypt_and_digest(cvv.encode())
    # ruleid: verification_code_stored.python.encrypted
    r.hset(f"order:{order_id}", "code", base64.b64encode(sealed))
    # ruleid: verification_code_stored.python.encrypted
    collection.insert_one({"order": order_id, "cvv": aesgcm.encrypt(nonce, cvv.encode(), None)})
    # ruleid: verification_code_stored.python.encrypted
    charge_card.delay(order_id, encrypt_field(cvv))
    # ruleid: verification_code_stored.python.encrypted
    collection.insert_one({"order": order_id, "encrypted_cvv": request.json["blob"]})
    # ruleid: verification_code_stored.python.encrypted
    collection.insert_one({"order": order_id, "cvv": encrypted})
    # ruleid: verification_code_stored.python.encrypted
    r.set("code", card.cvv_enc)
    # ruleid: verification_code_stored.python.encrypted
    r.set("code", request.form.get("encrypted_cvv"))
    encryptor = Cipher(algorithms.AES(KEY), modes.GCM(nonce)).encryptor()
    # ruleid: verification_code_stored.python.encrypted
    r.set("code", encryptor.update(cvv.encode()) + encryptor.finalize())
    # ruleid: verification_code_stored.python.encrypted
    cursor.execute("INSERT INTO waiting VALUES (%s, %s)", (order_id, fernet.encrypt(cvv.encode())))
    # ruleid: verification_code_stored.python.encrypted
    cursor.execute("INSERT INTO waiting (id, cvv) VALUES (%s, %s)", (order_id, fernet.encrypt(cvv.encode())))


def assigned(cursor, order_id, cvv):
    cvv = fernet.encrypt(cvv.encode())
    # ruleid: verification_code_stored.python.encrypted
    cursor.execute("INSERT INTO waiting (id, cvv) VALUES (%s, %s)", (order_id, cvv))


def on_lines(cursor, order_id, card):
    code = fernet.encrypt(card.cvv.encode())
    # ruleid: verification_code_stored.python.encrypted
    cursor.execute(
        # ok: verification_code_stored.python.sql
        "INSERT INTO waiting (id, cvv) VALUES (%s, %s)",
        (order_id, code),
    )
    # ruleid: verification_code_stored.python.encrypted
    cursor.execute(
        # ok: verification_code_stored.python.sql
        "INSERT INTO waiting (id, cvv) VALUES (%s, %s)",
        (order_id, fernet.encrypt(card.cvv.encode())),
    )


def in_clear(order_id, cvv, encrypted_cvv, card):
    # ruleid: verification_code_stored.python.store
    r.set("code", fernet.decrypt(encrypted_cvv))
    # ruleid: verification_code_stored.python.store
    r.set("code", fernet.decrypt(encrypted_cvv).decode())
    # ruleid: verification_code_stored.python.store
    r.set("encrypted_cvv", cvv)
    # ruleid: verification_code_stored.python.store
    r.hset("order", mapping={"encrypted_cvv": cvv})
    # ruleid: verification_code_stored.python.store
    r.set("code", base64.b64encode(cvv.encode()))
    # ruleid: verification_code_stored.python.store
    r.set("code", hmac.new(KEY, cvv.encode(), hashlib.sha256).hexdigest())
    # ruleid: verification_code_stored.python.store
    collection.insert_one({"pan": encrypt(card.number), "cvv": card.cvv})
    # ruleid: verification_code_stored.python.sql
    cursor.execute("INSERT INTO cards (pan, cvv) VALUES (%s, %s)", (encrypt(card.number), card.code))


def no_store(order_id, cvv, encrypted_cvv, card):
    # ok: verification_code_stored.python.encrypted
    requests.post(PROCESSOR, json={"cvv": jwe.encrypt(cvv, PUBLIC_KEY)})
    # ok: verification_code_stored.python.encrypted
    gateway.authorize(order_id, encrypted_cvv=fernet.encrypt(cvv.encode()))
    # ok: verification_code_stored.python.encrypted
    r.set("encrypted", is_encrypted(cvv))
    # ok: verification_code_stored.python.encrypted
    r.set("encrypted", encrypted_cvv is not None)
    # ok: verification_code_stored.python.encrypted
    r.set("code", fernet.encrypt(card.token.encode()))
    # ok: verification_code_stored.python.encrypted
    r.delete(f"encrypted_cvv:{order_id}")
    # ok: verification_code_stored.python.encrypted
    cache.set("encrypted_cvv", None)
    # ok: verification_code_stored.python.encrypted
    cache.set("result", gateway.authorize(card.token, encrypted_cvv))
    # ok: verification_code_stored.python.encrypted_column
    cursor.execute("UPDATE waiting SET encrypted_cvv = NULL WHERE id = %s", (order_id,))
    # ok: verification_code_stored.python.encrypted_column
    cursor.execute("ALTER TABLE waiting DROP COLUMN encrypted_cvv")
    payload = {"encrypted_cvv": encrypted_cvv}
    # ok: verification_code_stored.python.encrypted
    return requests.post(PROCESSOR, json=payload)


class WaitingPayment(models.Model):
    # ruleid: verification_code_stored.python.encrypted_column
    encrypted_cvv = models.TextField(null=True)
    # ruleid: verification_code_stored.python.encrypted_column
    cvv = EncryptedCharField(max_length=100)
    # ruleid: verification_code_stored.python.encrypted_column
    cvc = encrypt(models.CharField(max_length=4))
    # ok: verification_code_stored.python.encrypted_column
    encrypted_cvv_present = models.BooleanField(default=False)
    # ruleid: verification_code_stored.python.column
    cvn = models.CharField(max_length=4, help_text="Never encrypted")
    # ruleid: verification_code_stored.python.column
    cvv_hash = models.CharField(max_length=64)
    # ok: verification_code_stored.python.encrypted_column
    card_number = EncryptedCharField(max_length=100)


class CreditCard(models.Model):
    # ruleid: verification_code_stored.python.encrypted_column
    security_code = EncryptedCharField(max_length=100)
    expiry = models.CharField(max_length=5)


class Waiting(Base):
    # ruleid: verification_code_stored.python.encrypted_column
    cvv: Mapped[str] = mapped_column(StringEncryptedType(String, KEY))
    # ruleid: verification_code_stored.python.encrypted_column
    code = Column("cvv", EncryptedType(String, KEY))
    # ruleid: verification_code_stored.python.encrypted_column
    cvc: Mapped[str] = mapped_column(EncryptedString(key_alias="alias/payments"))
    # ruleid: verification_code_stored.python.encrypted_column
    cvv_ciphertext: Mapped[bytes]


cards = Table(
    "cards",
    metadata,
    # ruleid: verification_code_stored.python.column
    Column("cvv", String(4)),
    Column("number", EncryptedType(String, KEY)),
)


class Migration(migrations.Migration):
    operations = [
        # ruleid: verification_code_stored.python.encrypted_column
        migrations.AddField("card", name="cvv", field=EncryptedCharField(max_length=100)),
        migrations.CreateModel(
            name="Card",
            fields=[
                # ruleid: verification_code_stored.python.encrypted_column
                ("cvv", EncryptedCharField(max_length=100)),
                # ruleid: verification_code_stored.python.column
                ("cvc", models.CharField(max_length=4)),
            ],
        ),
    ]


def records(form, fernet):
    # ruleid: verification_code_stored.python.encrypted_column
    Card.objects.create(token=form.token, cvv=fernet.encrypt(form.code))
    # ruleid: verification_code_stored.python.encrypted_column
    Card.objects.create(token=form.token, encrypted_cvv=form.code)
    # ruleid: verification_code_stored.python.record
    Card.objects.create(token=form.token, cvv=decrypt(form.code))
    # ok: verification_code_stored.python.encrypted_column
    Card.objects.filter(pk=1).update(encrypted_cvv=None)


def statements(cursor, card):
    # ruleid: verification_code_stored.python.encrypted_column
    cursor.execute("CREATE TABLE waiting (id INT, encrypted_cvv BYTEA)")
    # ruleid: verification_code_stored.python.encrypted_column
    cursor.execute("INSERT INTO waiting (id, cvv) VALUES (%s, pgp_sym_encrypt(%s, %s))", (1, card.cvv, KEY))
    # ruleid: verification_code_stored.python.encrypted_column
    cursor.execute("SELECT id, cvv_enc FROM waiting WHERE id = %s", (1,))
