"""Fraud decisions on the whole service, over HTTP: who may what, what is recorded, what keeps it from starting."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from reference_impl import demo
from reference_impl.__main__ import main
from reference_impl.database import connect, transaction
from reference_impl.errors import ConfigurationError, IntegrityError, ServiceError
from reference_impl.fraud import manifest, shipped
from reference_impl.settings import Settings
from tests.reference.described import assessment
from tests.reference.fraud_parts import patient_policy
from tests.reference.paying import new_key, till_at
from tests.reference.running import Shop, serving, settings_in

PATH = "/v1/fraud/assessments"
CASES: list[tuple[str, str, Any, dict[str, int]]] = [
    ("POST", PATH, assessment(), {"checkout": 201}),
    ("GET", f"{PATH}/ID", None, {"checkout": 200, "support": 200, "fraud_analyst": 200}),
    ("POST", f"{PATH}/ID/appeal", {"ground": "it was me"}, {"support": 201}),
    ("POST", f"{PATH}/ID/conclusion", {"overturned": True}, {"fraud_analyst": 200}),
]


def as_role(shop: Shop, role: str, tenant: str = "demo") -> dict[str, str]:
    token = demo.access_token(shop.place, f"only-{role}", tenant, roles=(role,))
    return {"Authorization": f"Bearer {token}"}


def test_assessed_explained_contested_and_decided_by_another(shop: Shop) -> None:
    made = shop.client.post(PATH, json=assessment(), headers=as_role(shop, "checkout")).raise_for_status().json()
    place = f"{PATH}/{made['id']}"
    told = shop.client.get(place, headers=as_role(shop, "support")).raise_for_status().json()
    assert {**told, **made} == told and told["explanation"] and told["details"]
    assert told["model_version"] == manifest.unsigned(shipped.FOLDER).manifest.version
    for method, path, body, allowed in CASES:
        for role in demo.ROLES:
            answer = shop.client.request(method, path.replace("ID", made["id"]), json=body, headers=as_role(shop, role))
            assert answer.status_code == allowed.get(role, 403), (method, path, role)
        other = as_role(shop, next(iter(allowed)), "another")
        foreign = shop.client.request(method, path.replace("ID", made["id"]), json=body, headers=other)
        assert foreign.status_code == (201 if path == PATH else 404), path
    about = {"resource": f"assessment:{made['id']}"}
    events = shop.client.get("/v1/audit", params=about).raise_for_status().json()["events"]
    assert [(one["action"], one["user"], one["outcome"], one["reason"]) for one in reversed(events)] == [
        ("fraud.assess", "only-checkout", "success", made["recommendation"]),
        ("fraud.read", "only-support", "success", ""),
        *(("fraud.read", f"only-{role}", "success", "") for role in ("checkout", "support", "fraud_analyst")),
        ("fraud.contest", "only-support", "success", ""),
        ("fraud.conclude", "only-fraud_analyst", "success", "overturned"),
    ]
    denied = shop.client.get("/v1/audit", params={"action": "authorize"}).raise_for_status().json()["events"]
    assert {one["resource"] for one in denied} >= {"fraud:assess", "fraud:read", "fraud:appeal", "fraud:review"}


def models(settings: Settings, *words: str) -> Result:
    assert settings.key_passphrase
    environment = {
        "PAYMENT_DATA_FOLDER": str(settings.data_folder),
        "PAYMENT_KEY_PASSPHRASE": settings.key_passphrase.get_secret_value(),
    }
    return CliRunner().invoke(main, ["models", *words], env=environment)


def swapped(place: Path) -> None:
    first, second = (place / name for name in (manifest.CLASSIFIER, manifest.ANOMALY))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def signed_by_another(place: Path) -> None:
    manifest.sign(place, Ed25519PrivateKey.generate())


def unsigned(place: Path) -> None:
    (place / "manifest.sig").unlink()


def gone(place: Path) -> None:
    shutil.rmtree(place)


def as_before_there_were_models(place: Path) -> None:
    shutil.rmtree(place)
    (place.parent / "fraud-keys.json").unlink()


@pytest.mark.parametrize(
    ("harm", "error", "status"),
    [
        (swapped, IntegrityError, 1),
        (signed_by_another, IntegrityError, 1),
        (unsigned, IntegrityError, 1),
        (gone, ConfigurationError, 2),
        (as_before_there_were_models, ConfigurationError, 2),
    ],
)
def test_no_other_models_are_served(
    tmp_path: Path, harm: Callable[[Path], None], error: type[ServiceError], status: int
) -> None:
    settings = settings_in(tmp_path / "place")
    assert models(settings, "verify").exit_code == 0
    harm(settings.data_folder / "fraud-models")
    with pytest.raises(error, match="paylint-reference models install"), serving(settings):
        pass
    refused = models(settings, "verify")
    assert (refused.exit_code, "paylint-reference models install" in refused.output) == (status, True)
    done = models(settings, "install")
    assert done.exit_code == 0, done.output
    with serving(settings):
        assert models(settings, "verify").exit_code == 0


def test_models_of_ones_own(tmp_path: Path) -> None:
    settings, mine = settings_in(tmp_path / "place"), tmp_path / "mine"
    of_package = manifest.unsigned(shipped.FOLDER)
    known = {name: getattr(of_package.manifest, name) for name in manifest.Manifest.__slots__}
    manifest.write(mine, manifest.Manifest(**known | {"version": "mine"}), of_package.files)
    assert "mine" in models(settings, "install", str(mine)).output
    assert "mine" in models(settings, "verify").output
    (mine / manifest.CLASSIFIER).write_bytes(b"something else")
    assert models(settings, "install", str(mine)).exit_code == 1
    (tmp_path / "nothing").mkdir()
    assert models(settings, "install", str(tmp_path / "nothing")).exit_code == 1
    assert models(settings, "install", str(tmp_path / "nowhere")).exit_code == 2
    assert "mine" in models(settings, "verify").output, "what did not work changed nothing"
    with serving(settings, lambda _: None) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        headers = {"Authorization": f"Bearer {demo.access_token(tmp_path / 'place')}"}
        made = client.post(PATH, json=assessment(), headers=headers).raise_for_status().json()
        assert client.get(f"{PATH}/{made['id']}", headers=headers).json()["model_version"] == "mine"
    log = b"".join(path.read_bytes() for path in (settings.data_folder / "operator").iterdir() if path.is_file())
    assert log.count(b'"fraud.models.install"') == 6 and b'"version:mine"' in log and b'"integrity_error"' in log


def test_an_older_demonstration_gets_its_models(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")
    as_before_there_were_models(settings.data_folder / "fraud-models")
    demo.settings_of(tmp_path / "place")
    with serving(settings):
        assert models(settings, "verify").exit_code == 0


@contextmanager
def paused(url: str) -> Iterator[None]:
    """Redis takes commands and does not do them."""
    client = redis.Redis.from_url(url)
    client.client_pause(60_000, all=False)
    try:
        yield
    finally:
        client.client_unpause()
        client.close()


@contextmanager
def devices_locked(url: str) -> Iterator[None]:
    """Who asks for devices waits."""
    engine, loop = connect(url), asyncio.new_event_loop()
    held = transaction(engine)

    async def lock() -> None:
        connection = await held.__aenter__()
        await connection.execute(text("LOCK TABLE fraud_devices IN ACCESS EXCLUSIVE MODE"))

    async def release() -> None:
        await held.__aexit__(None, None, None)
        await engine.dispose()

    loop.run_until_complete(lock())
    try:
        yield
    finally:
        loop.run_until_complete(release())
        loop.close()


@pytest.mark.parametrize("hung", [paused, devices_locked])
def test_with_an_engine_that_hangs_nothing_is_approved(
    tmp_path: Path, postgres_url: str, redis_url: str, hung: Any
) -> None:
    late = {"velocity", "rule_engine"} if hung is paused else {"device"}
    place = tmp_path / "place"
    changed = {"database_url": postgres_url, "redis_url": redis_url, "rate_limit_requests": 10_000}
    settings = settings_in(place).model_copy(update=changed)
    headers = {"Authorization": f"Bearer {demo.access_token(place)}"}
    with serving(settings) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
        client.post(PATH, json=assessment()).raise_for_status()
        with hung(redis_url if hung is paused else postgres_url):
            made = [client.post(PATH, json=assessment()).raise_for_status().json() for _ in range(8)]
        for one in made:
            assert late <= {*one["left_out"]}
            assert one["recommendation"] in ({"review", "block"} if hung is paused else {"monitor", "review", "block"})
            told = client.get(f"{PATH}/{one['id']}").raise_for_status().json()
            assert told["recommendation"] == one["recommendation"] and "engine_lost" in told["risk_factors"]


def test_declined_payments_count_against_those_who_made_them(tmp_path: Path) -> None:
    with till_at(tmp_path, fraud_policy_file=patient_policy(tmp_path)) as till:
        device, customer = {"id": "one-device"}, "one-customer"
        for number in range(6):
            card, key = till.token(), new_key()
            body = assessment(transaction=key, customer=customer, card=card, device=device)
            made = till.client.post(PATH, json=body).raise_for_status().json()
            failed = {"customer_failed", "device_failed"} & {*made["risk_factors"]}
            assert failed == ({"customer_failed"} if number > 3 else set()), number  # the policy has 3 and 5
            till.gateway.decline = "stolen_card"
            assert till.pay(card, key).status_code == 402
            assert till.pay(card, key).status_code == 402, "told again, and counted once"
        last = till.client.post(PATH, json=assessment(device=device)).raise_for_status().json()
        assert "device_failed" in last["risk_factors"]
