"""Envelopes as clients make them, and as they should not."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from joserfc import jwe
from joserfc.jwk import ECKey, RSAKey

CARD = {"number": "4111 1111 1111 1111", "expiry": {"month": 12, "year": 2030}, "verification_code": "737"}


def content(now: int, **changes: Any) -> dict[str, Any]:
    """What is encrypted, for tenant m1. `now`: seconds since 1970."""
    nonce = base64.urlsafe_b64encode(os.urandom(18)).decode()
    return {"iat": now, "nonce": nonce, "tenant": "m1", "card": CARD} | changes


def seal(protected: dict[str, Any], plain: Any, key: Any) -> str:
    """A compact JWE; `key`: a JWK of the key set, or a key. Headers that are forbidden are made all the same."""
    public = key
    if isinstance(key, dict):
        bare = {name: value for name, value in key.items() if name not in ("alg", "kid", "use")}
        public = ECKey.import_key(bare) if key["kty"] == "EC" else RSAKey.import_key(bare)
    registry = jwe.JWERegistry(algorithms=[protected["alg"], protected["enc"], "DEF"], strict_check_header=False)
    return jwe.encrypt_compact(
        protected, plain if isinstance(plain, bytes) else json.dumps(plain).encode(), public, registry=registry
    )
