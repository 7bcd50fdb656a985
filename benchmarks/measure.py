"""Run one program and say what it cost: seconds of wall time, and peak memory of all its processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = 0.02
_SLOWEST_TICK = 0.2
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TAIL = 2000
_MAXRSS_UNIT = 1 if os.uname().sysname == "Darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `memory`: bytes. `returncode` is negative for a signal. `stderr`: its last 2,000 characters."""

    seconds: float
    memory: int
    returncode: int
    timed_out: bool
    stdout: bytes
    stderr: str


def measure(argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float) -> Run:
    """Run a program to its end, or kill it and all its descendants after `timeout` seconds.

    Memory is the larger of two views: the largest single process as the kernel counted it (exact, but alone), and the
    resident memory of the whole tree of processes, sampled every 20 ms, later every 200 ms (Linux; pages they share
    count once in each, a short peak can be missed). Raises OSError for a program that cannot be started.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        # start_new_session: a Ctrl-C in the terminal reaches us, and we end the tree
        child = subprocess.Popen(
            argv, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        watch = _Watch(child.pid, began + timeout)
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            watch.kill()
            raise
        finally:
            seconds = time.perf_counter() - began
            watch.end()
        child.returncode = os.waitstatus_to_exitcode(status)  # Popen did not wait for it, so it does not know
        out.seek(0)
        err.seek(0)
        return Run(
            seconds=seconds,
            memory=max(_largest(usage), watch.peak),
            returncode=child.returncode,
            timed_out=watch.timed_out,
            stdout=out.read(),
            stderr=err.read().decode(errors="replace")[-_TAIL:],
        )


def _largest(usage: resource.struct_rusage) -> int:
    """Bytes the largest process held, 0 when we cannot know: a child starts out with its parent's own peak."""
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * _MAXRSS_UNIT if usage.ru_maxrss > ours else 0


class _Watch:
    """Samples a tree of processes in a thread, and kills it when its time is over."""

    def __init__(self, root: int, deadline: float) -> None:
        self.peak, self.timed_out = 0, False
        self._root, self._deadline = root, deadline
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop sampling."""
        self._over.set()
        self._thread.join()

    def kill(self) -> None:
        """Kill the whole tree. Only before its root was waited for: later its number may belong to somebody else."""
        for pid in _descendants(self._root):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._root, signal.SIGKILL)

    def _sample(self) -> None:
        began = time.perf_counter()
        # the longer it runs the rarer it is sampled: about one in a hundred parts of its time
        while not self._over.wait(min(_SLOWEST_TICK, max(_TICK, (time.perf_counter() - began) / 100))):
            self.peak = max(self.peak, sum(map(_resident, _descendants(self._root))))
            if time.perf_counter() > self._deadline:
                self.timed_out = True
                self.kill()
                return


def _descendants(root: int) -> list[int]:
    """A process and all that descend from it, as the kernel lists them now; only the root where it lists none."""
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def _resident(pid: int) -> int:
    """Bytes of memory a process holds, 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
