"""Where the data that ships with paylint lies: inside the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

from scanner.errors import RuleError

COMPILED = "catalog.txt"
"""The name of the compiled rules."""

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The folder `rules` or `reports`. Raises RuleError when the installation is broken."""
    for candidate in (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise RuleError(f"the installation is incomplete: {name}/ is missing; reinstall paylint")


def checkout() -> Path | None:
    """The checkout this package runs from, or None when it is installed (fixtures are not shipped)."""
    root = _PACKAGE.parent
    return None if (_PACKAGE / "_bundled").is_dir() or not (root / "rules").is_dir() else root


def compiled() -> bytes | None:
    """The rules that ship with paylint, compiled when the package was built; None in a checkout."""
    try:
        return (_PACKAGE / "_bundled" / COMPILED).read_bytes()
    except OSError:
        return None
