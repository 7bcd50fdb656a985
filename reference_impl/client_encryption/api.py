"""`GET /.well-known/jwks.json`: public keys, for anybody."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fastapi import APIRouter, Request, Response

from reference_impl.client_encryption.service import ClientKeys

MAX_AGE = 300
"""Seconds a key set may be cached; keys overlap for a day."""


class JwkSet(Response):
    """RFC 7517, 8.5.2."""

    media_type = "application/jwk-set+json"


_KEY = {"type": "object", "required": ["kid", "kty", "use", "alg", "crv", "x", "y"]}
_SET = {
    "type": "object",
    "required": ["current", "keys"],
    "properties": {"current": {"type": "string"}, "keys": {"type": "array", "items": _KEY}},
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {JwkSet.media_type: {"schema": _SET}}},
    304: {"description": "The caller has these keys already"},
}


def router(keys: ClientKeys) -> APIRouter:
    """Open to every origin: pages of merchants read it, and there is nothing to keep from anyone."""
    routes = APIRouter()

    @routes.get(
        "/.well-known/jwks.json",
        summary="Keys to encrypt card data to",
        response_class=JwkSet,
        responses=_ANSWERS,
    )
    async def jwks(request: Request) -> Response:
        body = json.dumps(await keys.jwks(), separators=(",", ":"), sort_keys=True).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()}"'
        headers = {
            "Cache-Control": f"public, max-age={MAX_AGE}, must-revalidate",
            "ETag": tag,
            "Access-Control-Allow-Origin": "*",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return JwkSet(body, headers=headers)

    return routes
