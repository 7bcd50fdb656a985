"""Everything on one machine, with an issuer of its own: for looking at the service, not for cards."""

from __future__ import annotations

import json
import secrets
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey
from pydantic import SecretStr

from reference_impl import folder
from reference_impl.auth.tokens import LIFETIME_SECONDS
from reference_impl.fraud.installed import InstalledModels, are_installed
from reference_impl.settings import Settings

ISSUER = "https://issuer.localhost"
EXAMPLE = json.dumps({"card": {"number": "4" + "1" * 15, "expiry": {"month": 12, "year": 2035}}})
"""A request with the test number everybody knows, which no source file here holds."""
ROLES = (
    "checkout",
    "support",
    "fraud_analyst",
    "vault_admin",
    "auditor",
    "pci_access",
    "incident_responder",
    "financial_controller",
    "access_reviewer",
    "privacy_officer",
    "analyst",
)


def settings_of(place: Path) -> Settings:
    """Settings of a demonstration in a folder of its own, which is made if it is not there."""
    secret = place / "passphrase"
    if not secret.exists():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(secret, secrets.token_urlsafe(32))
        issuer = OKPKey.generate_key("Ed25519", {"kid": "demo", "use": "sig", "alg": "EdDSA"})
        _write(place / "issuer.json", json.dumps(issuer.as_dict(private=True)))
        _write(place / "jwks.json", json.dumps({"keys": [issuer.as_dict(private=False)]}))
    settings = Settings(
        data_folder=place / "data",
        key_passphrase=SecretStr(secret.read_text("ascii")),
        issuer=ISSUER,
        jwks_file=place / "jwks.json",
    )
    if not settings.data_folder.exists():
        folder.prepare(settings)
    elif not are_installed(settings.data_folder):
        InstalledModels(settings.data_folder, folder.wrapper_of(settings)).install()
    return settings


def access_token(
    place: Path, subject: str = "demo", tenant: str = "demo", session: str = "", roles: Sequence[str] = ROLES
) -> str:
    """For somebody who may do everything, for as long as tokens may live. `session`: its id (`jti`); else a new one."""
    key = OKPKey.import_key(json.loads((place / "issuer.json").read_text("ascii")))
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": Settings.model_fields["audience"].default, "sub": subject, "tenant": tenant}
    claims |= {
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "jti": session or secrets.token_urlsafe(16),
        "roles": list(roles),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.encode({"alg": "EdDSA", "kid": "demo", "typ": "at+jwt"}, claims, key, algorithms=["EdDSA"])


def _write(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, "ascii")
