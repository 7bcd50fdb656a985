"""The service killed in the middle of its work, and the database under it: what was acknowledged is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from reference_impl.demo import access_token, settings_of
from reference_impl.settings import Settings
from tests.opa import free_port
from tests.reference.running import CARD, environment_of
from tests.reference.services import Postgres, new_postgres

CLIENTS = 6


def started(settings: Settings, port: int, *more: str) -> subprocess.Popen[bytes]:
    """`paylint-reference serve`, once it answers. `more`: on its command line."""
    environment = environment_of(settings.model_copy(update={"rate_limit_requests": 1_000_000}))
    command = [sys.executable, "-m", "reference_impl", "serve", "--port", str(port), *more]
    log = settings.data_folder.with_suffix(".log")
    with log.open("ab") as written:
        child = subprocess.Popen(command, env=os.environ | environment, stderr=written)
    deadline = time.monotonic() + 60
    while not answers(port):
        if child.poll() is not None or time.monotonic() > deadline:
            child.kill()
            pytest.fail(f"the service does not start: {log.read_text()[-2000:]}")
        time.sleep(0.05)
    return child


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/live").is_success
    except httpx.HTTPError:
        return False


def ended(child: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
    child.send_signal(how)
    child.wait(60)


@contextmanager
def clients(place: Path, port: int) -> Iterator[list[str]]:
    """Stores cards from several connections until the end; gives the tokens that were acknowledged so far.

    Of what does not succeed only a lost connection and 503 are expected.
    """
    acknowledged: list[str] = []
    others: list[str] = []
    stop = threading.Event()
    headers = {"Authorization": f"Bearer {access_token(place)}"}

    def store() -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
            while not stop.is_set():
                try:
                    answer = client.post("/v1/tokens", json={"card": CARD})
                except httpx.HTTPError:
                    return
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["token"])
                elif answer.status_code != 503:
                    others.append(answer.text)

    threads = [threading.Thread(target=store) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
        assert others == []


def wait_for(acknowledged: list[str], more: int) -> None:
    wanted, deadline = len(acknowledged) + more, time.monotonic() + 60
    while len(acknowledged) < wanted:
        assert time.monotonic() < deadline, f"{len(acknowledged)} of {wanted} cards were stored"
        time.sleep(0.01)


def all_there(place: Path, port: int, acknowledged: list[str]) -> None:
    """Each of them opens, and was recorded once."""
    headers = {"Authorization": f"Bearer {access_token(place)}"}
    recorded: Counter[str] = Counter()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
        before: dict[str, int] | None = {}
        while before is not None:
            wanted = {"action": "token.create", "limit": 500} | before
            page = client.get("/v1/audit", params=wanted).raise_for_status().json()
            recorded.update(event["resource"] for event in page["events"] if event["outcome"] == "success")
            before = {"before": page["next"]} if page["next"] else None
        for token in acknowledged:
            assert client.get(f"/v1/tokens/{token}").raise_for_status().json()["last_four"] == str(CARD["number"])[-4:]
            assert recorded[token] == 1


def test_the_service_is_killed(tmp_path: Path, database_url: str) -> None:
    place, port = tmp_path / "place", free_port()
    settings = settings_of(place).model_copy(update={"database_url": database_url})
    known: list[str] = []
    for _ in range(2):
        child = started(settings, port)
        with clients(place, port) as acknowledged:
            wait_for(acknowledged, 30)
            ended(child)
        known += acknowledged
    child = started(settings, port)
    all_there(place, port, known)
    ended(child, signal.SIGTERM)
    assert child.returncode in (0, -signal.SIGTERM)


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    server = new_postgres()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_the_database_is_killed_and_the_service_goes_on_once_it_is_back(tmp_path: Path, own_postgres: Postgres) -> None:
    place, port = tmp_path / "place", free_port()
    settings = settings_of(place).model_copy(update={"database_url": own_postgres.database()})
    child = started(settings, port)
    with clients(place, port) as acknowledged:
        for _ in range(2):
            wait_for(acknowledged, 30)
            own_postgres.kill()
            own_postgres.start()
            wait_for(acknowledged, 30)
    all_there(place, port, acknowledged)
    ended(child, signal.SIGTERM)
