"""`.terraform/modules/modules.json`: where `terraform init` put the modules a root module calls."""

from __future__ import annotations

import json
import posixpath
import re
from typing import NamedTuple

from scanner.text import Source

_MAX_MODULES = 2_000
_REGISTRY = re.compile(r"[\w-]+/[\w-]+/[\w-]+(//.*)?").fullmatch


class Installed(NamedTuple):
    """An installed module: the directory its code lies in, seen from the scan root, and where it came from."""

    directory: str
    source: str


def directories(source: Source) -> dict[str, str]:
    """Key of the call ("vpc", "vpc.subnets") -> directory below the root module. {} for what is no such list."""
    return {key: entry.directory for key, entry in _entries(source, "").items()}


def installed(source: Source, root: str) -> dict[str, Installed]:
    """Key of the call -> the module it leads to. `root`: the directory of the root module, "" for the scan root."""
    return _entries(source, root)


def is_same_source(written: str, installed_from: str) -> bool:
    """Whether a module may still be the one a call names; a call may have been changed since.

    Only the names of registry modules are compared: other sources are written in too many ways.
    """
    if not _REGISTRY(written):
        return True
    return installed_from in (written, f"registry.terraform.io/{written}", f"registry.opentofu.org/{written}")


def _entries(source: Source, root: str) -> dict[str, Installed]:
    try:
        data = json.loads(source.data)
    except (ValueError, RecursionError):
        return {}
    rows = data.get("Modules") if isinstance(data, dict) else None
    found: dict[str, Installed] = {}
    for row in rows[:_MAX_MODULES] if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        key, directory, origin = row.get("Key"), row.get("Dir"), row.get("Source")
        if isinstance(key, str) and isinstance(directory, str) and key and ".terraform/modules/" in f"{directory}/":
            path = posixpath.normpath(posixpath.join(root, directory.replace("\\\\", "/")))
            found[key] = Installed(path, origin if isinstance(origin, str) else "")
    return found
