"""The schemas of events as JSON Schema, what of a change breaks consumers, and an example of each.

`python -m tests.reference.event_schemas` adds new versions to `event_schemas.json`.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

from reference_impl.events.model import (
    SCHEMAS,
    Event,
    PaymentAuthorized,
    PaymentFailed,
    PaymentFlagged,
    PaymentTokenized,
    new_id,
)
from tests.reference.event_logs import order


def published() -> dict[str, Any]:
    """TYPE/VERSION to schema."""
    return {f"{type_.value}/{version}": _plain(schema) for (type_, version), schema in SCHEMAS.items()}


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Why a consumer that knows the old schema could not use an event of the new one."""
    found = []
    for name, kind in old["properties"].items():
        if name not in new["properties"]:
            found.append(f"{name}: gone")
        elif new["properties"][name] != kind:
            found.append(f"{name}: changed")
        elif name in old["required"] and name not in new["required"]:
            found.append(f"{name}: may be missing")
    return found


def examples() -> list[Event]:
    """One of each, with everything optional there."""
    first = order().model_copy(update={"source": IPv4Address("192.0.2.7"), "device": "device-1"})
    now = datetime.now(timezone.utc)
    common: dict[str, Any] = {"tenant": "acme", "order": first.order, "at": now, "amount": 1250, "currency": "EUR"}
    payment = "pay_" + "b" * 22
    return [
        first,
        PaymentTokenized(
            id=new_id(),
            **common,
            customer="customer-1",
            merchant="shop-1",
            token=first.card,
            source=IPv6Address("2001:db8::1"),
            device="device-1",
        ),
        PaymentAuthorized(id=new_id(), **common, payment=payment, risk=120),
        PaymentFailed(id=new_id(), **common, reason="insufficient_funds"),
        PaymentFlagged(
            id=new_id(),
            **common,
            payment=payment,
            recommendation="review",
            risk=700,
            reasons=("velocity", "new_device"),
        ),
    ]


def _plain(schema: type[Event]) -> dict[str, Any]:
    full = schema.model_json_schema()
    drop = ("title", "description")
    properties = {
        name: {key: value for key, value in kind.items() if key not in drop}
        for name, kind in full["properties"].items()
    }
    return {"properties": properties, "required": sorted(full["required"])}


if __name__ == "__main__":
    file = Path(__file__).with_suffix(".json")
    known = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(published() | known, indent=1, sort_keys=True) + "\n")
