"""What is about to be committed, as the index has it: the work tree may hold something else.

A file whose work-tree copy is the staged blob is read where it lies; the others are copied out of the index into the
scan's private folder. Files that did not change matter where they share a unit with one that did.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from scanner import git
from scanner.config import Config
from scanner.errors import UsageError
from scanner.files import File, Sorter, Tree
from scanner.inputs import claimants

_LINK, _SUBMODULE = "120000", "160000"


class Change(NamedTuple):
    """`tree`: the files to examine. `paths`: what the change adds, edits or removes; `added`: what it adds."""

    tree: Tree
    paths: frozenset[str]
    added: frozenset[str]
    root: Path
    work: Path

    def before(self) -> list[File]:
        """The committed versions of files the change edits or removes, where an input reads them."""
        wanted = {path for path in self.paths - self.added if _is_input(path)}
        if not wanted:
            return []
        entries = {path: entry for path, entry in git.tree(self.root, git.head(self.root)).items() if path in wanted}
        return _copy_out(self.root, entries, self.work / "before")


def read(config: Config, work: Path) -> Change:
    """What is staged below the configured paths. Raises UsageError outside of a git repository."""
    if git.top(config.root) is None:
        raise UsageError(f"{config.root}: --staged needs a git repository")
    letters = {path: letter for path, letter in git.staged(config.root).items() if _below(path, config)}
    paths, added = frozenset(letters), frozenset(path for path, letter in letters.items() if letter == "A")
    if not paths:
        return Change(Tree((), ()), paths, added, config.root, work)
    whole = any(_is_input(path) for path in paths)
    index, edited = git.index(config.root, () if whole else sorted(paths))
    wanted = dict.fromkeys(path for path in paths if path in index)
    if whole:
        wanted |= dict.fromkeys(path for path in index if _is_input(path) and _below(path, config))
    return Change(_tree(config, work, index, edited, list(wanted)), paths, added, config.root, work)


def _below(path: str, config: Config) -> bool:
    place = config.root / path
    return any(place == folder or folder in place.parents for folder in config.paths)


def _is_input(path: str) -> bool:
    return bool(claimants(path))


def _tree(
    config: Config, work: Path, index: Mapping[str, tuple[str, str]], edited: Collection[str], wanted: list[str]
) -> Tree:
    sorter = Sorter(config.root, config.exclude)
    elsewhere = {}
    for path in wanted:
        mode, blob = index[path]
        if mode == _LINK:
            sorter.skipped[path] = "link, not followed"
        elif mode == _SUBMODULE:
            sorter.skipped[path] = "submodule or repository of its own"
        elif path in edited or not os.path.isfile(config.root / path) or os.path.islink(config.root / path):
            elsewhere[path] = (mode, blob)
        else:
            sorter.add(path)
    for file in _copy_out(config.root, elsewhere, work / "staged"):
        sorter.add(file.path, file.file)
    return sorter.tree()


def _copy_out(root: Path, entries: Mapping[str, tuple[str, str]], target: Path) -> list[File]:
    """Blobs as files of a private folder. Their names there keep only the ending: engines go by it."""
    target.mkdir(mode=0o700, exist_ok=True)
    blobs = git.blobs(root, [blob for _, blob in entries.values()])
    files = []
    for number, (path, (_, blob)) in enumerate(sorted(entries.items())):
        file = target / f"{number}{os.path.splitext(path)[1]}"
        file.write_bytes(blobs[blob])
        stat = file.stat()
        files.append(File(path, str(file), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return files
