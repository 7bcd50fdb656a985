"""psycopg2 and Redis: bound values, tokens in the cache."""

import os

import redis

from shop import vault
from shop.models import CreditCard

r = redis.Redis.from_url(os.environ["CACHE_URL"])


def by_order(cursor, request):
    order = request.args["order"]
    cursor.execute("SELECT card_token FROM payments WHERE order_id = %s", (order,))
    return cursor.fetchone()


def by_merchant(cursor, merchant):
    cursor.execute("SELECT card_token FROM payments WHERE merchant = %s", (merchant,))
    return cursor.fetchall()


def keep(pan):
    token = vault.reset()
    CreditCard.objects.create(card_token=token, sealed_number=vault.seal(pan.encode(), token), last4=pan[-4:])
    return token


def card(token):
    found = CreditCard.objects.get(card_token=token)
    return {"token": token, "last4": found.last4}


def remember(order_id, token, pan, cvv, pin_block, track2):
    r.setex(f"order:{order_id}", 300, token)


def migrate(cursor):
    cursor.execute("CREATE TABLE cards (token varchar(40) PRIMARY KEY, number_sealed bytea, last4 char(4))")
