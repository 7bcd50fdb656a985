"""What rules share, as a folder that an OPA server loads: the same words for the running service as for its code."""

from __future__ import annotations

import json
from pathlib import Path

from scanner.bundled import bundled
from scanner.errors import UsageError
from scanner.rule_files import compile_folders


def write(folder: Path) -> int:
    """Libraries and their data (`data.json`); how many files. UsageError: it cannot be written."""
    catalog = compile_folders([bundled("rules")])
    files = {Path(name).name: text for name, text in catalog.libraries.items()}
    data = {"vocabulary": catalog.vocabulary, "settings": catalog.settings}
    files["data.json"] = json.dumps(data, sort_keys=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from None
    return len(files)
