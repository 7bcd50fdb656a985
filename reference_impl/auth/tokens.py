"""Access tokens: JWTs of an OIDC issuer (RFC 9068), verified as RFC 8725 asks for."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning

from reference_impl.auth.jwks import KeyId, PublicKey
from reference_impl.auth.model import Principal
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConfigurationError, NotAuthenticatedError

ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "PS256")
"""Signatures only: with a MAC, whoever can verify a token can make one."""
LIFETIME_SECONDS = 30 * 60
LEEWAY_SECONDS = 30
_MAX_TOKEN = 8192
_REMEMBERED = 10_000
_HEADERS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
_TYPES = frozenset({"at+jwt", "application/at+jwt"})
_TENANT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAME = re.compile(r"[!-~]{1,255}")

# RFC 9864 renames EdDSA over Ed25519, which issuers still call by its old name; the curve is fixed in `jwks`.
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)


class KeySource(Protocol):
    """Where public keys come from."""

    async def key(self, kid: str, alg: str) -> PublicKey | None:
        """None: there is none of that name for that algorithm. Raises UnavailableError."""
        ...


class _Signed(NamedTuple):
    """What a signature was found right for, and by which key."""

    key_id: KeyId
    key: PublicKey
    claims: Mapping[str, Any]


class TokenVerifier:
    """Turns an access token into a principal, or refuses it."""

    def __init__(self, issuer: str, audience: str, jwks: KeySource, clock: Clock = utc_now) -> None:
        """Raises ConfigurationError without an issuer or an audience: every token would do."""
        if not issuer or not audience:
            raise ConfigurationError("issuer and audience: whose access tokens, and for whom")
        self._issuer, self._audience, self._jwks, self._clock = issuer, audience, jwks, clock
        self._verified: dict[bytes, _Signed] = {}

    async def verify(self, token: str) -> Principal:
        """Claims `iss`, `aud`, `exp`, `iat`, `sub`, `jti` and `tenant` must be there, `nbf` and `roles` may.

        Raises NotAuthenticatedError, always with the same message: what is wrong with a token is nobody's business but
        its issuer's. Raises UnavailableError when the keys cannot be had.
        """
        try:
            claims = await self._signed(token)
            self._in_time(claims)
            return self._principal(claims)
        except (JoseError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            raise NotAuthenticatedError("the access token is not valid") from None

    async def _signed(self, token: str) -> Mapping[str, Any]:
        """The claims, of a token whose signature is right.

        A signature is verified once for as long as its key stays published; times and names are, at every use.
        """
        digest = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(digest)
        if known is None or await self._jwks.key(*known.key_id) is not known.key:
            known = await self._verify(token)
            self._verified[digest] = known
            if len(self._verified) > _REMEMBERED:
                del self._verified[next(iter(self._verified))]
        return known.claims

    async def _verify(self, token: str) -> _Signed:
        if len(token) > _MAX_TOKEN:
            raise ValueError("length")
        signed = jws.extract_compact(token.encode("ascii"))
        header = signed.headers()
        if not header.keys() <= _HEADERS or header["alg"] not in ALGORITHMS:
            raise ValueError("header")
        if str(header.get("typ", "at+jwt")).lower() not in _TYPES:
            raise ValueError("typ")
        family = "EdDSA" if header["alg"] == "Ed25519" else str(header["alg"])
        key = await self._jwks.key(_matching(_NAME, header["kid"]), family)
        if key is None or not jws.validate_compact(signed, key, ALGORITHMS):
            raise ValueError("kid, signature")
        claims = json.loads(signed.payload)
        if not isinstance(claims, dict):
            raise TypeError("claims")
        return _Signed((header["kid"], family), key, claims)

    def _in_time(self, claims: Mapping[str, Any]) -> None:
        now = self._clock().timestamp()
        issued, expires = _seconds(claims["iat"]), _seconds(claims["exp"])
        starts = _seconds(claims.get("nbf", issued))
        if not 0 < expires - issued <= LIFETIME_SECONDS:
            raise ValueError("lifetime")
        if not max(issued, starts) - LEEWAY_SECONDS <= now < expires + LEEWAY_SECONDS:
            raise ValueError("time")

    def _principal(self, claims: Mapping[str, Any]) -> Principal:
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims["iss"] != self._issuer or self._audience not in audience:
            raise ValueError("iss, aud")
        roles = claims.get("roles", [])
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise TypeError("roles")
        return Principal(
            subject=_matching(_NAME, claims["sub"]),
            tenant=_matching(_TENANT, claims["tenant"]),
            roles=frozenset(roles),
            session=_matching(_NAME, claims["jti"]),
        )


def _seconds(value: object) -> int:
    """A NumericDate in whole seconds: not true, which is a number to Python, nor NaN, which no comparison refuses."""
    if type(value) is not int:
        raise TypeError("NumericDate")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("name")
    return value
