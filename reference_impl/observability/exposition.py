"""`GET /metrics` for a scraper, on a port of its own: how much is sold and what is failing is nobody else's business.

`web.running.beside` serves it: without a certificate on this machine only. Wherever it listens, a scraper shows its
credential (in Prometheus: `authorization: credentials_file`), so that no other program on the machine reads along.
"""

from __future__ import annotations

import asyncio
import hmac

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl.secret import Secret

_ALWAYS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


def exposition(registry: CollectorRegistry, credential: Secret[str]) -> ASGIApp:
    """Answers 401 without the credential, and 404 to everything but `GET /metrics`."""
    wanted = f"Bearer {credential.reveal()}".encode()

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        given = Headers(scope=scope).get("authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, wanted):
            await _answer(send, 401, b"", [(b"www-authenticate", b"Bearer")])
        elif (scope["method"], scope["path"]) != ("GET", "/metrics"):
            await _answer(send, 404, b"", [])
        else:
            text = await asyncio.to_thread(generate_latest, registry)  # payments do not wait for it
            await _answer(send, 200, text, [(b"content-type", CONTENT_TYPE_LATEST.encode())])

    return app


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *_ALWAYS, length]})
    await send({"type": "http.response.body", "body": body})
