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


class _Verified(NamedTuple):
    """Whose token it is, from when (Unix seconds) until before when, and by which key; none of it changes."""

    key_id: KeyId
    key: PublicKey
    starts: int
    ends: int
    principal: Principal


class TokenVerifier:
    """Turns an access token into a principal, or refuses it.

    What was found good is remembered, so that a signature is verified once and not at every request. Attacks thought
    of: a token used past its end (times are compared at every use), or after the issuer withdrew its key (the very key
    that verified it must still be the published one, and every fetch of the keys makes new ones); reading tokens out of
    this process's memory (digests are kept, SHA-256, of what only the issuer can make); filling it (nothing that is
    refused is kept, and the oldest goes first). Lock-outs and second factors are looked up elsewhere, every time.
    """

    def __init__(self, issuer: str, audience: str, jwks: KeySource, clock: Clock = utc_now) -> None:
        """Raises ConfigurationError without an issuer or an audience: every token would do."""
        if not issuer or not audience:
            raise ConfigurationError("issuer and audience: whose access tokens, and for whom")
        self._issuer, self._audience, self._jwks, self._clock = issuer, audience, jwks, clock
        self._verified: dict[bytes, _Verified] = {}

    async def verify(self, token: str) -> Principal:
        """Claims `iss`, `aud`, `exp`, `iat`, `sub`, `jti` and `tenant` must be there, `nbf` and `roles` may.

        Raises NotAuthenticatedError, always with the same message: what is wrong with a token is nobody's business but
        its issuer's. Raises UnavailableError when the keys cannot be had.
        """
        try:
            return await self._principal(token)
        except (JoseError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            raise NotAuthenticatedError("the access token is not valid") from None

    async def _principal(self, token: str) -> Principal:
        digest = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(digest)
        if known is None or await self._jwks.key(*known.key_id) is not known.key:
            known = self._read(*await self._signed(token))
            self._verified[digest] = known
            if len(self._verified) > _REMEMBERED:
                del self._verified[next(iter(self._verified))]
        if not known.starts <= self._clock().timestamp() < known.ends:
            raise ValueError("time")
        return known.principal

    async def _signed(self, token: str) -> tuple[KeyId, PublicKey, Mapping[str, Any]]:
        """The claims, and the key by which their signature is right."""
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
        return (header["kid"], family), key, claims

    def _read(self, key_id: KeyId, key: PublicKey, claims: Mapping[str, Any]) -> _Verified:
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if claims["iss"] != self._issuer or self._audience not in audience:
            raise ValueError("iss, aud")
        issued, expires = _seconds(claims["iat"]), _seconds(claims["exp"])
        starts = max(issued, _seconds(claims.get("nbf", issued)))
        if not 0 < expires - issued <= LIFETIME_SECONDS:
            raise ValueError("lifetime")
        roles = claims.get("roles", [])
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise TypeError("roles")
        principal = Principal(
            subject=_matching(_NAME, claims["sub"]),
            tenant=_matching(_TENANT, claims["tenant"]),
            roles=frozenset(roles),
            session=_matching(_NAME, claims["jti"]),
        )
        return _Verified(key_id, key, starts - LEEWAY_SECONDS, expires + LEEWAY_SECONDS, principal)


def _seconds(value: object) -> int:
    """A NumericDate in whole seconds: not true, which is a number to Python, nor NaN, which no comparison refuses."""
    if type(value) is not int:
        raise TypeError("NumericDate")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("name")
    return value
