"""The whole service as it is started, over HTTP: what a shop does with it, and where nothing of a card may turn up."""

from __future__ import annotations

import asyncio
import io
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
import uvicorn
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reference_impl import folder
from reference_impl.__main__ import main
from reference_impl.bootstrap import started
from reference_impl.demo import access_token, settings_of
from reference_impl.errors import ConfigurationError
from reference_impl.settings import Settings
from reference_impl.web import logs, server
from tests.reference.sealing import content, seal
from tests.reference.services import Postgres

PAN, CODE, HOLDER = "4000056655665556", "7391", "Ada Quixote"
"""A published test number that nothing else here uses."""
CARD = {"number": PAN, "expiry": {"month": 12, "year": date.today().year + 2}, "holder": HOLDER}


@dataclass
class Shop:
    """A client of the running service. `log`: what the service logged."""

    place: Path
    settings: Settings
    client: httpx.Client
    log: io.StringIO

    def store(self, **changed: Any) -> httpx.Response:
        return self.client.post("/v1/tokens", json={"card": {**CARD, **changed}})


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """The service in a thread of its own; gives the port."""
    ready, ports, stop = threading.Event(), list[int](), threading.Event()
    failed: list[BaseException] = []

    async def run() -> None:
        async with started(settings) as service:
            config = server.config(service, "127.0.0.1", 0)
            one = uvicorn.Server(config)
            serve = asyncio.create_task(one.serve())
            while not one.started:
                await asyncio.sleep(0.01)
            ports.append(one.servers[0].sockets[0].getsockname()[1])
            ready.set()
            await asyncio.to_thread(stop.wait)
            one.should_exit = True
            await serve

    def target() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 - told to the test, which waits
            failed.append(error)
            ready.set()

    thread = threading.Thread(target=target)
    thread.start()
    try:
        assert ready.wait(60)
        if failed:
            raise failed[0]
        yield ports[0]
    finally:
        stop.set()
        thread.join(60)


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    place = tmp_path / "place"
    settings = settings_of(place)
    if request.param == "postgresql":
        settings = settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})
    settings = settings.model_copy(update={"rate_limit_requests": 10_000})
    log = io.StringIO()
    logs.configure(log)
    with serving(settings) as port:
        headers = {"Authorization": f"Bearer {access_token(place)}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
            yield Shop(place, settings, client, log)


def stepped_up(shop: Shop) -> None:
    uri = shop.client.post("/v1/totp").raise_for_status().json()["uri"]
    code = pyotp.parse_uri(uri).now()  # type: ignore[union-attr]
    shop.client.post("/v1/step-up", json={"code": code}).raise_for_status()


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


def test_nothing_of_a_card_is_anywhere_but_sealed(shop: Shop, request: pytest.FixtureRequest) -> None:
    answers = [
        shop.store(),
        shop.store(verification_code=CODE),
        shop.store(number=PAN[:-1] + "7"),
        shop.store(expiry={"month": 13, "year": 2030}),
        shop.store(expiry=PAN),
        shop.store(holder=PAN),
        shop.store(**{PAN: CODE}),
        shop.client.post("/v1/tokens", content=f'{{"card": {{"number": "{PAN}", '.encode()),
        shop.client.post("/v1/tokens", json={"encrypted_card": PAN}),
        shop.client.get(f"/v1/tokens/{PAN}"),
        shop.client.get(f"/v1/tokens/{PAN}?number={PAN}", headers={"X-Request-ID": PAN}),
        shop.client.delete(f"/v1/tokens/{PAN}"),
        shop.client.get("/v1/audit", params={"user": PAN}),
        shop.client.get(f"/{PAN}/{CODE}"),
        shop.client.post("/v1/tokens", json={"card": CARD}, headers={"Authorization": f"Bearer {PAN}"}),
        shop.client.post("/v1/step-up", json={"code": PAN}),
        shop.client.put("/v1/tokens", json={"card": CARD}),
        shop.client.post("/v1/tokens", content=b"x" * 100_000 + PAN.encode()),
    ]
    assert {answer.status_code for answer in answers} >= {201, 401, 404, 405, 413, 422}
    assert not any(answer.status_code >= 500 for answer in answers)
    for answer in answers:
        said = answer.text + str(answer.headers)
        assert PAN not in said and HOLDER not in said and CODE not in said.replace(answer.headers["x-request-id"], "")
    written = shop.log.getvalue()
    assert PAN not in written and HOLDER not in written
    places = [shop.place]
    if shop.settings.database_url:
        server_of: Postgres = request.getfixturevalue("postgres")
        server_of.sql("CHECKPOINT")
        places.append(server_of.folder)
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 50_000
    for file in files:
        held = file.read_bytes()
        assert PAN.encode() not in held and HOLDER.encode() not in held, file.name


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
    settings = settings_of(tmp_path / "place")
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
