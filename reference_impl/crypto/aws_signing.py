"""Signature Version 4 of AWS requests. Source: "Create a signed AWS API request" in the IAM User Guide."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from reference_impl.secret import Secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """As AWS hands them out; `session_token`: with temporary ones, which are the only kind to use."""

    access_key_id: str
    secret_access_key: Secret[str]
    session_token: str = ""


class Request(NamedTuple):
    """What is signed. `path`, `query`: not encoded; `headers`: names in small letters, with `host` and `x-amz-date`;
    `body_digest`: see `digest`.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body_digest: str


def digest(body: bytes) -> str:
    """SHA-256 in hex, as the signature wants it."""
    return hashlib.sha256(body).hexdigest()


def encoded(path: str) -> str:
    """As it is signed, and has to be sent."""
    return quote(path, safe="/-_.~")


def authorization(credentials: Credentials, region: str, service: str, request: Request) -> str:
    """The Authorization header. Paths are encoded once, as S3 has it; services with plain paths are the same."""
    names = ";".join(sorted(request.headers))
    lines = [f"{name}:{request.headers[name]}" for name in sorted(request.headers)]
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in request.query.items())
    query = "&".join(f"{name}={value}" for name, value in pairs)
    parts = [request.method, encoded(request.path), query, *lines, "", names, request.body_digest]
    canonical = "\n".join(parts)
    moment = request.headers["x-amz-date"]
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    key = f"AWS4{credentials.secret_access_key.reveal()}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest(canonical.encode())}"
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
