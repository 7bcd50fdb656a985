"""The process that serves: what the system may see of it (no core dump, no look into its memory), and how it settles.

Not covered: swap (turn it off or encrypt it; pages of a runtime with a garbage collector cannot all be locked), a
debugger or a dump by root (who may read everything here anyway), a hypervisor that saves the machine's memory.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import resource
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from reference_impl.errors import ConfigurationError
from reference_impl.web.logs import places

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_log = logging.getLogger(__name__)

_PR_SET_DUMPABLE = 4
"""prctl(2)."""
_YOUNG_OBJECTS = 20_000
"""About what fifty requests under way are made of."""


def harden() -> None:
    """For the start of a process that serves; it stays so until the process ends.

    RLIMIT_CORE 0, soft and hard: no core dump. On Linux also PR_SET_DUMPABLE 0: none either where `core_pattern` names
    a program, which the limit does not stop; and other processes of the same user read neither memory nor environment
    (/proc/PID/mem, ptrace). Exceptions that nobody caught are logged like all others, without their text, which the
    interpreter would print.

    Raises ConfigurationError if the system refuses.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
        if prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise ConfigurationError("the system does not let this process keep its memory to itself")
    sys.excepthook = _uncaught
    threading.excepthook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)
    sys.unraisablehook = _unraisable


def settle() -> None:
    """Once everything is there: what the service is made of lives as long as it does and is not searched for garbage.

    A full collection looks at some 150,000 objects otherwise, a tenth of a second and more in which nobody is answered.
    What comes later is looked at seldom: most of it goes without that, and looking took a fifteenth of all work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)


def _uncaught(kind: type[BaseException], _: BaseException | None, trace: TracebackType | None) -> None:
    _log.critical("uncaught", extra={"error": kind.__name__, "where": places(trace)})


def _unraisable(given: UnraisableHookArgs) -> None:
    _uncaught(given.exc_type, given.exc_value, given.exc_traceback)
