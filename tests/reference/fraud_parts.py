"""What fraud tests need: payments, a predictor that computes something, and engines that misbehave."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from reference_impl.fraud.model import (
    CustomerHistory,
    Device,
    Facts,
    Place,
    Prediction,
    RiskSignal,
    Transaction,
)
from reference_impl.fraud.settings import DEFAULT, Policy, load
from reference_impl.money import Money

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
CARD = "tok_" + "A" * 43
BERLIN, LISBON, SYDNEY = Place(52.52, 13.405, "DE"), Place(38.72, -9.14, "PT"), Place(-33.87, 151.21, "AU")
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
LAPTOP = {
    "user_agent": AGENT,
    "screen": "1920x1080x24",
    "time_zone": "Europe/Berlin",
    "languages": "de-DE,de;q=0.9,en;q=0.7",
    "platform": "Win32",
    "cores": "8",
    "touch_points": "0",
}
ENGINES = ("ml_model", "rule_engine", "velocity", "device", "network")
POLICY = load().policy


def facts(number: int = 1, *, amount: int = 2_500, **changed: Any) -> Facts:
    """A harmless payment of somebody known, at noon."""
    paid = Transaction(
        id=f"tx-{number}",
        tenant="m1",
        customer="customer-1",
        card=CARD,
        merchant="shop-1",
        money=Money(amount, "EUR"),
        description="two books",
        at=NOW,
        source="8.8.8.8",
        device=Device("device-1", LAPTOP),
        place=BERLIN,
    )
    known = CustomerHistory(
        2_000, payments=40, days_since_first=400, payment_methods=1, shipping_addresses=1, home=BERLIN
    )
    return Facts(replace(paid, **changed), known)


def features(given: Facts) -> Sequence[float]:
    """Three of them."""
    usual = given.customer.average_amount or 1.0
    return (math.log(given.transaction.money.amount / usual), given.customer.chargeback_rate, given.transaction.at.hour)


class Logistic:
    """A logistic function of the features; deterministic."""

    def predict_many(self, rows: Sequence[Sequence[float]]) -> list[Prediction]:
        return [self.predict(row) for row in rows]

    def predict(self, given: Sequence[float]) -> Prediction:
        """Larger amounts than usual and charge-backs are suspicious."""
        parts = {"amount": 0.9 * given[0], "chargebacks": 8 * given[1], "base": -4.0}
        return Prediction(1 / (1 + math.exp(-sum(parts.values()))), min(1.0, abs(given[0]) / 10), parts)


@dataclass
class Says:
    """An engine that answers at once with a signal, None, or by raising."""

    name: str
    answer: RiskSignal | BaseException | None

    async def assess(self, _: Facts) -> RiskSignal | None:
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@dataclass
class Hangs:
    """An engine that never answers. `stubborn`: it does not stop when it is told to, until `over` is set."""

    name: str
    stubborn: bool = False
    calls: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def assess(self, _: Facts) -> RiskSignal | None:
        self.calls += 1
        try:
            await self.over.wait()
        except asyncio.CancelledError:
            if not self.stubborn:
                raise
            await self.over.wait()
        return None


class Blocked:
    """A function that hangs in its thread until it is let go (or the test has gone wrong), and can be waited for."""

    def __init__(self) -> None:
        self.entered, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self) -> int:
        self.entered.release()
        self.go.wait(20)
        return 1


@dataclass
class Counted:
    """`Counts` that can be looked at."""

    engines: list[tuple[str, str]] = field(default_factory=list)
    assessments: list[str] = field(default_factory=list)

    def engine(self, engine: str, outcome: str, seconds: float) -> None:
        assert seconds >= 0
        self.engines.append((engine, outcome))

    def assessment(self, recommendation: str, seconds: float) -> None:
        self.assessments.append(recommendation)


def signal(engine: str, score: float = 0.0, confidence: float = 1.0, *, hard: bool = False) -> RiskSignal:
    return RiskSignal(engine, score, confidence, hard)


def all_say(score: float = 0.0, **instead: Any) -> list[Any]:
    """One engine each, which answers that; `instead`: other engines by their name."""
    return [instead.get(name) or Says(name, signal(name, score)) for name in ENGINES]


def changed(**parts: Any) -> Policy:
    """The policy with some parts of it different."""
    return POLICY.model_copy(update={name: getattr(POLICY, name).model_copy(update=to) for name, to in parts.items()})


def patient_policy(folder: Path) -> Path:
    """A file with all the time in the world, for what is not about time."""
    file = folder / "policy.yaml"
    file.write_text(DEFAULT.read_text("utf-8").replace("total_ms: 100", "total_ms: 20000"), "utf-8")
    return file


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await test()

    asyncio.run(main())
