"""India's permanent account number is a taxpayer's, also when a payment is at hand."""

from django.db import models


class Vendor(models.Model):
    gstin = models.CharField(max_length=15)
    # ok: pan_stored_in_clear.python.column
    pan_number = models.CharField(max_length=20)
    # ok: pan_stored_in_clear.python.column
    pan = models.CharField(max_length=20)


def pay(cache, payment, pan):
    # ok: pan_stored_in_clear.python.store
    cache.set("vendor", pan)
    # ok: pan_stored_in_clear.python.store
    cache.set("payment", payment.id)
