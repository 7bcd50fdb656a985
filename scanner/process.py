"""Other programs, on a leash: bounded time, bounded output, a bare environment, and no orphans.

Each program runs in a session of its own, and whatever ends it ends the whole group: the end of its time, too much
output, `stop()`, an exception in who waits for it (KeyboardInterrupt included), the end of this interpreter. A thread
watches over it, so all of this holds while the caller is busy with something else. A signal that ends this interpreter
at once (SIGTERM unless handled, SIGKILL) cannot be caught here: then the kernel ends the program when it has used up
its processor time (Linux).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import selectors
    import subprocess

MAX_OUTPUT = 64 * 1024 * 1024
"""Bytes of stdout a program may print before it is killed."""

_STDERR_KEPT = 64 * 1024
_CHUNK = 64 * 1024
_TICK = 0.25
_REAP = 10.0


class Completed(NamedTuple):
    """How a program ended. `returncode` is negative for a signal; `stderr` holds the last 64 KiB."""

    returncode: int
    stdout: bytes
    stderr: bytes
    timed_out: bool = False
    killed_for_output: bool = False
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether it ended by itself with 0."""
        return self.returncode == 0 and not (self.timed_out or self.killed_for_output or self.stopped)

    @property
    def outcome(self) -> str:
        """How it ended, in words: "timed out", "was killed by SIGSEGV", "ended with exit code 2"."""
        if self.timed_out:
            return "timed out"
        if self.killed_for_output:
            return "printed too much"
        if self.stopped:
            return "was stopped"
        if self.returncode >= 0:
            return f"ended with exit code {self.returncode}"
        try:
            return f"was killed by {signal.Signals(-self.returncode).name}"
        except ValueError:
            return f"was killed by signal {-self.returncode}"


class Running:
    """A program under way, made by `start`. End it with `finish()` or `stop()`; both may be called from any thread."""

    def __init__(self, popen: subprocess.Popen[bytes], *, timeout: float, stdin: bytes, max_output: int) -> None:
        import threading

        self._popen, self._deadline, self._max_output = popen, time.monotonic() + timeout, max_output
        self._unsent, self._out, self._err = memoryview(stdin), bytearray(), bytearray()
        self._timed_out = self._too_much = self._stopped = self._gone = False
        self._failure: Exception | None = None
        self._owner, self._lock = os.getpid(), threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name=f"process {popen.pid}", daemon=True)

    @property
    def pid(self) -> int:
        """Its process id, which is its group's and session's too."""
        return self._popen.pid

    def finish(self) -> Completed:
        """Wait for the end, which the timeout bounds. An exception that interrupts the wait stops the program first."""
        try:
            self._watcher.join()
        except BaseException:
            self.stop()
            raise
        if self._failure is not None:
            raise self._failure
        code = self._popen.returncode
        return Completed(
            returncode=-signal.SIGKILL if code is None else code,
            stdout=bytes(self._out),
            stderr=bytes(self._err),
            timed_out=self._timed_out,
            killed_for_output=self._too_much,
            stopped=self._stopped,
        )

    def stop(self) -> None:
        """Kill it and all it started, now; nothing happens if it has ended. `finish()` still tells what it printed."""
        if self._owner != os.getpid():
            return  # a forked copy of us inherits this object, not the program
        with self._lock:
            if not self._gone:
                self._stopped = True
                self._kill()
        self._watcher.join(_REAP)

    def _begin(self) -> None:
        self._watcher.start()

    def _kill(self) -> None:
        """Kill the group. Only called before `_gone`: later its number may belong to somebody else."""
        with suppress(ProcessLookupError, PermissionError):  # PermissionError: macOS, for a group of zombies
            os.killpg(self._popen.pid, signal.SIGKILL)

    def _watch(self) -> None:
        try:
            self._serve()
        except (OSError, MemoryError) as error:  # raised again in the thread that waits
            self._failure = error
        finally:
            with self._lock:
                self._kill()
                self._gone = True
            self._reap()
            _RUNNING.discard(self)

    def _reap(self) -> None:
        import subprocess

        with suppress(subprocess.TimeoutExpired):  # stuck in the kernel, killed all the same
            self._popen.wait(_REAP)
        for stream in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            _close(stream)

    def _serve(self) -> None:
        """Move bytes until the program has ended, its time is over or it has printed too much."""
        import selectors
        import subprocess

        with selectors.DefaultSelector() as selector:
            for stream, event in (
                (self._popen.stdout, selectors.EVENT_READ),
                (self._popen.stderr, selectors.EVENT_READ),
                (self._popen.stdin, selectors.EVENT_WRITE),
            ):
                if stream is not None:
                    selector.register(stream, event)
            while selector.get_map():
                left = self._deadline - time.monotonic()
                if left <= 0:
                    self._timed_out = True
                    return
                ended = self._popen.poll() is not None
                ready = selector.select(0 if ended else min(left, _TICK))
                if ended and not ready:
                    return  # whoever holds the pipes open now is not the program
                if not all(self._move(selector, key) for key, _ in ready):
                    return
        try:
            self._popen.wait(max(0.0, self._deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._timed_out = True

    def _move(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> bool:
        """Read or write what a pipe has or takes. False: that was too much output."""
        if key.fileobj is self._popen.stdin:
            self._feed(selector, key)
            return True
        chunk = os.read(key.fd, _CHUNK)
        if not chunk:
            selector.unregister(key.fileobj)
        elif key.fileobj is self._popen.stderr:
            self._err += chunk
            del self._err[:-_STDERR_KEPT]
        else:
            self._out += chunk[: self._max_output - len(self._out) + 1]
            if len(self._out) > self._max_output:
                del self._out[self._max_output :]
                self._too_much = True
                return False
        return True

    def _feed(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        try:
            sent = os.write(key.fd, self._unsent[:_CHUNK]) if self._unsent else 0
        except BlockingIOError:
            return
        except BrokenPipeError:
            sent = len(self._unsent)  # it does not want the rest
        self._unsent = self._unsent[sent:]
        if not self._unsent:
            selector.unregister(key.fileobj)
            _close(self._popen.stdin)


_RUNNING: set[Running] = set()


def start(
    argv: Sequence[str | os.PathLike[str]],
    *,
    timeout: float,
    memory_limit: int | None = None,
    stdin: bytes | None = None,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    max_output: int = MAX_OUTPUT,
) -> Running:
    """Start a program and return at once.

    `timeout`: seconds from now until it is killed. `memory_limit`: bytes of address space for each of its processes;
    Linux only, and of no use for programs that reserve much and use little (OCaml 5, Go, Java). `env` is added to PATH,
    HOME and LANG, which is all it gets otherwise. Without `stdin` it reads an empty one.
    Raises OSError (FileNotFoundError, PermissionError, ...) if it cannot be started.
    """
    import subprocess

    popen = subprocess.Popen(
        [os.fspath(part) for part in argv],
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=_environment(env),
        start_new_session=True,
        bufsize=0,
    )
    running = Running(popen, timeout=timeout, stdin=stdin or b"", max_output=max_output)
    try:
        _limit(popen.pid, timeout, memory_limit)
        if popen.stdin is not None:
            os.set_blocking(popen.stdin.fileno(), False)
        _remember(running)
        running._begin()
    except BaseException:
        _RUNNING.discard(running)
        running._kill()
        running._reap()
        raise
    return running


def run(
    argv: Sequence[str | os.PathLike[str]],
    *,
    timeout: float,
    memory_limit: int | None = None,
    stdin: bytes | None = None,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    max_output: int = MAX_OUTPUT,
) -> Completed:
    """Run a program to its end: `start`, then `finish`."""
    return start(
        argv, timeout=timeout, memory_limit=memory_limit, stdin=stdin, cwd=cwd, env=env, max_output=max_output
    ).finish()


def stop_all() -> None:
    """Stop every program this process started; for a signal handler that is about to end it."""
    for running in tuple(_RUNNING):
        running.stop()


def _remember(running: Running) -> None:
    import atexit

    if not _RUNNING:
        atexit.unregister(stop_all)
        atexit.register(stop_all)
    _RUNNING.add(running)


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        "PATH": os.defpath,
        "LANG": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
        **kept,
        **(extra or {}),
    }


def _limit(pid: int, timeout: float, memory_limit: int | None) -> None:
    """Limits the kernel keeps, set from outside: a hook between fork and exec is unsafe once there are threads."""
    if sys.platform != "linux":
        return
    import resource

    wanted = [(resource.RLIMIT_CPU, int(timeout * (os.cpu_count() or 1)) + 60)]
    if memory_limit is not None:
        wanted.append((resource.RLIMIT_AS, memory_limit))
    with suppress(ProcessLookupError, PermissionError):  # it has ended already, or a sandbox forbids it
        for what, most in wanted:
            hard = resource.prlimit(pid, what)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, what, (limit, limit))


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with suppress(OSError):
            stream.close()
