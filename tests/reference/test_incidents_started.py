"""Measures take hold in the running service: begun over HTTP, by monitoring, or by another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from reference_impl.demo import access_token
from tests.reference.described import FRESH, assessment, incident
from tests.reference.fraud_parts import patient_policy
from tests.reference.incident_parts import receiver
from tests.reference.ordering import ended, place, wish
from tests.reference.paying import Till, new_key, till_at
from tests.reference.running import environment_of, stepped_up

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def till(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """On SQLite; and on PostgreSQL with Redis."""
    folder = tmp_path_factory.mktemp("till")
    changed: dict[str, Any] = {"fraud_policy_file": patient_policy(folder), "trusted_proxies": ("127.0.0.1/32",)}
    if request.param == "postgresql":
        changed |= {"database_url": request.getfixturevalue("postgres").database()}
        changed |= {"redis_url": request.getfixturevalue("redis_url")}
    with till_at(folder, **changed) as till:
        yield till


def of_tenant(till: Till, tenant: str, subject: str = "demo") -> httpx.Client:
    """Somebody who may do everything there, from an address of their own."""
    number = of_tenant_count[0] = of_tenant_count[0] + 1
    headers = {"Authorization": f"Bearer {access_token(till.place, subject, tenant)}"}
    headers["X-Forwarded-For"] = f"2001:db8:0:{number:x}::1"
    return httpx.Client(base_url=till.client.base_url, headers=headers, timeout=40)


of_tenant_count = [0]


def report(client: httpx.Client, **changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = client.post("/v1/incidents", json=incident(**changed)).raise_for_status().json()
    return told


def block(client: httpx.Client, kind: str, name: str) -> str:
    breach = {"type": "data_breach", "severity": "high", "accounts": [{"kind": kind, "name": name}]}
    return str(report(client, **breach)["measures"][0]["id"])


def refused(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "account_blocked"), answer.text


def operate(till: Till, *words: str) -> str:
    """Another process: the operator's command."""
    command = [sys.executable, "-m", "reference_impl", "incidents", *words]
    environment = {**os.environ, **environment_of(till.settings), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=till.place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def soon(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("wrong", ["urgent", "", "HIGH", 3, None])
def test_an_unknown_severity_is_refused(till: Till, wrong: Any) -> None:
    answer = till.client.post("/v1/incidents", json=incident(severity=wrong))
    assert (answer.status_code, answer.json()["error"]["fields"][0]["field"]) == (422, "body.severity")
    assert till.client.post("/v1/incidents", json=incident(type="theft")).status_code == 422
    assert till.client.get("/v1/incidents", params={"state": "lost"}).status_code == 422


def test_a_card_that_is_blocked_neither_pays_nor_is_shown(till: Till) -> None:
    with of_tenant(till, "card-shop") as shop, of_tenant(till, "card-shop", "grace") as grace:
        stepped_up(Till(till.place, till.settings, shop, till.log, gateway=till.gateway, hosted=till.hosted))
        store = {"card": {"number": "4000056655665556", "expiry": {"month": 12, "year": 2035}}}
        token = shop.post("/v1/tokens", json=store).raise_for_status().json()["token"]
        pay = {"token": token, "amount": 1000, "currency": "EUR"}
        before = till.gateway.charged.total()
        measure = block(shop, "card", token)
        refused(shop.post("/v1/payments", json=pay, headers={"Idempotency-Key": new_key()}))
        refused(place(shop, wish(token)))
        refused(shop.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"}))
        assert till.gateway.charged.total() == before
        denied = shop.get("/v1/audit", params={"resource": f"account:card:{token}"}).json()["events"]
        assert [event["action"] for event in denied] == ["token.detokenize", "order.create", "token.charge"]
        assert {(event["outcome"], event["reason"]) for event in denied} == {("denied", "account_blocked")}
        own = shop.post(f"/v1/measures/{measure}/end")
        assert (own.status_code, own.json()["error"]["code"]) == (403, "own_measure")
        grace.post(f"/v1/measures/{measure}/end").raise_for_status()
        assert shop.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"}).status_code == 200
        paid = shop.post("/v1/payments", json=pay, headers={"Idempotency-Key": new_key()})
        assert paid.status_code == 201


@pytest.mark.parametrize("kind", ["customer", "merchant"])
def test_orders_of_who_is_blocked_are_refused(till: Till, kind: str) -> None:
    with of_tenant(till, f"{kind}-shop") as shop:
        store = {"card": {"number": "4000056655665556", "expiry": {"month": 12, "year": 2035}}}
        token = shop.post("/v1/tokens", json=store).raise_for_status().json()["token"]
        block(shop, kind, "somebody")
        refused(place(shop, wish(token, **{kind: "somebody"})))
        other = place(shop, wish(token)).raise_for_status().json()["id"]
        assert ended(shop, other)["state"] in {"authorized", "flagged"}


def test_an_order_on_its_way_is_not_paid_once_its_customer_is_blocked(till: Till) -> None:
    with of_tenant(till, "way-shop") as shop:
        store = {"card": {"number": "4000056655665556", "expiry": {"month": 12, "year": 2035}}}
        token = shop.post("/v1/tokens", json=store).raise_for_status().json()["token"]
        before = till.gateway.charged.total()
        orders = [place(shop, wish(token, customer="runner")).raise_for_status().json()["id"] for _ in range(30)]
        block(shop, "customer", "runner")
        views = [ended(shop, order) for order in orders]
        failed = [view for view in views if view["state"] == "failed"]
        assert all(view["reasons"] == ["account_blocked"] for view in failed)
        assert till.gateway.charged.total() - before == len(views) - len(failed)
        assert all(view["payment"] for view in views if view["state"] != "failed")


def test_charges_of_a_customer_who_is_blocked_are_refused(till: Till) -> None:
    with of_tenant(till, "hosted-shop") as shop:
        customer = shop.post("/v1/customers").raise_for_status().json()["id"]
        added = shop.post(f"/v1/customers/{customer}/payment-methods", json={"payment_method": FRESH + "hostedshop"})
        charge = {"payment_method": added.raise_for_status().json()["id"], "amount": 100, "currency": "EUR"}
        block(shop, "customer", customer)
        asked = len(till.hosted.requests)
        refused(shop.post("/v1/charges", json=charge, headers={"Idempotency-Key": new_key()}))
        assert len(till.hosted.requests) == asked


def test_a_user_who_is_blocked_may_nothing(till: Till) -> None:
    with of_tenant(till, "user-shop") as shop, of_tenant(till, "user-shop", "eve") as eve:
        assert eve.get("/v1/audit").status_code == 200
        block(shop, "user", "eve")
        for path in ("/v1/audit", "/v1/incidents", "/v1/keys"):
            refused(eve.get(path))
        with of_tenant(till, "other-shop", "eve") as elsewhere:
            assert elsewhere.get("/v1/audit").status_code == 200
        events = shop.get("/v1/audit", params={"user": "eve", "action": "authorize"}).json()["events"]
        assert {event["reason"] for event in events} == {"account_blocked"}


def test_fraud_thresholds_fall_until_it_ends(till: Till) -> None:
    with of_tenant(till, "fraud-shop") as shop, of_tenant(till, "fraud-shop", "grace") as grace:

        def assessed() -> dict[str, Any]:
            body = assessment(amount=1_600_000)
            made: dict[str, Any] = shop.post("/v1/fraud/assessments", json=body).raise_for_status().json()
            return made

        order = ["approve", "monitor", "review", "block"]
        usual = assessed()
        measure = report(shop, type="fraud_attack", severity="high")["measures"][0]
        close = assessed()
        assert "heightened_attention" in close["risk_factors"]
        assert "heightened_attention" not in usual["risk_factors"]
        assert order.index(close["recommendation"]) > order.index(usual["recommendation"])
        grace.post(f"/v1/measures/{measure['id']}/end").raise_for_status()
        again = assessed()
        assert "heightened_attention" not in again["risk_factors"]
        assert again["recommendation"] == usual["recommendation"]


def test_a_tenant_under_attack_has_tighter_limits_and_others_have_not(tmp_path: Path) -> None:
    with (
        till_at(tmp_path, rate_limit_requests=50, trusted_proxies=("127.0.0.1/32",)) as till,
        of_tenant(till, "calm") as calm,
        of_tenant(till, "attacked") as attacked,
    ):
        report(attacked, type="ddos_attack", severity="high")
        statuses = [attacked.get("/v1/incidents").status_code for _ in range(12)]
        assert statuses == [200] * 10 + [429] * 2
        assert [calm.get("/v1/incidents").status_code for _ in range(12)] == [200] * 12


def test_another_process_protects_the_whole_service(tmp_path: Path) -> None:
    with till_at(tmp_path, rate_limit_requests=200, trusted_proxies=("127.0.0.1/32",)) as till:
        with of_tenant(till, "calm") as first:
            assert {first.get("/v1/incidents").status_code for _ in range(60)} == {200}
        words = ("--type", "ddos_attack", "--severity", "critical", "--subject", "edge", "--details", "a flood")
        said = operate(till, "report", *words)
        assert "ddos_attack critical edge: open" in said and "protection until" in said
        time.sleep(1.5)
        with of_tenant(till, "calm") as second:
            statuses = [second.get("/v1/incidents").status_code for _ in range(60)]
        assert statuses == [200] * 40 + [429] * 20
        assert said.splitlines()[0] in operate(till, "list")


def test_another_process_blocks_within_a_second(till: Till) -> None:
    with of_tenant(till, "far-shop") as shop, of_tenant(till, "far-shop", "eve") as eve:
        assert eve.get("/v1/incidents").status_code == 200
        breach = ("--type", "data_breach", "--severity", "critical", "--subject", "laptop", "--details", "lost")
        said = operate(till, "report", "--tenant", "far-shop", *breach, "--block", "user:eve")
        assert "the authority has to know by" in said
        soon(lambda: eve.get("/v1/incidents").status_code == 403)
        (found,) = shop.get("/v1/incidents").raise_for_status().json()["incidents"]
        measure = shop.get(f"/v1/incidents/{found['id']}").json()["measures"][0]["id"]
        shop.post(f"/v1/measures/{measure}/end").raise_for_status()
        assert eve.get("/v1/incidents").status_code == 200


def test_failed_sign_ins_become_an_incident_of_the_account_and_of_the_source(till: Till) -> None:
    with of_tenant(till, "sign-shop", "mallory") as mallory, of_tenant(till, "sign-shop") as shop:
        mallory.post("/v1/totp").raise_for_status()
        for number in range(6):  # from six addresses: no source fails often, and the account does
            headers = {"X-Forwarded-For": f"2001:db8:ff:{number:x}::1"}
            mallory.post("/v1/step-up", json={"code": "000000"}, headers=headers)
        soon(lambda: bool(shop.get("/v1/incidents").json()["incidents"]))
        (found,) = shop.get("/v1/incidents").json()["incidents"]
        assert (found["type"], found["subject"]) == ("credential_attack", "account:mallory")
    source = {"X-Forwarded-For": "2001:db8:fe:1::9"}
    for number in range(6):  # of six people: no account fails often, and the source does
        stranger = {**source, "Authorization": f"Bearer {number}.x.y"}
        assert httpx.get(f"{till.client.base_url}/v1/audit", headers=stranger).status_code == 401
    soon(lambda: "source:2001:db8:fe:1::/64" in operate(till, "list"))


def test_ten_suspicious_payments_become_an_incident_that_is_told(tmp_path: Path) -> None:
    with receiver(tmp_path) as to:
        authority = tmp_path / "receiver.pem"
        to.authority.cert_pem.write_to_path(authority)
        hook: dict[str, Any] = {"incident_webhook_url": to.url, "incident_webhook_authority": authority}
        hook |= {"incident_webhook_secret": SecretStr("s" * 32), "suspicious_payments": 3}
        with till_at(tmp_path, fraud_policy_file=patient_policy(tmp_path), **hook) as till:
            dubious = {"device": {"id": "d", "fingerprint": {"webdriver": "true"}}}
            for _ in range(3):
                made = till.client.post("/v1/fraud/assessments", json=assessment(**dubious)).raise_for_status().json()
                assert made["recommendation"] in {"review", "block"}, made
            soon(lambda: bool(to.notices), 20)
            (notice,) = to.notices
            assert (notice["incident"]["type"], notice["incident"]["severity"]) == ("fraud_attack", "high")
            close = till.client.post("/v1/fraud/assessments", json=assessment()).raise_for_status().json()
            assert "heightened_attention" in close["risk_factors"]


def test_the_authority_is_told_of(till: Till) -> None:
    with of_tenant(till, "breach-shop") as shop:
        told = report(shop, type="data_breach", severity="critical")
        lines = [json.loads(line) for line in till.log.getvalue().splitlines()]
        (line,) = [one for one in lines if one.get("incident") == told["id"]]
        assert (line["event"], line["severity"], line["kind"]) == ("incident", "critical", "data_breach")
        assert told["report_by"] and shop.post(f"/v1/incidents/{told['id']}/resolve").status_code == 409
        body = {"decision": "not_required", "reference": "the laptop was encrypted"}
        shop.post(f"/v1/incidents/{told['id']}/report", json=body).raise_for_status()
        done = shop.post(f"/v1/incidents/{told['id']}/resolve").raise_for_status().json()
        assert (done["state"], done["decision"]) == ("resolved", "not_required")
