"""Cards of customers, library members and football."""

from django.db import models


class CreditCard(models.Model):
    # ruleid: pan_stored_in_clear.python.number_of_card
    number = models.CharField(max_length=19)
    expiry_month = models.IntegerField()


class CustomerCard(models.Model):
    # ok: pan_stored_in_clear.python.number_of_card
    number = models.CharField(max_length=4)
    # ok: pan_stored_in_clear.python.number_of_card
    token = models.CharField(max_length=64)


class GiftCard(models.Model):
    # ok: pan_stored_in_clear.python.number_of_card
    number = models.CharField(max_length=19)


class CardForm(forms.Form):
    # ok: pan_stored_in_clear.python.number_of_card
    number = forms.CharField(max_length=19)
