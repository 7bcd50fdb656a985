"""Carts and orders in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from app import config
from app.crypto import card_lookup
from app.models import LegacyCard

_settings = config.load()
_engine = create_engine(_settings.database_url, connect_args={"sslmode": "verify-full"})


@dataclass(frozen=True)
class Cart:
    """What the customer is about to pay. `total` in pence."""

    id: str
    total: int


@dataclass(frozen=True)
class LegacyOrder:
    """An order of the old shop, with the card it was paid with."""

    id: str
    customer: str
    card: LegacyCard


def cart(cart_id: str) -> Cart:
    """A cart by its id."""
    with _engine.connect() as connection:
        total = connection.execute(text("select total from carts where id = :id"), {"id": cart_id}).scalar_one()
    return Cart(cart_id, int(total))


def place(cart: Cart, reference: str) -> str:
    """Turns a paid cart into an order; returns the order's id."""
    statement = text("insert into orders (cart_id, total, reference) values (:cart, :total, :reference) returning id")
    with _engine.begin() as connection:
        row = connection.execute(statement, {"cart": cart.id, "total": cart.total, "reference": reference})
        return str(row.scalar_one())


def by_card(card_number: str) -> list[str]:
    """Ids of the orders paid with a card, found by its keyed hash."""
    wanted = card_lookup(card_number, _settings.lookup_key)
    statement = text("select order_id from order_cards where pan_hmac = :wanted")
    with _engine.connect() as connection:
        return [str(order_id) for order_id in connection.execute(statement, {"wanted": wanted}).scalars()]


def by_token(card_token: str) -> list[str]:
    """Ids of the orders paid with a saved card."""
    statement = text("select order_id from order_cards where card_token = :token")
    with _engine.connect() as connection:
        return [str(order_id) for order_id in connection.execute(statement, {"token": card_token}).scalars()]


def legacy(order_id: str) -> LegacyOrder:
    """An order of the old shop."""
    with Session(_engine) as session:
        customer = session.execute(text("select customer from legacy_orders where id = :id"), {"id": order_id}).scalar_one()
        card = session.execute(select(LegacyCard).where(LegacyCard.customer_id == customer)).scalars().one()
        session.expunge(card)
    return LegacyOrder(order_id, str(customer), card)


def search(name: str) -> list[str]:
    """Orders of a customer, for the people on the phone."""
    with _engine.connect() as connection:
        rows = connection.execute(text("select order_id from orders where lower(customer) = :name"), {"name": name.lower()})
        return [str(order_id) for order_id in rows.scalars()]


def search_cards(last_four: str, sort: str) -> list[str]:
    """The same by what the customer remembers of the card."""
    with _engine.connect() as connection:
        rows = connection.execute(text(f"select order_id from order_cards where last_four = '{last_four}' order by {sort}"))
        return [str(order_id) for order_id in rows.scalars()]
