"""The `semgrep` command, for machines where semgrep-core cannot be called directly: slower, and without traces.

It chooses its targets itself, by names, sizes and ignore files. So it gets a private tree that holds the targets, under
their own paths, and nothing else.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from scanner.engines.semgrep.answer import Answer, Fault, read
from scanner.engines.semgrep.core import OutOfTimeError
from scanner.engines.semgrep.languages import ending_for
from scanner.engines.semgrep.targets import Prepared
from scanner.errors import EngineError
from scanner.process import run

_IGNORE_FILES = (".semgrepignore", ".gitignore")
_OPTIONS = (
    "--json",
    "--quiet",
    "--metrics=off",
    "--disable-version-check",
    "--no-git-ignore",
    "--project-root=.",
    "--disable-nosem",
    "--no-rewrite-rule-ids",
    "--max-target-bytes=0",
    "--timeout-threshold=3",
    "--max-memory=2000",
)


class Commands(NamedTuple):
    """`semgrep` programs with one set of rules, the first that answers wins.

    `rules`: the file they are in; `work`: a private folder; `seconds`: for one rule on one file.
    """

    programs: Sequence[Path]
    rules: Path
    work: Path
    jobs: int
    seconds: float

    def ask(self, items: Sequence[Prepared], deadline: float) -> Answer:
        """What a command says about these. `deadline`: of time.monotonic().

        Raises OutOfTimeError, and EngineError if there is no command or none that answers.
        """
        if not self.programs:
            raise EngineError("there is no semgrep command")
        tree, reasons = self.work / "tree", []
        try:
            (self.work / "home").mkdir(mode=0o700, exist_ok=True)
            names = lay_out(items, tree)
        except OSError as error:
            raise EngineError(f"the files could not be copied for the semgrep command: {error.strerror}") from None
        for program in self.programs:
            done = self._run(program, tree, max(0.0, deadline - time.monotonic()))
            if isinstance(done, Answer):
                return _renamed(done, names)
            reasons.append(f"{program} {done}")
        raise EngineError("; ".join(reasons))

    def _run(self, program: Path, tree: Path, timeout: float) -> Answer | str:
        """The answer, or what became of the program."""
        command: list[str | Path] = [program, "scan", *_OPTIONS, "--config", self.rules]
        command += [f"--timeout={math.ceil(self.seconds)}", f"--jobs={self.jobs}", "."]
        environment = {
            "HOME": str(self.work / "home"),
            "SEMGREP_SEND_METRICS": "off",
            "SEMGREP_ENABLE_VERSION_CHECK": "0",
        }
        try:
            done = run(command, timeout=timeout, cwd=tree, env=environment)
        except OSError as error:
            return f"cannot be started: {error.strerror}"
        if done.timed_out:
            raise OutOfTimeError
        try:
            answer = read(done.stdout)
        except EngineError as error:
            return str(error) if done.ok else done.outcome
        refused = any(complaint.fault is Fault.RULE for complaint in answer.complaints)
        return answer if done.ok or refused else done.outcome


def _renamed(answer: Answer, names: Mapping[str, str]) -> Answer:
    """The same answer about the files the tree was made of."""
    return answer._replace(
        matches=tuple(
            match._replace(at=match.at._replace(path=names[match.at.path]))
            for match in answer.matches
            if match.at.path in names
        ),
        complaints=tuple(
            complaint._replace(path=names.get(complaint.path, complaint.path)) for complaint in answer.complaints
        ),
        scanned=frozenset(names[path] for path in answer.scanned if path in names),
    )


def lay_out(items: Sequence[Prepared], tree: Path) -> dict[str, str]:
    """Copies what Semgrep is to read into a new folder. Returns {name in there: file}. Raises OSError."""
    tree.mkdir(mode=0o700)
    # Without an ignore file of its own the command leaves out tests, vendored code and more.
    (tree / ".semgrepignore").write_bytes(b"")
    names: dict[str, str] = {}
    for item in items:
        for file, language in {path: language for language, path in reversed(item.reads)}.items():
            name = _name(item.path, language, len(names))
            while name in names:
                name = f"_{name}"
            if _copy(file, tree / name):
                names[name] = file
    return names


def _name(path: str, language: str, number: int) -> str:
    """Where to put a file: at its own path if that stays in the tree, and with an ending the command knows."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or not path.isprintable():
        parts = (f"{number}{os.path.splitext(path)[1]}",)
    ending = ".txt" if parts[-1] in _IGNORE_FILES else ending_for(parts[-1], language)
    return "/".join(parts) + ending


def _copy(file: str, place: Path) -> bool:
    """Whether there still was a file to copy."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        data = Path(file).read_bytes()
    except OSError:
        return False
    place.write_bytes(data)
    return True
