"""Speed of what stands before every request: tokens, limits, the edge. One JSON object a line."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from fastapi import Depends, FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from reference_impl.auth.api import public
from reference_impl.auth.jwks import PublicKey, read_key
from reference_impl.auth.origin import TrustedProxies
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.errors import UnavailableError
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.limits.redis import RedisLimits
from reference_impl.redis_client import Scripts, connect
from reference_impl.web.middleware import protect
from tests.opa import free_port

ISSUER, AUDIENCE = "https://issuer.example", "payment-service"


class Known:
    """One key, no server."""

    def __init__(self, entry: Any) -> None:
        found = read_key(entry)
        assert found
        self._key = found[1]

    async def key(self, *_: str) -> PublicKey:
        return self._key


def show(name: str, value: float, unit: str, better: str = "higher") -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "better": better}), flush=True)


async def per_second(call: Callable[[], Awaitable[Any]], times: int) -> float:
    """One after the other."""
    began = time.perf_counter()
    for _ in range(times):
        await call()
    return times / (time.perf_counter() - began)


async def tokens() -> None:
    parameters: Any = {"kid": "k", "use": "sig"}
    keys = {
        "EdDSA": OKPKey.generate_key("Ed25519", parameters),
        "ES256": ECKey.generate_key("P-256", parameters),
        "PS256": RSAKey.generate_key(2048, parameters),
    }
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 900, "sub": "alice", "jti": uuid4().hex}
    claims |= {"tenant": "shop", "roles": ["checkout"]}
    for alg, key in keys.items():
        verifier = TokenVerifier(ISSUER, AUDIENCE, Known(key.as_dict(private=False)))
        token = jwt.encode({"alg": alg, "kid": "k", "typ": "at+jwt"}, dict(claims), key, [alg])

        async def first(verifier: TokenVerifier = verifier, token: str = token) -> None:
            verifier._verified.clear()
            await verifier.verify(token)

        show(f"access token verified, {alg}", await per_second(first, 2000), "1/s")
        again = await per_second(lambda v=verifier, t=token: v.verify(t), 5000)  # type: ignore[misc]
        show(f"access token verified again, {alg}", again, "1/s")


async def limits() -> None:
    memory = MemoryLimits()
    show("limit in process", await per_second(lambda: memory.hit("k", 100, 60), 50_000), "1/s")
    program = shutil.which("redis-server")
    if program is None:
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        client = connect(f"redis://127.0.0.1:{port}/0")
        shared = RedisLimits(Scripts(client))
        for _ in range(200):
            with suppress(UnavailableError):
                await shared.hit("ready", 1, 1)
                break
            await asyncio.sleep(0.05)
        show("limit in Redis, one connection", await per_second(lambda: shared.hit("k", 100, 60), 5000), "1/s")

        async def many() -> None:
            await asyncio.gather(*(shared.hit(f"k{n}", 100, 60) for n in range(32)))

        show("limit in Redis, 32 connections", 32 * await per_second(many, 200), "1/s")
        await client.aclose()
        process.terminate()
        process.wait()


async def edge() -> None:
    logging.getLogger("reference_impl").addHandler(logging.NullHandler())
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    async def answer() -> dict[str, int]:
        return {"a": 1}

    app.add_api_route("/a", answer, methods=["POST"], dependencies=[Depends(public)])
    whole = protect(app, proxies=TrustedProxies(), limits=MemoryLimits(), rate=Rate(1_000_000, 1), max_bytes=65536)

    async def ask(target: Any) -> None:
        scope = {"type": "http", "method": "POST", "path": "/a", "raw_path": b"/a", "query_string": b"", "state": {}}
        scope |= {"headers": [], "client": ("192.0.2.1", 1), "server": ("x", 80), "scheme": "https", "root_path": ""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"{}", "more_body": False}

        async def send(_: Any) -> None:
            return None

        await target(scope, receive, send)

    seconds = {}
    for name, target in (("application", app), ("edge and application", whole)):
        began = time.process_time()
        await per_second(lambda target=target: ask(target), 3000)  # type: ignore[misc]
        seconds[name] = (time.process_time() - began) / 3000
    for name, value in seconds.items():
        show(f"processor time of a request, {name}", 1e6 * value, "us", "lower")


async def main() -> None:
    await tokens()
    await limits()
    await edge()


if __name__ == "__main__":
    asyncio.run(main())
