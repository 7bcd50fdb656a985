"""SQLAlchemy, SQLModel, Alembic."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, LargeBinary, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy_utils import StringEncryptedType
from sqlmodel import Field, SQLModel


class Card(Base):
    __tablename__ = "cards"
    id = Column(String(36), primary_key=True)
    # ruleid: verification_code_stored.python.column
    cvv = Column(String(4))
    # ruleid: verification_code_stored.python.encrypted_column
    cvc = Column(StringEncryptedType(String, key_from_kms))
    # ruleid: verification_code_stored.python.column
    security = Column("card_security_code", LargeBinary)
    # ok: verification_code_stored.python.column
    cvv_status = Column(String(16))
    # ok: verification_code_stored.python.column
    cvv = Column(Boolean, nullable=False)
    # ok: verification_code_stored.python.column
    cvv2_response = Column(String(1))
    # ok: verification_code_stored.python.column
    csc = Column(String(20))


class Payment(db.Model):
    # ruleid: verification_code_stored.python.column
    cvv = db.Column(db.String(4))
    # ruleid: verification_code_stored.python.column
    card_cvv: Mapped[str] = mapped_column(String(4))
    # ruleid: verification_code_stored.python.column
    cvn: Mapped[str]
    # ok: verification_code_stored.python.column
    cvv_verified: Mapped[bool]


class Saved(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    # ruleid: verification_code_stored.python.column
    cvv: str
    # ruleid: verification_code_stored.python.column
    cvc: str = Field(max_length=4)


class CardCreate(SQLModel):
    # ok: verification_code_stored.python.column
    cvv: str


cards = Table(
    "cards",
    metadata,
    Column("token", String),
    # ruleid: verification_code_stored.python.column
    Column("cvv", String(4)),
    # ok: verification_code_stored.python.column
    Column("avs_cvv_result", String(2)),
)


def upgrade():
    # ruleid: verification_code_stored.python.column
    op.add_column("cards", sa.Column("cvv2", sa.String(length=4), nullable=True))


def downgrade():
    # ok: verification_code_stored.python.column
    op.drop_column("cards", "cvv2")


def save(session, form):
    # ruleid: verification_code_stored.python.record
    session.execute(insert(Card).values(token=form.token, cvv=form.code))
    # ruleid: verification_code_stored.python.record
    session.add(Card(token=form.token, cvv=form.code))
    # ruleid: verification_code_stored.python.record
    Card.objects.create(token=form.token, cvv=form.code)
    Card.objects.create(
        token=form.token,
        # ruleid: verification_code_stored.python.record
        cvv_hash=sha256(form.code),
    )
    # ruleid: verification_code_stored.python.record
    Card(token=form.token, cvv=form.code).save()
    # ok: verification_code_stored.python.record
    Card.objects.filter(pk=1).update(cvv=None)
    # ok: verification_code_stored.python.record
    Card.objects.filter(pk=1).update(cvv="")
    # ok: verification_code_stored.python.record
    Card.objects.create(token=form.token, cvv_result=answer.cvv)
    # ok: verification_code_stored.python.record
    gateway.authorize(token=form.token, cvv=form.code)
    # ok: verification_code_stored.python.record
    stripe.PaymentMethod.create(type="card", card={"number": form.number, "cvc": form.code})
