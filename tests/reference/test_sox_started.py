"""Financial controls in the running service: the report over HTTP, four eyes for refunds, evidence of changes."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reference_impl import folder
from reference_impl.clock import utc_now
from reference_impl.demo import access_token
from reference_impl.settings import Settings
from reference_impl.sox.opening import digest_of
from tests.reference.described import FRESH
from tests.reference.fraud_parts import patient_policy
from tests.reference.ordering import ended, place, wish
from tests.reference.paying import Till, new_key, till_at
from tests.reference.running import environment_of, stepped_up

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def till(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    place = tmp_path_factory.mktemp("till")
    changed: dict[str, Any] = {"fraud_policy_file": patient_policy(place)}
    if request.param == "postgresql":
        changed |= {"database_url": request.getfixturevalue("postgres").database()}
    with till_at(place, **changed) as till:
        yield till


@pytest.fixture
def grace(till: Till) -> Iterator[httpx.Client]:
    """A colleague."""
    headers = {"Authorization": f"Bearer {access_token(till.place, 'grace')}"}
    with httpx.Client(base_url=till.client.base_url, headers=headers, timeout=40) as client:
        yield client


def paid_charge(till: Till, amount: int) -> str:
    customer = till.client.post("/v1/customers").raise_for_status().json()["id"]
    method = {"payment_method": FRESH + new_key()[6:38]}
    added = till.client.post(f"/v1/customers/{customer}/payment-methods", json=method).raise_for_status().json()["id"]
    body = {"payment_method": added, "amount": amount, "currency": "EUR"}
    paid = till.client.post("/v1/charges", json=body, headers={"Idempotency-Key": new_key()}).raise_for_status()
    return str(paid.json()["id"])


def test_money_of_every_kind_is_on_the_chain_with_who_where_from_and_how_much(till: Till) -> None:
    agent = {"User-Agent": "checkout 4111111111111111"}
    token = till.token()
    body = {"token": token, "amount": 1250, "currency": "EUR"}
    paid = till.client.post("/v1/payments", json=body, headers={**agent, "Idempotency-Key": new_key()}).json()["id"]
    order = place(till.client, wish(token, amount=777)).raise_for_status().json()["id"]
    held = ended(till.client, order)["payment"]
    charge = paid_charge(till, 900)
    back = till.client.post(
        f"/v1/charges/{charge}/refunds", json={"amount": 400}, headers={"Idempotency-Key": new_key()}
    )
    refund = back.raise_for_status().json()["id"]
    lines = b"".join(path.read_bytes() for path in (till.settings.data_folder / "audit").glob("*.log")).splitlines()
    for resource, action, amount in (
        (f"payment:{paid}", "payment.authorize", 1250),
        (f"payment:{held}", "payment.authorize", 777),
        (f"order:{order}", "order.create", 777),
        (f"charge:{charge}", "charge.create", 900),
        (f"refund:{refund}", "refund.create", 400),
    ):
        (line,) = [one for one in lines if f'"{resource}"'.encode() in one and f'"{action}"'.encode() in one]
        assert f'"amount":{amount},"at":'.encode() in line and b'"currency":"EUR"' in line, line
    assert b"4111111111111111" not in b"".join(lines)
    (asked,) = [one for one in lines if f'"payment:{paid}"'.encode() in one and b"payment.request" in one]
    assert b'"agent":"checkout [masked]"' in asked and b'"origin":"127.0.0.1"' in asked


def test_the_report_of_the_running_service_fits_its_stores_and_its_key(
    till: Till, grace: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = till.token()
    till.pay(token).raise_for_status()
    till.gateway.decline = "insufficient_funds"
    try:
        assert till.pay(token).status_code == 402
    finally:
        till.gateway.decline = ""
    paid_charge(till, 900)
    until = utc_now() - timedelta(seconds=61)
    period = {"since": (until - timedelta(days=1)).isoformat(), "until": until.isoformat()}
    before = till.client.get("/v1/finances/report", params=period).raise_for_status().json()
    assert before["report"]["financial_records"]["count"] == 0, "what is a minute old is of the next period"
    monkeypatch.setattr("reference_impl.sox.report.SETTLES", timedelta(0))
    time.sleep(0.01)
    period["until"] = utc_now().isoformat()
    made = till.client.get("/v1/finances/report", params=period).raise_for_status().json()
    report = made["report"]
    totals = {(one["action"], one["outcome"]): one for one in report["totals"]}
    assert totals["payment.authorize", "success"]["amount"] >= 1250
    assert totals["payment.authorize", "denied"]["times"] == 1 and totals["charge.create", "success"]["amount"] >= 900
    assert (report["differing"], report["differences"]) == (0, []) and report["compared"] >= 6
    assert "demo" in report["people"]
    signing = folder.audit_keys(till.settings, folder.wrapper_of(till.settings)).signing.public_key()
    assert isinstance(signing, Ed25519PublicKey)
    signing.verify(base64.b64decode(made["signature"]), b"sox report 1\n" + made["document"].encode())
    prepared = grace.post("/v1/finances/periods", json=period).raise_for_status().json()["id"]
    refused = till.client.post(f"/v1/finances/periods/{prepared}/close", json={})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "same_person"), "demo took money"
    third = {"Authorization": f"Bearer {access_token(till.place, 'henry')}"}
    closed = grace.post(f"/v1/finances/periods/{prepared}/close", json={}, headers=third).raise_for_status().json()
    assert closed["closed_by"] == "henry"
    assert till.events(action="period.report")[0]["outcome"] == "success"


def test_a_large_refund_wants_another_person(till: Till, grace: httpx.Client) -> None:
    charge, key = paid_charge(till, 250_000), new_key()

    def refund(amount: int = 150_000) -> httpx.Response:
        return till.client.post(
            f"/v1/charges/{charge}/refunds", json={"amount": amount}, headers={"Idempotency-Key": key}
        )

    asked = refund()
    assert (asked.status_code, asked.json()["error"]["code"]) == (409, "approval_required")
    assert not [path for _, path, form in till.hosted.requests if path == "/v1/refunds" and form["amount"] == "150000"]
    waiting = till.client.get("/v1/approvals").raise_for_status().json()["approvals"][-1]
    assert (waiting["amount"], waiting["asked_by"]) == (150_000, "demo")
    own = till.client.post(f"/v1/approvals/{waiting['id']}/decide", json={"approved": True})
    assert (own.status_code, own.json()["error"]["code"]) == (403, "same_person")
    assert refund().status_code == 409
    grace.post(f"/v1/approvals/{waiting['id']}/decide", json={"approved": True}).raise_for_status()
    done = refund()
    assert (done.status_code, done.json()["amount"]) == (201, 150_000)
    assert grace.post(f"/v1/approvals/{waiting['id']}/decide", json={"approved": False}).status_code == 409
    events = till.events(resource=f"approval:{waiting['id']}")
    assert [(one["user"], one["action"], one["outcome"]) for one in reversed(events)] == [
        ("demo", "approval.ask", "success"),
        ("demo", "approval.decide", "denied"),
        ("grace", "approval.decide", "success"),
        ("grace", "approval.decide", "failure"),
    ]


def test_a_large_refund_in_small_pieces_wants_another_person_as_well(till: Till) -> None:
    path = f"/v1/charges/{paid_charge(till, 250_000)}/refunds"
    answers = [
        till.client.post(path, json={"amount": 40_000}, headers={"Idempotency-Key": new_key()}) for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[-1].json()["error"]["code"] == "approval_required"


def test_a_refund_that_was_refused_is_not_made(till: Till, grace: httpx.Client) -> None:
    charge, key = paid_charge(till, 250_000), {"Idempotency-Key": new_key()}
    path, body = f"/v1/charges/{charge}/refunds", {"amount": 249_999}
    assert till.client.post(path, json=body, headers=key).status_code == 409
    name = grace.get("/v1/approvals").json()["approvals"][-1]["id"]
    grace.post(f"/v1/approvals/{name}/decide", json={"approved": False}).raise_for_status()
    assert till.client.post(path, json=body, headers=key).status_code == 403


def test_a_new_key_is_evidence_that_another_person_approves(till: Till, grace: httpx.Client) -> None:
    till.store().raise_for_status()
    stepped_up(till)
    version = till.client.post("/v1/keys/rotate", json={"purpose": "data"}).raise_for_status().json()["version"]
    change = till.client.get("/v1/changes").raise_for_status().json()["changes"][0]
    assert (change["what"], change["new"], change["changed_by"]) == ("key/data", f"version:{version}", "demo")
    own = till.client.post(f"/v1/changes/{change['id']}/approve")
    assert (own.status_code, own.json()["error"]["code"]) == (403, "same_person")
    approved = grace.post(f"/v1/changes/{change['id']}/approve").raise_for_status().json()
    assert approved["approved_by"] == "grace"


def test_configuration_that_changed_is_on_the_chain_at_the_next_start(tmp_path: Path) -> None:
    def recorded(settings: Settings) -> list[str]:
        lines = b"".join(path.read_bytes() for path in (settings.data_folder / "audit").glob("*.log")).splitlines()
        return [line.decode().partition('"reason":"')[2].partition('"')[0] for line in lines if b"change.made" in line]

    (tmp_path / "one").mkdir()
    with till_at(tmp_path / "one") as till:
        first = recorded(till.settings)
        known = {line.split()[0] for line in first}
        assert known == {"settings", "fraud_policy", "fraud_models", "tables", "key_encryption_key"}
        assert all(" old:- " in line for line in first)
        place = till.place
    changed = {"rate_limit_requests": 9_999, "fraud_policy_file": patient_policy(tmp_path)}
    with till_at(place.parent, **changed) as till:
        made = recorded(till.settings)[len(first) :]
        assert {line.split()[0] for line in made} == {"settings", "fraud_policy"}
        assert all(" old:- " not in line for line in made)


def test_the_digest_of_the_settings_holds_no_secret() -> None:
    one = Settings(database_url="postgresql+asyncpg://pay:one@db/pay", key_passphrase="one")
    other = Settings(database_url="postgresql+asyncpg://pay:two@db/pay", key_passphrase="two")
    assert digest_of(one) == digest_of(other)
    assert digest_of(one) != digest_of(Settings(database_url="postgresql+asyncpg://pay@db2/pay", key_passphrase="one"))
    assert digest_of(one) != digest_of(Settings(database_url="postgresql+asyncpg://pay@db/pay"))


def operate(till: Till, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reference_impl", "finances", *words]
    environment = {**os.environ, **environment_of(till.settings), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, cwd=till.place, capture_output=True, text=True, check=False)


def test_the_operator_reports_beside_the_running_service_and_never_from_a_log_that_was_changed(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        till.pay(till.token()).raise_for_status()
        period = ("--tenant", "demo", "--since", "2026-01-01", "--until", "2026-02-01")
        done = operate(till, "report", *period)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["report"]["chain"]["last"] > 10
        listed = operate(till, "changes").stdout.splitlines()
        assert len(listed) == 5 and all(line.endswith("not approved") for line in listed)
        own = operate(till, "approve", listed[0].split()[0])
        assert (own.returncode, own.stderr.strip()) == (2, "who changed it does not approve it")
        assert operate(till, "report", *period[:4], "--until", "2999-01-01").returncode == 2
        (segment,) = (till.settings.data_folder / "audit").glob("*.log")
        content = segment.read_bytes()
        segment.write_bytes(content.replace(b'"amount":1250', b'"amount":9250'))
        refused = operate(till, "report", *period)
        segment.write_bytes(content)
        assert refused.returncode == 1 and refused.stderr.startswith("No report: The audit log was changed")
        assert refused.stdout == ""
