"""A music library: tracks are songs here."""

from django.db import models


class Album(models.Model):
    # ok: track_data_stored.python.column
    track1 = models.CharField(max_length=100)
    # ok: track_data_stored.python.column
    track_data = models.JSONField()


def save(redis_client, cursor, track1, track_data):
    # ok: track_data_stored.python.store
    redis_client.set("playing", track_data)
    # ok: track_data_stored.python.sql
    cursor.execute("INSERT INTO songs (album, track_data) VALUES (%s, %s)", (1, 2))
    # ok: track_data_stored.python.record
    Album.objects.create(track1=track1)
    # ok: track_data_stored.python.store
    analytics.track(track1)
