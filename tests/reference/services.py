"""Real PostgreSQL and Redis servers of this session: own folders, own ports, unprivileged."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.opa import free_port


def _unprivileged() -> dict[str, Any]:
    """How to start a program that refuses root."""
    if os.geteuid() != 0:
        return {}
    who = pwd.getpwnam("nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _folder() -> Path:
    """A folder that user may write: paths of sockets are short, those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="pl-", dir="/tmp"))
    if how := _unprivileged():
        os.chown(folder, how["user"], how["group"])
    return folder


def _program(name: str) -> str | None:
    found = shutil.which(name)
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return found or (str(newest[-1]) if newest else None)


@dataclass
class Postgres:
    """A server that can be killed and started again. `settings`: lines of postgresql.conf."""

    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [_program("postgres"), "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        command += ["-c", "listen_addresses=127.0.0.1"]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=log, stderr=log, cwd=self.folder, **_unprivileged()
        )
        deadline = time.monotonic() + 60
        ready = [str(_program("pg_isready")), "-q", "-h", str(self.folder), "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"postgres does not start: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut would: SIGKILL for the server and all its processes."""
        assert self.process
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, check=False, text=True
        )
        for pid in (self.process.pid, *map(int, children.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Ends it, sessions and all."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql prints for it."""
        command = [str(_program("psql")), "-h", str(self.folder), "-p", str(self.port), "-U", "payment", "-d", database]
        done = subprocess.run([*command, "-qAtX", "-c", statement], check=True, capture_output=True, text=True)
        return done.stdout

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{os.urandom(8).hex()}"
        self.sql(f"CREATE DATABASE {name}")
        return f"postgresql+asyncpg://payment@127.0.0.1:{self.port}/{name}"


@cache
def _empty() -> Path:
    """A folder with a server's files as they are in the beginning: making them takes longer than copying them."""
    initdb = _program("initdb")
    if initdb is None or _program("postgres") is None:
        pytest.skip("PostgreSQL is not installed; make services installs it")
    folder = _folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [initdb, "-D", str(folder / "data"), "-U", "payment", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    subprocess.run([*command, "--no-sync"], check=True, capture_output=True, cwd=folder, **_unprivileged())
    return folder


def new_postgres(**settings: str) -> Postgres:
    """A server of one's own, started; for tests that kill it. The caller stops it and removes its folder."""
    folder = _folder()
    subprocess.run(["cp", "-a", str(_empty() / "data"), str(folder)], check=True)
    server = Postgres(folder, free_port(), settings)
    server.start()
    return server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, fsync and all."""
    server = new_postgres()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """Another server, for tests that stop or kill it."""
    server = new_postgres()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The URL of an empty SQLite database."""
    return f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """The URL of an empty database."""
    return postgres.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of a Redis server."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed; make services installs it")
    folder, port = _folder(), free_port()
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **_unprivileged())
    try:
        deadline = time.monotonic() + 20
        ping = ["redis-cli", "-p", str(port), "ping"]
        while b"PONG" not in subprocess.run(ping, check=False, capture_output=True).stdout:
            assert process.poll() is None and time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
