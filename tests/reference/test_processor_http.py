"""Both sides of the processor over HTTP: our routes and the page with its form, and servers that are not it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from reference_impl.errors import (
    ConfigurationError,
    ServiceError,
    UnavailableError,
)
from reference_impl.processor.api import public_router, router
from reference_impl.processor.client import ProcessorClient, connection
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.processor.store import CHARGES, CUSTOMERS, PAYMENT_METHODS, REFUNDS
from reference_impl.secret import Secret
from tests.reference.app import application, require
from tests.reference.hosted_payments import FORM, NOW, VISA, Here, run
from tests.reference.hosted_processor import KEY, HostedProcessor, running


def test_servers_that_are_not_the_processor(sqlite: str, processor: HostedProcessor, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        with running(tmp_path, "elsewhere.example") as wrong:
            for context in (wrong.client_context(), processor.client_context()):  # wrong host, unknown authority
                async with connection(wrong.url, Secret(KEY), context) as http:
                    with pytest.raises(UnavailableError):
                        await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
            assert not wrong.requests

    run(sqlite, processor, test)
    with pytest.raises(ConfigurationError):
        connection("http://localhost", Secret(KEY), processor.client_context())


def test_a_wrong_secret_key(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        async with connection(processor.url, Secret("another"), processor.client_context()) as http:
            with pytest.raises(UnavailableError, match="credentials"):
                await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
            assert "another" not in repr(http.headers)

    run(sqlite, processor, test)


def test_the_page_has_no_card_field_of_ours() -> None:
    page, policy = FORM.render()
    nonce = re.search(r"'nonce-([A-Za-z0-9_-]{32})'", policy)
    assert nonce is not None
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts and all(f'nonce="{nonce[1]}"' in script for script in scripts)
    (loaded,) = [script for script in scripts if "src=" in script]
    assert f'integrity="{FORM.integrity}"' in loaded and 'crossorigin="anonymous"' in loaded
    assert re.findall(r'<input[^>]*name="(\w+)"', page) == ["payment_method"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert FORM.render()[1] != policy, "a nonce is used once"


def test_the_page_encodes_its_settings() -> None:
    hostile = HostedForm(FORM.script_url, FORM.integrity, '"><script>', FORM.frames, FORM.calls)
    assert '"><script>' not in hostile.render()[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"script_url": "http://js.processor.example/"},
        {"integrity": ""},
        {"integrity": "md5-AAAA"},
        {"frames": "*"},
        {"frames": "https://a.example; script-src *"},
        {"calls": "http://api.processor.example"},
        {"action": "https://elsewhere.example/"},
        {"action": "//elsewhere.example/"},
    ],
)
def test_no_form(changes: dict[str, str]) -> None:
    names = ("script_url", "integrity", "publishable_key", "frames", "calls", "action")
    with pytest.raises(ConfigurationError):
        HostedForm(**{name: getattr(FORM, name) for name in names} | changes)


def test_over_http(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        app = application(router(here.service, here.service, require), public_router(here.service, FORM))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://pay.example") as client:
            customer = (await client.post("/v1/customers")).json()["id"]
            methods = f"/v1/customers/{customer}/payment-methods"
            method = (await client.post(methods, json={"payment_method": VISA})).json()
            assert method | {"id": ""} == {
                "id": "",
                "brand": "visa",
                "last_four": "4242",
                "expiry_month": 12,
                "expiry_year": 2030,
            }
            body = {"payment_method": method["id"], "amount": 1250, "currency": "EUR"}
            key = {"Idempotency-Key": "order-one"}
            charge = await client.post("/v1/charges", json=body, headers=key)
            assert charge.status_code == 201 and charge.json()["state"] == "succeeded"
            assert (await client.get(f"/v1/charges/{charge.json()['id']}")).json() == charge.json()
            refund = await client.post(f"/v1/charges/{charge.json()['id']}/refunds", json={"amount": 50}, headers=key)
            assert refund.status_code == 201

            canary = "4111111111111111"
            for status, path, sent, headers in (
                (422, methods, {"payment_method": canary}, {}),
                (422, methods, {"payment_method": VISA, "number": canary}, {}),
                (422, "/v1/charges", body | {"cvc": "9737"}, key),
                (422, "/v1/charges", body, {}),
                (422, "/v1/charges", body, {"Idempotency-Key": canary}),
                (404, "/v1/charges", body | {"payment_method": canary}, {"Idempotency-Key": "order-two"}),
                (403, "/v1/charges", body, key | {"x-role": "support"}),
            ):
                answer = await client.post(path, json=sent, headers=headers)
                assert answer.status_code == status, answer.text
                assert canary not in answer.text and "9737" not in answer.text

            (intent,) = processor.intents
            payload, signed = processor.event("payment_intent.succeeded", intent, NOW)
            events = "/v1/processor/events"
            assert (await client.post(events, content=payload, headers={"Stripe-Signature": signed})).status_code == 204
            assert (
                await client.post(events, content=payload, headers={"Stripe-Signature": "t=1,v1=00"})
            ).status_code == 401
            large = await client.post(events, content=b" " * 300_000, headers={"Stripe-Signature": signed})
            assert large.status_code == 413
            page = await client.get("/v1/processor/form")
            assert "script-src 'nonce-" in page.headers["content-security-policy"]
            assert page.headers["cache-control"] == "no-store"
        async with here.engine.connect() as db:
            for table in (CUSTOMERS, PAYMENT_METHODS, CHARGES, REFUNDS):
                assert "4111" not in repr((await db.execute(text(f"SELECT * FROM {table.name}"))).all())  # noqa: S608

    run(sqlite, processor, test)


def test_an_unreachable_processor(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        async with connection("https://localhost:1", Secret(KEY), processor.client_context()) as http:
            with pytest.raises(ServiceError, match="does not answer"):
                await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
        assert len(here.waits) == 2 and all(wait <= 5 for wait in here.waits)

    run(sqlite, processor, test)
