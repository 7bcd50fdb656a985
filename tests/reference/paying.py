"""The whole service with a card gateway and a processor behind it, each of them a real TLS server."""

from __future__ import annotations

import asyncio
import io
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import trustme
from joserfc.jwk import ECKey
from pydantic import SecretStr

from reference_impl import folder
from reference_impl.demo import access_token, settings_of
from reference_impl.gateway.opening import answer_keys
from reference_impl.gateway.tls import pin_of
from reference_impl.settings import Settings
from reference_impl.web import logs
from tests.reference import hosted_processor
from tests.reference.hosted_processor import HostedProcessor
from tests.reference.processor import Processor, authority, good_leaf, keys, tls
from tests.reference.running import Shop, serving
from tests.reference.tls_files import ca_file, der, spare_pin

FORM = {
    "processor_publishable_key": "shop",
    "processor_script_url": "https://js.processor.example/v3.1.0/",
    "processor_script_integrity": "sha384-" + "A" * 64,
    "processor_frames": "https://js.processor.example",
    "processor_calls": "https://api.processor.example",
}


@dataclass(kw_only=True)
class Till(Shop):
    """A shop that takes payments. `gateway` and `hosted`: what stands behind it."""

    gateway: Processor
    hosted: HostedProcessor

    def token(self) -> str:
        """Of the card, which is stored for it."""
        return str(self.store().raise_for_status().json()["token"])

    def pay(self, token: str, key: str = "", /, **changed: Any) -> httpx.Response:
        body = {"token": token, "amount": 1250, "currency": "EUR"} | changed
        return self.client.post("/v1/payments", json=body, headers={"Idempotency-Key": key or new_key()})

    def somebody_else(self) -> dict[str, str]:
        """Headers of another tenant."""
        return {"Authorization": f"Bearer {access_token(self.place, tenant='another')}"}

    def events(self, **wanted: str) -> list[dict[str, Any]]:
        """Of the audit log, newest first."""
        events: list[dict[str, Any]] = self.client.get("/v1/audit", params=wanted).raise_for_status().json()["events"]
        return events


def new_key() -> str:
    """An idempotency key: letters, so that it is never taken for a number."""
    return "order-" + uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


@contextmanager
def gateway_at(leaf: trustme.LeafCert) -> Iterator[Processor]:
    """A gateway that wants a certificate of its clients, in a thread of its own."""
    context = tls(leaf)
    authority().configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    gateway, ready, stop = Processor(), threading.Event(), threading.Event()

    async def run() -> None:
        async with gateway.serve(context):
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert ready.wait(20)
        yield gateway
    finally:
        stop.set()
        thread.join(20)


def of_gateway(settings: Settings, gateway: Processor, place: Path, **changed: Any) -> Settings:
    """Settings with this gateway; its keys for answers are made."""
    ours = authority().issue_cert("payments.example")
    key, chain, jwks = place / "client.key", place / "client.pem", place / "gateway.json"
    key.touch(0o600)
    key.write_bytes(ours.private_key_pem.bytes())
    chain.write_bytes(ours.cert_chain_pems[0].bytes())
    jwks.write_text(json.dumps({"keys": [one.as_dict(private=False) for one in (keys().theirs, keys().signing)]}))
    mine = answer_keys(settings)
    mine.add(folder.wrapper_of(settings))
    gateway.ours = ECKey.import_key(mine.public()["keys"][0])
    return settings.model_copy(
        update={
            "gateway_url": gateway.url(),
            "gateway_hosts": ("localhost",),
            "gateway_merchant": "shop-1",
            "gateway_pins": (pin_of(der(good_leaf())), spare_pin()),
            "gateway_authority": ca_file(authority(), place),
            "gateway_certificate": chain,
            "gateway_certificate_key": key,
            "gateway_jwks_file": jwks,
            "gateway_encryption_key": "gateway-2",
            "gateway_seconds": 6.0,
            **changed,
        }
    )


def of_processor(settings: Settings, hosted: HostedProcessor, place: Path, **changed: Any) -> Settings:
    """Settings with this processor."""
    trusted = place / "processor-ca.pem"
    hosted.authority.cert_pem.write_to_path(trusted)
    return settings.model_copy(
        update={
            "processor_url": hosted.url,
            "processor_secret_key": SecretStr(hosted_processor.KEY),
            "processor_webhook_secret": SecretStr(hosted_processor.WEBHOOK_SECRET.reveal().decode()),
            "processor_authority": trusted,
            "processor_seconds": 4.0,
            **FORM,
            **changed,
        }
    )


@contextmanager
def equipped(
    settings: Settings, folder: Path, leaf: trustme.LeafCert | None = None
) -> Iterator[tuple[Settings, Processor, HostedProcessor]]:
    """With a card gateway and a processor, both running. `leaf`: the gateway's certificate."""
    place = settings.data_folder.parent
    with gateway_at(leaf or good_leaf()) as gateway, hosted_processor.running(folder) as hosted:
        yield of_processor(of_gateway(settings, gateway, place), hosted, place), gateway, hosted


@contextmanager
def till_at(folder: Path, leaf: trustme.LeafCert | None = None, **changed: Any) -> Iterator[Till]:
    """Everything, running. `leaf`: the gateway's certificate; `changed`: settings."""
    place = folder / "place"
    log = io.StringIO()
    with equipped(settings_of(place), folder, leaf) as (made, gateway, hosted):
        settings = made.model_copy(update={"rate_limit_requests": 10_000, **changed})
        logs.configure(log)
        with serving(settings) as port:
            headers = {"Authorization": f"Bearer {access_token(place)}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=40) as client:
                yield Till(place, settings, client, log, gateway=gateway, hosted=hosted)
