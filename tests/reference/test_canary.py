"""One card, put everywhere; looked for everywhere. It may come out of one route only, and lie nowhere unsealed."""

from __future__ import annotations

import base64
import io
import json
import logging
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import redis

from reference_impl.demo import ISSUER, access_token, settings_of
from reference_impl.web import logs
from tests.reference import canary
from tests.reference.collector import Collector, collecting
from tests.reference.described import Person, operations
from tests.reference.running import CARD, CODE, HOLDER, PAN
from tests.reference.services import new_postgres
from tests.reference.watching import in_environment, watched, words

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Child:
    """The service as a process. `said`: what it wrote to its standard error, a file; the rest: who watches it."""

    process: subprocess.Popen[str]
    person: Person
    said: Path
    metrics_port: int
    collector: Collector

    def ask(self, at: dict[int, Callable[[], object]]) -> set[int]:
        """Every request of the canary; before those of these numbers something happens. Gives the statuses."""
        statuses = set()
        for number, request in enumerate(canary.requests(self.person)):
            if number in at:
                at[number]()
            answer = self.person.client.send(request)
            statuses.add(answer.status_code)
            request_id = answer.headers["x-request-id"]
            shown = answer.text + str(answer.headers.raw)
            assert not canary.found_in(shown.encode()), (request.method, answer.request.url.path)
            assert not canary.code_in(shown.replace(request_id, ""))
        return statuses


@contextmanager
def child(place: Path, **settings: str) -> Iterator[Child]:
    """The service of the demonstration's folder, for as long as one asks it; scraped, and with all its traces kept."""
    with collecting() as collector:
        yield from _child(place, collector, settings)


def _child(place: Path, collector: Collector, settings: dict[str, str]) -> Iterator[Child]:
    watch = watched(collector)
    place.mkdir(exist_ok=True)
    made, temporary, said = settings_of(place), place / "tmp", place / "said"
    temporary.mkdir(exist_ok=True)
    assert made.key_passphrase is not None
    environment = {
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "always",
        "TMPDIR": str(temporary),
        "PAYMENT_DATA_FOLDER": str(made.data_folder),
        "PAYMENT_KEY_PASSPHRASE": made.key_passphrase.get_secret_value(),
        "PAYMENT_ISSUER": ISSUER,
        "PAYMENT_JWKS_FILE": str(made.jwks_file),
        "PAYMENT_RATE_LIMIT_REQUESTS": "1000000",
        "PAYMENT_TRUSTED_PROXIES": '["127.0.0.1/32"]',
        **in_environment(watch),
        **settings,
    }
    command = [sys.executable, "-m", "tests.reference.service_child"]
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    keeper = threading.Thread(target=keep, args=(process, said))  # by this process, which has room on the disk
    keeper.start()
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line, said.read_text("utf-8")[-2000:]
        told = json.loads(line)
        headers = {"Authorization": f"Bearer {access_token(place)}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{told['port']}", headers=headers, timeout=60) as client:
            colleague = {"Authorization": f"Bearer {access_token(place, 'grace')}"}
            person = Person(client, told["description"], colleague)
            yield Child(process, person, said, watch["metrics_port"], collector)
    finally:
        process.terminate()
        process.wait(60)
        keeper.join(60)
        process.stdout.close()


def keep(process: subprocess.Popen[str], file: Path) -> None:
    """Writes down what it says."""
    assert process.stderr
    with process.stderr, file.open("a", buffering=1) as kept:
        for line in process.stderr:
            kept.write(line)


def nowhere(one: Child, *places: Path) -> None:
    """Neither in files (the log among them) nor in metrics, spans, and what the system shows of the process."""
    told = words(one.metrics_port, one.collector)
    assert all(f'route="{asked.path}"' in told for asked in operations(one.person.description))
    assert not canary.found_in(told.encode() + b"".join(one.collector.bodies))
    assert not canary.code_in(told)
    assert canary.files_with(*places) == []
    shown = Path(f"/proc/{one.process.pid}")
    assert not canary.found_in((shown / "cmdline").read_bytes())
    with suppress(PermissionError):  # closed even to its own user; to root it is not
        assert not canary.found_in((shown / "environ").read_bytes())
    for line in one.said.read_text("utf-8").splitlines():
        assert not canary.code_in(line), line
    assert '"level": "debug"' in one.said.read_text("utf-8")


def the_card_comes_out(person: Person, token: str) -> None:
    """Of the one route that may give it, to who may ask."""
    person.step_up()
    answer = person.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"}).raise_for_status()
    assert (answer.json()["number"], answer.json()["holder"]) == (PAN, HOLDER)


def test_sqlite_and_no_room_on_the_disk(tmp_path: Path) -> None:
    place = tmp_path / "place"
    with child(place) as one:

        def no_room(size: int) -> None:
            resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        token = one.person.client.post("/v1/tokens", json={"card": CARD}).raise_for_status().json()["token"]
        the_card_comes_out(one.person, token)
        assert one.ask({20: lambda: one.process.send_signal(signal.SIGUSR1)}) >= {201, 400, 401, 404, 405, 413, 422}
        assert {path.name for path in place.glob("data/service.db*")} >= {"service.db", "service.db-wal"}
        nowhere(one, place)
        assert "Current thread" in one.said.read_text("utf-8")
        assert 503 in one.ask({5: lambda: no_room(1024)})
        nowhere(one, place)


def test_postgresql_stopped_and_redis(tmp_path: Path, redis_url: str) -> None:
    server = new_postgres()
    place = tmp_path / "place"
    try:
        with child(place, PAYMENT_DATABASE_URL=server.database(), PAYMENT_REDIS_URL=redis_url) as one:
            token = one.person.client.post("/v1/tokens", json={"card": CARD}).raise_for_status().json()["token"]
            assert one.ask({60: server.kill, 150: server.start}) >= {201, 401, 404, 422, 503}
            the_card_comes_out(one.person, token)
            server.sql("CHECKPOINT")
            nowhere(one, place, server.folder)
            counters = redis.Redis.from_url(redis_url)
            keys = list(counters.scan_iter())
            assert keys
            assert not canary.found_in(b"".join(key + (counters.dump(key) or b"") for key in keys))
            counters.close()
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_key_files_of_somebody_else(tmp_path: Path) -> None:
    place, other = tmp_path / "place", tmp_path / "other"
    settings_of(other)
    with child(place) as one:

        def exchange() -> None:
            for name in ("keys.json", "audit-keys.json"):
                (other / "data" / name).replace(place / "data" / name)

        one.ask({5: exchange})
        nowhere(one, place)
    wrong = subprocess.run(
        [sys.executable, "-m", "reference_impl", "demo", "--folder", str(place), "--port", "0"],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert wrong.returncode == 2
    assert not canary.found_in(wrong.stdout + wrong.stderr)


@pytest.mark.parametrize("name", ["reference_impl.x", "uvicorn.error", "others.package"])
def test_no_log_shows_a_value(name: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        try:
            int(f"x{PAN}")
        except ValueError:
            logger.exception("cannot read", extra={"number": PAN, "error": "ValueError"}, stack_info=True)
        logger.error("cannot read %s of %s", PAN, HOLDER)
    finally:
        logger.removeHandler(handler)
    assert stream.getvalue().count("\n") == 2
    assert not canary.found_in(stream.getvalue().encode())


def test_every_form_would_be_found() -> None:
    for name, form in canary.FORMS.items():
        assert canary.found_in(b"\x00something before " + form + b" and after"), name
    for text in (PAN, HOLDER):
        for before in range(3):
            assert canary.found_in(base64.b64encode(b"x" * before + text.encode() + b"yy"))
    assert canary.code_in(f'{{"code": "{CODE}"}}') and not canary.code_in(f"0.{CODE}")
