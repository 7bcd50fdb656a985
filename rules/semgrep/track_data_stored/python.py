"""A payment terminal's middleware: swiped cards."""

import json
from pathlib import Path

from django.db import models
from sqlalchemy import Column, String, Text
from sqlalchemy.orm import Mapped


class Swipe(models.Model):
    terminal = models.CharField(max_length=16)
    # ruleid: track_data_stored.python.column
    track2 = models.CharField(max_length=40)
    # ruleid: track_data_stored.python.column
    track_1_data = models.TextField(blank=True)
    # ruleid: track_data_stored.python.column
    magstripe = models.BinaryField()
    # ruleid: track_data_stored.python.column
    encrypted_track_data = models.BinaryField()
    # ok: track_data_stored.python.column
    track = models.CharField(max_length=16)
    # ok: track_data_stored.python.column
    tracking_number = models.CharField(max_length=32)
    # ok: track_data_stored.python.column
    magstripe_reader = models.CharField(max_length=32)
    # ok: track_data_stored.python.column
    track2_present = models.BooleanField()


class Transaction(Base):
    # ruleid: track_data_stored.python.column
    track2_equivalent_data = Column(String(40))
    # ruleid: track_data_stored.python.column
    raw = Column("full_track", Text)
    # ruleid: track_data_stored.python.column
    swipe_data: Mapped[str]
    # ok: track_data_stored.python.column
    track2_length = Column(String(2))


def keep(cursor, redis_client, request, track2, path):
    # ruleid: track_data_stored.python.sql
    cursor.execute("INSERT INTO swipes (terminal, track_data) VALUES (%s, %s)", (1, request.body))
    # ruleid: track_data_stored.python.sql
    cursor.execute("CREATE TABLE swipes (id INT, track1_data VARCHAR(79), brand TEXT)")
    # ok: track_data_stored.python.sql
    cursor.execute("INSERT INTO parcels (tracking, carrier) VALUES (%s, %s)", (1, 2))
    # ok: track_data_stored.python.sql
    cursor.execute("UPDATE swipes SET track_data = NULL")
    # ruleid: track_data_stored.python.store
    redis_client.set("retry:1", track2)
    # ruleid: track_data_stored.python.store
    redis_client.lpush("retries", json.dumps({"terminal": 1, "track2": track2}))
    # ruleid: track_data_stored.python.store
    cursor.execute("INSERT INTO raw VALUES (%s)", (request.json["magstripe"],))
    # ruleid: track_data_stored.python.store
    redis_client.set("retry:1", aes.encrypt(track2))
    with open(path, "ab") as out:
        # ruleid: track_data_stored.python.store
        out.write(request.track_data.encode())
    # ruleid: track_data_stored.python.store
    Path("/var/spool/swipes/1").write_bytes(request.form.get("track_data"))
    # ruleid: track_data_stored.python.store
    authorize.delay(terminal=1, stripe=track2)
    # ruleid: track_data_stored.python.record
    Swipe.objects.create(terminal=1, track2=request.body)
    # ok: track_data_stored.python.record
    Swipe.objects.create(terminal=1, track2_present=True)
    # ok: track_data_stored.python.record
    Swipe.objects.filter(pk=1).update(track2=None)
    # ok: track_data_stored.python.store
    redis_client.set("swipe:1", bool(track2))
    # ok: track_data_stored.python.store
    redis_client.set("swipe:1", parse_expiry(track2))
    # ok: track_data_stored.python.store
    redis_client.set("swipe:1", tokenize(track2))
    # ok: track_data_stored.python.store
    redis_client.set("swipe:1", len(track2))
    # ok: track_data_stored.python.store
    processor.authorize(track2)
    # ok: track_data_stored.python.store
    analytics.track("swipe", {"terminal": 1})
