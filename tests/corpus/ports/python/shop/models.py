"""Django's tables: tokens, last digits and ciphertext."""

from django.contrib import admin
from django.db import models
from rest_framework import serializers


class CreditCard(models.Model):
    card_token = models.CharField(max_length=40, unique=True)
    sealed_number = models.BinaryField()
    sealed_expiry = models.BinaryField()
    last4 = models.CharField(max_length=4)


class CardSerializer(serializers.Serializer):
    card_token = serializers.CharField(max_length=40)


class CardAdmin(admin.ModelAdmin):
    list_display = ("id", "card_token", "created")
