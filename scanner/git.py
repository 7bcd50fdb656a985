"""The few questions paylint asks git. Nothing of the scanned repository is run: no hooks, no fsmonitor, no filters."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from scanner.errors import EngineError

_SAFE = (
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.pager=cat",
)
_TIMEOUT = 120.0
_FEW = 200  # paths that go on a command line


class GitError(EngineError):
    """git could not be asked: not installed, not a repository, or it refused."""


def top(folder: Path) -> Path | None:
    """The work tree that holds a folder, found without running git; None outside of one."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What a git command prints. Raises GitError with git's own words."""
    return _run(folder, arguments, stdin).stdout


def _run(folder: Path, arguments: Sequence[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return _finished(_start(folder, arguments), arguments[0], stdin)


def _start(folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name == "GIT_INDEX_FILE"
    }
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    pipe = subprocess.PIPE
    command = ["git", *_SAFE, "-C", str(folder), *arguments]
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
    except FileNotFoundError:
        raise GitError("git is not installed") from None


def _finished(process: subprocess.Popen[bytes], name: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    with process:
        try:
            out, err = process.communicate(stdin, _TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise GitError(f"git {name} did not answer within {_TIMEOUT:.0f} s") from None
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        words = err.decode("utf-8", "replace").strip().splitlines() or [f"exit code {process.returncode}"]
        raise GitError(f"git {name}: {words[0]}")
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def visible(folder: Path) -> tuple[list[str], list[str]]:
    """Files git tracks or would (not ignored), relative to `folder`, and folders it could not open.

    Submodules and other repositories appear as their folder.
    """
    done = _run(folder, ("ls-files", "-z", "--cached", "--others", "--exclude-standard"))
    closed = re.findall(r"could not open directory '([^']*)'", done.stderr.decode("utf-8", "surrogateescape"))
    return sorted({name.rstrip("/") for name in _names(done.stdout)}), [name.rstrip("/") for name in closed]


def index(folder: Path, only: Sequence[str] = ()) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """The index below `folder`, and which of its files the work tree may hold otherwise; paths are relative to it.

    path -> (mode, blob id), without unmerged paths; the others by git's own stat data: no filter is run.
    `only`: just these paths, where there are few of them.
    """
    some = ["--", *only] if 0 < len(only) <= _FEW else []
    with _start(folder, ("ls-files", "-z", "--stage", *some)) as listing:
        edited = run(folder, "diff-files", "--name-only", "--relative", "-z", *some)
        listed = _finished(listing, "ls-files").stdout
    entries = {}
    for line in _names(listed):
        about, _, path = line.partition("\t")
        mode, blob, stage = about.split(" ")
        if stage == "0":
            entries[path] = (mode, blob)
    return entries, set(_names(edited))


def staged(folder: Path) -> dict[str, str]:
    """path -> letter (A, M, D, T) of what the index changes against HEAD (the empty tree in a new repository)."""
    asked = ("diff-index", "--cached", "--no-renames", "--name-status", "--relative", "-z")
    try:
        output = run(folder, *asked, "HEAD")
    except GitError:
        output = run(folder, *asked, head(folder))
    names = _names(output)
    return dict(zip(names[1::2], names[0::2], strict=True))


def head(folder: Path) -> str:
    """HEAD's commit, or the empty tree where nothing is committed yet."""
    try:
        return run(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
    except GitError:
        return run(folder, "hash-object", "-t", "tree", "--stdin").decode().strip()


def tree(folder: Path, commit: str) -> dict[str, tuple[str, str]]:
    """path -> (mode, blob id) of a commit below `folder`, relative to it."""
    entries = {}
    for line in _names(run(folder, "ls-tree", "-r", "-z", commit)):
        about, _, path = line.partition("\t")
        mode, _, blob = about.split(" ")
        entries[path] = (mode, blob)
    return entries


def blobs(folder: Path, ids: Sequence[str]) -> Mapping[str, bytes]:
    """Contents by blob id."""
    if not ids:
        return {}
    output = run(folder, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in ids).encode())
    found, at = {}, 0
    for blob in ids:
        end = output.index(b"\n", at)
        fields = output[at:end].split(b" ")
        if len(fields) != 3:
            raise GitError(f"git cat-file: {blob} is missing from the repository")
        size = int(fields[2])
        found[blob] = output[end + 1 : end + 1 + size]
        at = end + size + 2
    return found
