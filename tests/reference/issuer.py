"""An issuer of access tokens: OpenID Connect's discovery and keys over real HTTPS, tokens signed here."""

from __future__ import annotations

import json
import ssl
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import trustme
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from starlette.types import Receive, Scope, Send

from tests.reference.server import served_over_tls

AUDIENCE = "payment-service"
warnings.filterwarnings("ignore", message="EdDSA is deprecated")


def new_key(alg: str = "EdDSA", bits: int = 2048) -> Key:
    """A signing key with a key id of its own."""
    parameters: Any = {"kid": uuid4().hex, "use": "sig", "alg": alg}
    if alg == "PS256":
        return RSAKey.generate_key(bits, parameters)
    return ECKey.generate_key("P-256", parameters) if alg == "ES256" else OKPKey.generate_key("Ed25519", parameters)


class Issuer:
    """`keys`: published, the first one signs; `extra`: entries published as they are; `asked`: how often for keys.

    `status`, `body`: what is answered instead when set; `pause`: seconds before an answer.
    """

    def __init__(self, authority: trustme.CA) -> None:
        self.url = ""
        self.authority = authority
        self.keys: list[Key] = [new_key()]
        self.extra: list[Any] = []
        self.asked = 0
        self.status = 200
        self.body: bytes | None = None

    @property
    def jwks_url(self) -> str:
        return f"{self.url}/jwks"

    def client(self) -> httpx.AsyncClient:
        """One that trusts the issuer's certificate."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return httpx.AsyncClient(verify=context, trust_env=False)

    def rotate(self, alg: str = "EdDSA", keep: bool = True) -> None:
        """A new key signs; the old ones stay published, or are withdrawn."""
        self.keys = [new_key(alg), *(self.keys if keep else [])]

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Those of a good token; None leaves one out."""
        now = int(time.time())
        good = {"iss": self.url, "aud": AUDIENCE, "iat": now, "exp": now + 600, "sub": "alice", "jti": uuid4().hex}
        good |= {"tenant": "shop", "roles": ["checkout"]}
        return {name: value for name, value in (good | changed).items() if value is not None}

    def token(self, *, key: Key | None = None, header: dict[str, Any] | None = None, **changed: Any) -> str:
        """An access token with these claims changed. `key`: signs instead; `header`: changes of it."""
        key = key or self.keys[0]
        parameters = {"alg": key.alg, "kid": key.kid, "typ": "at+jwt"} | (header or {})
        parameters = {name: value for name, value in parameters.items() if value is not None}
        return jwt.encode(parameters, self.claims(**changed), key, algorithms=[str(parameters["alg"])])

    def bearer(
        self, subject: str = "alice", tenant: str = "shop", roles: Sequence[str] = ("checkout",)
    ) -> dict[str, str]:
        """The header of a request by somebody."""
        return {"Authorization": f"Bearer {self.token(sub=subject, tenant=tenant, roles=list(roles))}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        documents: dict[str, Any] = {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": self.jwks_url},
            "/jwks": {"keys": [*self.extra, *(key.as_dict(private=False) for key in self.keys)]},
        }
        self.asked += scope["path"] == "/jwks"
        body = json.dumps(documents.get(scope["path"])).encode() if self.body is None else self.body
        headers = [(b"content-type", b"application/json"), (b"location", b"/elsewhere")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@contextmanager
def running_issuer(folder: Path) -> Iterator[Issuer]:
    """One that answers, until left. `folder`: for its certificate."""
    authority = trustme.CA()
    issuer = Issuer(authority)
    with served_over_tls(issuer, authority.issue_cert("localhost"), folder) as port:
        issuer.url = f"https://localhost:{port}"
        yield issuer
