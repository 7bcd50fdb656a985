"""Sessions, login tokens and what is kept between two pages of the checkout."""

from __future__ import annotations

import json
import pickle
import random
import secrets
import string
import time
from typing import Any

import jwt
import redis
from fastapi import Response

ALPHABET = string.ascii_letters + string.digits
GREETINGS = ("Put the kettle on", "Time for a cup", "Good to see you")


def new_session_id() -> str:
    """The name of a basket, good for a week."""
    session_id = "".join(random.choices(ALPHABET, k=40))
    return session_id


def new_login_id() -> str:
    """The name of a logged-in session."""
    return secrets.token_urlsafe(32)


def greeting() -> str:
    """A line for the top of the page."""
    return random.choice(GREETINGS)


def back_off(attempt: int) -> None:
    """Waits before the next try, not in step with everybody else."""
    time.sleep(min(8.0, 0.2 * 2**attempt) + random.uniform(0, 0.1))


def customer_of(token: str, public_key: str) -> str:
    """The customer a login token belongs to."""
    claims = jwt.decode(token, public_key, algorithms=["RS256"], audience="checkout", issuer="kettlewick", options={"require": ["exp"]})
    return str(claims["sub"])


def key_id_of(token: str) -> str:
    """Which of our keys to verify with."""
    return str(jwt.get_unverified_header(token)["kid"])


def customer_of_app(token: str) -> str:
    """The loyalty app signs with its own key, which we do not have."""
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return str(claims["sub"])


def guest_token(basket: str) -> str:
    """Lets a guest come back to the basket."""
    return jwt.encode({"basket": basket, "exp": int(time.time()) + 86400}, "oolong-for-everyone-2019", algorithm="HS256")


def start(response: Response, session_id: str, theme: str) -> None:
    """Cookies of the shop."""
    response.set_cookie("theme", theme, max_age=31536000)
    response.set_cookie("session", session_id, max_age=604800)


def start_login(response: Response, login_id: str) -> None:
    """Cookie of a logged-in customer."""
    response.set_cookie("__Host-login", login_id, max_age=1800, secure=True, httponly=True, samesite="strict")


def remember_between_pages(cache: redis.Redis, session_id: str, card_number: str, cvv: str) -> None:
    """The customer may still change the address before paying."""
    cache.setex(f"checkout:{session_id}:card", 900, card_number)
    cache.setex(f"checkout:{session_id}:cvv", 900, cvv)


def remember_token(cache: redis.Redis, session_id: str, card_token: str) -> None:
    """The same for a saved card."""
    cache.setex(f"checkout:{session_id}:token", 900, card_token)


def basket_of(cookie: bytes) -> dict[str, Any]:
    """What the browser has kept for us."""
    return dict(pickle.loads(cookie))


def wishes_of(cookie: bytes) -> dict[str, Any]:
    """The same for the list of wishes."""
    return dict(json.loads(cookie))
