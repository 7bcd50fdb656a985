"""The whole service as it is started, over HTTP: what a shop does with it."""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reference_impl import folder
from reference_impl.__main__ import main
from reference_impl.errors import ConfigurationError
from tests.reference.running import CARD, CODE, HOLDER, PAN, Shop, serving, settings_in, stepped_up
from tests.reference.sealing import content, seal


def test_a_card_goes_in_and_comes_out_for_those_who_may(shop: Shop) -> None:
    stored = shop.store(number="4000 0566 5566 5556").raise_for_status()
    assert stored.status_code == 201
    token = stored.json()["token"]
    assert (stored.json()["last_four"], stored.json()["brand"]) == ("5556", "visa")
    again = shop.client.post("/v1/tokens", json={"card": CARD, "reuse": True}).json()
    assert again["token"] == token
    seen = shop.client.get(f"/v1/tokens/{token}").raise_for_status().json()
    assert seen["last_four"] == "5556" and PAN not in json.dumps(seen)
    wanted = {"purpose": "dispute"}
    denied = shop.client.post(f"/v1/tokens/{token}/detokenize", json=wanted)
    assert (denied.status_code, denied.json()["error"]["code"]) == (403, "step_up_required")
    stepped_up(shop)
    card = shop.client.post(f"/v1/tokens/{token}/detokenize", json=wanted).raise_for_status().json()
    assert (card["number"], card["expiry_month"], card["holder"]) == (PAN, 12, HOLDER)
    assert shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "curiosity"}).status_code == 422
    gone = shop.client.delete(f"/v1/tokens/{token}").raise_for_status().json()
    assert "backups" in gone["backups_hold"]
    assert shop.client.get(f"/v1/tokens/{token}").status_code == 404
    assert shop.client.post(f"/v1/tokens/{token}/detokenize", json=wanted).status_code == 404
    events = shop.client.get("/v1/audit", params={"resource": token}).raise_for_status().json()["events"]
    told = [(one["action"], one["outcome"]) for one in events]
    assert ("token.detokenize", "success") in told and ("token.delete", "success") in told
    assert ("token.create", "success") in told


def test_a_card_encrypted_by_the_client(shop: Shop) -> None:
    keys = shop.client.get("/.well-known/jwks.json")
    assert "public" in keys.headers["cache-control"] and keys.headers["x-content-type-options"] == "nosniff"
    key = next(one for one in keys.json()["keys"] if one["kid"] == keys.json()["current"])
    plain = content(int(time.time()), tenant="demo", card={**CARD, "verification_code": CODE})
    jwe = seal({"alg": key["alg"], "enc": "A256GCM", "kid": key["kid"]}, plain, key)
    stored = shop.client.post("/v1/tokens", json={"encrypted_card": jwe}).raise_for_status().json()
    assert stored["last_four"] == "5556"
    assert shop.client.post("/v1/tokens", json={"encrypted_card": jwe}).status_code == 422, "used twice"


def test_nobody_without_a_token_and_no_route_that_says_nothing(shop: Shop) -> None:
    bare = httpx.Client(base_url=shop.client.base_url, timeout=30)
    for method, path in (
        ("POST", "/v1/tokens"),
        ("GET", "/v1/tokens/tok_x"),
        ("GET", "/v1/audit"),
        ("POST", "/v1/totp"),
    ):
        assert bare.request(method, path).status_code == 401
    assert bare.get("/health/live").status_code == 204
    for path in ("/openapi.json", "/docs", "/v1/tokens/", "/"):
        answer = bare.get(path)
        assert answer.status_code in (404, 405)
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_the_audit_log_of_the_service_verifies_and_one_changed_byte_is_found(shop: Shop, tmp_path: Path) -> None:
    shop.store().raise_for_status()
    keys = folder.audit_keys(shop.settings, folder.wrapper_of(shop.settings))
    (tmp_path / "mac").write_text(keys.mac.reveal().hex())
    public = keys.signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "public.pem").write_bytes(public)
    log = shop.settings.data_folder / "audit"
    command = ["audit", "verify", "--folder", str(log), "--key-file", str(tmp_path / "mac")]
    command += ["--public-key", str(tmp_path / "public.pem")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    segment = next(path for path in log.iterdir() if b"token.create" in path.read_bytes())
    records = bytearray(segment.read_bytes())
    records[records.index(b"token.create")] ^= 1
    segment.write_bytes(bytes(records))
    assert CliRunner().invoke(main, command).exit_code == 1


def test_a_folder_is_made_once_and_a_wrong_passphrase_does_not_start(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")
    with pytest.raises(ConfigurationError, match="there already"):
        folder.prepare(settings)
    wrong = settings.model_copy(update={"key_passphrase": type(settings.key_passphrase)(secrets.token_hex(16))})
    with pytest.raises(ConfigurationError, match="passphrase"), serving(wrong):
        pass
    with (
        pytest.raises(ConfigurationError, match="key_passphrase"),
        serving(settings.model_copy(update={"key_passphrase": None})),
    ):
        pass
