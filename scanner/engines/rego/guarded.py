"""Evaluation in a worker process with a hard time limit, for rules that are not our own.

regorus offers no limit on time or steps and holds the interpreter's lock while it evaluates, so neither a thread nor a
signal handler can stop it; and a rule that recurses without end overflows the stack and takes the process with it. The
worker is a fork: it has the loaded engine at once (3-10 ms; a fresh interpreter needs 100 ms and loads all rules
again), it uses nothing but that engine, `json` and its socket, and it ends without running any cleanup of the parent's.
Killed at the limit, it is forked anew for the next rule.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import struct
import time
import warnings
from collections.abc import Mapping
from typing import NoReturn

from scanner.engines.rego.backend import Backend, Document, RuleEvaluationError
from scanner.errors import EngineError
from scanner.model import Json

_SIZE = struct.Struct("!Q")
_MEMORY = 4 << 30  # of address space: regorus' allocator reserves it a whole GiB at a time


class Guarded:
    """A `Backend` around another one, whose evaluations take `seconds` at most and 4 GiB of memory."""

    def __init__(self, inner: Backend, seconds: float = 10.0) -> None:
        self._inner, self._seconds = inner, seconds
        self._input = "{}"
        self._worker: _Worker | None = None

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Loads here, so that every worker starts with it done."""
        self._inner.load(modules, data)

    def set_input(self, text: str) -> None:
        """Sets the input, for the next worker: reading it is bounded as well."""
        self._stop()
        self._input = text

    def evaluate(self, package: str, document: Document) -> Json:
        """The document's value. Raises RuleEvaluationError if it takes too long or crashes the worker."""
        if self._worker is None:
            self._worker = _Worker(self._inner, self._input, self._seconds)
        try:
            kind, value = self._worker.ask(package, document)
        except TimeoutError:
            self._stop()
            raise RuleEvaluationError(f"took longer than {self._seconds:g} s") from None
        except OSError:
            raise RuleEvaluationError(f"crashed the engine ({self._stop()})") from None
        if kind == "value":
            return value
        raise (RuleEvaluationError if kind == "rule" else EngineError)(value)

    def close(self) -> None:
        """Ends the worker."""
        self._stop()
        self._inner.close()

    def _stop(self) -> str:
        worker, self._worker = self._worker, None
        return worker.stop() if worker else ""


class _Worker:
    """A forked process that evaluates."""

    def __init__(self, inner: Backend, text: str, seconds: float) -> None:
        self._seconds = seconds
        self._channel, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # Python 3.12 warns where other threads run. The child takes no lock that one of them could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            _work(inner, text, seconds, theirs)
        theirs.close()

    def ask(self, package: str, document: Document) -> tuple[str, Json]:
        """What it answers, and of which kind. Raises TimeoutError, or another OSError when the worker is gone."""
        deadline = time.monotonic() + self._seconds
        _send(self._channel, [package, document], deadline)
        kind, value = _receive(self._channel, deadline)
        return kind, value

    def stop(self) -> str:
        """Kills it, and says how it ended if it had ended before."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._channel.close()
        _, status = os.waitpid(self._pid, 0)
        return (
            f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.waitstatus_to_exitcode(status)}"
        )


def _work(inner: Backend, text: str, seconds: float, channel: socket.socket) -> NoReturn:
    """The worker's whole life."""
    try:
        _isolate(channel.fileno())
        _bound_cpu(seconds)
        failure = _set_input(inner, text)
        while True:
            package, document = _receive(channel)
            _bound_cpu(seconds)
            _send(channel, failure or _answer(inner, package, document))
    finally:
        os._exit(1)


def _set_input(inner: Backend, text: str) -> list[Json] | None:
    """What every question is answered with, where the input cannot be set."""
    try:
        inner.set_input(text)
    except EngineError as error:
        return ["engine", str(error)]
    return None


def _answer(inner: Backend, package: str, document: Document) -> list[Json]:
    try:
        return ["value", inner.evaluate(package, document)]
    except RuleEvaluationError as error:
        return ["rule", str(error)]
    except EngineError as error:
        return ["engine", str(error)]


def _isolate(channel: int) -> None:
    """Leaves the worker nothing of the parent's but the channel: no file, no lock, no terminal, no handler."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who ends the worker
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) != channel:
            with contextlib.suppress(OSError):  # the listing's own is closed by now
                os.close(int(name))
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would hold what is scanned
    _limit(resource.RLIMIT_DATA, _MEMORY)


def _bound_cpu(seconds: float) -> None:
    """Ends the worker by itself some time after the limit, in case the parent is no longer there to do so."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 2)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _send(channel: socket.socket, message: Json, deadline: float | None = None) -> None:
    data = json.dumps(message).encode()
    channel.settimeout(_left(deadline))
    channel.sendall(_SIZE.pack(len(data)) + data)


def _receive(channel: socket.socket, deadline: float | None = None) -> Json:
    (size,) = _SIZE.unpack(_exactly(channel, _SIZE.size, deadline))
    return json.loads(_exactly(channel, size, deadline))


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        channel.settimeout(_left(deadline))
        piece = channel.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise ConnectionResetError
        data += piece
    return bytes(data)


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(deadline - time.monotonic(), 0.001)
