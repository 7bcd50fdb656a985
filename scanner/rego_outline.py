"""What stands at the top of a Rego module, without parsing it: both versions of the language, broken text as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`'
    r"|(?P<mark>^[ \t]*\#[ \t]*METADATA[ \t]*$)|\#[^\n]*|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|^[ \t]*(?:default[ \t]+)?(?P<name>[A-Za-z_]\w*)",
    re.MULTILINE | re.ASCII,
)
_NO_RULES = frozenset({"package", "import", "else"})


@dataclass(frozen=True, slots=True)
class Item:
    """The first word of a line outside of all brackets; "" is a `# METADATA` comment. `end`: the offset behind it."""

    word: str
    start: int
    end: int

    @property
    def is_rule(self) -> bool:
        """Whether a rule or function begins here."""
        return bool(self.word) and self.word not in _NO_RULES


def outline(text: str) -> Iterator[Item]:
    """The items in their order."""
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("open", "close"):
            depth += 1 if kind == "open" else -1
        elif kind and depth == 0:
            yield Item(match["name"] or "", match.start(), match.end())
