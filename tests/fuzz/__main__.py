"""`python -m tests.fuzz --minutes N --seed S [--input NAME]... [--crashes DIR]`: fails with what it found."""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from scanner.inputs import INPUTS
from tests.fuzz.cases import cases, minimised
from tests.fuzz.check import check

_SECONDS = 5.0
"""Of processor time: other programs' work does not count."""
_MEMORY = 600 * 1024 * 1024
_ALL_MEMORY = 6 * 1024 * 1024 * 1024


class SlowError(Exception):
    """A case took longer than it may."""


class LargeError(Exception):
    """A case took more memory than it may."""


def main() -> int:
    """0: nothing found; 1: something was, and is described on standard output, one line each."""
    options = _options()
    resource.setrlimit(resource.RLIMIT_AS, (_ALL_MEMORY, _ALL_MEMORY))
    signal.signal(signal.SIGVTALRM, _too_slow)
    running = {name: cases(name, options.seed) for name in options.input}
    known: set[str] = set()
    counts = dict.fromkeys(running, 0)
    end = time.monotonic() + 60 * options.minutes
    while running and time.monotonic() < end:
        for name in list(running):
            case = next(running[name], None)
            if case is None:
                print(f"{name}: no seeds", file=sys.stderr)
                del running[name]
                continue
            counts[name] += 1
            if options.crashes:
                _write(options.crashes / "running", name, case)  # what a crash of the interpreter leaves behind
            failure = _failure(name, case)
            if failure and failure not in known:
                known.add(failure)
                _report(name, case, failure, options.crashes, len(known))
    print(f"cases: {json.dumps(counts)}; failures: {len(known)}", file=sys.stderr)
    return 1 if known else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Mutated files for every input.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--input", action="append", choices=sorted(INPUTS), help="only this one; may be repeated")
    parser.add_argument("--crashes", type=Path, help="a folder for what fails, made as small as it gets")
    options = parser.parse_args()
    options.input = options.input or list(INPUTS)
    return options


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise SlowError(f"took more than {_SECONDS:g} seconds")


def _failure(name: str, case: Mapping[str, bytes]) -> str:
    """What went wrong, without what differs from case to case; "" if nothing did."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        check(name, case)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        if grown > _MEMORY:
            raise LargeError(f"took {grown >> 20} MiB")
    except Exception as error:  # noqa: BLE001 - to see every one is what this is for
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return f"{name}: {type(error).__name__} in {_where(error)}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def _where(error: BaseException) -> str:
    """The innermost line of ours."""
    place, trace = "?", error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if "/scanner/" in file:
            place = f"{file.rpartition('/scanner/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _report(name: str, case: Mapping[str, bytes], failure: str, crashes: Path | None, number: int) -> None:
    print(failure, flush=True)
    if crashes:
        kind = failure.split(": ")[1]
        small = dict(case)
        if not kind.startswith(("Slow", "Large")):
            small = minimised(case, lambda files: kind in _failure(name, files))
        _write(crashes / f"{number:03}", name, small)
        (crashes / f"{number:03}" / "failure.txt").write_text(f"{failure}\n", encoding="utf-8")


def _write(folder: Path, name: str, case: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listing = []
    for index, (path, data) in enumerate(case.items()):
        (folder / f"{index}.bin").write_bytes(data)
        listing.append(path)
    (folder / "files.json").write_text(json.dumps({"input": name, "paths": listing}), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
