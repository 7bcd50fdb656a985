"""One more entry in a YAML file's list, with all that its authors wrote as they wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from scanner.errors import UsageError
from scanner.rule_files import parse_yaml


def extended(file: Path, name: str, entry: str) -> str:
    """The text of a file whose list `name` has this entry too, as the last one; `entry`: `  - key: …` and its lines.

    A file that is not there has nothing else. UsageError: it cannot be read, or has no such list in block style.
    """
    try:
        text = file.read_bytes().decode("utf-8") if file.exists() else f"{name}:\n"
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'is not UTF-8'}") from None
    before = parse_yaml(text, str(file))
    head = re.search(rf"^{name}:[ \t]*(?:#[^\n]*)?$", text, re.MULTILINE)
    if not isinstance(before, dict) or head is None:
        raise UsageError(f"{file}: has no list `{name}:` with its entries below it; nothing was written")
    after = re.compile(r"^(?![ \t#\-\r]|\n|\Z)", re.MULTILINE).search(text, head.end() + 1)
    end = after.start() if after else len(text)
    kept, rest = text[:end].rstrip("\n"), text[end:]
    dash = re.search(r"^([ \t]*)- ", text[head.end() : end], re.MULTILINE)
    indent = dash[1] if dash else "  "
    lines = [indent + line.removeprefix("  ") for line in entry.rstrip("\n").split("\n")]
    gap = "\n\n" if before[name] and name == "rules" else "\n"
    longer = kept + gap + "\n".join(lines) + "\n" + ("\n" + rest if rest else "")
    wanted = {**before, name: [*(before[name] or []), *parse_yaml(f"{name}:\n{entry}", name)[name]]}
    if parse_yaml(longer, str(file)) != wanted:
        raise UsageError(f"{file}: an entry cannot be added to its list `{name}:`; nothing was written")
    return longer
