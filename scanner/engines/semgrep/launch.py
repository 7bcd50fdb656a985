"""How semgrep-core is called."""

from __future__ import annotations

from pathlib import Path

from scanner.process import Running, start

RULES_PER_TIMEOUT = 3
"""After that many timeouts on a file the core leaves it."""

_HEAP_WORDS = 2 * 1024 * 1024  # minor heaps of all threads together: less collecting, for 16 MiB
_MEMORY_MIB = 2_000  # the core then gives up on the file it is at; a normal tree takes a tenth
_MAX_OUTPUT = 32 * 1024 * 1024


def launch(
    program: Path, rules: Path, targets: Path, *, jobs: int, seconds: float, timeout: float, settled: bool = True
) -> Running:
    """Starts a run in the rules' folder. Raises OSError if the program cannot be executed.

    `seconds`: for one rule on one file; `timeout`: seconds for the run; `settled`: which rule is for which file is
    known, the core need not work it out again.
    """
    work = rules.parent
    environment = {
        "HOME": str(work),
        "TMPDIR": str(work),
        "OCAMLRUNPARAM": f"s={_HEAP_WORDS // max(2, jobs)}",
    }
    command: list[str | Path] = [program, "-json_nodots", "-rules", rules, "-targets", targets]
    command += ["-j", str(jobs), "-timeout", f"{seconds:g}"]
    command += [] if settled else ["-fast"]
    command += ["-timeout_threshold", str(RULES_PER_TIMEOUT), "-max_memory", str(_MEMORY_MIB)]
    return start(command, timeout=timeout, cwd=work, env=environment, max_output=_MAX_OUTPUT)
