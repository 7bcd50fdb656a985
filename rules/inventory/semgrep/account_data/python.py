from dataclasses import dataclass

import sqlalchemy as sa
from django.db import models
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class VaultedCard(Base):
    __tablename__ = "vaulted_cards"
    # ok: account_data.python.model
    id: Mapped[int] = mapped_column(primary_key=True)
    # ruleid: account_data.python.model, account_data.python.field
    pan: Mapped[str] = mapped_column(EncryptedString(key_alias="alias/vault"))
    # ruleid: account_data.python.model, account_data.python.field
    exp_month: Mapped[int]


class Card(models.Model):
    # ruleid: account_data.python.model
    number = models.CharField(max_length=19)
    # ok: account_data.python.model
    colour = models.CharField(max_length=19)


class CardForm(forms.Form):
    # ruleid: account_data.python.field
    card_number = forms.CharField()


class CardRequest(BaseModel):
    # ruleid: account_data.python.field
    card_number: str
    # ruleid: account_data.python.field
    # ok: account_data.python.model
    cvv: str | None = None


@dataclass
class CardInput:
    # ruleid: account_data.python.field
    number: CardNumber

    def masked(self):
        # ok: account_data.python.field
        number: str = self.number[-4:]
        return number


tokens = sa.Table(
    "tokens",
    metadata,
    # ok: account_data.python.table
    sa.Column("tenant", sa.String, primary_key=True),
    # ruleid: account_data.python.table
    sa.Column("sealed_card", sa.LargeBinary, nullable=False),
)


def upgrade():
    # ruleid: account_data.python.table
    op.add_column("orders", sa.Column("card_number", sa.String(19)))


def downgrade():
    # ok: account_data.python.table
    op.add_column("orders", sa.Column("cvv", sa.String(4)))

# ruleid: account_data.python.sql
SCHEMA = "CREATE TABLE wallets (id int, card_number text)"
# ok: account_data.python.sql
QUERY = "SELECT card_number text FROM wallets"


def pay(request):
    # ruleid: account_data.python.request
    number = request.form["card_number"]
    # ruleid: account_data.python.request
    code = request.POST.get("cvv")
    # ok: account_data.python.request
    colour = request.form["colour"]
