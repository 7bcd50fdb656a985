"""A bundle read back: what `paylint evidence diff` and `log` need of one. Nothing is read that does not verify."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import UsageError
from scanner.evidence.signing import manifest
from scanner.evidence.signing.strict_json import loads
from scanner.evidence.signing.verify import verify
from scanner.masking import mask, mask_path
from scanner.model import Json

if TYPE_CHECKING:
    from scanner.evidence.signing.keys import TrustedKey

_TOLD_BETTER = frozenset({"requirements.csv", "findings.csv", "coverage.csv", "rule-validation.csv"})
"""Tables of what the JSON files say as well."""


class Head(NamedTuple):
    """What a bundle says of itself. `digest`: SHA-256 of its manifest. `signed_by`: id of a trusted key, or "".

    `commit` is "" without version control. `rules`: digest of rules and settings.
    """

    folder: Path
    digest: str
    created: str
    complete: bool
    commit: str
    dirty: bool
    version: str
    rules: str
    signed_by: str


class Covered(NamedTuple):
    """What was done with a file. `engines`: that analysed it; `short`: why not, or not whole, "" if it was."""

    engines: tuple[str, ...]
    short: str = ""

    def covers(self, other: Covered) -> bool:
        """Whether it is no less than the other one."""
        return (not self.short or bool(other.short)) and set(self.engines) >= set(other.engines)

    def __str__(self) -> str:
        by = f"analysed by {', '.join(self.engines)}" if self.engines else "not analysed"
        return f"{by}: {self.short}" if self.short else by


class Kept(NamedTuple):
    """A bundle's content, by reference, fingerprint and path.

    `rule_ids`: of the rules that ran. `tables`: file name -> rows, the inventories.
    """

    head: Head
    requirements: Mapping[str, Mapping[str, Json]]
    findings: Mapping[str, Mapping[str, Json]]
    coverage: Mapping[str, Covered]
    rule_ids: frozenset[str]
    tables: Mapping[str, Sequence[tuple[str, ...]]]


def head(folder: Path, keys: Sequence[TrustedKey] = ()) -> Head:
    """Raises UsageError for a folder that is not what was written."""
    verdict = verify(folder, keys)
    if verdict.problems:
        more = f" (and {len(verdict.problems) - 1} more)" if len(verdict.problems) > 1 else ""
        raise UsageError(f"{folder}: {verdict.problems[0]}{more}; see `paylint verify {folder}`")
    content = _read(folder / manifest.NAME)
    value = _object(folder / manifest.NAME, content)
    try:
        revision = value["revision"] or {}
        return Head(
            folder=folder,
            digest=manifest.digest_of(folder / manifest.NAME),
            created=str(value["created"]),
            complete=value["complete"] is True,
            commit=str(revision.get("commit", "")),
            dirty=bool(revision.get("dirty", False)),
            version=str(value["tool"]["version"]),
            rules=str(value["tool"]["rules_digest"]),
            signed_by=verdict.signed_by,
        )
    except (KeyError, TypeError, AttributeError):
        raise _other_version(folder / manifest.NAME) from None


def kept(folder: Path, keys: Sequence[TrustedKey] = ()) -> Kept:
    """The whole. Raises UsageError for a folder that is not what was written, or that another version wrote."""
    first = head(folder, keys)
    name = "requirements.json"
    try:
        requirements = {
            f"{one['framework']}:{one['id']}": one for one in _object(folder / name, _read(folder / name))[name[:-5]]
        }
        name = "findings.json"
        findings = {one["fingerprint"]: one for one in _object(folder / name, _read(folder / name))[name[:-5]]}
        name = "coverage.json"
        coverage = _coverage(_object(folder / name, _read(folder / name)))
        name = "rule-validation.json"
        rules = frozenset(str(one["rule"]) for one in _object(folder / name, _read(folder / name))["rules"])
    except (KeyError, TypeError, AttributeError):
        raise _other_version(folder / name) from None
    return Kept(first, requirements, findings, coverage, rules, _tables(folder))


def shown_path(value: Json) -> str:
    """A path of a bundle, safe to show: whoever wrote the bundle need not have been us."""
    return mask_path(str(value))


def shown(value: Json) -> str:
    """Any other text of a bundle, safe to show."""
    return mask(str(value))


def _coverage(value: Mapping[str, Json]) -> dict[str, Covered]:
    found = {one["path"]: Covered((), one["reason"]) for one in value["not_analysed"]}
    found |= {one["path"]: Covered(tuple(one["engines"]), one["partial"] or "") for one in value["analysed"]}
    for one in value["errors"]:
        engines = found.get(one["path"], Covered(())).engines
        found[one["path"]] = Covered(engines, f"{one['engine']}: {one['message']}")
    return found


def _tables(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    found = {}
    for file in sorted(folder.glob("*.csv")):
        if file.name in _TOLD_BETTER:
            continue
        try:
            rows = list(csv.reader(io.StringIO(_read(file).decode("utf-8"), newline="")))
        except (csv.Error, UnicodeDecodeError):
            raise UsageError(f"{file}: is no table in UTF-8; the bundle is damaged or not of paylint") from None
        found[file.name] = [tuple(row) for row in rows[1:]]
    return found


def _object(file: Path, content: bytes) -> Mapping[str, Json]:
    try:
        value = loads(content)
    except ValueError as error:
        raise UsageError(f"{file}: {error}; the bundle is not of paylint") from None
    if not isinstance(value, dict):
        raise _other_version(file)
    return value


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}; name a whole bundle") from None


def _other_version(file: Path) -> UsageError:
    return UsageError(f"{file}: is not as this version of paylint writes it; write the bundle anew")
