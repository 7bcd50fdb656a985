"""What was scanned, as git knows it."""

from __future__ import annotations

from pathlib import Path

from scanner import git
from scanner.evidence.model import Revision
from scanner.masking import mask


def revision(folder: Path) -> Revision | None:
    """Of the repository that holds the folder. None: it is in none, git is missing, or nothing is committed yet."""
    if git.top(folder) is None:
        return None
    try:
        commit, committed = git.run(folder, "log", "-1", "--format=%H %cI").decode("ascii").split()
        branch = git.run(folder, "rev-parse", "--abbrev-ref", "HEAD").decode("utf-8", "replace").strip()
        dirty = bool(git.run(folder, "status", "--porcelain", "-z", "--", ".").strip())
    except (git.GitError, ValueError):
        return None
    return Revision(commit, "" if branch == "HEAD" else mask(branch), dirty, committed)
