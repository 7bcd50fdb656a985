"""The whole service with its metrics scraped and its traces collected, as an operator has it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from tests.opa import free_port
from tests.reference.collector import Collector, collecting
from tests.reference.paying import Till, till_at

CREDENTIAL = "scraped-" + "m" * 32
KNOWN = {"Authorization": f"Bearer {CREDENTIAL}"}

Figures = dict[str, float]
"""Series by value, a series as it is written: `name{label="value"}`."""


def watched(collector: Collector, **changed: Any) -> dict[str, Any]:
    """Settings of what is watched. All traces are kept."""
    settings = {"metrics_port": free_port(), "metrics_credential": SecretStr(CREDENTIAL)}
    return {**settings, "traces_url": collector.url, "traces_share": 1.0, **changed}


def in_environment(settings: dict[str, Any]) -> dict[str, str]:
    """As a process finds them."""
    return {
        f"PAYMENT_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in settings.items()
    }


def exposed(port: int) -> str:
    """What a scraper gets."""
    return httpx.get(f"http://127.0.0.1:{port}/metrics", headers=KNOWN, timeout=30).raise_for_status().text


def figures_in(text: str) -> Figures:
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in lines}


def labels_of(series: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)="([^"]*)"', series))


def total(figures: Figures, name: str, **labels: str) -> float:
    """The sum of the series of that name with those labels; 0 if there are none yet."""
    found = {series: value for series, value in figures.items() if series.partition("{")[0] == name}
    return sum(value for series, value in found.items() if labels.items() <= labels_of(series).items())


def words(port: int, collector: Collector) -> str:
    """All text that leaves: what is scraped but for the figures, which may be any number, and every span."""
    text = "\n".join(line.rpartition(" ")[0] for line in exposed(port).splitlines())
    assert "payment_request_seconds_count{" in text and collector.bodies, "there is nothing to look at"
    return text + str(collector.spans)


@dataclass
class Watched:
    """`till`: the service and its client; `collector`: where its traces go."""

    till: Till
    collector: Collector
    _asked: int = field(default=0)

    def answered(self, _: httpx.Response) -> None:
        self._asked += 1

    def figures(self) -> Figures:
        """Scraped once every request that was answered is counted, which is after its answer was sent."""
        deadline = time.monotonic() + 20
        while True:
            found = figures_in(exposed(self.till.settings.metrics_port))
            if sum(value for name, value in found.items() if name.startswith("payment_request_seconds_count")) >= (
                self._asked
            ):
                return found
            assert time.monotonic() < deadline, "requests are not counted"


@contextmanager
def watching(folder: Path, **changed: Any) -> Iterator[Watched]:
    """Everything, running. `changed`: settings."""
    with collecting() as collector, till_at(folder, **watched(collector, **changed)) as till:
        seen = Watched(till, collector)
        till.client.event_hooks["response"].append(seen.answered)
        yield seen
