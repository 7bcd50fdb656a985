"""Checkout: takes a card, charges it, tells the customer."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from app import gateway, orders
from app.notify import RedactingFilter, mask_pan

logger = logging.getLogger("checkout")
for handler in logging.getLogger().handlers:
    handler.addFilter(RedactingFilter())

app = FastAPI(title="Kettlewick checkout")


class CardIn(BaseModel):
    """A card as the payment form posts it. Lives for the length of one request."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    card_number: SecretStr
    cvv: SecretStr
    exp_month: int = Field(ge=1, le=12)
    exp_year: int = Field(ge=2024, le=2060)


class CheckoutIn(BaseModel):
    """One checkout: a cart and the card that pays for it."""

    cart_id: str
    card: CardIn


class OrderOut(BaseModel):
    """What the order page needs to know of a payment."""

    order_id: str
    card_brand: str
    card_last4: str
    amount: int


def require_luhn(card_number: str) -> str:
    """The number itself, if its check digit is right."""
    digits = [int(char) for char in reversed(card_number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    if (sum(digits[::2]) + sum(doubled)) % 10:
        raise ValueError(f"{card_number} is not a valid card number")
    return card_number


def require_length(card_number: str) -> str:
    """The number itself, if it is as long as one."""
    if not 12 <= len(card_number) <= 19:
        raise ValueError(f"a card number has 12 to 19 digits, not {len(card_number)}")
    return card_number


@app.exception_handler(RequestValidationError)
def rejected(request: Request, error: RequestValidationError) -> JSONResponse:
    """Says which field was wrong, not what it held."""
    return JSONResponse({"fields": [".".join(map(str, item["loc"])) for item in error.errors()]}, status_code=422)


@app.post("/checkout")
def checkout(body: CheckoutIn) -> OrderOut:
    """Charges the card for a cart."""
    card_number = require_luhn(require_length(body.card.card_number.get_secret_value()))
    cvv = body.card.cvv.get_secret_value()
    cart = orders.cart(body.cart_id)
    logger.info("cart %s: charging %s", body.cart_id, card_number)
    logger.info("cart %s: charging %d to card ending %s", body.cart_id, cart.total, card_number[-4:])
    logger.debug("cart %s: verification code is %s", body.cart_id, cvv)
    logger.debug("cart %s: card number has %d digits", body.cart_id, len(card_number))
    with gateway.acquirer() as client:
        reference = gateway.charge(client, card_number, cvv, cart.total)
        brand = gateway.bin_details(client, card_number)["brand"]
    order_id = orders.place(cart, reference)
    return OrderOut(order_id=order_id, card_brand=brand, card_last4=card_number[-4:], amount=cart.total)


@app.get("/cards/{card_number}/orders")
def orders_of_card(card_number: str) -> list[str]:
    """For the support desk: the customer reads the number out."""
    return orders.by_card(card_number)


@app.get("/tokens/{card_token}/orders")
def orders_of_token(card_token: str) -> list[str]:
    """For the account page."""
    return orders.by_token(card_token)


@app.get("/support/orders/{order_id}")
def support_view(order_id: str) -> dict[str, str]:
    """All that support can see of an order."""
    order = orders.legacy(order_id)
    card_number = order.card.card_number
    return {"order": order.id, "customer": order.customer, "card_number": card_number}


@app.get("/account/orders/{order_id}")
def account_view(order_id: str) -> dict[str, str]:
    """All that customers see of an order."""
    order = orders.legacy(order_id)
    return {"order": order.id, "card": mask_pan(order.card.card_number)}
