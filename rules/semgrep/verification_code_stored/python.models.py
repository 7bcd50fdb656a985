"""Django, peewee, Tortoise, MongoEngine, Pony, Odoo: fields of stored records, and of forms."""

from django import forms
from django.db import migrations, models
from encrypted_fields.fields import EncryptedCharField
from rest_framework import serializers


class Card(models.Model):
    token = models.CharField(max_length=64)
    last4 = models.CharField(max_length=4)
    # ruleid: verification_code_stored.python.column
    cvv = models.CharField(max_length=4)
    # ruleid: verification_code_stored.python.encrypted_column
    cvv_encrypted = models.BinaryField(null=True)
    # ruleid: verification_code_stored.python.encrypted_column
    card_security_code = EncryptedCharField(max_length=200)
    # ruleid: verification_code_stored.python.column
    cvc2_hash = models.CharField(
        max_length=64,
        help_text="SHA-256 of the code",
    )
    # ok: verification_code_stored.python.column
    cvv_result = models.CharField(max_length=1)
    # ok: verification_code_stored.python.column
    cvv = models.CharField(max_length=1, help_text="M, N, P, U: the issuer's answer")
    # ok: verification_code_stored.python.column
    cvv_provided = models.BooleanField(default=False)
    # ok: verification_code_stored.python.column
    cvv = models.BooleanField(default=False)
    # ok: verification_code_stored.python.column
    security_code = models.CharField(max_length=6)

    def clean(self):
        # ok: verification_code_stored.python.column
        cvv = models.CharField(max_length=4)
        return cvv


class CardForm(forms.ModelForm):
    # ok: verification_code_stored.python.column
    cvv = forms.CharField(max_length=4, widget=forms.PasswordInput)


class PaymentSerializer(serializers.Serializer):
    # ok: verification_code_stored.python.column
    cvv = serializers.CharField(max_length=4, write_only=True)


class CheckoutForm(FlaskForm):
    # ok: verification_code_stored.python.column
    cvv = StringField("CVV", validators=[DataRequired()])


class CardSchema(Schema):
    # ok: verification_code_stored.python.column
    cvv = fields.Str(required=True, load_only=True)


class PaymentRequest(BaseModel):
    # ok: verification_code_stored.python.column
    cvv: SecretStr
    # ok: verification_code_stored.python.column
    cvc: str = Field(min_length=3, max_length=4)


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                # ruleid: verification_code_stored.python.column
                ("cvv", models.CharField(max_length=4)),
                # ok: verification_code_stored.python.column
                ("cvv_match", models.CharField(max_length=1)),
            ],
        ),
        # ruleid: verification_code_stored.python.column
        migrations.AddField(model_name="card", name="cvc", field=models.CharField(max_length=4, null=True)),
        # ok: verification_code_stored.python.column
        migrations.RemoveField(model_name="card", name="cvc"),
    ]


class StoredCard(peewee.Model):
    # ruleid: verification_code_stored.python.column
    cvv = peewee.CharField(max_length=4)


class SavedCard(tortoise.Model):
    # ruleid: verification_code_stored.python.column
    cvv = fields.CharField(max_length=4)


class CardDocument(mongoengine.Document):
    # ruleid: verification_code_stored.python.column
    cvv = StringField(max_length=4)


class CardEntity(db.Entity):
    # ruleid: verification_code_stored.python.column
    cvv = Required(str)
    # ok: verification_code_stored.python.column
    brand = Required(str)


class PosCard(models.Model):
    _name = "pos.card"
    # ruleid: verification_code_stored.python.column
    cvv = fields.Char(string="CVV")


class CardItem(pynamodb.models.Model):
    # ruleid: verification_code_stored.python.column
    cvv = UnicodeAttribute()


class BeanieCard(Document):
    # ruleid: verification_code_stored.python.column
    cvv: str
    # ok: verification_code_stored.python.column
    cvv_checked: bool = False


class CashedCard(JsonModel):
    # ruleid: verification_code_stored.python.column
    card_cvc: str | None = None


# ruleid: verification_code_stored.python.column
db.define_table("card", Field("token"), Field("cvv", "string"))


class ErrorCodes(migrations.Migration):
    operations = [
        migrations.AddField(
            model_name="transaction",
            # ok: verification_code_stored.python.column
            name="error",
            # ok: verification_code_stored.python.column
            field=models.CharField(choices=[(TransactionError("invalid_cvv"), "invalid")], max_length=64),
        ),
    ]
