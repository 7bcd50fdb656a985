"""Orders of a running service, for tests: placed over HTTP, and waited for."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import httpx

from tests.reference.event_logs import name
from tests.reference.kafka_broker import Broker
from tests.reference.paying import new_key

OUTCOMES = {"authorized", "failed", "flagged"}


def kafka(broker: Broker) -> dict[str, Any]:
    """Settings of one broker on this machine."""
    few = {"kafka_partitions": 3, "kafka_replicas": 1, "kafka_in_sync": 1}
    return {"kafka_servers": (broker.servers,), "kafka_prefix": f"{name()}.", **few}


def wish(token: str | None = None, /, **changed: Any) -> dict[str, Any]:
    """A body that is right. What is None is left out."""
    body = {"token": token, "amount": 1250, "currency": "EUR", "customer": "customer-1", "merchant": "shop-1"} | changed
    return {name: value for name, value in body.items() if value is not None}


def place(client: httpx.Client, body: dict[str, Any], key: str = "") -> httpx.Response:
    return client.post("/v1/orders", json=body, headers={"Idempotency-Key": key or new_key()})


def ended(client: httpx.Client, order: str, seconds: float = 60) -> dict[str, Any]:
    """What became of it."""
    deadline = time.monotonic() + seconds
    while True:
        view: dict[str, Any] = client.get(f"/v1/orders/{order}").raise_for_status().json()
        if view["state"] in OUTCOMES:
            return view
        assert time.monotonic() < deadline, view
        time.sleep(0.05)


def all_ended(client: httpx.Client, orders: Iterable[str], seconds: float = 120) -> dict[str, dict[str, Any]]:
    return {order: ended(client, order, seconds) for order in orders}
