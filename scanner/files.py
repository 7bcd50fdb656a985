"""Which files a scan looks at, as git sees them, or by walking where there is no git. Links are never followed."""

from __future__ import annotations

import os
import re
import stat as mode
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from pathlib import Path
from typing import NamedTuple

from scanner import git
from scanner.config import Config
from scanner.installed_modules import installed_modules
from scanner.model import Problem, Skipped

_NOT_OURS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        ".tox",
        ".nox",
        ".venv",
        "venv",
        "virtualenv",
        "site-packages",
        "__pycache__",
        "node_modules",
        "bower_components",
        "jspm_packages",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".gradle",
        ".idea",
        ".terraform",
        ".terragrunt-cache",
        ".next",
        ".nuxt",
        ".yarn",
        "third_party",
        "thirdparty",
        ".eggs",
        "Pods",
        "Carthage",
        ".dart_tool",
        ".bundle",
    }
)
_BUILT = {  # folder name -> what beside it says that it is a product of a build, or somebody else's code
    "vendor": ("go.mod", "composer.json", "Gemfile", "package.json"),
    "dist": ("package.json", "pyproject.toml", "setup.py"),
    "build": ("package.json", "pyproject.toml", "setup.py", "build.gradle", "build.gradle.kts"),
    "target": ("pom.xml", "Cargo.toml"),
    "out": ("package.json", "build.gradle", "build.gradle.kts"),
    "coverage": ("package.json",),
}
_ASSETS = frozenset({"assets", "javascripts", "js", "public", "static", "wwwroot"})  # what is sent to browsers
_LOCKS = frozenset(
    {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
        "go.sum",
        "poetry.lock",
        "uv.lock",
        "Pipfile.lock",
        "pdm.lock",
        "Cargo.lock",
        "composer.lock",
        "Gemfile.lock",
        "mix.lock",
        "flake.lock",
        ".terraform.lock.hcl",
        "gradle.lockfile",
        "packages.lock.json",
    }
)
_GENERATED = re.compile(
    r"(\.min\.(js|mjs|css)|\.(js|css)\.map|\.bundle\.js|_pb2(_grpc)?\.pyi?|\.pb\.go|\.g\.(cs|dart)|-lock\.json)$"
)
VENDORED, GENERATED, LOCK, LINK, EXCLUDED = (
    "vendored or built, not the project's own code",
    "generated file",
    "lock file",
    "link, not followed",
    "excluded by settings",
)


class File(NamedTuple):
    """One file to scan. `path`: reported; `file`: where its bytes are. The rest is `os.stat`, to see a change by."""

    path: str
    file: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Tree(NamedTuple):
    """What there is to scan, what was left out and why, and what could not be looked at."""

    files: tuple[File, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...] = ()


class Sorter:
    """Takes paths one by one and sorts them into files and left-outs. Paths are relative to `root`."""

    def __init__(self, root: Path, exclude: Sequence[str]) -> None:
        self._root = root
        self._exclude = re.compile("|".join(translate(glob) for glob in exclude)) if exclude else None
        self._folders: dict[str, str] = {"": ""}
        self.files: dict[str, File] = {}
        self.skipped: dict[str, str] = {}
        self.problems: list[Problem] = []

    def add(self, path: str, file: str | None = None, *, explicit: bool = False) -> None:
        """One file by its path; `file` is where it lies if not at root/path; `explicit`: somebody named it."""
        if path in self.files:
            return
        if not explicit and self.leaves_out(os.path.dirname(path)):
            return
        reason = self.refuses(path, explicit=explicit)
        if reason:
            self.skipped[path] = reason
            return
        self._stat(path, file or os.path.join(self._root, path))

    def folder(self, path: str) -> str:
        """The uppermost folder on this path that is not looked into, "" if all are. Remembers what it learnt."""
        if path not in self._folders:
            parent = os.path.dirname(path)
            above = self.folder(parent)
            if above:
                return above
            reason = self._refuses_folder(path, parent)
            self._folders[path] = reason
        return path if self._folders[path] else ""

    def leaves_out(self, path: str) -> bool:
        """Whether a folder is not to be entered; notes why."""
        left_out = self.folder(path)
        if left_out:
            self.skipped[left_out] = self._folders[left_out]
        return bool(left_out)

    def _refuses_folder(self, path: str, parent: str) -> str:
        name = os.path.basename(path)
        if name in _NOT_OURS:
            return VENDORED
        if name in _BUILT and any((self._root / parent / marker).is_file() for marker in _BUILT[name]):
            return VENDORED
        if name in ("vendor", "vendors") and not _ASSETS.isdisjoint(parent.split("/")):
            return VENDORED
        if self._exclude and (self._exclude.match(path) or self._exclude.match(path + "/")):
            return EXCLUDED
        return ""

    def refuses(self, path: str, *, explicit: bool = False) -> str:
        """Why a file is left out by its name, "" if it is not."""
        name = os.path.basename(path)
        if self._exclude and self._exclude.match(path):
            return EXCLUDED
        if explicit:
            return ""
        if name in _LOCKS:
            return LOCK
        return GENERATED if _GENERATED.search(name) else ""

    def _stat(self, path: str, file: str) -> None:
        try:
            found = os.lstat(file)
        except FileNotFoundError:
            return  # deleted in the work tree and not yet in the index
        except OSError as error:
            self.problems.append(Problem(path, f"cannot be looked at: {error.strerror}"))
            return
        if mode.S_ISREG(found.st_mode):
            self.files[path] = File(path, file, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        elif mode.S_ISLNK(found.st_mode):
            self.skipped[path] = LINK
        elif mode.S_ISDIR(found.st_mode):
            self.skipped[path] = "submodule or repository of its own"
        else:
            self.skipped[path] = "not a regular file (pipe, socket or device)"

    def tree(self) -> Tree:
        """All of it, sorted."""
        return Tree(
            tuple(self.files[path] for path in sorted(self.files)),
            tuple(Skipped(path, reason) for path, reason in sorted(self.skipped.items())),
            tuple(self.problems),
        )


def discover(config: Config) -> Tree:
    """The files below the configured paths."""
    sorter = Sorter(config.root, config.exclude)
    for path in config.paths:
        if path.is_dir():
            for name in _below(path, sorter, config.root):
                sorter.add(name)
        else:
            sorter.add(relative(path, config.root), explicit=True)
    for name in installed_modules(config.root, list(sorter.files)):
        sorter.add(name, explicit=True)
    return sorter.tree()


def relative(path: Path, root: Path) -> str:
    """A path below the root, with forward slashes; "" for the root itself."""
    text = path.relative_to(root).as_posix()
    return "" if text == "." else text


def _below(folder: Path, sorter: Sorter, root: Path) -> Iterable[str]:
    prefix = relative(folder, root)
    if git.top(folder) is not None:
        try:
            names, closed = git.visible(folder)
        except git.GitError as error:
            sorter.problems.append(Problem(prefix or ".", f"{error}; the folder was walked instead", fatal=False))
        else:
            sorter.problems.extend(Problem(f"{prefix}/{name}".lstrip("/"), "folder cannot be read") for name in closed)
            return (f"{prefix}/{name}" if prefix else name for name in names)
    return _walk(folder, prefix, sorter)


def _walk(folder: Path, prefix: str, sorter: Sorter) -> Iterator[str]:
    """Files of a folder without git. Folders that are left out are not entered; links are only named."""
    waiting = [(os.fspath(folder), prefix)]
    while waiting:
        place, below = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            sorter.problems.append(Problem(below or ".", f"folder cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif not sorter.leaves_out(path):
                waiting.append((entry.path, path))
