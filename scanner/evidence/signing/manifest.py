"""`manifest.json`: the digest of every other file of a bundle. reports/schemas/manifest-1.schema.json describes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.model import Json
from scanner.printable import json_text

NAME = "manifest.json"
SCHEMA = "paylint-manifest/1"
_CHUNK = 1 << 20


def text(files: Mapping[str, bytes], about: Mapping[str, Json]) -> bytes:
    """The manifest of files by their names. `about`: what is said of the bundle as a whole."""
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    return json_text({"schema": SCHEMA, **about, "files": listed}).encode()


def is_bundle(folder: Path) -> bool:
    """Whether a folder holds a bundle of ours, whole or damaged."""
    try:
        return bool(json.loads((folder / NAME).read_bytes())["schema"] == SCHEMA)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def digest_of(file: Path) -> str:
    """SHA-256 of a file, hex, in constant memory."""
    state = hashlib.sha256()
    for part in _parts(file):
        state.update(part)
    return state.hexdigest()


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while part := stream.read(_CHUNK):
            yield part
