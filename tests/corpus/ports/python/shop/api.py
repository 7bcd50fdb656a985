"""FastAPI and Starlette: the routes for partners, who pay by card."""

import os
import ssl

import jwt
import uvicorn
import websockets
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"], https_only=True, same_site="strict")


class CardResponse(BaseModel):
    token: str
    card_last4: str


def masked(pan):
    return "****" + pan[-4:]


def partner(token, key):
    try:
        return jwt.decode(token, key, algorithms=["RS256"], audience="shop", options={"require": ["exp"]})
    except jwt.InvalidTokenError:
        return None


def signed_in(user, password):
    return user.check(password)


async def terminals():
    async with websockets.connect("wss://terminals.kettlewick.shop/feed") as feed:
        return await feed.recv()


async def score(session, url, authority):
    return await session.post(url, ssl=ssl.create_default_context(cafile=authority))


def serve():
    uvicorn.run(app, port=8443, ssl_keyfile="/run/tls.key", ssl_certfile="/run/tls.crt")
