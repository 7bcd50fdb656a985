"""Fields for card numbers: in clear, encrypted, of forms."""

from django import forms
from django.db import migrations, models
from encrypted_model_fields.fields import EncryptedCharField
from rest_framework import serializers
from sqlalchemy import BigInteger, Column, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy_utils import StringEncryptedType
from sqlmodel import Field, SQLModel


class Card(models.Model):
    # ruleid: pan_stored_in_clear.python.column
    card_number = models.CharField(max_length=19)
    # ruleid: pan_stored_in_clear.python.column
    pan = models.CharField(max_length=19, unique=True)
    # ruleid: pan_stored_in_clear.python.column
    cc_number = models.BigIntegerField(null=True)
    # ruleid: pan_stored_in_clear.python.column
    primary_account_number = models.TextField()
    # ok: pan_stored_in_clear.python.column
    card_number = EncryptedCharField(max_length=200)
    # ok: pan_stored_in_clear.python.column
    card_number = encrypt(models.CharField(max_length=19))
    # ok: pan_stored_in_clear.python.column
    pan = models.BinaryField()
    # ok: pan_stored_in_clear.python.column
    card_number = models.CharField(max_length=4)
    # ok: pan_stored_in_clear.python.column
    masked_card_number = models.CharField(max_length=19)
    # ok: pan_stored_in_clear.python.column
    card_number_hmac = models.CharField(max_length=64)
    # ok: pan_stored_in_clear.python.column
    card_token = models.CharField(max_length=64)
    # ok: pan_stored_in_clear.python.column
    card_number_last4 = models.CharField(max_length=4)
    # ok: pan_stored_in_clear.python.column
    gift_card_number = models.CharField(max_length=19)
    # ok: pan_stored_in_clear.python.column
    pan = models.CharField(max_length=10)


class Payment(Base):
    # ruleid: pan_stored_in_clear.python.column
    card_number = Column(String(19), nullable=False)
    # ruleid: pan_stored_in_clear.python.column
    pan = db.Column(db.String(19))
    # ruleid: pan_stored_in_clear.python.column
    ccnum = Column(BigInteger)
    # ruleid: pan_stored_in_clear.python.column
    credit_card_number: Mapped[str] = mapped_column(String(19))
    # ruleid: pan_stored_in_clear.python.column
    fpan: Mapped[str]
    # ruleid: pan_stored_in_clear.python.column
    number = Column("card_number", String(19))
    # ok: pan_stored_in_clear.python.column
    card_number = Column(StringEncryptedType(String, get_key))
    # ok: pan_stored_in_clear.python.column
    card_number = Column(EncryptedString(255))
    # ok: pan_stored_in_clear.python.column
    pan_ciphertext = Column(LargeBinary)
    # ok: pan_stored_in_clear.python.column
    card_number: Mapped[bytes] = mapped_column(LargeBinary)
    # ok: pan_stored_in_clear.python.column
    pan_token = Column(String(64))
    # ok: pan_stored_in_clear.python.column
    card_number_length = Column(Integer)


class StoredCard(SQLModel, table=True):
    # ruleid: pan_stored_in_clear.python.column
    card_number: str = Field(max_length=19)
    # ok: pan_stored_in_clear.python.column
    card_last4: str


class CardIn(SQLModel):
    # ok: pan_stored_in_clear.python.column
    card_number: str


class CardForm(forms.Form):
    # ok: pan_stored_in_clear.python.column
    card_number = forms.CharField(max_length=19)


class CardSerializer(serializers.ModelSerializer):
    # ok: pan_stored_in_clear.python.column
    card_number = serializers.CharField(write_only=True)


class CheckoutForm(FlaskForm):
    # ok: pan_stored_in_clear.python.column
    card_number = StringField("Card number")


class Migration(migrations.Migration):
    operations = [
        # ruleid: pan_stored_in_clear.python.column
        migrations.AddField("card", name="card_number", field=models.CharField(max_length=19)),
        # ok: pan_stored_in_clear.python.column
        migrations.RemoveField("card", name="card_number"),
        # ok: pan_stored_in_clear.python.column
        migrations.AddField("card", name="card_number", field=EncryptedCharField(max_length=200)),
    ]
