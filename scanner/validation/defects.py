"""The list of seed defects: each is a mutant that is killed, or has a test that fails when it is put back."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from scanner.errors import RuleError
from scanner.validation.judge import Verdict
from scanner.validation.mutants import DEFECTS
from scanner.validation.read import read
from scanner.validation.result import Defect


def defects(folder: Path, root: Path, verdicts: Sequence[Verdict]) -> tuple[Defect, ...]:
    """By id; none where there is no list. RuleError: it names a test or mutant that does not exist.

    A mutant may be named as the part of a generated one before the first colon: then every one of those.
    """
    file = folder / "mutants" / DEFECTS
    if not file.is_file():
        return ()
    name = file.relative_to(folder).as_posix()
    content = read(file, name, "defects") or {}
    found = []
    for key in sorted(content, key=lambda text: int(text[1:])):
        entry = content[key]
        tests, mutants = entry.get("runtime", ()), entry.get("mutants", ())
        for test in tests:
            if not _exists(root, test):
                raise RuleError(f"{name}: {key}: there is no test {test}")
        alive = [text for mutant in mutants for text in _alive(mutant, verdicts, f"{name}: {key}")]
        found.append(Defect(key, entry["what"], (*mutants, *tests), tuple(alive), runtime=bool(tests)))
    return tuple(found)


def _alive(wanted: str, verdicts: Sequence[Verdict], label: str) -> Iterator[str]:
    named = [item for item in verdicts if wanted in (item.laid.mutant.name, item.laid.mutant.name.split(":")[0])]
    if not named:
        raise RuleError(f"{label}: there is no mutant {wanted}")
    for item in named:
        if item.why and not item.laid.mutant.survives:
            yield f"{item.laid.mutant.name} would not be noticed: {item.why}"


def _exists(root: Path, test: str) -> bool:
    """Whether a file has a test of that name; parameters are not looked at."""
    path, _, name = test.partition("::")
    try:
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
    except (OSError, SyntaxError):
        return False
    wanted = name.partition("[")[0]
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == wanted for node in tree.body)
