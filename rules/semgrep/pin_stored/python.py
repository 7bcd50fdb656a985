"""PINs and PIN blocks of cards."""

import json

from django.db import models
from sqlalchemy import Column, LargeBinary, String


class AtmRequest(models.Model):
    terminal = models.CharField(max_length=16)
    # ruleid: pin_stored.python.column
    pin_block = models.CharField(max_length=32)
    # ruleid: pin_stored.python.column
    encrypted_pin = models.BinaryField()
    # ruleid: pin_stored.python.column
    card_pin_hash = models.CharField(max_length=128)
    # ok: pin_stored.python.column
    pin_verified = models.BooleanField()
    # ok: pin_stored.python.column
    pin_retry_count = models.IntegerField()
    # ok: pin_stored.python.column
    pin_block_format = models.CharField(max_length=2)


class Card(Base):
    card_number = Column(EncryptedString(64))
    # ruleid: pin_stored.python.beside_pan
    pin = Column(String(128))
    # ruleid: pin_stored.python.column
    card_pin = Column(LargeBinary)
    # ok: pin_stored.python.beside_pan
    pin_tries = Column(String(1))


class Led(models.Model):
    # ok: pin_stored.python.column, pin_stored.python.beside_pan
    pin = models.IntegerField()
    # ok: pin_stored.python.column
    gpio_pin = models.IntegerField()


class Address(models.Model):
    # ok: pin_stored.python.column, pin_stored.python.beside_pan
    pin_code = models.CharField(max_length=6)


class Device(models.Model):
    serial = models.CharField(max_length=16)
    # ok: pin_stored.python.column, pin_stored.python.beside_pan
    pin = models.CharField(max_length=4)


def keep(cursor, redis_client, request, pin_block, pin):
    # ruleid: pin_stored.python.sql
    cursor.execute("INSERT INTO atm (terminal, pin_block) VALUES (%s, %s)", (1, request.body))
    # ruleid: pin_stored.python.sql
    cursor.execute("SELECT id, encrypted_pin FROM cards WHERE id = %s", (1,))
    # ok: pin_stored.python.sql
    cursor.execute("INSERT INTO leds (pin, colour) VALUES (%s, %s)", (13, "red"))
    # ok: pin_stored.python.sql
    cursor.execute("UPDATE cards SET pin_retry_count = 0")
    # ruleid: pin_stored.python.store
    redis_client.setex("atm:1", 60, pin_block)
    # ruleid: pin_stored.python.store
    redis_client.set("atm:1", json.dumps({"terminal": 1, "pin_block": request.body}))
    # ruleid: pin_stored.python.store
    redis_client.set("atm:1", json.dumps({"pan": token, "card_number": request.number, "pin": pin}))
    # ruleid: pin_stored.python.store
    producer.send("atm", {"customer_pin": pin})
    # ruleid: pin_stored.python.store
    request.session["atm"] = request.form["pin_block"]
    # ruleid: pin_stored.python.record
    AtmRequest.objects.create(terminal=1, pin_block=request.body)
    # ok: pin_stored.python.record
    AtmRequest.objects.create(terminal=1, pin_verified=True)
    # ok: pin_stored.python.record
    Led.objects.create(pin=13)
    # ok: pin_stored.python.store
    redis_client.set("atm:1", hsm.verify_pin(pin_block))
    # ok: pin_stored.python.store
    redis_client.set("led", json.dumps({"pin": pin, "state": "high"}))
    # ok: pin_stored.python.store
    hsm.translate(pin_block)
    # ok: pin_stored.python.store
    redis_client.set("atm:1", pin_block is None)
