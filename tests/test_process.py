"""Programs on a leash: every way they can end, and that nothing of them is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.process import Completed, run, start

ROOT = Path(__file__).resolve().parent.parent
SLEEP = ("sleep", "300")


def shell(script: str, **options: object) -> Completed:
    options.setdefault("timeout", 30)
    return run(["/bin/sh", "-c", script], **options)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be collected does not."""
    if sys.platform == "linux":  # `ps` is not everywhere
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        except (FileNotFoundError, ProcessLookupError):
            return False
    else:
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


def gone(pid: int) -> bool:
    """Whether it ends: a killed process needs a moment."""
    return eventually(lambda: not alive(pid))


def eventually(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_tells_what_a_program_printed_and_how_it_ended() -> None:
    done = shell("echo out; echo err >&2; exit 3")
    assert (done.returncode, done.stdout, done.stderr) == (3, b"out\n", b"err\n")
    assert not done.ok
    assert done.outcome == "ended with exit code 3"
    assert shell("true").ok


def test_names_the_signal_that_killed_it() -> None:
    done = shell("kill -SEGV $$")
    assert done.returncode == -signal.SIGSEGV
    assert done.outcome == "was killed by SIGSEGV"
    assert not done.ok


def test_large_input_and_output_do_not_block_each_other() -> None:
    data = bytes(range(256)) * 20_000
    assert run(["cat"], timeout=30, stdin=data).stdout == data


def test_a_program_need_not_read_its_input() -> None:
    assert run(["true"], timeout=30, stdin=b"x" * 5_000_000).ok


def test_without_input_it_reads_an_empty_one() -> None:
    assert run(["cat"], timeout=30).stdout == b""


def test_the_environment_is_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s")
    names = {line.split("=")[0] for line in run(["env"], timeout=30, env={"EXTRA": "1"}).stdout.decode().splitlines()}
    assert names == {"PATH", "HOME", "LANG", "EXTRA"}


def test_arguments_are_not_interpreted(tmp_path: Path) -> None:
    done = run(["printf", "%s", "$(touch owned); `id` \n*"], timeout=30, cwd=tmp_path)
    assert done.stdout == b"$(touch owned); `id` \n*"
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        run(["/nonexistent/program"], timeout=30)


def test_the_timeout_kills_the_whole_group() -> None:
    begun = time.monotonic()
    done = shell("sleep 300 & echo $!; sleep 300", timeout=0.5)
    assert time.monotonic() - begun < 10
    assert done.timed_out
    assert done.outcome == "timed out"
    assert gone(int(done.stdout))


def test_the_timeout_holds_while_nobody_waits() -> None:
    running = start(SLEEP, timeout=0.3)
    assert eventually(lambda: not alive(running.pid))
    assert running.finish().timed_out


def test_the_timeout_holds_for_a_program_that_closed_its_output() -> None:
    assert shell("exec >&- 2>&-; sleep 300", timeout=0.5).timed_out


def test_too_much_output_is_cut_and_killed() -> None:
    tracemalloc.start()
    done = run(["yes"], timeout=60, max_output=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.killed_for_output
    assert done.outcome == "printed too much"
    assert len(done.stdout) == 1_000_000
    assert peak < 10_000_000


def test_exactly_the_allowed_output_is_fine() -> None:
    done = shell("printf 12345", max_output=5)
    assert done.ok
    assert done.stdout == b"12345"


def test_of_endless_complaints_the_last_are_kept() -> None:
    done = shell("yes noise | head -c 200000 >&2; echo the end >&2")
    assert done.ok
    assert len(done.stderr) == 64 * 1024
    assert done.stderr.endswith(b"the end\n")


def test_what_a_program_leaves_behind_is_killed() -> None:
    done = shell("sleep 300 & echo $!")
    assert done.ok
    assert eventually(lambda: not alive(int(done.stdout)))


def test_an_escaped_child_that_holds_the_pipes_does_not_hold_us() -> None:
    script = (
        "import os, sys, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    os.setsid()\n"
        "    time.sleep(60)\n"
        "print(pid, flush=True)\n"
    )
    begun = time.monotonic()
    done = run([sys.executable, "-c", script], timeout=50)
    try:
        assert done.ok
        assert time.monotonic() - begun < 20
    finally:
        os.kill(int(done.stdout), signal.SIGKILL)


def test_stop_ends_it_and_finish_still_tells() -> None:
    running = start(["/bin/sh", "-c", "echo begun; sleep 300"], timeout=60)
    assert eventually(lambda: bytes(running._out) == b"begun\n")
    running.stop()
    done = running.finish()
    assert done.stopped
    assert done.stdout == b"begun\n"
    assert gone(running.pid)
    running.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps address space limits for other processes")
def test_the_memory_limit_holds() -> None:
    script = "import sys; sys.stdin.read(); x = bytearray(600 << 20)"
    done = run([sys.executable, "-c", script], timeout=60, memory_limit=400 << 20, stdin=b"x")
    assert done.returncode == 1
    assert b"MemoryError" in done.stderr
    assert run([sys.executable, "-c", script], timeout=60, memory_limit=4 << 30, stdin=b"x").ok


def interpreter(body: str, tmp_path: Path) -> subprocess.Popen[str]:
    """Another interpreter that has started a sleeping program and printed its process id."""
    script = (
        "import os, sys, time\n"
        "from scanner.process import start\n"
        "running = start(['sleep', '300'], timeout=300)\n"
        "print(running.pid, flush=True)\n"
    )
    file = tmp_path / "script.py"
    file.write_text(script + body, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize("body", ["running.finish()\n", "time.sleep(300)\n"])
def test_ctrl_c_leaves_no_orphan(body: str, tmp_path: Path) -> None:
    with interpreter(body, tmp_path) as other:
        assert other.stdout is not None
        pid = int(other.stdout.readline())
        assert alive(pid)
        time.sleep(0.2)
        other.send_signal(signal.SIGINT)
        _, complaint = other.communicate(timeout=30)
    assert "KeyboardInterrupt" in complaint
    assert gone(pid)


@pytest.mark.parametrize("body", ["raise ValueError('boom')\n", "sys.exit(0)\n", ""])
def test_the_end_of_the_interpreter_leaves_no_orphan(body: str, tmp_path: Path) -> None:
    with interpreter(body, tmp_path) as other:
        output, _ = other.communicate(timeout=30)
    assert gone(int(output))


def test_a_forked_copy_does_not_stop_what_it_did_not_start(tmp_path: Path) -> None:
    body = (
        "if os.fork() == 0:\n"
        "    sys.exit(0)\n"
        "os.wait()\n"
        "time.sleep(0.5)\n"
        "os.kill(running.pid, 0)\n"
        "print('still there', running.finish.__name__, flush=True)\n"
        "running.stop()\n"
    )
    with interpreter(body, tmp_path) as other:
        output, complaint = other.communicate(timeout=30)
    assert "still there" in output, complaint


def test_importing_it_costs_nothing() -> None:
    script = "import sys, scanner.process; print(sorted({'subprocess', 'threading', 'selectors'} & set(sys.modules)))"
    done = run([sys.executable, "-S", "-c", script], timeout=60, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout == b"[]\n", done.stderr
