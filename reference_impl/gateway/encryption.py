"""Card data for the gateway as a JWE, and the gateway's answers: a JWS of theirs in a JWE to us (RFC 7515, 7516, 7518).

TLS may end at a load balancer; what is inside stays closed until it reaches who holds the key. The fields around the
card (amount, currency, merchant, idempotency key, time) stand in the protected header, which A256GCM authenticates
together with the ciphertext, and are listed as critical: a gateway that does not compare them must refuse the JWE.
So a card encrypted for one payment is of no use in another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey
from joserfc.registry import HeaderParameter
from joserfc.util import json_b64decode

from reference_impl.cards.model import Card, VerificationCode
from reference_impl.errors import ConfigurationError, IntegrityError

BOUND = {
    "amount": "int",
    "currency": "str",
    "merchant_id": "str",
    "idempotency_key": "str",
    "timestamp": "str",
}
"""Fields around the card that go into the protected header, with their JSON types."""

ENCRYPTION = ("RSA-OAEP-256", "A256GCM")
"""Of the card, to the gateway: what gateways publish keys for."""
ANSWERS = ("ECDH-ES", "A256GCM")
"""Of answers, to us, on P-256: opened ten times faster than with RSA, on the thread all payments share."""
SIGNATURE = "ES256"
MIN_RSA_BITS = 2048


def card_registry() -> jwe.JWERegistry:
    """What both sides of a card JWE allow: one algorithm, one cipher, the bound fields."""
    return jwe.JWERegistry({name: HeaderParameter(name, kind, True) for name, kind in BOUND.items()}, ENCRYPTION)


@dataclass(frozen=True, slots=True, repr=False)
class GatewayKeys:
    """`encrypt`: the gateway's public key that is in use; `verify`: theirs for answers; `decrypt`: ours. By key id."""

    encrypt: RSAKey
    verify: Mapping[str, ECKey]
    decrypt: Mapping[str, ECKey]

    @classmethod
    def load(cls, theirs: Mapping[str, Any], ours: Mapping[str, Any], encrypt_with: str) -> GatewayKeys:
        """Of two JWK sets (RFC 7517). `encrypt_with`: the id of their key in use, which a rotation changes.

        Several keys to verify and to decrypt with may be there, for the days around a rotation.
        Raises ConfigurationError for missing and unfit keys.
        """
        try:
            their_keys = KeySet.import_key_set({"keys": list(theirs["keys"])}).keys
            our_keys = KeySet.import_key_set({"keys": list(ours["keys"])}).keys
        except (JoseError, ValueError, KeyError, TypeError):
            raise ConfigurationError("gateway: a set of keys does not load") from None
        encrypt = next((key for key in their_keys if key.kid == encrypt_with), None)
        if not isinstance(encrypt, RSAKey) or encrypt.get("use") != "enc":
            raise ConfigurationError("gateway: the key to encrypt with is missing, or not an RSA key for encryption")
        if encrypt.public_key.key_size < MIN_RSA_BITS:
            raise ConfigurationError("gateway: an RSA key has less than 2048 bits")
        verify = _p256(their_keys, "sig")
        decrypt = {kid: key for kid, key in _p256(our_keys, "enc").items() if key.is_private}
        if not verify or not decrypt:
            raise ConfigurationError("gateway: a P-256 key to verify or to decrypt with is missing")
        return cls(encrypt, verify, decrypt)


def _p256(keys: Sequence[Key], use: str) -> dict[str, ECKey]:
    """Those on that curve, for that use, by their ids."""
    fit = (key for key in keys if isinstance(key, ECKey) and key.curve_name == "P-256" and key.get("use") == use)
    return {key.kid: key for key in fit if key.kid}


def seal_card(keys: GatewayKeys, bound: Mapping[str, str | int], card: Card, code: VerificationCode | None) -> str:
    """Number, expiry and verification code as one compact JWE, good only beside the `bound` fields (BOUND)."""
    header = {
        "alg": ENCRYPTION[0],
        "enc": ENCRYPTION[1],
        "kid": keys.encrypt.kid,
        "crit": list(BOUND),
        **{name: bound[name] for name in BOUND},
    }
    expiry = f"{card.expiry.year:04}-{card.expiry.month:02}"
    account = {"number": card.number.reveal(), "expiry": expiry}
    if code is not None:
        account["verification_code"] = code.reveal()
    return jwe.encrypt_compact(header, json.dumps(account).encode(), keys.encrypt, registry=card_registry())


def open_answer(keys: GatewayKeys, body: bytes) -> bytes:
    """What the gateway signed. Raises IntegrityError: not for us, not by them, or changed on the way."""
    try:
        kid = _key_id(body, {"alg": ANSWERS[0], "enc": ANSWERS[1], "cty": "JOSE"}, ephemeral=True)
        inner = jwe.decrypt_compact(body, keys.decrypt[kid], ANSWERS).plaintext or b""
        kid = _key_id(inner, {"alg": SIGNATURE})
        return jws.deserialize_compact(inner, keys.verify[kid], [SIGNATURE]).payload
    except (JoseError, ValueError, KeyError):
        pass
    raise IntegrityError("an answer is not signed by the gateway and encrypted to us")  # no trace of what was read


def _key_id(compact: bytes, wanted: dict[str, str], *, ephemeral: bool = False) -> str:
    """Of the header, which must say what is wanted and nothing else. Raises ValueError.

    `ephemeral`: with the sender's public key of ECDH-ES, of which only the form is looked at here.
    """
    header = json_b64decode(compact.split(b".", 1)[0])
    if not isinstance(header, dict) or not isinstance(kid := header.pop("kid", None), str):
        raise ValueError("unexpected header")
    point = header.pop("epk", None) if ephemeral else None
    if ephemeral and not (isinstance(point, dict) and set(point) == {"kty", "crv", "x", "y"} and _words(point)):
        raise ValueError("unexpected ephemeral key")
    if header != wanted:
        raise ValueError("unexpected header")
    return kid


def _words(point: dict[str, Any]) -> bool:
    return all(isinstance(value, str) for value in point.values())
