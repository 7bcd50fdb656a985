"""Who wrote which line of the waivers, as git has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from scanner import git
from scanner.masking import mask

_HEADER = re.compile(r"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")


def authors(root: Path, path: str) -> Mapping[int, str] | None:
    """Line -> `Name <mail>` of who changed it last, through the mailmap; lines not committed yet are of who would
    commit them, and lines from before the beginning of a shallow clone are of nobody known. None: no repository or no
    git.
    """
    if git.top(root) is None:
        return None
    try:
        blamed = git.run(root, "blame", "--line-porcelain", "-w", "--", path).decode("utf-8", "replace")
    except git.GitError:
        return None if _is_committed(root, path) else _all_of(root / path, _committer(root))
    return _parsed(blamed, _committer(root), shallow=_is_shallow(root))


def _parsed(blamed: str, committer: str, *, shallow: bool) -> Mapping[int, str]:
    lines: dict[int, str] = {}
    number, name, commit = 0, "", ""
    for line in blamed.splitlines():
        if header := _HEADER.fullmatch(line):
            commit, number = header[1], int(header[2])
        elif line.startswith("author "):
            name = line.removeprefix("author ")
        elif line.startswith("author-mail "):
            written = f"{name} {line.removeprefix('author-mail ')}"
            lines[number] = mask(written if commit.strip("0") else committer)
        elif line == "boundary" and shallow:
            lines.pop(number, None)
    return lines


def _is_committed(root: Path, path: str) -> bool:
    """True as well where git does not answer."""
    try:
        return bool(git.run(root, "ls-tree", "--name-only", git.head(root), "--", path))
    except git.GitError:
        return True


def _all_of(file: Path, committer: str) -> Mapping[int, str]:
    return dict.fromkeys(range(1, file.read_bytes().count(b"\n") + 2), mask(committer))


def _is_shallow(root: Path) -> bool:
    try:
        return git.run(root, "rev-parse", "--is-shallow-repository").strip() != b"false"
    except git.GitError:
        return True


def _committer(root: Path) -> str:
    """`git var GIT_AUTHOR_IDENT` without its time."""
    try:
        identity = git.run(root, "var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace")
    except git.GitError:
        return "whoever commits it"
    return identity.rpartition(">")[0] + ">"
