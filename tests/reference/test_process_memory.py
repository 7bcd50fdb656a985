"""The process of the service, from outside: a real one, started as the command line starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.reference.running import PAN

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="prctl and /proc are Linux's")
WEAK = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""Root without its capabilities may no more than anybody: what is not its own business stays closed to it."""


@contextmanager
def child(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """An unprivileged Python process that could leave core dumps; it has said its first line."""
    command = [*WEAK, "sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', "sh", sys.executable, *arguments]
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout and process.stdout.readline(), "it says nothing"
        yield process
        assert not list(folder.glob("*core*"))
    finally:
        process.kill()
        process.communicate()


def reads(file: str) -> bool:
    """Whether another process of the same user can."""
    done = subprocess.run([*WEAK, "dd", f"if={file}", "count=0"], capture_output=True, check=False)
    assert done.returncode == 0 or b"Permission" in done.stderr, done.stderr
    return done.returncode == 0


@LINUX
def test_the_service_leaves_no_core_and_nobody_looks_into_it(tmp_path: Path) -> None:
    with child(tmp_path, "-m", "reference_impl", "demo", "--folder", "place", "--port", "0") as service:
        limits = Path(f"/proc/{service.pid}/limits").read_text("ascii").splitlines()
        assert next(line for line in limits if line.startswith("Max core file size")).split()[4:6] == ["0", "0"]
        assert not reads(f"/proc/{service.pid}/mem")
        assert not reads(f"/proc/{service.pid}/environ")
        os.kill(service.pid, signal.SIGABRT)
        ended = os.waitid(os.P_PID, service.pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None and (ended.si_code, ended.si_status) == (os.CLD_KILLED, signal.SIGABRT)


@LINUX
def test_any_other_process_can_be_looked_into(tmp_path: Path) -> None:
    with child(tmp_path, "-c", "import time; print(flush=True); time.sleep(60)") as other:
        assert reads(f"/proc/{other.pid}/environ")


@pytest.mark.parametrize(
    "failing",
    [
        "raise ValueError(pan)",
        "t = threading.Thread(target=lambda: int('x' + pan)); t.start(); t.join()",
        "type('Gone', (), {'__del__': lambda self: int('x' + pan)})()",
    ],
    ids=["main", "thread", "finalizer"],
)
def test_what_nobody_caught_is_logged_without_its_text(failing: str) -> None:
    program = "\n".join(
        (
            "import sys, threading",
            "from reference_impl.web import logs, process",
            "logs.configure(); process.harden(); pan = sys.stdin.read()",
            failing,
        )
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=PAN, text=True, capture_output=True, cwd=ROOT, check=False)
    said = json.loads(done.stderr)
    assert (said["event"], said["error"]) == ("uncaught", "ValueError")
    assert PAN not in done.stderr


def test_what_the_service_is_made_of_is_not_searched_for_garbage() -> None:
    program = "import gc; from reference_impl.web import process; process.settle(); print(gc.get_freeze_count())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True)
    assert int(done.stdout) > 1_000
