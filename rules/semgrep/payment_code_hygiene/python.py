"""Cards are charged here."""

import asyncio
import base64
import datetime
import os
import re
import ssl
from typing import Optional
from urllib.parse import urlsplit

import jwt
import pydantic
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# ruleid: payment_code_hygiene.python.unchecked_secret
JWT_SECRET = os.getenv("JWT_SECRET")
# ok: payment_code_hygiene.python.unchecked_secret
REGION = os.getenv("REGION")
# ruleid: payment_code_hygiene.python.address
GATEWAY = os.environ["GATEWAY_URL"]
# ok: payment_code_hygiene.python.address
DATABASE = os.environ["DATABASE_URL"]


class Charge(pydantic.BaseModel):
    # ruleid: payment_code_hygiene.python.float_amount
    amount: float
    # ruleid: payment_code_hygiene.python.float_amount
    fee: Optional[float] = None
    # ok: payment_code_hygiene.python.float_amount
    amount_minor: int
    # ok: payment_code_hygiene.python.float_amount
    risk_score: float
    # ok: payment_code_hygiene.python.float_amount
    average_amount: float = 0.0
    # ruleid: payment_code_hygiene.python.float_amount
    order_total: float = 0.0
    # ruleid: payment_code_hygiene.python.old_validators
    number: str = pydantic.Field(..., regex="^[0-9]{16}$")
    # ok: payment_code_hygiene.python.old_validators
    holder: str = pydantic.Field(..., pattern="^[A-Z ]+$")

    @pydantic.validator("number")
    # ruleid: payment_code_hygiene.python.old_validators
    def clean(cls, value):
        return value.replace(" ", "")

    @pydantic.field_validator("holder")
    # ok: payment_code_hygiene.python.old_validators
    def upper(cls, value):
        return value.upper()


def store(fernet, key, data, nonce, context):
    # ruleid: payment_code_hygiene.python.fernet
    box = Fernet(key)
    # ruleid: payment_code_hygiene.python.encoded_twice
    kept = base64.b64encode(fernet.encrypt(data))
    # ok: payment_code_hygiene.python.encoded_twice
    shown = base64.b64encode(data)
    aead = AESGCM(key)
    # ruleid: payment_code_hygiene.python.no_associated_data
    sealed = aead.encrypt(nonce, data, None)
    # ok: payment_code_hygiene.python.no_associated_data
    bound = aead.encrypt(nonce, data, context)
    return box, kept, shown, sealed, bound


def forget(card_number, rows):
    # ruleid: payment_code_hygiene.python.deleted
    del card_number
    # ok: payment_code_hygiene.python.deleted
    del rows


def contexts():
    # ruleid: payment_code_hygiene.python.one_tls_version
    old = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    # ok: payment_code_hygiene.python.one_tls_version
    new = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    return old, new


def check(card_number, cvv, quantity):
    # ruleid: payment_code_hygiene.python.digits_of_any_script
    if not card_number.isdigit():
        raise ValueError
    # ok: payment_code_hygiene.python.digits_of_any_script
    if not (cvv.isascii() and cvv.isdigit()):
        raise ValueError
    # ok: payment_code_hygiene.python.digits_of_any_script
    return quantity.isdigit()


def now():
    # ruleid: payment_code_hygiene.python.naive_time
    naive = datetime.datetime.utcnow()
    # ok: payment_code_hygiene.python.naive_time
    return naive, datetime.datetime.now(datetime.timezone.utc)


async def score(order):
    return sum(order.features)


async def ask(order):
    return await order.client.ask()


async def decide(order):
    # ruleid: payment_code_hygiene.python.unstoppable
    slow = await asyncio.wait_for(score(order), timeout=0.1)
    # ok: payment_code_hygiene.python.unstoppable
    return slow, await asyncio.wait_for(ask(order), timeout=0.1)


def headers(response):
    # ruleid: payment_code_hygiene.python.headers
    response.headers["X-XSS-Protection"] = "1; mode=block"
    # ok: payment_code_hygiene.python.headers
    response.headers["X-XSS-Protection"] = "0"
    # ok: payment_code_hygiene.python.headers
    response.headers["Cache-Control"] = "no-store"


def tidy(name):
    # ruleid: payment_code_hygiene.python.cleaned_input
    name = re.sub(r"<[^>]+>", "", name)
    # ok: payment_code_hygiene.python.cleaned_input
    return re.sub(r"\s+", "", name)


def sign(claims):
    # ruleid: payment_code_hygiene.python.unchecked_secret
    return jwt.encode(claims, os.environ.get("SIGNING"), algorithm="HS256")


@app.post("/v1/detokenize")
# ruleid: payment_code_hygiene.python.open_route
async def detokenize(token: str):
    return await vault.read(token)


@app.post("/v1/detokenize")
# ok: payment_code_hygiene.python.open_route
async def detokenize_for(token: str, caller: Caller = may_open):
    return await vault.read(token)


@app.post("/v1/detokenize")
# ruleid: payment_code_hygiene.python.open_route
async def detokenize_all(tokens: list[str], caller: Caller = anybody):
    return await vault.read(tokens)


@app.post("/v1/reveal")
# ok: payment_code_hygiene.python.open_route
async def reveal_card(token: str, caller=Depends(may_read_pans)):
    return await vault.read(token)


def mask(pan):
    # ruleid: payment_code_hygiene.python.short_numbers_shown
    return "*" * (len(pan) - 4) + pan[-4:]


def mask_checked(pan):
    if len(pan) < 12:
        return "****"
    # ok: payment_code_hygiene.python.short_numbers_shown
    return "*" * (len(pan) - 4) + pan[-4:]


def trace(span, card_token, order_id):
    # ruleid: payment_code_hygiene.python.token_in_span
    span.set_attribute("payment.token", card_token)
    # ok: payment_code_hygiene.python.token_in_span
    span.set_attribute("order.id", order_id)


class Timing:
    # ok: payment_code_hygiene.python.float_amount
    total: float = 30.0
    connect: float = 3.0
