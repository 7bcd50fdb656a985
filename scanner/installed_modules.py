"""Terraform modules from a registry or a repository, as far as `terraform init` has put them beside the code.

They lie in `.terraform/modules`, which is nobody's own code and in no repository; still they say what is deployed.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

_LIST = ".terraform/modules/modules.json"
_CODE = (".tf", ".tf.json", ".tofu", ".tofu.json")
_MAX_LIST = 4 * 1024 * 1024
_MAX_MODULES = 2_000
_MAX_FILES = 20_000


def installed_modules(root: Path, files: Iterable[str]) -> list[str]:
    """The lists of installed modules beside the Terraform files among `files`, and the code of what they list.

    Paths are relative to `root`. Only what lies below `.terraform/modules` and is reached without a link.
    """
    found: list[str] = []
    for directory in sorted({posixpath.dirname(path) for path in files if path.endswith(_CODE)}):
        if f"/{directory}/".find("/.terraform/") < 0 and _is_plain(root, posixpath.join(directory, _LIST)):
            found.append(posixpath.join(directory, _LIST))
            for module in _listed(root / directory / _LIST):
                found += _code(root, posixpath.normpath(posixpath.join(directory, module)))
                if len(found) > _MAX_FILES:
                    return found
    return found


def _listed(file: Path) -> Iterator[str]:
    """The directories of a list, below the root module's."""
    try:
        data = json.loads(file.read_bytes()) if file.stat().st_size <= _MAX_LIST else None
    except (OSError, ValueError, RecursionError):
        return
    rows = data.get("Modules") if isinstance(data, dict) else None
    for row in rows[:_MAX_MODULES] if isinstance(rows, list) else ():
        path = row.get("Dir") if isinstance(row, dict) else None
        if isinstance(path, str) and "\0" not in path:
            path = posixpath.normpath(path.replace("\\", "/"))
            if path.startswith(".terraform/modules/"):
                yield path


def _code(root: Path, directory: str) -> Iterator[str]:
    if not _is_plain(root, directory, folder=True):
        return
    try:
        names = sorted(os.listdir(root / directory))
    except OSError:
        return
    for name in names:
        path = f"{directory}/{name}"
        if name.endswith(_CODE) and _is_plain(root, path):
            yield path


def _is_plain(root: Path, path: str, folder: bool = False) -> bool:
    """Whether it is a file (or a folder) to which no link leads, from the nearest `.terraform` on."""
    at = root / path
    if not (at.is_dir() if folder else at.is_file()):
        return False
    while True:
        if at.is_symlink():
            return False
        if at.name == ".terraform" or at in (root, at.parent):
            return True
        at = at.parent
