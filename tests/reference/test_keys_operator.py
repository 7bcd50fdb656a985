"""`paylint-reference keys` and `/v1/keys`: with the real service, stopped and running."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl import folder
from reference_impl.__main__ import main
from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Filter
from reference_impl.audit.service import AuditTrail, Reading
from reference_impl.auth.store import TOTP
from reference_impl.client_encryption.store import CLIENT_KEYS
from reference_impl.database import connect, transaction
from reference_impl.keys.store import DATA_KEYS
from reference_impl.settings import Settings
from reference_impl.vault.store import TOKENS
from tests.reference.running import CARD, PAN, Shop, stepped_up


def environment(settings: Settings) -> dict[str, str]:
    assert settings.key_passphrase
    return {
        "PAYMENT_DATA_FOLDER": str(settings.data_folder),
        "PAYMENT_KEY_PASSPHRASE": settings.key_passphrase.get_secret_value(),
        "PAYMENT_DATABASE_URL": settings.database_url,
    }


def keys(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, ["keys", *words], env=environment(settings))


def ask(settings: Settings, question: Callable[[AsyncEngine], Any]) -> Any:
    async def go() -> Any:
        engine = connect(folder.database_url(settings))
        try:
            return await question(engine)
        finally:
            await engine.dispose()

    return asyncio.run(go())


def wrapped_by(settings: Settings) -> set[str]:
    """By what everything is wrapped, as the bytes say and as the columns do."""

    async def question(engine: AsyncEngine) -> set[str]:
        found: set[str] = set()
        wrapper = folder.wrapper_of(settings)
        async with transaction(engine) as connection:
            for wrapped, by in (
                (DATA_KEYS.c.wrapped, DATA_KEYS.c.wrapped_by),
                (TOTP.c.wrapped_secret, TOTP.c.wrapped_by),
                (CLIENT_KEYS.c.wrapped_key, CLIENT_KEYS.c.wrapped_by),
            ):
                rows = (await connection.execute(select(wrapped, by))).all()
                assert rows
                found |= {each for content, said in rows for each in (wrapper.wrapped_by(content), said)}
        file = folder.wrapped_audit_keys(settings, wrapper)
        left = await file.not_wrapped_by(wrapper.current, None, 10)
        return found | {each.wrapped_by for each in left}

    found: set[str] = ask(settings, question)
    return found


def told(settings: Settings) -> list[tuple[str, str, str]]:
    """The operator's audit log, verified."""
    audit_keys = folder.audit_keys(settings, folder.wrapper_of(settings))

    async def question(engine: AsyncEngine) -> list[tuple[str, str, str]]:
        place, anchor = settings.data_folder / "operator", DatabaseAnchor(engine, "operator")
        log = await FileAuditLog.open(place, audit_keys.mac, audit_keys.signing, name="operator", anchor=anchor)
        trail = AuditTrail(log, place, audit_keys.mac)
        records = list(await trail.read(Filter(), Reading("tests", "local")))
        await log.aclose()
        return [(record.event.action, record.event.outcome.value, record.event.reason) for record in records]

    found: list[tuple[str, str, str]] = ask(settings, question)
    return [one for one in found if one[0].startswith("keys.")]


def test_everything_is_rewrapped_beside_the_running_service(shop: Shop) -> None:
    token = shop.store().raise_for_status().json()["token"]
    uri = shop.client.post("/v1/totp").raise_for_status().json()["uri"]
    (before,) = wrapped_by(shop.settings)
    rotated = keys(shop.settings, "rotate")
    assert rotated.exit_code == 0, rotated.output
    new = rotated.output.split()[4]
    assert new in rotated.output and new != before
    status = keys(shop.settings, "status").output
    assert new in status
    for line in (
        "data_keys: 2 to be",
        "totp: 1 to be",
        "client_keys: 2 to be",
        "audit-keys.json: 2 to be",
        "fraud-keys.json: 1 to be",
    ):
        assert line in status
    done = keys(shop.settings, "rewrap")
    assert (done.exit_code, "Done: 8 were re-wrapped, 0 do not open" in done.output) == (0, True), done.output
    assert wrapped_by(shop.settings) == {new}
    assert "Done: 0 were" in keys(shop.settings, "rewrap").output
    code = pyotp.parse_uri(uri).now()  # type: ignore[union-attr]
    shop.client.post("/v1/step-up", json={"code": code}).raise_for_status()
    card = shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"}).raise_for_status().json()
    assert card["number"] == PAN
    assert told(shop.settings) == [
        ("keys.rotate", "success", "begun"),
        ("keys.rotate", "success", new),
        ("keys.read", "success", ""),
        ("keys.rewrap", "success", "begun"),
        ("keys.rewrap", "success", "done:8 left:0 unreadable:0"),
        ("keys.rewrap", "success", "begun"),
        ("keys.rewrap", "success", "done:0 left:0 unreadable:0"),
    ]


def test_the_operator_reseals_a_tenant_or_all(shop: Shop) -> None:
    for _ in range(3):
        shop.store().raise_for_status()
    assert keys(shop.settings, "rotate", "--tenant", "nobody").exit_code == 2
    assert keys(shop.settings, "reseal", "--tenant", "nobody").exit_code == 2
    rotated = keys(shop.settings, "rotate", "--tenant", "demo")
    assert "The data key of demo is version 2" in rotated.output
    assert "demo: 3 cards to be re-sealed." in keys(shop.settings, "status").output
    done = keys(shop.settings, "reseal")
    assert (done.exit_code, "Done: 3 cards were re-sealed, 0 do not open" in done.output) == (0, True), done.output
    assert "Done: 0 cards" in keys(shop.settings, "reseal", "--tenant", "demo").output
    assert ("keys.reseal", "success", "done:3 left:0 unreadable:0 destroyed:none") in told(shop.settings)


def test_what_does_not_open_is_named_and_ends_with_1(shop: Shop) -> None:
    token = shop.store().raise_for_status().json()["token"]

    async def damage(engine: AsyncEngine) -> None:
        async with transaction(engine) as connection:
            await connection.execute(update(TOKENS).values(sealed_card=b"damaged"))
            await connection.execute(update(CLIENT_KEYS).where(CLIENT_KEYS.c.state == "next").values(wrapped_key=b"x"))

    ask(shop.settings, damage)
    keys(shop.settings, "rotate")
    keys(shop.settings, "rotate", "--tenant", "demo")
    rewrapped = keys(shop.settings, "rewrap")
    assert rewrapped.exit_code == 1 and "Does not open: client_keys" in rewrapped.output
    resealed = keys(shop.settings, "reseal")
    assert resealed.exit_code == 1 and f"Does not open: demo {token}" in resealed.output


def test_what_cannot_be_done_says_so(shop: Shop) -> None:
    wrong = shop.settings.model_copy(update={"key_passphrase": None})
    given = {"PAYMENT_DATA_FOLDER": str(wrong.data_folder)}
    assert CliRunner().invoke(main, ["keys", "status"], env=given).exit_code == 2
    away = shop.settings.model_copy(update={"database_url": "postgresql+asyncpg://payment@127.0.0.1:1/none"})
    assert keys(away, "status").exit_code == 3
    assert keys(shop.settings, "rotate", "--purpose", "fun").exit_code == 2


def test_a_tenant_rotates_and_reseals_over_http(shop: Shop) -> None:
    for _ in range(3):
        token = shop.store().raise_for_status().json()["token"]
    for method, path in (("GET", "/v1/keys"), ("POST", "/v1/keys/rotate"), ("POST", "/v1/keys/reseal")):
        denied = shop.client.request(method, path, json={} if method == "POST" else None)
        assert (denied.status_code, denied.json()["error"]["code"]) == (403, "step_up_required")
        assert httpx.request(method, shop.client.base_url.join(path)).status_code == 401
    stepped_up(shop)
    assert shop.client.post("/v1/keys/rotate", json={"purpose": "all"}).status_code == 422
    assert shop.client.post("/v1/keys/rewrap").status_code in (404, 405), "above all tenants"
    rotated = shop.client.post("/v1/keys/rotate", json={}).raise_for_status()
    assert rotated.json() == {"purpose": "data", "version": 2}
    rotated = shop.client.post("/v1/keys/rotate", json={"purpose": "fingerprint"}).raise_for_status()
    assert rotated.json() == {"purpose": "fingerprint", "version": 2}
    seen = shop.client.get("/v1/keys").raise_for_status().json()
    assert [(key["purpose"], key["version"], key["state"]) for key in seen["keys"]] == [
        ("data", 1, "retired"),
        ("data", 2, "current"),
        ("fingerprint", 1, "retired"),
        ("fingerprint", 2, "current"),
    ]
    assert seen["to_reseal"] == 3
    done = shop.client.post("/v1/keys/reseal").raise_for_status().json()
    assert done == {"resealed": 3, "left": 0, "unreadable": 0, "unreadable_tokens": [], "destroyed": []}
    opened = shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"})
    assert opened.raise_for_status().json()["number"] == CARD["number"]
    events = shop.client.get("/v1/audit").raise_for_status().json()["events"]
    assert {one["action"] for one in events} >= {"keys.read", "keys.rotate", "keys.reseal"}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_by_hand_it_goes_on(shop: Shop, how: signal.Signals) -> None:
    """Ctrl-C says what to do; a kill says nothing; both leave a log and rows that the next run takes over."""
    for _ in range(3):
        shop.store().raise_for_status()
    keys(shop.settings, "rotate", "--tenant", "demo")
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background may be without it
        "from reference_impl.vault import resealing\n"
        "from reference_impl.__main__ import main\n"
        "real, resealing.BATCH = resealing._renewed, 1\n"
        "resealing.Resealing.run.__defaults__ = (1,)\n"
        "count = iter(range(2))\n"
        "def dying(*given):\n"
        f"    next(count, None) is None and os.kill(os.getpid(), {int(how)})\n"
        "    return real(*given)\n"
        "resealing._renewed = dying\n"
        "main(['keys', 'reseal'])\n"
    )
    root = Path(__file__).resolve().parents[2]
    given = {**os.environ, **environment(shop.settings), "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", script], env=given, capture_output=True, check=False, timeout=120)
    assert done.returncode == (130 if how is signal.SIGINT else -how), done.stderr
    assert (b"begun again it goes on" in done.stderr) == (how is signal.SIGINT)
    again = keys(shop.settings, "reseal")
    assert again.exit_code == 0 and "0 do not open" in again.output
    assert "0 of their cards" in keys(shop.settings, "status").output


def test_nothing_fails_while_all_of_it_runs(shop: Shop) -> None:
    """Cards go in and out while the command line rotates, re-wraps and re-seals; then everything opens."""
    stepped_up(shop)
    over, stored, failed = threading.Event(), [shop.store().json()["token"]], list[str]()

    def traffic() -> None:
        while not over.is_set():
            answers = [shop.store(), shop.client.get("/v1/keys"), shop.client.get("/.well-known/jwks.json")]
            token = answers[0].json().get("token", "")
            stored.append(token)
            answers.append(shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "refund"}))
            failed.extend(answer.text for answer in answers if not answer.is_success)

    workers = [threading.Thread(target=traffic) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        for words in (["rotate"], ["rotate", "--tenant", "demo"], ["rewrap"], ["reseal"]):
            done = keys(shop.settings, *words)
            assert done.exit_code == 0, done.output
    finally:
        over.set()
        for worker in workers:
            worker.join()
    assert failed == []
    # The service may have sealed with the key before until it was told of the new one.
    shop.client.post("/v1/keys/rotate", json={}).raise_for_status()
    assert keys(shop.settings, "reseal").exit_code == 0
    assert keys(shop.settings, "rewrap").exit_code == 0

    async def versions(engine: AsyncEngine) -> set[int]:
        async with transaction(engine) as connection:
            return set(await connection.scalars(select(TOKENS.c.key_version)))

    assert ask(shop.settings, versions) == {3}
    assert len(wrapped_by(shop.settings)) == 1
    for token in stored:
        opened = shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "refund"})
        assert opened.raise_for_status().json()["number"] == PAN
