"""Access tokens: good ones from a real issuer, and every forgery known."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import Key, OctKey, RSAKey

from reference_impl.auth.jwks import Jwks, read_key
from reference_impl.auth.model import Principal
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.errors import NotAuthenticatedError
from tests.reference.issuer import AUDIENCE, Issuer, new_key, running_issuer
from tests.reference.verifying import refused, verified, with_keys

pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")


@pytest.mark.parametrize("alg", ["EdDSA", "Ed25519", "ES256", "PS256"])
def test_good_tokens(issuer: Issuer, alg: str) -> None:
    issuer.keys = [new_key(alg)]
    who = verified(issuer, issuer.token(roles=["checkout", "pci_access"], jti="j1"))
    assert who == Principal("alice", "shop", frozenset({"checkout", "pci_access"}), "j1")


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt", None])
def test_types_of_access_tokens(issuer: Issuer, typ: str | None) -> None:
    parameters = {"alg": "EdDSA", "kid": issuer.keys[0].kid} | ({"typ": typ} if typ else {})
    claims = issuer.claims(aud=["other", AUDIENCE], roles=None, nbf=int(time.time()))
    token = jwt.encode(parameters, claims, issuer.keys[0], ["EdDSA"], default_type=None)
    assert verified(issuer, token).roles == frozenset()


@dataclass(frozen=True)
class In:
    """So many seconds from when the test runs: hours may pass since it was collected."""

    seconds: int
    text: bool = False

    def at(self, now: int) -> int | str:
        return str(now + self.seconds) if self.text else now + self.seconds


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-service"},
        {"aud": [AUDIENCE + "x"]},
        {"aud": {"payment-service": 1}},
        {"iss": "https://issuer.example"},
        {"iss": ["https://issuer.example"]},
        *({name: None} for name in ("aud", "iss", "exp", "iat", "sub", "jti", "tenant")),
        {"iat": In(-700), "exp": In(-100)},
        {"exp": In(10 * 365 * 86400)},
        {"exp": In(1900)},
        {"iat": In(600), "exp": In(900)},
        {"nbf": In(600)},
        {"iat": In(5), "exp": In(0)},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": 10**400},
        {"exp": True},
        {"exp": In(300, text=True)},
        {"iat": -(10**30), "exp": In(10)},
        {"sub": ""},
        {"sub": "alice\nbob"},
        {"sub": 7},
        {"sub": "a" * 256},
        {"tenant": "shop/other"},
        {"tenant": "shop\n"},
        {"tenant": ["shop"]},
        {"jti": ""},
        {"roles": "pci_access"},
        {"roles": [["pci_access"]]},
        {"roles": {"pci_access": True}},
    ],
    ids=str,
)
def test_claims_that_are_refused(issuer: Issuer, changed: dict[str, Any]) -> None:
    now = int(time.time())
    refused(
        issuer,
        issuer.token(**{name: value.at(now) if isinstance(value, In) else value for name, value in changed.items()}),
    )


def test_thirty_seconds_of_leeway(issuer: Issuer) -> None:
    now = int(time.time())
    assert verified(issuer, issuer.token(iat=now - 600, exp=now - 10))
    assert verified(issuer, issuer.token(iat=now + 20, exp=now + 300))
    refused(issuer, issuer.token(iat=now - 600, exp=now - 31))


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE"])
@pytest.mark.parametrize("signature", ["", "AAAA"])
def test_unsigned(issuer: Issuer, alg: str, signature: str) -> None:
    header = {"alg": alg, "kid": issuer.keys[0].kid, "typ": "at+jwt"}
    refused(issuer, f"{part(header)}.{part(issuer.claims())}.{signature}")


@pytest.mark.parametrize("alg", ["EdDSA", "ES256", "PS256"])
@pytest.mark.parametrize("form", ["pem", "der", "x"])
def test_signed_with_the_public_key_as_a_secret(issuer: Issuer, alg: str, form: str) -> None:
    key = new_key(alg)
    issuer.keys = [key]
    public: Any = key.public_key
    secret = {
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "x": str(key.as_dict(private=False).get("x", key.as_dict(private=False).get("n"))).encode(),
    }[form]
    signed = f"{part({'alg': 'HS256', 'kid': key.kid, 'typ': 'at+jwt'})}.{part(issuer.claims())}"
    mac = base64.urlsafe_b64encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    refused(issuer, f"{signed}.{mac}")


def test_secret_keys_in_the_set_are_not_used(issuer: Issuer) -> None:
    secret = OctKey.generate_key(256, {"kid": "oct", "use": "sig", "alg": "HS256"})
    issuer.extra = [secret.as_dict(private=True)]
    refused(issuer, jwt.encode({"alg": "HS256", "kid": "oct", "typ": "at+jwt"}, issuer.claims(), secret, ["HS256"]))


def test_signed_by_another_key_under_the_right_name(issuer: Issuer) -> None:
    refused(issuer, issuer.token(key=new_key(), header={"kid": issuer.keys[0].kid}))


def test_an_algorithm_the_key_is_not_for(issuer: Issuer) -> None:
    rsa = new_key("PS256")
    issuer.keys = [rsa]
    for alg in ("PS384", "PS512", "RS256"):
        parameters = {name: value for name, value in rsa.as_dict(private=True).items() if name != "alg"}
        refused(issuer, issuer.token(key=RSAKey.import_key(parameters), header={"alg": alg}))  # type: ignore[arg-type]
    refused(issuer, issuer.token(key=new_key("ES256"), header={"kid": rsa.kid}))


@pytest.mark.parametrize("kid", [None, "", "../../dev/null", "' OR 1=1 --", "x" * 300, "a\nb", "\u0430"])
def test_key_ids_made_up(issuer: Issuer, kid: str | None) -> None:
    refused(issuer, issuer.token(header={"kid": kid}))


def test_keys_that_come_with_the_token(issuer: Issuer) -> None:
    mallory = new_key()
    embedded = mallory.as_dict(private=False)
    for header in (
        {"jwk": embedded},
        {"jku": "https://mallory.example/jwks"},
        {"x5u": "https://mallory.example/cert"},
        {"x5c": ["AAAA"]},
        {"crit": ["exp"]},
    ):
        parameters = {"alg": "EdDSA", "typ": "at+jwt", "kid": issuer.keys[0].kid} | header
        for key in (mallory, issuer.keys[0]):
            signed = f"{part(parameters)}.{part(issuer.claims())}"
            signature = key.private_key.sign(signed.encode())  # type: ignore[union-attr]
            refused(issuer, f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}")
    assert issuer.asked == 0  # refused before any key is looked up


def test_another_issuer(issuer: Issuer, tmp_path: Path) -> None:
    with running_issuer(tmp_path) as other:
        refused(issuer, other.token())
        refused(issuer, other.token(iss=issuer.url))


def test_other_kinds_of_tokens(issuer: Issuer) -> None:
    for typ in ("JWT", "logout+jwt", "id_token", "secevent+jwt"):
        refused(issuer, issuer.token(header={"typ": typ}))


def test_changed_and_cut_tokens(issuer: Issuer) -> None:
    token = issuer.token()
    head, body, signature = token.split(".")

    async def all_refused(verifier: TokenVerifier, _: Jwks) -> None:
        assert await verifier.verify(token)
        admin = part(issuer.claims(roles=["pci_access"]))
        for forged in [
            *(token[:length] for length in range(0, len(token), 7)),
            f"{head}.{admin}.{signature}",
            f"{head}..{signature}",
            f"{head}.{body}.",
            f"{token}.{signature}",
            f"{token}x.x",
            f" {token}",
            token + "\u00e9",
            "." * 5000,
            "a" * 100_000,
            part([[]]) + "." + body + "." + signature,
            base64.urlsafe_b64encode(b"[" * 4000).decode() + "." + body + "." + signature,
        ]:
            with pytest.raises(NotAuthenticatedError):
                await verifier.verify(forged)

    with_keys(issuer, all_refused)


NAMES = st.sampled_from(["alg", "kid", "typ", "b64", "crit", "z"])

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["EdDSA", "at+jwt"])

HEADERS = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))


class Known:
    """Keys without a server."""

    def __init__(self, *keys: Key) -> None:
        self.keys = dict(found for key in keys if (found := read_key(key.as_dict(private=False))))

    async def key(self, kid: str, alg: str) -> Any:
        return self.keys.get((kid, alg))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.text('abAB01_-=.{}":', max_size=20), min_size=3, max_size=5).map(".".join),
        HEADERS.map(lambda header: f"{part(header)}.{part({})}.AAAA"),
    )
)
def test_whatever_is_sent_only_one_error_comes_out(issuer: Issuer, token: str) -> None:
    with pytest.raises(NotAuthenticatedError):
        asyncio.run(TokenVerifier(issuer.url, AUDIENCE, Known(*issuer.keys)).verify(token))


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)

CLAIMS = st.sampled_from(["iss", "aud", "exp", "iat", "nbf", "sub", "jti", "tenant", "roles"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLAIMS, VALUES)
def test_whatever_is_signed_only_one_error_comes_out(issuer: Issuer, name: str, value: Any) -> None:
    verifier = TokenVerifier(issuer.url, AUDIENCE, Known(*issuer.keys))
    with suppress(NotAuthenticatedError):
        assert isinstance(asyncio.run(verifier.verify(issuer.token(**{name: value}))), Principal)
