"""Tables of the checkout service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, LargeBinary, Numeric, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.crypto import EncryptedString


class Base(DeclarativeBase):
    """Common base of all tables."""


class SavedCard(Base):
    """A card the customer asked us to remember. The processor's vault holds the number."""

    __tablename__ = "saved_cards"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    card_token: Mapped[str] = mapped_column(String(64), unique=True)
    card_last4: Mapped[str] = mapped_column(String(4))
    card_brand: Mapped[str] = mapped_column(String(16))
    exp_month: Mapped[int] = mapped_column(Integer)
    exp_year: Mapped[int] = mapped_column(Integer)


class VaultedCard(Base):
    """Wholesale customers pay by mandate: for them we keep the number ourselves, encrypted with the KMS."""

    __tablename__ = "vaulted_cards"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pan: Mapped[str] = mapped_column(EncryptedString(key_alias="alias/kettlewick-vault"))
    pan_hmac: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)


class LegacyCard(Base):
    """Cards imported from the old shop software. Migrate to SavedCard before the spring sale."""

    __tablename__ = "legacy_cards"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    card_number: Mapped[str] = mapped_column(String(19), index=True)
    cvv: Mapped[str] = mapped_column(EncryptedString(key_alias="alias/kettlewick-legacy"))


class PhoneOrder(Base):
    """Orders taken by phone; the agent reads the code back to the acquirer and notes the answer."""

    __tablename__ = "phone_orders"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    agent: Mapped[str] = mapped_column(String(40))
    amount: Mapped[int] = mapped_column(Numeric(12, 0))
    cvv_result: Mapped[str] = mapped_column(String(1))
    cvc2: Mapped[str | None] = mapped_column(String(4))
    taken_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class TearoomSale(Base):
    """Sales at the tearoom's terminals, as the terminal reports them."""

    __tablename__ = "tearoom_sales"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    terminal_id: Mapped[str] = mapped_column(String(12))
    track2_data: Mapped[str | None] = mapped_column(String(40))
    pin_block: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    auth_code: Mapped[str] = mapped_column(String(6))


class Parcel(Base):
    """A parcel on its way: what the customer sees on the tracking page."""

    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    tracking_number: Mapped[str] = mapped_column(String(40))
    track_url: Mapped[str] = mapped_column(String(200))
    map_pin_color: Mapped[str] = mapped_column(String(7), default="#5b7f3a")
