"""Speed of the gateway client against a processor in the same process, over real TLS: one JSON object a line.

Run from the repository: `python benchmarks/reference_gateway.py`. The processor's own work (opening the card, signing
and encrypting the answer) is part of each payment's figure.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.encryption import open_answer, seal_card
from reference_impl.gateway.model import Charge
from reference_impl.money import Money
from tests.reference.processor import Processor, keys
from tests.reference.test_gateway_client import CODE, VerificationCode, card, gateway

CALLS, PAYMENTS, AT_ONCE = 500, 320, 16


def show(name: str, value: float, unit: str, better: str) -> None:
    """One figure."""
    print(json.dumps({"name": f"gateway.{name}", "value": round(value, 3), "unit": unit, "better": better}))


def rate(name: str, call: Callable[[], object]) -> None:
    """Calls a second."""
    began = time.perf_counter()
    for _ in range(CALLS):
        call()
    show(name, CALLS / (time.perf_counter() - began), "1/s", "higher")


async def pay(client: HttpGateway) -> float:
    """Seconds of one authorisation."""
    charge = Charge(Money(1234, "EUR"), "merchant_7", secrets.token_hex(16))
    began = time.perf_counter()
    await client.authorize(charge, card(), VerificationCode.parse(CODE))
    return time.perf_counter() - began


async def payments(folder: Path) -> None:
    """One after the other, then many at once, then each on a connection of its own."""
    processor = Processor()
    async with processor.serve():
        async with gateway(processor, folder) as client:
            await pay(client)
            took = sorted([await pay(client) for _ in range(PAYMENTS // 4)])
            show("authorize.p50", took[len(took) // 2] * 1000, "ms", "lower")
            show("authorize.p99", took[len(took) * 99 // 100] * 1000, "ms", "lower")

            async def some() -> None:
                for _ in range(PAYMENTS // AT_ONCE):
                    await pay(client)

            began = time.perf_counter()
            await asyncio.gather(*(some() for _ in range(AT_ONCE)))
            done = PAYMENTS // AT_ONCE * AT_ONCE
            show(f"authorize.{AT_ONCE}_at_once", done / (time.perf_counter() - began), "1/s", "higher")
        fresh: list[float] = []
        for _ in range(50):
            async with gateway(processor, folder) as client:
                fresh.append(await pay(client))
        show("authorize.new_connection.p50", sorted(fresh)[25] * 1000, "ms", "lower")


def main() -> None:
    """All figures."""
    bound: dict[str, str | int] = {"amount": 1234, "currency": "EUR", "merchant_id": "merchant_7"}
    bound |= {"idempotency_key": "order-4711-attempt-1", "timestamp": "2026-11-22T10:00:00.000+00:00"}
    code = VerificationCode.parse(CODE)
    rate("seal_card", lambda: seal_card(keys().client, bound, card(), code))
    answer = Processor().seal({"outcome": "approved"})
    rate("open_answer", lambda: open_answer(keys().client, answer))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(payments(Path(folder)))


if __name__ == "__main__":
    main()
