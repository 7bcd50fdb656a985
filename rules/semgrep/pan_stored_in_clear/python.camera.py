"""Presets of a camera: where it looks."""

from django.db import models


class Preset(models.Model):
    # ok: pan_stored_in_clear.python.column
    pan = models.CharField(max_length=16)
    tilt = models.CharField(max_length=16)


def save(cache, pan, tilt, writer):
    # ok: pan_stored_in_clear.python.store
    cache.set("position", {"pan": pan, "tilt": tilt})
    # ok: pan_stored_in_clear.python.store
    writer.writerow([pan, tilt])
    # ok: pan_stored_in_clear.python.store
    session["pan"] = pan
