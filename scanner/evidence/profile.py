"""What the evidence needs to know and no scan can see, from the settings' `evidence`:

    evidence:
      entity: Example Ltd
      assessment: "PCI DSS 2026"
      merchant_level: 2
      saq: A-EP
      cde_paths: ["services/vault/**"]
      owners:
        - {name: A. Person, role: Head of payments, paths: ["services/checkout/**"]}

The labels of the cardholder data environment are the rules' own setting, `settings.cde_labels`; `cde_paths` says which
code runs in it: account data anywhere else is said to be outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scanner.errors import ConfigError
from scanner.evidence.model import Owner, Profile
from scanner.masking import mask
from scanner.model import Json

SAQS = ("A", "A-EP", "B", "B-IP", "C", "C-VT", "P2PE", "D-merchant", "D-service-provider")
_LEVELS = range(1, 5)


def profile(given: Mapping[str, Json], cde: Mapping[str, str]) -> Profile:
    """`given`: the settings' `evidence`; `cde`: the labels. Raises ConfigError naming the key and what fits."""
    read: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _READERS:
            raise ConfigError(f"evidence: unknown setting {key!r}; known are: {', '.join(sorted(_READERS))}")
        try:
            read[key] = _READERS[key](value)
        except ValueError as error:
            raise ConfigError(f"evidence: {key}: {error}") from None
    return Profile(**read, cde={mask(str(name)): mask(str(value)) for name, value in sorted(cde.items())})


def _text(value: Json) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected text")
    return mask(" ".join(value.split()))


def _level(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in _LEVELS:
        raise ValueError("expected a merchant level, 1 to 4")
    return value


def _saq(value: Json) -> str:
    if value not in SAQS:
        raise ValueError(f"expected one of {', '.join(SAQS)}")
    return str(value)


def _globs(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("expected a list of globs")
    return tuple(map(_text, value))


def _owners(value: Json) -> tuple[Owner, ...]:
    if not isinstance(value, list):
        raise ValueError("expected a list of {name, role, paths}")
    return tuple(map(_owner, value))


def _owner(value: Json) -> Owner:
    if not isinstance(value, dict) or set(value) != {"name", "role", "paths"}:
        raise ValueError("every owner needs a name, a role and paths")
    paths = value["paths"]
    if not isinstance(paths, list) or not paths:
        raise ValueError("an owner's paths are a list of globs")
    return Owner(_text(value["name"]), _text(value["role"]), tuple(map(_text, paths)))


_READERS: Mapping[str, Callable[[Json], object]] = {
    "entity": _text,
    "assessment": _text,
    "merchant_level": _level,
    "saq": _saq,
    "owners": _owners,
    "cde_paths": _globs,
}
