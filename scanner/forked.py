"""Copies of this process that answer questions: they have at once what is loaded here, and can be killed.

A copy is a fork (3-10 ms; a fresh interpreter needs 100 ms and loads all rules again). It holds no file of this process
but its channel, writes nowhere, uses nothing that another thread could have been busy with, and ends without running
any cleanup of ours; when this process ends in whatever way, its channel does, and so does the copy.
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
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from scanner.model import Json

POSSIBLE = hasattr(os, "fork")

_SIZE = struct.Struct("!Q")


class Limits(NamedTuple):
    """What a copy may use: seconds of processor time for an answer, bytes of memory. None: as much as there is."""

    seconds: float | None = None
    memory: int | None = None


_FREE = Limits()


class Forked:
    """A copy that answers with `answer`, one question after the other."""

    def __init__(self, answer: Callable[[Json], Json], limits: Limits = _FREE) -> None:
        self._channel, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # Python 3.12 warns where other threads run. The copy takes no lock that one of them could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            _live(answer, limits, theirs)
        theirs.close()

    def fileno(self) -> int:
        """What can be waited for: it is readable when an answer comes, or when the copy is gone."""
        return self._channel.fileno()

    def ask(self, question: Json, deadline: float | None = None) -> None:
        """Asks; the answer to the question before must have been taken. `deadline`: on the monotonic clock.

        Raises TimeoutError, or another OSError when the copy is gone.
        """
        _send(self._channel, question, deadline)

    def answer(self, deadline: float | None = None) -> Json:
        """Waits for the answer. Raises TimeoutError, or another OSError when the copy is gone."""
        return _receive(self._channel, deadline)

    def stop(self) -> str:
        """Kills it, and says how it ended if it had ended before."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._channel.close()
        _, status = os.waitpid(self._pid, 0)
        return (
            f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.waitstatus_to_exitcode(status)}"
        )


def _live(answer: Callable[[Json], Json], limits: Limits, channel: socket.socket) -> NoReturn:
    """The copy's whole life."""
    try:
        _isolate(channel.fileno())
        if limits.memory is not None:
            _limit(resource.RLIMIT_DATA, limits.memory)
        while True:
            question = _receive(channel)
            if limits.seconds is not None:
                _bound_cpu(limits.seconds)
            _send(channel, answer(question))
    finally:
        os._exit(1)


def _isolate(channel: int) -> None:
    """Leaves the copy nothing of ours but the channel: no file, no lock, no terminal, no handler."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks, who ends the copy
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) != channel:
            with contextlib.suppress(OSError):  # the listing's own is closed by now
                os.close(int(name))
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would hold what is scanned


def _bound_cpu(seconds: float) -> None:
    """Ends the copy by itself some time after the limit, in case nobody is there any more to do so."""
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
