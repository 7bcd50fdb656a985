"""Cards of customers."""

from django.db import models


class CreditCard(models.Model):
    # ruleid: verification_code_stored.python.code_of_card
    security_code = models.CharField(max_length=4)
    expiry = models.CharField(max_length=5)


class Login(models.Model):
    # ok: verification_code_stored.python.code_of_card
    security_code = models.CharField(max_length=6)


class CardForm(forms.Form):
    # ok: verification_code_stored.python.code_of_card
    security_code = forms.CharField(max_length=4)
