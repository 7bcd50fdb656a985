"""Several processes that serve on one port, with one audit log, in Redis and a database that they share."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from reference_impl.settings import Settings
from tests.opa import free_port
from tests.reference.running import environment_of, settings_in
from tests.reference.test_service_killed import all_there, clients, ended, started, wait_for
from tests.reference.watching import CREDENTIAL, exposed, figures_in, total


@dataclass
class Pair:
    """Two processes: the first, and what it began. `metrics`: port of the first; the other's is the next."""

    first: subprocess.Popen[bytes]
    settings: Settings
    place: Path
    port: int
    metrics: int

    def answered(self) -> list[float]:
        """Requests for tokens, of each."""
        ports = self.metrics, self.metrics + 1
        name = "payment_request_seconds_count"
        return [total(figures_in(exposed(port)), name, route="/v1/tokens", status="201") for port in ports]

    def other(self) -> int | None:
        """Its process id, while there is one."""
        children = Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text("ascii").split()
        return int(children[0]) if children else None


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def shows_figures(port: int) -> bool:
    try:
        return bool(exposed(port))
    except httpx.HTTPError:
        return False


def neighbouring_ports() -> int:
    """The first of two that are free."""
    while True:
        first = free_port()
        with socket.socket() as probe:
            if taken(probe, first + 1):
                return first


@pytest.fixture
def pair(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[Pair]:
    place, port, metrics = tmp_path / "place", free_port(), neighbouring_ports()
    changed = {"metrics_port": metrics, "metrics_credential": SecretStr(CREDENTIAL)}
    settings = settings_in(place).model_copy(update={"database_url": postgres_url, "redis_url": redis_url, **changed})
    first = started(settings, port, "--workers", "2")
    made = Pair(first, settings, place, port, metrics)
    try:
        until(lambda: shows_figures(metrics + 1))
        yield made
    finally:
        if first.poll() is None:
            ended(first, signal.SIGTERM)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def stored(pair: Pair) -> list[str]:
    """Tokens that were acknowledged, over so many connections that both processes have answered."""
    known: list[str] = []
    before = pair.answered()
    while not all(now > then for now, then in zip(pair.answered(), before, strict=True)):
        with clients(pair.place, pair.port) as acknowledged:
            wait_for(acknowledged, 20)
        known += acknowledged
    return known


def test_one_is_killed_and_begun_again_and_both_end_together(pair: Pair) -> None:
    known, killed = stored(pair), pair.other()
    assert killed is not None
    with clients(pair.place, pair.port) as acknowledged:
        wait_for(acknowledged, 10)
        os.kill(killed, signal.SIGKILL)
        wait_for(acknowledged, 5)
    known += acknowledged
    until(lambda: pair.other() not in (None, killed) and shows_figures(pair.metrics + 1))
    known += stored(pair)
    all_there(pair.place, pair.port, known)
    other = pair.other()
    assert other is not None
    with clients(pair.place, pair.port) as acknowledged:
        wait_for(acknowledged, 10)
        ended(pair.first, signal.SIGTERM)
    assert not alive(other) and pair.first.returncode in (0, -signal.SIGTERM)
    again = started(pair.settings, pair.port)  # alone, with the log that both appended to
    all_there(pair.place, pair.port, known + acknowledged)
    ended(again, signal.SIGTERM)


def test_without_the_first_there_is_no_other(pair: Pair) -> None:
    """It could record nothing."""
    other = pair.other()
    assert other is not None
    ended(pair.first, signal.SIGKILL)
    until(lambda: not alive(other))


def test_a_limit_is_of_all_together(tmp_path: Path, postgres_url: str, redis_url: str) -> None:
    place, port, own = tmp_path / "place", free_port(), f"{redis_url.removesuffix('0')}9"
    settings = settings_in(place).model_copy(update={"database_url": postgres_url, "redis_url": own})
    environment = environment_of(settings.model_copy(update={"rate_limit_requests": 30}))
    environment["PAYMENT_RATE_LIMIT_WINDOW_SECONDS"] = "600"
    metrics = neighbouring_ports()
    environment |= {"PAYMENT_METRICS_PORT": str(metrics), "PAYMENT_METRICS_CREDENTIAL": CREDENTIAL}
    command = [sys.executable, "-m", "reference_impl", "serve", "--port", str(port), "--workers", "2"]
    with (tmp_path / "log").open("wb") as log:
        first = subprocess.Popen(command, env=os.environ | environment, stderr=log)
    try:
        until(lambda: shows_figures(metrics) and shows_figures(metrics + 1))
        statuses = [httpx.get(f"http://127.0.0.1:{port}/health/live").status_code for _ in range(40)]
    finally:
        ended(first, signal.SIGTERM)
    assert statuses == [204] * 30 + [429] * 10


def test_several_count_in_redis_or_not_at_all(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")
    command = [sys.executable, "-m", "reference_impl", "serve", "--port", str(free_port()), "--workers", "2"]
    answer = subprocess.run(
        command, env=os.environ | environment_of(settings), check=False, capture_output=True, text=True
    )
    assert answer.returncode == 2 and "redis_url: several workers" in answer.stderr


def test_one_that_cannot_start_is_told(pair: Pair) -> None:
    """Its port for figures is taken when it is begun again: nobody is told that all is well."""
    killed = pair.other()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    with socket.socket() as probe:
        until(lambda: taken(probe, pair.metrics + 1))
        until(lambda: httpx.get(f"http://127.0.0.1:{pair.port}/health/ready").status_code == 503)
    assert httpx.get(f"http://127.0.0.1:{pair.port}/health/live").status_code == 204


def taken(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
