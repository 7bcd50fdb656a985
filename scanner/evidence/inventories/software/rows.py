"""What every reader of manifests and lock files makes: rows, with their place."""

from __future__ import annotations

import base64
import binascii
import json
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from packageurl import PackageURL

from scanner.errors import ParseError
from scanner.evidence.model import SoftwareItem
from scanner.model import Json, Place, Problem, Span
from scanner.text import Source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_HEX_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64, "sha384": 96, "sha512": 128}
_EXACT = re.compile(r"v?\d[\w.+\-]*")


class Row(NamedTuple):
    """One component. `key`: how its lock file names it; `needs`: keys of what it depends on."""

    key: str
    item: SoftwareItem
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One file being read. `others`: the manifests of the scan by path; `limits`: what could not be told."""

    source: Source
    others: Mapping[str, Source]
    limits: list[Problem] = field(default_factory=list)
    _at: list[int] = field(default_factory=lambda: [0])
    _starts: list[int] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Relative to the scan root."""
        return self.source.path

    def limit(self, message: str, line: int = 0) -> None:
        """Notes what the inventory does not hold because of this file."""
        self.limits.append(Problem(self.path, message, fatal=False, line=line))

    def place(self, *needles: str) -> Place:
        """Where the needles stand one after the other, looked for from the last place on: locks are in order."""
        text = self.source.text
        for start in (self._at[0], 0):
            at = start
            for needle in needles:
                at = text.find(needle, at)
                if at < 0:
                    break
            if at >= 0:
                self._at[0] = at
                return self.at(at, at + len(needles[-1]) if needles else at)
        return self.line(1)

    def at(self, start: int, end: int) -> Place:
        """The span between two offsets of the text that are on one line."""
        if not self._starts:
            self._starts.extend((0, *(match.end() for match in re.finditer("\n", self.source.text))))
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        return Place(self.path, Span(line, column, line, column + end - start))

    def line(self, number: int) -> Place:
        """A whole line."""
        return Place(self.path, Span(number, 1, number, len(self.source.line(number)) + 1))

    def json(self) -> Json:
        """The file as a JSON object. ParseError: it is none."""
        try:
            value = json.loads(self.source.text)
        except RecursionError:
            raise ParseError(self.path, "nested too deeply") from None
        except ValueError as error:
            raise ParseError(self.path, "not valid JSON", getattr(error, "lineno", 0)) from None
        return self._mapping(value)

    def toml(self) -> Json:
        """The file as TOML. ParseError: it is none."""
        try:
            return tomllib.loads(self.source.text.replace("\r\n", "\n"))
        except RecursionError:
            raise ParseError(self.path, "nested too deeply") from None
        except ValueError:
            raise ParseError(self.path, "not valid TOML") from None

    def _mapping(self, value: Json) -> Json:
        if not isinstance(value, dict):
            raise ParseError(self.path, "expected a mapping")
        return value


def mapping(value: Json) -> dict[str, Json]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Json) -> list[Json]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def mappings(value: Json) -> Iterable[dict[str, Json]]:
    """Those items of a list that are mappings."""
    return (item for item in listed(value) if isinstance(item, dict))


def text(value: Json) -> str:
    """The value if it is text, else ""."""
    return value if isinstance(value, str) else ""


def exact(version: str) -> tuple[str, str]:
    """(version, constraint): a plain version number, or else what is asked for."""
    return (version, "") if _EXACT.fullmatch(version) else ("", version)


def purl(kind: str, name: str, version: str = "", qualifiers: Mapping[str, str] | None = None) -> str:
    """A package URL; what stands before the last slash of the name is its namespace. ValueError: no such name."""
    namespace, _, last = name.rpartition("/")
    try:
        return PackageURL(kind, namespace or None, last, version or None, dict(qualifiers or {})).to_string()
    except TypeError:  # packageurl's own checks of a type stumble over a part that is missing
        raise ValueError(f"no {kind} package has such a name") from None


def hexadecimal(algorithm: str, digest: str) -> dict[str, str]:
    """{algorithm: digest in hexadecimal} of a digest in hexadecimal or base64; {} where it is none of the algorithm."""
    algorithm, length = algorithm.lower(), _HEX_LENGTHS.get(algorithm.lower(), 0)
    if not length:
        return {}
    if re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", digest):
        return {algorithm: digest.lower()}
    try:
        raw = base64.b64decode(digest, validate=True)
    except (binascii.Error, ValueError):
        return {}
    return {algorithm: raw.hex()} if len(raw) * 2 == length else {}


def integrity(value: Json) -> dict[str, str]:
    """Of a subresource integrity value: "sha512-…" in base64."""
    algorithm, _, digest = text(value).split(" ")[0].partition("-")
    return hexadecimal(algorithm, digest)
